/**
 * Sets of characters as sorted, disjoint ranges of code points: [first, last, first, last, …]. Regular
 * expressions are read into these, so that what a class means is settled here once and does not depend on the
 * engine that runs it later.
 */
import { fold } from '../../read/events/index.ts';

export type CharSet = readonly number[];

const lastPoint = 0x10ffff;

export const emptySet: CharSet = [];
export const fullSet: CharSet = [0, lastPoint];

/** The set of these ranges, in any order, overlapping or not. */
export function charSet(ranges: readonly number[]): CharSet {
  const pairs: [number, number][] = [];
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i]!, ranges[i + 1]!]);
  pairs.sort((a, b) => a[0] - b[0]);
  const set: number[] = [];
  for (const [first, last] of pairs) {
    if (set.length > 0 && first <= set[set.length - 1]! + 1) {
      set[set.length - 1] = Math.max(set[set.length - 1]!, last);
    } else {
      set.push(first, last);
    }
  }
  return set;
}

/** Every character that is not in `set`. */
export function complement(set: CharSet): CharSet {
  const rest: number[] = [];
  let next = 0;
  for (let i = 0; i < set.length; i += 2) {
    if (set[i]! > next) rest.push(next, set[i]! - 1);
    next = set[i + 1]! + 1;
  }
  if (next <= lastPoint) rest.push(next, lastPoint);
  return rest;
}

/** True if some character is in both. */
export function overlaps(a: CharSet, b: CharSet): boolean {
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i + 1]! < b[j]!) i += 2;
    else if (b[j + 1]! < a[i]!) j += 2;
    else return true;
  }
  return false;
}

/** How many characters the set holds. */
export function countOf(set: CharSet): number {
  let count = 0;
  for (let i = 0; i < set.length; i += 2) count += set[i + 1]! - set[i]! + 1;
  return count;
}

/** Of each folded code unit that has other forms, all its forms. */
let forms: Map<number, number[]> | undefined;
/** Code units with more than one form, ascending. */
let cased: number[] | undefined;

/** The tables, made at first need: 65,536 foldings, about 10 ms; ASCII alone never needs them. */
function caseTables(): { readonly forms: Map<number, number[]>; readonly cased: readonly number[] } {
  if (forms === undefined || cased === undefined) {
    forms = new Map();
    for (let unit = 0; unit <= 0xffff; unit++) {
      const to = fold(String.fromCharCode(unit)).charCodeAt(0);
      const known = forms.get(to);
      if (known === undefined) forms.set(to, [unit]);
      else known.push(unit);
    }
    for (const [to, units] of forms) if (units.length === 1) forms.delete(to);
    cased = [...forms.values()].flat().sort((a, b) => a - b);
  }
  return { forms, cased };
}

/** Characters beyond ASCII whose folded form is an ASCII letter: dotless i, long s and the Kelvin sign. */
const foreignForms: ReadonlyMap<number, number> = new Map([
  [0x69, 0x131],
  [0x73, 0x17f],
  [0x6b, 0x212a],
]);

/** True of punctuation and its neighbours, where the long dashes are that people write for short ones. */
function isCaseless(first: number, last: number): boolean {
  return first >= 0x2000 && last <= 0x20ff;
}

/** `set` with every character that folds (as `fold` does) like one of its own. */
export function closeOverCase(set: CharSet): CharSet {
  const more: number[] = [...set];
  let ascii = true;
  for (let i = 0; i < set.length; i += 2) {
    if (set[i + 1]! > 0x7f) ascii = false;
    for (let point = set[i]!; point <= Math.min(set[i + 1]!, 0x7f); point++) {
      const lower = point | 0x20;
      if (lower < 0x61 || lower > 0x7a) continue;
      more.push(lower, lower, lower - 0x20, lower - 0x20);
      const foreign = foreignForms.get(lower);
      if (foreign !== undefined) more.push(foreign, foreign);
    }
  }
  if (ascii) return charSet(more);
  for (let i = 0; i < set.length; i += 2) {
    if (set[i + 1]! <= 0x7f || isCaseless(set[i]!, set[i + 1]!)) continue;
    if (set[i]! <= 0x80 && set[i + 1]! >= 0xffff) {
      // All there is beyond ASCII, as in [^a]: what its characters fold to is in it, or one of these letters.
      for (const lower of foreignForms.keys()) more.push(lower, lower, lower - 0x20, lower - 0x20);
      continue;
    }
    const tables = caseTables();
    for (const unit of tables.cased) {
      if (unit < set[i]! || unit > set[i + 1]!) continue;
      const to = fold(String.fromCharCode(unit)).charCodeAt(0);
      for (const form of tables.forms.get(to) ?? []) more.push(form, form);
    }
  }
  return charSet(more);
}

const digit: CharSet = [0x30, 0x39];
const word: CharSet = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
const space: CharSet = [0x09, 0x0d, 0x20, 0x20];

/** `\d`, `\w`, `\s` and their opposites, over ASCII; `\h` a blank within a line, `\N` all but a new line. */
export const escapeSets: Readonly<Record<string, CharSet>> = {
  d: digit,
  D: complement(digit),
  w: word,
  W: complement(word),
  s: space,
  S: complement(space),
  h: [0x09, 0x09, 0x20, 0x20],
  H: complement([0x09, 0x09, 0x20, 0x20]),
  N: complement([0x0a, 0x0a]),
};

/** POSIX classes, over ASCII. */
export const posixSets: Readonly<Record<string, CharSet>> = {
  alnum: [0x30, 0x39, 0x41, 0x5a, 0x61, 0x7a],
  alpha: [0x41, 0x5a, 0x61, 0x7a],
  ascii: [0x00, 0x7f],
  blank: [0x09, 0x09, 0x20, 0x20],
  cntrl: [0x00, 0x1f, 0x7f, 0x7f],
  digit,
  graph: [0x21, 0x7e],
  lower: [0x61, 0x7a],
  print: [0x20, 0x7e],
  punct: [0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e],
  space,
  upper: [0x41, 0x5a],
  word,
  xdigit: [0x30, 0x39, 0x41, 0x46, 0x61, 0x66],
};

const properties = new Map<string, CharSet | null>();

/** The characters with a Unicode property (`L`, `Lu`, `Greek`); null where there is no such property. */
export function propertySet(name: string): CharSet | null {
  let set = properties.get(name);
  if (set === undefined) {
    set = readProperty(name);
    properties.set(name, set);
  }
  return set;
}

/** Asks the platform's own tables, character by character: about 30 ms, once per property. */
function readProperty(name: string): CharSet | null {
  if (!/^[A-Za-z_]{1,40}$/.test(name)) return null;
  for (const query of [name, `Script=${name}`]) {
    let pattern: RegExp;
    try {
      pattern = new RegExp(`\\p{${query}}`, 'u');
    } catch {
      continue;
    }
    const ranges: number[] = [];
    for (let point = 0; point <= lastPoint; point++) {
      if (!pattern.test(String.fromCodePoint(point))) continue;
      if (ranges.length > 0 && ranges[ranges.length - 1] === point - 1) ranges[ranges.length - 1] = point;
      else ranges.push(point, point);
    }
    return ranges;
  }
  return null;
}
