/** Streams of hits and correlations for tests: written by hand, and generated. */
import fc from 'fast-check';
import type { Bound, CorrelationCondition, CorrelationType, Occurrence } from '../src/know/sigma/index.ts';
import { bounds, correlationTypes } from '../src/know/sigma/index.ts';
import type { Firing, Hits, Pattern } from '../src/match/index.ts';

/** A hit in words: seconds, rule, group, value; group null joins none. */
export type HitRow = readonly [seconds: number, rule?: number, group?: string | null, value?: string | null];

/** Hits from rows in any order. Groups and values are numbered as they come. */
export function hitsOf(rows: readonly HitRow[]): Hits {
  const sorted = rows.map((row, index) => ({ row, index })).sort((a, b) => a.row[0] - b.row[0]);
  const groups: string[] = [];
  const texts: string[] = [];
  const numberOf = (all: string[], text: string | null | undefined): number => {
    if (text === null || text === undefined) return -1;
    if (!all.includes(text)) all.push(text);
    return all.indexOf(text);
  };
  return {
    length: rows.length,
    micros: Float64Array.from(sorted, ({ row }) => row[0] * 1e6),
    rule: Uint32Array.from(sorted, ({ row }) => row[1] ?? 0),
    group: Int32Array.from(sorted, ({ row }) => numberOf(groups, row[2] === undefined ? '' : row[2])),
    value: Int32Array.from(sorted, ({ row }) => numberOf(texts, row[3])),
    texts,
  };
}

/** A pattern over `rules` rules; `condition` says what differs from an empty one. */
export function patternOf(
  type: CorrelationType,
  seconds: number,
  rules: number,
  condition: Partial<CorrelationCondition> = {},
): Pattern {
  const empty = { bounds: [], fields: [], percentile: null, occurrence: null };
  return { type, rules, timespan: seconds * 1e6, condition: { ...empty, ...condition } };
}

/** Firings in a form that is easy to write down: seconds, hits, measure. */
export function inWords(
  firings: readonly Firing[],
): readonly (readonly [number, readonly number[], number])[] {
  return firings.map(({ micros, hits, measure }) => [micros / 1e6, [...hits], measure]);
}

const numeric = [
  ...['0', '1', '1.0', '2', '-3.5', '0.1', '0.2', '0.3', '1e2', '-0', '1.5'],
  ...['9007199254740993', '9007199254740992', '1e99', '-1e99', '1e-100'],
];
const notNumeric = ['', 'x', '0x10', ' 1', '1e400', '1e-101'];

const arbitraryBound: fc.Arbitrary<Bound> = fc.record({
  op: fc.constantFrom(...bounds),
  value: fc.oneof(
    fc.integer({ min: 0, max: 5 }),
    fc.constantFrom(0.1, 0.15, 0.3, 0.6, 1.5, -3.5, 9007199254740992, 1e99, 5e-324, 1e300),
  ),
});

function arbitraryOccurrence(rules: number): fc.Arbitrary<Occurrence> {
  return fc.letrec<{ node: Occurrence }>(tie => ({
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.record({ op: fc.constant('rule' as const), rule: fc.nat(rules - 1) }),
      fc.record({
        op: fc.constantFrom('and' as const, 'or' as const),
        nodes: fc.array(tie('node'), { maxLength: 3 }),
      }),
      fc.record({ op: fc.constant('not' as const), node: tie('node') }),
    ),
  })).node;
}

function arbitraryCondition(type: CorrelationType, rules: number): fc.Arbitrary<CorrelationCondition> {
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  return fc.record({
    bounds: fc.array(arbitraryBound, { minLength: temporal ? 0 : 1, maxLength: 2 }),
    fields: fc.constant(type.startsWith('value') ? ['Field'] : []),
    percentile:
      type === 'value_percentile'
        ? fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(33.333333333333336, 99.9, 0.5))
        : fc.constant(null),
    occurrence: temporal ? fc.option(arbitraryOccurrence(rules), { freq: 2 }) : fc.constant(null),
  });
}

/** A pattern of one type and hits that crowd around its edges: few moments, groups, rules and values. */
export function arbitraryCase(type: CorrelationType): fc.Arbitrary<readonly [Pattern, Hits]> {
  return fc.integer({ min: 1, max: 5 }).chain(rules => {
    const value: fc.Arbitrary<string | null> = fc.option(fc.constantFrom(...numeric, ...notNumeric), {
      freq: 5,
    });
    const group = fc.constantFrom('a', 'a', 'b', null);
    const row: fc.Arbitrary<HitRow> = fc.tuple(fc.nat(15), fc.nat(rules - 1), group, value);
    const pattern = arbitraryCondition(type, rules).chain(condition =>
      fc.nat(12).map(seconds => patternOf(type, seconds, rules, condition)),
    );
    return fc.tuple(pattern, fc.array(row, { maxLength: 30 }).map(hitsOf));
  });
}

export const everyType: readonly CorrelationType[] = correlationTypes;
