/**
 * Tests of single values, compiled: a closure per test, chosen by what its patterns have in common, so that
 * the usual ones (a few suffixes, a few substrings) are native string calls.
 */
import { ANY, DASH, ONE, type Test, type TextPattern, type TextTest } from '../../know/sigma/index.ts';
import { fold } from '../../read/events/index.ts';
import { compares, compileCidr, parseDecimal, timePart } from '../values/index.ts';
import { searchFor } from './regex-search.ts';

/** True if a value passes. Text tests take the folded value unless they are cased; all others the raw one. */
export type ValueTest = (text: string) => boolean;

/** What a pattern amounts to. `glob` is all that has a wildcard inside. */
export type PatternShape = 'equals' | 'prefix' | 'suffix' | 'contains' | 'anything' | 'glob';

export function shapeOfPattern(pattern: TextPattern): PatternShape {
  const [first, second, third] = pattern;
  switch (pattern.length) {
    case 0:
      return 'equals';
    case 1:
      return typeof first === 'string' ? 'equals' : first === ANY ? 'anything' : 'glob';
    case 2:
      if (typeof first === 'string' && second === ANY) return 'prefix';
      return first === ANY && typeof second === 'string' ? 'suffix' : 'glob';
    case 3:
      return first === ANY && typeof second === 'string' && third === ANY ? 'contains' : 'glob';
    default:
      return 'glob';
  }
}

/** The literal of a pattern that is no glob. */
export function literalOfPattern(pattern: TextPattern): string {
  return (pattern.find(part => typeof part === 'string') as string | undefined) ?? '';
}

/** Can the run of single-character parts and literals from `part` up to `end` stand at `at`? -1, or its end. */
function runFits(pattern: TextPattern, part: number, end: number, text: string, at: number): number {
  let place = at;
  for (let i = part; i < end; i++) {
    const each = pattern[i]!;
    if (typeof each === 'string') {
      if (!text.startsWith(each, place)) return -1;
      place += each.length;
    } else {
      if (place >= text.length) return -1;
      if (each === DASH && !isDash(text.charCodeAt(place))) return -1;
      place++;
    }
  }
  return place;
}

function isDash(unit: number): boolean {
  return unit === 0x2d || unit === 0x2f || unit === 0x2013 || unit === 0x2014 || unit === 0x2015;
}

/** First place from `from` at which the run stands; its end, or -1. Jumps by the run's leading literal. */
function findRun(pattern: TextPattern, part: number, end: number, text: string, from: number): number {
  const first = pattern[part]!;
  for (let at = from; at <= text.length; at++) {
    if (typeof first === 'string') {
      at = text.indexOf(first, at);
      if (at < 0) return -1;
    }
    const place = runFits(pattern, part, end, text, at);
    if (place >= 0) return place;
  }
  return -1;
}

function runLength(pattern: TextPattern, part: number, end: number): number {
  let length = 0;
  for (let i = part; i < end; i++) {
    const each = pattern[i]!;
    length += typeof each === 'string' ? each.length : 1;
  }
  return length;
}

/**
 * The pattern, part by part between its `ANY`: each run is taken at its first place, the last one at the end
 * of the text. Taking the first place is enough, because what follows an `ANY` may start anywhere behind it.
 */
function globTest(pattern: TextPattern): ValueTest {
  const runs: (readonly [part: number, end: number])[] = [];
  let from = 0;
  for (let i = 0; i <= pattern.length; i++) {
    if (i < pattern.length && pattern[i] !== ANY) continue;
    runs.push([from, i]);
    from = i + 1;
  }
  const last = runs.length - 1;
  const lastLength = runLength(pattern, runs[last]![0], runs[last]![1]);
  return text => {
    const [, firstEnd] = runs[0]!;
    let place = runFits(pattern, 0, firstEnd, text, 0);
    if (place < 0) return false;
    if (last === 0) return place === text.length;
    for (let i = 1; i < last; i++) {
      const [part, end] = runs[i]!;
      place = findRun(pattern, part, end, text, place);
      if (place < 0) return false;
    }
    const start = text.length - lastLength;
    return start >= place && runFits(pattern, runs[last]![0], runs[last]![1], text, start) === text.length;
  };
}

/** Lists longer than this are a set. */
const FEW = 6;

