/**
 * Under which keys a literal that may stand anywhere is filed:
 *
 * - a rolling key: a hash of the classes of four characters in a row, met at every place of a value;
 * - or step keys: a hash of four characters, met at every second to eighth place only, for which a literal needs as
 *   many of them in a row; where all literals of an index are long enough;
 * - a pair: two characters, for the few literals that have no more;
 * - a wide key: one character outside ASCII. All other keys are of ASCII literals.
 *
 * Characters are chosen where they are rarest. Four of them are met by chance far
 * less often than three.
 */
import { CLASS_BITS, CLASSES, classOf } from './alphabet.ts';
import type { LiteralTable } from './literal-table.ts';
import { scoreOf } from './rarity.ts';

/** Characters of a rolling or step key. */
export const KEY_LENGTH = 4;
/** Bits of a rolling key before it is hashed. */
export const ROLLING_MASK: number = (1 << (KEY_LENGTH * CLASS_BITS)) - 1;
/** Bits of the tables of rolling keys, step keys and pairs. */
export const ROLLING_BITS = 18;
export const STEP_BITS = 16;
export const PAIR_BITS: number = 2 * CLASS_BITS;
export const PAIR_MASK: number = (1 << PAIR_BITS) - 1;
const TRIPLE_BITS = 3 * CLASS_BITS;
const TRIPLE_MASK = (1 << TRIPLE_BITS) - 1;
/** Places to step at most: every further one costs each literal another key. */
const MAX_STRIDE = 8;

/** Factors of the hashes: odd, with bits all over. */
export const MULTIPLIER: number = 0x9e3779b1 | 0;
export const FIRST_FACTOR = 0x2c1b3c6d;
export const SECOND_FACTOR = 0x297a2d39;

/** Keys of literals: `key[i]`'s last character stands at `place[i]` of literal `literal[i]`. */
export type Keys = { readonly key: number[]; readonly literal: number[]; readonly place: number[] };

export function noKeys(): Keys {
  return { key: [], literal: [], place: [] };
}

/** Hash of the classes of four characters in a row, the first in the highest bits. */
export function rollingKey(classes: number): number {
  return Math.imul(classes, MULTIPLIER) >>> (32 - ROLLING_BITS);
}

/** Place of a character outside ASCII, -1 where there is none. Any value that holds the text has one there, too. */
export function widePlace(text: string): number {
  let best = -1;
  for (let place = text.length - 1; place >= 0; place--) {
    const unit = text.charCodeAt(place);
    if (unit < 128) continue;
    // The second half of a surrogate pair tells more than anything else; joiners and variants tell nothing.
    if (unit >= 0xdc00 && unit <= 0xdfff) return place;
    if (best < 0) best = place;
  }
  return best;
}

/** Places that may be stepped over when each of the literals is to be met; 1 where every place must be looked at. */
export function strideFor({ lengths }: LiteralTable, literals: readonly number[]): number {
  const shortest = literals.reduce((least, literal) => Math.min(least, lengths[literal]!), 1 << 28);
  return Math.max(1, Math.min(MAX_STRIDE, shortest - KEY_LENGTH + 1));
}

/** Scratch of `Load`, all zero between uses: 256 KB would be too much to make anew for each of a hundred indexes. */
const counts: Uint8Array = new Uint8Array(1 << TRIPLE_BITS);

/** How many literals have each three characters in their key by now: one more makes a chain longer. */
class Load {
  readonly #used: number[] = [];

  of(key: number): number {
    return counts[key]!;
  }

  add(key: number): void {
    if (counts[key] === 0) this.#used.push(key);
    if (counts[key]! < 255) counts[key]!++;
  }

