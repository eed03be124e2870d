/**
 * A set of days, since 1970, as bits: a year of a kind of event, or of an account, costs 50 bytes. `Days` is its plain form,
 * which crosses threads and is asked.
 */
import type { Day, Days } from './types.ts';

const WORD = 32;
/** More than a century apart are clocks that lie, and would cost memory: they are left out. */
const MOST_WORDS = 1200;

export class DaySet {
  #base = 0;
  #words = new Uint32Array(0);

  add(day: Day): void {
    const word = Math.floor(day / WORD);
    if (!this.#makeRoom(word, word + 1)) return;
    this.#words[word - this.#base]! |= 1 << (day - word * WORD);
  }

  addAll({ base, words }: Days): void {
    if (words.length === 0) return;
    const from = base / WORD;
    if (!this.#makeRoom(from, from + words.length)) return;
    for (let i = 0; i < words.length; i++) this.#words[from + i - this.#base]! |= words[i]!;
  }

  #makeRoom(from: number, to: number): boolean {
    const isEmpty = this.#words.length === 0;
    const first = isEmpty ? from : Math.min(from, this.#base);
    const end = isEmpty ? to : Math.max(to, this.#base + this.#words.length);
    if (end - first === this.#words.length) return true;
    if (end - first > MOST_WORDS) return false;
    const words = new Uint32Array(end - first);
    words.set(this.#words, isEmpty ? 0 : this.#base - first);
    this.#base = first;
    this.#words = words;
    return true;
  }

  /** In order. */
  [Symbol.iterator](): Generator<Day> {
    return eachDay({ base: this.#base * WORD, words: this.#words });
  }

  /** A copy as plain data. */
  days(): Days {
    return { base: this.#base * WORD, words: this.#words.slice() };
  }
}

export const noDays: Days = { base: 0, words: new Uint32Array(0) };

export function hasDay({ base, words }: Days, day: Day): boolean {
  const at = day - base;
  if (at < 0) return false;
  const word = words[Math.floor(at / WORD)];
  return word !== undefined && (word & (1 << (at % WORD))) !== 0;
}

/** In order. */
export function* eachDay({ base, words }: Days): Generator<Day> {
  for (const [at, bits] of words.entries()) {
    for (let left = bits; left !== 0; left &= left - 1) {
      yield base + at * WORD + (31 - Math.clz32(left & -left));
    }
  }
}

export function unionOf(sets: Iterable<Days>): Days {
  const all = new DaySet();
  for (const days of sets) all.addAll(days);
  return all.days();
}

export function setOfDays(days: Iterable<Day>): Days {
  const all = new DaySet();
  for (const day of days) all.add(day);
  return all.days();
}
