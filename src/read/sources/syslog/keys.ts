/**
 * What the lines of an input have in common: their keys, in the order in which they are written. As in JSON the order is a
 * path in a tree, with the shape of the event at its end; each place guesses that the key taken last comes next and
 * compares it as it is written. Places are bounded, because the author of an input chooses its keys: what one input may
 * add is a share of what is left.
 */
import type { Settled } from './settle.ts';

const EQUALS = 0x3d;

export class KeyPlace {
  readonly parent: KeyPlace | null;
  readonly name: string;
  /** Slot of the value, -1 at the root. */
  readonly slot: number;
  /** The key as it is written, with the sign behind it. */
  readonly written: Uint16Array;
  last: KeyPlace | null = null;
  readonly next: Map<string, KeyPlace> = new Map();
  /** Set at the first line that ends here; a text says why such lines are no events. */
  settled: Settled | string | null = null;

  constructor(parent: KeyPlace | null, name: string) {
    this.parent = parent;
    this.name = name;
    this.slot = parent === null ? -1 : parent.slot + 1;
    this.written = Uint16Array.from(`${name}=`, letter => letter.charCodeAt(0));
  }
}

/** Places of all inputs of a reader, what any input may add, and the share of the rest that it may. */
const MAX_PLACES = 400_000;
const LEAST = 20_000;
const SHARE = 4;
/** Values in the shapes of all inputs of a reader, and what any input may take. */
const MAX_VALUES = 1_000_000;
const LEAST_VALUES = 40_000;

/** Units of the longest key, and pairs of the longest line; FortiOS has 40 and some 100. */
export const MAX_KEY = 64;
export const MAX_PAIRS = 1000;

export class KeyTree {
  readonly root: KeyPlace = new KeyPlace(null, '');
  #places = 0;
  #quota = 0;
  #values = 0;
  #valueQuota = 0;

  /** An input begins, which may add its share. */
  begin(): void {
    this.#quota = Math.max(LEAST, Math.floor((MAX_PLACES - this.#places) / SHARE));
    this.#valueQuota = Math.max(LEAST_VALUES, Math.floor((MAX_VALUES - this.#values) / SHARE));
  }

  /** Takes room for a shape of so many values; false where there is none. */
  takesShape(values: number): boolean {
    if (values > this.#valueQuota || this.#values + values > MAX_VALUES) return false;
    this.#valueQuota -= values;
    this.#values += values;
    return true;
  }

  /** The place behind the key from `from` to the sign at `to`; null where there is no room for another. */
  step(place: KeyPlace, units: Uint16Array, from: number, to: number): KeyPlace | null {
    const name = String.fromCharCode(...units.subarray(from, to));
    let next = place.next.get(name) ?? null;
    if (next === null) {
      if (this.#quota <= 0 || this.#places >= MAX_PLACES || place.slot + 1 >= MAX_PAIRS) return null;
      this.#quota--;
      this.#places++;
      next = new KeyPlace(place, name);
      place.next.set(name, next);
    }
    place.last = next;
    return next;
  }
}

/** True if the key of `place`, with its sign, stands at `at`. */
export function isWritten(place: KeyPlace, units: Uint16Array, at: number): boolean {
  const { written } = place;
  for (let i = 0; i < written.length; i++) if (written[i] !== units[at + i]) return false;
  return true;
}

/** The sign behind the key at `at`; -1 where none stands there. */
export function signBehind(units: Uint16Array, at: number): number {
  let to = at;
  while (to - at <= MAX_KEY && isKeyUnit(units[to]!)) to++;
  return to > at && to - at <= MAX_KEY && units[to] === EQUALS ? to : -1;
}

function isKeyUnit(unit: number): boolean {
  const small = unit | 0x20;
  return (small >= 0x61 && small <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || unit === 0x5f || unit === 0x2d;
}