  /** Leaves the scratch as it was. */
  clear(): void {
    for (const key of this.#used) counts[key] = 0;
  }
}

/** What it costs to have the three characters that end at each place of a text in the key; refilled for each. */
let costs: Float64Array = new Float64Array(256);

function fillCosts(text: string, load: Load): void {
  if (text.length > costs.length) costs = new Float64Array(text.length * 2);
  let key = (classOf(text.charCodeAt(0)) << CLASS_BITS) | classOf(text.charCodeAt(1));
  for (let place = 2; place < text.length; place++) {
    key = ((key << CLASS_BITS) | classOf(text.charCodeAt(place))) & TRIPLE_MASK;
    costs[place] = 2 ** scoreOf(key) + load.of(key);
  }
}

/** The last place of the run of `count` places from `first` on that costs least. */
function cheapestRun(length: number, first: number, count: number): number {
  let sum = 0;
  for (let place = first; place < first + count; place++) sum += costs[place]!;
  let best = first + count - 1;
  let least = sum;
  for (let last = best + 1; last < length; last++) {
    sum += costs[last]! - costs[last - count]!;
    if (sum < least) {
      least = sum;
      best = last;
    }
  }
  return best;
}

function tripleAt(text: string, place: number): number {
  return (
    (classOf(text.charCodeAt(place - 2)) << (2 * CLASS_BITS)) |
    (classOf(text.charCodeAt(place - 1)) << CLASS_BITS) |
    classOf(text.charCodeAt(place))
  );
}

/** Rolling keys; a literal of three characters is filed under all that end in it (also with nothing before, class 0). */
export function rollingKeys({ texts }: LiteralTable, literals: readonly number[]): Keys {
  const keys = noKeys();
  const load = new Load();
  for (const literal of literals) {
    const text = texts[literal]!;
    if (text.length < KEY_LENGTH) {
      const triple = tripleAt(text, 2);
      for (let before = 0; before < CLASSES; before++) {
        add(keys, rollingKey((before << TRIPLE_BITS) | triple), literal, 2);
      }
      continue;
    }
    fillCosts(text, load);
    // The rarer of the two triples in it says how rare a key is.
    for (let place = text.length - 1; place > 2; place--)
      costs[place] = Math.min(costs[place]!, costs[place - 1]!);
    const place = cheapestRun(text.length, KEY_LENGTH - 1, 1);
    const triple = tripleAt(text, place);
    load.add(triple);
    add(keys, rollingKey((classOf(text.charCodeAt(place - 3)) << TRIPLE_BITS) | triple), literal, place);
  }
  load.clear();
  return keys;
}

/** Pairs, for literals of one or two characters; of one, all that end in it. */
export function pairKeys({ texts }: LiteralTable, literals: readonly number[]): Keys {
  const keys = noKeys();
  for (const literal of literals) {
    const text = texts[literal]!;
    const last = classOf(text.charCodeAt(text.length - 1));
    if (text.length === 2) add(keys, (classOf(text.charCodeAt(0)) << CLASS_BITS) | last, literal, 1);
    else
      for (let before = 0; before < CLASSES; before++) add(keys, (before << CLASS_BITS) | last, literal, 0);
  }
  return keys;
}

/** As many keys of four characters in a row as the stride. */
export function stepKeys({ texts }: LiteralTable, literals: readonly number[], stride: number): Keys {
  const keys = noKeys();
  const load = new Load();
  for (const literal of literals) {
    const text = texts[literal]!;
    fillCosts(text, load);
    const last = cheapestRun(text.length, KEY_LENGTH - 1, stride);
    for (let place = last - stride + 1; place <= last; place++) {
      load.add(tripleAt(text, place));
      add(keys, stepKey(wordAt(text, place - 3), wordAt(text, place - 1)), literal, place);
    }
  }
  load.clear();
  return keys;
}

function add(keys: Keys, key: number, literal: number, place: number): void {
  keys.key.push(key);
  keys.literal.push(literal);
  keys.place.push(place);
}

/** Two units as a value's bytes hold them: a little-endian word. */
function wordAt(text: string, at: number): number {
  return (text.charCodeAt(at + 1) << 16) | text.charCodeAt(at);
}

/**
 * Key of four units, given as two little-endian words. Only the low five bits of each count: in ASCII those of
 * a letter are the same in both cases, and what else has the same only costs a comparison.
 */
function stepKey(first: number, second: number): number {
  const mixed =
    (Math.imul(first & 0x001f_001f, FIRST_FACTOR) + Math.imul(second & 0x001f_001f, SECOND_FACTOR)) | 0;
  return Math.imul(mixed, MULTIPLIER) >>> (32 - STEP_BITS);
}

/** Hash of `length` characters from `from` on, forward or backward; the same goes over a value's bytes in the index. */
export function hashOfText(text: string, from: number, step: number, length: number): number {
  let hash = 0;
  for (let n = 0, i = from; n < length; n++, i += step) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  }
  return hash ^ length;
}
