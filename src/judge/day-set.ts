/** A set of days, since 1970, as bits: a year of an account costs 50 bytes. */
const WORD = 32;
/** More than a century apart are clocks that lie, and would cost memory: they are left out. */
const MOST_WORDS = 1200;

export class DaySet {
  #base = 0;
  #words = new Uint32Array(0);

  add(day: number): void {
    const word = Math.floor(day / WORD);
    if (this.#words.length === 0) {
      this.#base = word;
      this.#words = new Uint32Array(1);
    } else if (!this.#makeRoom(word)) return;
    const at = word - this.#base;
    this.#words[at]! |= 1 << (day - word * WORD);
  }

  #makeRoom(word: number): boolean {
    const first = Math.min(word, this.#base);
    const end = Math.max(word + 1, this.#base + this.#words.length);
    if (first === this.#base && end === this.#base + this.#words.length) return true;
    if (end - first > MOST_WORDS) return false;
    const words = new Uint32Array(end - first);
    words.set(this.#words, this.#base - first);
    this.#base = first;
    this.#words = words;
    return true;
  }

  /** In order. */
  *[Symbol.iterator](): Generator<number> {
    for (const [at, bits] of this.#words.entries()) {
      for (let left = bits; left !== 0; left &= left - 1) {
        yield (this.#base + at) * WORD + (31 - Math.clz32(left & -left));
      }
    }
  }
}

/** Days of a text that are kept: eleven years of bits, which fit a name's length. */
const MOST_DAYS = 4_000;

/** `20301:0f80…`: the first day and a bit for each day from it on; empty for none. Beyond eleven years the earliest go. */
export function daysText(days: Iterable<number>): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const last = sorted.at(-1);
  if (last === undefined) return '';
  const kept = sorted.filter(day => day > last - MOST_DAYS);
  const first = kept[0]!;
  const bytes = Buffer.alloc(((last - first) >> 3) + 1);
  for (const day of kept) bytes[(day - first) >> 3]! |= 1 << ((day - first) & 7);
  return `${first}:${bytes.toString('hex')}`;
}

/** In order; null where it is no such text. */
export function daysIn(text: string): number[] | null {
  if (text === '') return [];
  const parts = /^(0|[1-9]\d{0,5}):((?:[0-9a-f]{2}){1,500})$/.exec(text);
  if (parts === null) return null;
  const first = Number(parts[1]);
  const days: number[] = [];
  for (const [at, byte] of Buffer.from(parts[2]!, 'hex').entries()) {
    for (let bit = 0; bit < 8; bit++) if ((byte & (1 << bit)) !== 0) days.push(first + at * 8 + bit);
  }
  return days;
}

/** How many of the numbers, which are in order, lie below `limit`. */
export function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