function equalsTest(literals: readonly string[]): ValueTest {
  if (literals.length === 1) {
    const [only] = literals;
    return text => text === only;
  }
  if (literals.length <= FEW) return text => literals.includes(text);
  const set = new Set(literals);
  return text => set.has(text);
}

function eachTest(shape: PatternShape, literals: readonly string[]): ValueTest {
  const only = literals.length === 1 ? literals[0]! : undefined;
  switch (shape) {
    case 'prefix':
      if (only !== undefined) return text => text.startsWith(only);
      return text => {
        for (let i = 0; i < literals.length; i++) if (text.startsWith(literals[i]!)) return true;
        return false;
      };
    case 'suffix':
      if (only !== undefined) return text => text.endsWith(only);
      return text => {
        for (let i = 0; i < literals.length; i++) if (text.endsWith(literals[i]!)) return true;
        return false;
      };
    case 'contains':
      if (only !== undefined) return text => text.includes(only);
      return text => {
        for (let i = 0; i < literals.length; i++) if (text.includes(literals[i]!)) return true;
        return false;
      };
    case 'anything':
      return () => true;
    default:
      return equalsTest(literals);
  }
}

const order: readonly PatternShape[] = ['anything', 'equals', 'suffix', 'prefix', 'contains'];

/** The patterns by what they are, cheapest first; one closure each, asked in turn. */
function textTest(test: TextTest): ValueTest {
  if (test.any.length === 1) {
    const pattern = test.any[0]!;
    const shape = shapeOfPattern(pattern);
    return shape === 'glob' ? globTest(pattern) : eachTest(shape, [literalOfPattern(pattern)]);
  }
  const literals = new Map<PatternShape, string[]>();
  const globs: ValueTest[] = [];
  for (const pattern of test.any) {
    const shape = shapeOfPattern(pattern);
    if (shape === 'glob') {
      globs.push(globTest(pattern));
      continue;
    }
    const list = literals.get(shape);
    if (list === undefined) literals.set(shape, [literalOfPattern(pattern)]);
    else list.push(literalOfPattern(pattern));
  }
  const tests: ValueTest[] = [];
  for (const shape of order) {
    const list = literals.get(shape);
    if (list !== undefined) tests.push(eachTest(shape, list));
  }
  tests.push(...globs);
  if (tests.length === 0) return () => false;
  if (tests.length === 1) return tests[0]!;
  return text => {
    for (let i = 0; i < tests.length; i++) if (tests[i]!(text)) return true;
    return false;
  };
}

/** Compiles a test of values. One that looks at none passes none. */
export function compileTest(test: Test): ValueTest {
  switch (test.kind) {
    case 'text':
      return textTest(test);
    case 'regex': {
      const search = searchFor(test);
      return text => search(text, fold(text));
    }
    case 'cidr':
      return compileCidr(test.network);
    case 'compare':
      return text => compares(test.op, parseDecimal(text), test.value);
    case 'timepart':
      return text => compares(test.op, timePart(text, test.part), test.value);
    case 'null':
    case 'exists':
    case 'fieldref':
      return () => false;
  }
}

/** Roughly what a test costs, to ask cheap ones first. */
export function costOfTest(test: Test): number {
  switch (test.kind) {
    case 'null':
    case 'exists':
      return 1;
    case 'text': {
      // Without wildcards inside, the literal index mostly knows the outcome before anybody asks.
      const globs = test.any.filter(pattern => test.cased || shapeOfPattern(pattern) === 'glob').length;
      return globs === 0 ? 2 : 8 + 8 * globs;
    }
    case 'compare':
      return 6;
    case 'fieldref':
      return 12;
    case 'timepart':
    case 'cidr':
      return 30;
    case 'regex':
      return 400;
  }
}

/** How each part that is no literal stands in a key. */
const markOf: Readonly<Record<number, string>> = { [ANY]: 'a', [ONE]: 'o', [DASH]: 'd' };

/** The test written out so that equal tests, and only those, have equal keys. */
export function keyOfTest(test: Test): string {
  if (test.kind !== 'text') return JSON.stringify(test);
  let key = test.cased ? 'cased' : 'text';
  for (const pattern of test.any) {
    key += ';';
    for (const part of pattern) key += typeof part === 'string' ? `${part.length}:${part}` : markOf[part]!;
  }
  return key;
}
