/**
 * Which of many literals does a value hold? Asked of nearly every event, about the raw UTF-16LE bytes of a field,
 * so that most values are never decoded.
 *
 * An Aho-Corasick automaton over the same literals needs a table of 25 to 36 MB, is slow to build, and every
 * step waits for the one before. This index has none of that:
 *
 * - A literal that may stand anywhere is keyed by the rarest three characters in it. The scan rolls a
 *   three-character key along the value and asks a bit table (32 KB, in the first-level cache) whether any
 *   literal has that key: a few cycles a character, no chain of dependent loads.
 * - A literal at the end, or the whole value, is found by a hash of the value's last characters, one at the
 *   beginning by a hash of the first: a fixed cost, however long the value is.
 * - Each key that is there is followed by a comparison of the whole literal, so a hit is a proof and not a
 *   guess.
 *
 * Cost: some tens of bytes a literal, a few microseconds each to build; about 1 ns a character to scan.
 */
import { CLASS_BITS, classLow, classOf, foldedLow, foldUnit } from './alphabet.ts';
import { keyAt, rarestKey } from './rarity.ts';

/** Where in a value a literal must stand. */
export type Place = 'anywhere' | 'start' | 'end' | 'whole';

export type Literal = {
  /** Folded. */
  readonly text: string;
  readonly place: Place;
  /** What a hit reports, from 0. */
  readonly payload: number;
};

const KEY_BITS = 3 * CLASS_BITS;
const KEY_MASK = (1 << KEY_BITS) - 1;
/** Characters at an end of the value that are hashed; shorter literals hash what they have. */
const ANCHOR = 8;

/**
 * What can stand in the folded text of a value that is neither text nor an array of it: digits in any base,
 * signs of numbers, times, GUIDs and SIDs, and the words true, false, nan and infinity.
 */
const writtenNumber = /^[0-9a-fx{}:.tzsrulniy+-]*$/;

/** Hash table from a key to a chain of entries. */
class Chains {
  readonly #mask: number;
  readonly #keys: Int32Array;
  /** First entry of the chain + 1, 0 = free. */
  readonly #heads: Int32Array;

  constructor(size: number) {
    let room = 16;
    while (room < size * 3) room *= 2;
    this.#mask = room - 1;
    this.#keys = new Int32Array(room);
    this.#heads = new Int32Array(room);
  }

  /** First entry of the chain of `key`, -1 where there is none. */
  head(key: number): number {
    const mask = this.#mask;
    let at = Math.imul(key, 0x9e3779b1 | 0) >>> 7;
    for (;;) {
      at &= mask;
      const head = this.#heads[at]!;
      if (head === 0) return -1;
      if (this.#keys[at] === key) return head - 1;
      at++;
    }
  }

  /** Puts `entry` before the chain of `key`; returns the entry that was first, -1 where there was none. */
  push(key: number, entry: number): number {
    let at = Math.imul(key, 0x9e3779b1 | 0) >>> 7;
    for (;;) {
      at &= this.#mask;
      const head = this.#heads[at]!;
      if (head === 0 || this.#keys[at] === key) {
        this.#keys[at] = key;
        this.#heads[at] = entry + 1;
        return head - 1;
      }
      at++;
    }
  }
}

export class LiteralIndex {
  /** Payloads of the literals that the last scanned value holds, each literal once: `found[0…n)`. */
  readonly found: Int32Array;
  /** Values with fewer characters hold no literal. */
  readonly minLength: number;
  /** True where numbers, times, identifiers and other values that are no text in the log may hold a literal. */
  readonly fitsNumbers: boolean;

  // Literals, each from `#starts` in `#units`, `#lengths` long.
  readonly #units: Uint16Array;
  readonly #starts: Int32Array;
  readonly #lengths: Int32Array;
  readonly #payloads: Int32Array;
  readonly #isWhole: Uint8Array;
  /** Number of the scan that found the literal last. */
  readonly #foundIn: Float64Array;
  #scan = 0;
  #count = 0;

  // Anywhere: entries of chains, each a literal and the place of the key's last character in it.
  readonly #filter: Int32Array;
  readonly #anywhere: Chains;
  readonly #entryLiteral: Int32Array;
  readonly #entryPlace: Int32Array;
  readonly #entryNext: Int32Array;
  readonly #hasAnywhere: boolean;

  // At the ends: chains of literals; bit n is set where a hash of n characters is a key.
  readonly #starting: Chains;
  readonly #startLengths: number;
  readonly #ending: Chains;
  readonly #endLengths: number;
  readonly #literalNext: Int32Array;
  /** Payloads of the empty whole value. */
  readonly #empty: Int32Array;

  constructor(literals: readonly Literal[]) {
    this.#empty = Int32Array.from(literals.filter(({ text }) => text === '').map(({ payload }) => payload));
    const kept = literals.filter(({ text }) => text !== '');
    this.found = new Int32Array(Math.max(kept.length, this.#empty.length));
    this.minLength =
      this.#empty.length > 0 ? 0 : kept.reduce((least, { text }) => Math.min(least, text.length), 1 << 30);
    this.fitsNumbers = literals.some(({ text }) => writtenNumber.test(text));
    this.#units = new Uint16Array(kept.reduce((sum, { text }) => sum + text.length, 0));
    this.#starts = new Int32Array(kept.length);
    this.#lengths = new Int32Array(kept.length);
    this.#payloads = new Int32Array(kept.length);
    this.#isWhole = new Uint8Array(kept.length);
    this.#foundIn = new Float64Array(kept.length).fill(-1);
    this.#literalNext = new Int32Array(kept.length).fill(-1);

    const keys: { readonly literal: number; readonly key: number; readonly place: number }[] = [];
    const load = new Map<number, number>();
    const anchored = kept.filter(({ place }) => place !== 'anywhere').length;
    this.#starting = new Chains(anchored);
    this.#ending = new Chains(anchored);
    let startLengths = 0;
    let endLengths = 0;
    let unit = 0;
    for (const [literal, { text, place, payload }] of kept.entries()) {
      this.#starts[literal] = unit;
      this.#lengths[literal] = text.length;
      this.#payloads[literal] = payload;
      this.#isWhole[literal] = place === 'whole' ? 1 : 0;
      for (let i = 0; i < text.length; i++) this.#units[unit++] = text.charCodeAt(i);
      const length = Math.min(ANCHOR, text.length);
      if (place === 'anywhere') {
        for (const [key, at] of keysOf(text, load)) keys.push({ literal, key, place: at });
      } else if (place === 'start') {
        startLengths |= 1 << length;
        this.#literalNext[literal] = this.#starting.push(hashOfText(text, 0, 1, length), literal);
      } else {
        endLengths |= 1 << length;
        this.#literalNext[literal] = this.#ending.push(hashOfText(text, text.length - 1, -1, length), literal);
      }
    }
    this.#startLengths = startLengths;
    this.#endLengths = endLengths;

    this.#hasAnywhere = keys.length > 0;
    this.#filter = new Int32Array(keys.length > 0 ? 1 << (KEY_BITS - 5) : 0);
    this.#anywhere = new Chains(keys.length);
    this.#entryLiteral = new Int32Array(keys.length);
    this.#entryPlace = new Int32Array(keys.length);
    this.#entryNext = new Int32Array(keys.length);
    for (const [entry, { literal, key, place }] of keys.entries()) {
      this.#filter[key >> 5]! |= 1 << (key & 31);
      this.#entryLiteral[entry] = literal;
      this.#entryPlace[entry] = place;
      this.#entryNext[entry] = this.#anywhere.push(key, entry);
    }
  }

  /** Looks into UTF-16LE text from byte `start` to `end` (NULs at its end cut off); returns the number found. */
  scan(bytes: Uint8Array, start: number, end: number): number {
    this.#scan++;
    this.#count = 0;
    if (end === start) {
      this.found.set(this.#empty);
      return this.#empty.length;
    }
    if (this.#endLengths !== 0) this.#scanEnd(bytes, start, end);
    if (this.#startLengths !== 0) this.#scanStart(bytes, start, end);
    if (this.#hasAnywhere) this.#scanAnywhere(bytes, start, end);
    return this.#count;
  }

  #scanAnywhere(bytes: Uint8Array, start: number, end: number): void {
    const filter = this.#filter;
    const classes = classLow;
    let key = 0;
    for (let at = start; at < end; at += 2) {
      const low = bytes[at]!;
      const high = bytes[at + 1]!;
      key = ((key << CLASS_BITS) | (high === 0 ? classes[low]! : classOf((high << 8) | low))) & KEY_MASK;
      if (((filter[key >> 5]! >> (key & 31)) & 1) !== 0) this.#compare(bytes, start, end, at, key);
    }
  }

  /** Compares the literals with `key`, whose last character stands at `at`. */
  #compare(bytes: Uint8Array, start: number, end: number, at: number, key: number): void {
    for (let entry = this.#anywhere.head(key); entry >= 0; entry = this.#entryNext[entry]!) {
      const literal = this.#entryLiteral[entry]!;
      if (this.#foundIn[literal] === this.#scan) continue;
      const from = at - this.#entryPlace[entry]! * 2;
      if (from >= start && from + this.#lengths[literal]! * 2 <= end && this.#stands(bytes, from, literal)) {
        this.#report(literal);
      }
    }
  }

  #scanEnd(bytes: Uint8Array, start: number, end: number): void {
    const lengths = this.#endLengths;
    const characters = (end - start) >> 1;
    let hash = 0;
    for (let n = 1, at = end - 2; n <= ANCHOR && n <= characters; n++, at -= 2) {
      hash = (Math.imul(hash, 31) + unitAt(bytes, at)) | 0;
      if (((lengths >> n) & 1) === 0) continue;
      for (let literal = this.#ending.head(hash ^ n); literal >= 0; literal = this.#literalNext[literal]!) {
        const length = this.#lengths[literal]!;
        if (length > characters || (this.#isWhole[literal] === 1 && length !== characters)) continue;
        if (this.#stands(bytes, end - length * 2, literal)) this.#report(literal);
      }
    }
  }

  #scanStart(bytes: Uint8Array, start: number, end: number): void {
    const lengths = this.#startLengths;
    const characters = (end - start) >> 1;
    let hash = 0;
    for (let n = 1, at = start; n <= ANCHOR && n <= characters; n++, at += 2) {
      hash = (Math.imul(hash, 31) + unitAt(bytes, at)) | 0;
      if (((lengths >> n) & 1) === 0) continue;
      for (let literal = this.#starting.head(hash ^ n); literal >= 0; literal = this.#literalNext[literal]!) {
        if (this.#lengths[literal]! <= characters && this.#stands(bytes, start, literal)) this.#report(literal);
      }
    }
  }

  /** True if the literal stands at byte `from`. From its end, where paths with a common beginning differ. */
  #stands(bytes: Uint8Array, from: number, literal: number): boolean {
    const units = this.#units;
    const first = this.#starts[literal]!;
    for (let i = this.#lengths[literal]! - 1; i >= 0; i--) {
      if (unitAt(bytes, from + i * 2) !== units[first + i]) return false;
    }
    return true;
  }

  #report(literal: number): void {
    this.#foundIn[literal] = this.#scan;
    this.found[this.#count++] = this.#payloads[literal]!;
  }
}

/** The folded unit whose two bytes begin at `at`, which may be odd. */
function unitAt(bytes: Uint8Array, at: number): number {
  const high = bytes[at + 1]!;
  return high === 0 ? foldedLow[bytes[at]!]! : foldUnit((high << 8) | bytes[at]!);
}

function hashOfText(text: string, from: number, step: number, length: number): number {
  let hash = 0;
  for (let n = 0, i = from; n < length; n++, i += step) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  }
  return hash ^ length;
}

/**
 * The keys under which a literal is filed, with the place of the key's last character. Three characters have
 * one; of fewer, all keys that end in them are, whatever stands before (also nothing, class 0).
 */
function* keysOf(text: string, load: Map<number, number>): Iterable<readonly [key: number, place: number]> {
  const last = text.length - 1;
  if (text.length >= 3) {
    const place = rarestKey(text, load);
    const key = keyAt(text, place);
    load.set(key, (load.get(key) ?? 0) + 1);
    yield [key, place];
    return;
  }
  const tail =
    text.length === 2
      ? (classOf(text.charCodeAt(0)) << CLASS_BITS) | classOf(text.charCodeAt(1))
      : classOf(text.charCodeAt(0));
  const bits = text.length * CLASS_BITS;
  for (let before = 0; before < 1 << (KEY_BITS - bits); before++) yield [(before << bits) | tail, last];
}
