/** What correlations do, one fact a test. Both evaluators are asked everything. */
import { describe, expect, test } from 'vitest';
import { everyType, type HitRow, hitsOf, inWords, patternOf } from '../../../test/correlations.ts';
import type { Bound, BoundOp, CorrelationType, Occurrence } from '../../know/sigma/index.ts';
import { referenceCorrelate } from '../reference/index.ts';
import { correlate, type Firing, type Hits, type Pattern } from './index.ts';

function fire(pattern: Pattern, hits: Hits): Firing[] {
  const firings = correlate(pattern, hits);
  expect(firings).toEqual(referenceCorrelate(pattern, hits));
  return firings;
}

/** Firings of `rows` as [seconds, hits, measure]. */
function firings(pattern: Pattern, rows: readonly HitRow[]): readonly unknown[] {
  return inWords(fire(pattern, hitsOf(rows)));
}

const bound = (op: BoundOp, value: number): Bound => ({ op, value });
const rule = (number: number): Occurrence => ({ op: 'rule', rule: number });
const and = (...nodes: Occurrence[]): Occurrence => ({ op: 'and', nodes });
const or = (...nodes: Occurrence[]): Occurrence => ({ op: 'or', nodes });
const not = (node: Occurrence): Occurrence => ({ op: 'not', node });
const [A, B, C] = [0, 1, 2];

/** `event_count` within a minute. */
const counted = (...bounds: Bound[]): Pattern => patternOf('event_count', 60, 1, { bounds });
const valued = (type: CorrelationType, bounds: readonly Bound[], percentile: number | null = null): Pattern =>
  patternOf(type, 60, 1, { bounds, percentile, fields: ['Field'] });
/** Hits of one group a second apart, with these values. */
const values = (...texts: (string | null)[]): HitRow[] => texts.map((text, i) => [i, 0, '', text]);

describe('windows and groups', () => {
  test('a hit exactly at the edge is inside', () => {
    expect(firings(counted(bound('gte', 2)), [[0], [60]])).toEqual([[60, [0, 1], 2]]);
  });
  test('a hit a microsecond behind the edge is not', () => {
    expect(firings(counted(bound('gte', 2)), [[0], [60.000001]])).toEqual([]);
  });
  test('windows slide: three hits over a minute boundary fire', () => {
    expect(firings(counted(bound('gte', 3)), [[50], [59], [61]])).toEqual([[61, [0, 1, 2], 3]]);
  });
  test('two hosts interleaved are two groups', () => {
    const rows: HitRow[] = [
      [0, A, 'x'],
      [1, A, 'y'],
      [2, A, 'x'],
      [3, A, 'y'],
      [4, A, 'x'],
    ];
    expect(firings(counted(bound('gte', 3)), rows)).toEqual([[4, [0, 2, 4], 3]]);
    expect(firings(counted(bound('gte', 2)), rows)).toEqual([
      [2, [0, 2, 4], 3],
      [3, [1, 3], 2],
    ]);
  });
  test('a hit without a group joins none, not even that of others without', () => {
    const rows: HitRow[] = [
      [0, A, null],
      [1, A, null],
      [2, A, 'x'],
    ];
    expect(firings(counted(bound('gte', 1)), rows)).toEqual([[2, [2], 1]]);
  });
  test('a firing names its group by the number that the hits have', () => {
    const hits = hitsOf([
      [0, A, 'x'],
      [1, A, 'y'],
      [2, A, 'y'],
    ]);
    expect(fire(counted(bound('gte', 2)), hits).map(firing => firing.group)).toEqual([1]);
  });
  test('a span of 0 holds what has the same time', () => {
    const pattern = patternOf('event_count', 0, 1, { bounds: [bound('gte', 2)] });
    expect(firings(pattern, [[0], [1], [1], [2]])).toEqual([[1, [1, 2], 2]]);
  });
  test('no hits, no firing', () => {
    for (const type of everyType) expect(firings(patternOf(type, 60, 2), [])).toEqual([]);
  });
  test('order of listing among equal times changes nothing but the numbers of hits', () => {
    const pattern = patternOf('temporal_ordered', 60, 2);
    expect(
      firings(pattern, [
        [5, A],
        [5, B],
      ]),
    ).toEqual([[5, [0, 1], 2]]);
    expect(
      firings(pattern, [
        [5, B],
        [5, A],
      ]),
    ).toEqual([[5, [0, 1], 2]]);
  });
});

describe('bounds of event_count', () => {
  const three: HitRow[] = [[0], [10], [20]];
  test('lt looks at the window that starts at each hit', () => {
    expect(firings(counted(bound('lt', 3)), three)).toEqual([[10, [1, 2], 2]]);
  });
  test('lte holds from the first moment of the first window', () => {
    expect(firings(counted(bound('lte', 3)), three)).toEqual([[0, [0, 1, 2], 3]]);
  });
  test('eq is not reached by a window that goes beyond', () => {
    expect(firings(counted(bound('eq', 2)), three)).toEqual([[20, [1, 2], 2]]);
    expect(firings(counted(bound('eq', 4)), three)).toEqual([]);
  });
  test('neq', () => {
    expect(firings(counted(bound('neq', 3)), three)).toEqual([[10, [1, 2], 2]]);
  });
  test('a range: both bounds hold of the whole window', () => {
    const range = counted(bound('gte', 2), bound('lt', 4));
    expect(firings(range, three)).toEqual([[10, [0, 1, 2], 3]]);
    expect(firings(range, [...three, [30], [40]])).toEqual([[30, [2, 3, 4], 3]]);
  });
  test('lt and eq 0 cannot fire where nothing is', () => {
    expect(firings(counted(bound('eq', 0)), three)).toEqual([]);
    expect(firings(counted(bound('lt', 5)), [[0, A, null]])).toEqual([]);
  });
});

describe('overlapping windows', () => {
  const ten = (from: number): HitRow[] => Array.from({ length: 10 }, (_, i): HitRow => [from + i]);
  test('ten hits, and ten more inside the next window, are one firing', () => {
    const [only, ...others] = fire(counted(bound('gte', 10)), hitsOf([...ten(0), ...ten(40)]));
    expect(others).toEqual([]);
    expect([only!.hits.length, only!.micros, only!.measure]).toEqual([20, 9e6, 20]);
  });
  test('ten hits, and ten after the window has passed, are two', () => {
    const found = fire(counted(bound('gte', 10)), hitsOf([...ten(0), ...ten(100)]));
    expect(found.map(firing => [firing.micros, firing.hits.length])).toEqual([
      [9e6, 10],
      [109e6, 10],
    ]);
  });
  test('windows that share a hit are one, though a window between them does not hold', () => {
    const pattern = patternOf('event_count', 10, 1, { bounds: [bound('eq', 3)] });
    // From 0: 0 4 10; from 4: 4 10 12 13; from 10: 10 12 13.
    expect(firings(pattern, [[0], [4], [10], [12], [13]])).toEqual([[10, [0, 1, 2, 3, 4], 3]]);
  });
  test('the order is by moment, not by group or by first hit', () => {
    const pattern = patternOf('event_count', 100, 1, { bounds: [bound('gte', 2)] });
    const rows: HitRow[] = [
      [0, A, 'x'],
      [1, A, 'y'],
      [2, A, 'y'],
      [90, A, 'x'],
    ];
    expect(firings(pattern, rows)).toEqual([
      [2, [1, 2], 2],
      [90, [0, 3], 2],
    ]);
  });
});

describe('value_count', () => {
  test('counts different values; none is no value', () => {
    const pattern = valued('value_count', [bound('gte', 3)]);
    expect(firings(pattern, values('a', 'b', 'a', null, 'b', null))).toEqual([]);
    expect(firings(pattern, values('a', 'b', null, 'a', 'c', 'd'))).toEqual([[4, [0, 1, 2, 3, 4, 5], 4]]);
  });
  test('a window without a value counts 0', () => {
    expect(firings(valued('value_count', [bound('lt', 1)]), values(null))).toEqual([[0, [0], 0]]);
  });
});

describe('numbers', () => {
  test('a sum is exact: three tenths are 0.3', () => {
    const tenths = values('0.1', '0.1', '0.1');
    expect(firings(valued('value_sum', [bound('eq', 0.3)]), tenths)).toEqual([[2, [0, 1, 2], 0.3]]);
    expect(firings(valued('value_sum', [bound('gt', 0.3)]), tenths)).toEqual([]);
  });
  test('a sum is exact beyond 2^53', () => {
    const large = values('9007199254740992', '1');
    expect(firings(valued('value_sum', [bound('gt', 2 ** 53)]), large)).toHaveLength(1);
    expect(firings(valued('value_sum', [bound('lte', 2 ** 53)]), large)).toEqual([[1, [1], 1]]);
  });
  test('nothing large that came and went is left in a sum', () => {
    const pattern = patternOf('value_sum', 0, 1, { bounds: [bound('eq', 0.1)], fields: ['Field'] });
    expect(firings(pattern, values('1e99', '0.1', '-1e99', '0.1'))).toEqual([
      [1, [1], 0.1],
      [3, [3], 0.1],
    ]);
  });
  test('a mean is compared without dividing: a third of 1 is above 0.333', () => {
    const third = values('1', '0', '0');
    expect(firings(valued('value_avg', [bound('gt', 0.333), bound('lt', 0.334)]), third)).toEqual([
      [2, [0, 1, 2], 1 / 3],
    ]);
  });
  test('what is not numeric is not counted in a mean', () => {
    const mixed = values('2', null, 'x', '0x10', '1e400', '4');
    expect(firings(valued('value_avg', [bound('eq', 3)]), mixed)).toEqual([[5, [0, 1, 2, 3, 4, 5], 3]]);
  });
  test('a window without a number fulfils nothing', () => {
    for (const type of ['value_sum', 'value_avg', 'value_median', 'value_percentile'] as const) {
      const pattern = valued(type, [bound('lt', 5)], 50);
      expect(firings(pattern, values('x', null, '1e400')), type).toEqual([]);
    }
  });
  test('the median of an odd number is the middle one, of an even number the mean of two', () => {
    expect(firings(valued('value_median', [bound('eq', 2)]), values('100', '-7', '2'))).toHaveLength(1);
    expect(firings(valued('value_median', [bound('eq', 2.5)]), values('100', '3', '2', '1'))).toHaveLength(1);
  });
  test.each([
    [0, 1],
    [10, 1],
    [10.1, 2],
    [50, 5],
    [90, 9],
    [90.5, 10],
    [100, 10],
  ])('percentile %d of 1 to 10 is %d', (percentile, value) => {
    const hits = hitsOf(Array.from({ length: 10 }, (_, i): HitRow => [0, 0, '', String(10 - i)]));
    const found = fire(valued('value_percentile', [bound('gte', 0)], percentile), hits);
    expect(found.map(firing => firing.measure)).toEqual([value]);
  });
});

describe('temporal', () => {
  const all = patternOf('temporal', 60, 3);
  test('all rules must occur, in any order', () => {
    expect(
      firings(all, [
        [0, C],
        [10, A],
        [20, B],
      ]),
    ).toEqual([[20, [0, 1, 2], 3]]);
  });
  test('three rules over twice the timespan do not fire', () => {
    expect(
      firings(all, [
        [0, B],
        [60, A],
        [120, C],
      ]),
    ).toEqual([]);
  });
  test('one rule twice is not two', () => {
    expect(
      firings(all, [
        [0, A],
        [1, A],
        [2, B],
        [3, B],
      ]),
    ).toEqual([]);
  });
  test('at least n different ones', () => {
    const two = patternOf('temporal', 60, 3, { bounds: [bound('gte', 2)] });
    expect(
      firings(two, [
        [0, C],
        [1, C],
        [2, B],
      ]),
    ).toEqual([[2, [0, 1, 2], 2]]);
  });
  test('an event that matched two rules is a hit of each', () => {
    expect(
      firings(patternOf('temporal', 60, 2), [
        [7, A],
        [7, B],
      ]),
    ).toEqual([[7, [0, 1], 2]]);
  });
  test('an expression over which rules occur', () => {
    const pattern = patternOf('temporal', 60, 3, { occurrence: and(or(rule(A), rule(B)), not(rule(C))) });
    expect(
      firings(pattern, [
        [0, A],
        [100, B],
        [130, C],
      ]),
    ).toEqual([[0, [0], 1]]);
  });
  test('of an expression with not, the moment is the first at which it held', () => {
    const pattern = patternOf('temporal', 60, 3, { occurrence: not(and(rule(A), rule(B), rule(C))) });
    expect(
      firings(pattern, [
        [5, A],
        [6, B],
      ]),
    ).toEqual([[5, [0, 1], 2]]);
  });
});

describe('temporal_ordered', () => {
  const pair = patternOf('temporal_ordered', 60, 2);
  test('an earlier B does not hide the pair', () => {
    expect(
      firings(pair, [
        [0, B],
        [10, A],
        [20, B],
      ]),
    ).toEqual([[20, [1, 2], 2]]);
  });
  test('the wrong order does not fire', () => {
    expect(
      firings(pair, [
        [0, B],
        [10, A],
      ]),
    ).toEqual([]);
  });
  test('the right order over too long a time does not fire', () => {
    expect(
      firings(pair, [
        [0, A],
        [61, B],
      ]),
    ).toEqual([]);
  });
  test('a second A in time saves a pair whose first A is too early', () => {
    expect(
      firings(pair, [
        [0, A],
        [30, A],
        [70, B],
      ]),
    ).toEqual([[70, [1, 2], 2]]);
  });
  test('an event that matched both rules fires', () => {
    expect(
      firings(pair, [
        [9, B],
        [9, A],
      ]),
    ).toEqual([[9, [0, 1], 2]]);
  });
  test('a row does not run through two groups', () => {
    expect(
      firings(pair, [
        [0, A, 'x'],
        [1, B, 'y'],
      ]),
    ).toEqual([]);
  });
  test('at least n in order leaves out those that do not come', () => {
    const two = patternOf('temporal_ordered', 60, 3, { bounds: [bound('gte', 2)] });
    expect(
      firings(two, [
        [0, A],
        [1, C],
      ]),
    ).toEqual([[1, [0, 1], 2]]);
    expect(
      firings(two, [
        [0, A],
        [1, A],
        [2, A],
      ]),
    ).toEqual([]);
  });
  test('the longest row counts, not the first that is met', () => {
    const three = patternOf('temporal_ordered', 60, 4, { bounds: [bound('gte', 3)] });
    expect(
      firings(three, [
        [0, A],
        [1, 3],
        [2, B],
        [3, C],
      ]),
    ).toEqual([[3, [0, 1, 2, 3], 3]]);
  });
  test('a row of some rules may leave out the first', () => {
    const two = patternOf('temporal_ordered', 60, 3, { bounds: [bound('gte', 2)] });
    expect(
      firings(two, [
        [0, B],
        [1, C],
      ]),
    ).toEqual([[1, [0, 1], 2]]);
  });

  describe('with an expression', () => {
    const expressed = (occurrence: Occurrence): Pattern =>
      patternOf('temporal_ordered', 60, 3, { occurrence });
    test('and is one after the other', () => {
      const pattern = expressed(and(rule(B), rule(A)));
      expect(
        firings(pattern, [
          [0, A],
          [10, B],
        ]),
      ).toEqual([]);
      expect(
        firings(pattern, [
          [0, B],
          [10, A],
        ]),
      ).toEqual([[10, [0, 1], 2]]);
    });
    test('or goes on from the earlier', () => {
      const pattern = expressed(and(or(rule(A), rule(B)), rule(C)));
      expect(
        firings(pattern, [
          [0, B],
          [5, C],
          [10, A],
        ]),
      ).toEqual([[5, [0, 1, 2], 3]]);
    });
    test('not is nowhere in the window, before or after', () => {
      const pattern = expressed(and(rule(A), not(rule(B)), rule(C)));
      expect(
        firings(pattern, [
          [0, A],
          [10, C],
        ]),
      ).toEqual([[10, [0, 1], 2]]);
      expect(
        firings(pattern, [
          [0, A],
          [10, C],
          [20, B],
        ]),
      ).toEqual([]);
      expect(
        firings(pattern, [
          [0, B],
          [1, A],
          [10, C],
        ]),
      ).toEqual([[10, [1, 2], 2]]);
    });
    test('a part is looked for earlier again where the part before it ends sooner', () => {
      const D = 3;
      const occurrence = and(or(and(rule(A), not(rule(B))), rule(C)), rule(D));
      const pattern = patternOf('temporal_ordered', 10, 4, { occurrence });
      // From 0: B is there, so C at 10 counts and D comes too late. From 1: A at 3, D at 4.
      const rows: HitRow[] = [
        [0, B],
        [1, D],
        [3, A],
        [4, D],
        [10, C],
        [30, D],
      ];
      expect(firings(pattern, rows)).toEqual([[4, [1, 2, 3, 4], 3]]);
    });
    test('an event that matched two rules serves both', () => {
      expect(
        firings(expressed(and(rule(B), rule(A))), [
          [3, A],
          [3, B],
        ]),
      ).toEqual([[3, [0, 1], 2]]);
    });
  });
});

describe('a hundred thousand hits in one window', () => {
  const length = 100_000;
  const hits = (micros: (hit: number) => number, rules: number): Hits => ({
    length,
    micros: Float64Array.from({ length }, (_, hit) => micros(hit)),
    rule: Uint32Array.from({ length }, (_, hit) => hit % rules),
    group: new Int32Array(length),
    value: Int32Array.from({ length }, (_, hit) => hit),
    texts: Array.from({ length }, (_, hit) => `${(hit * 7919) % length}.5`),
  });
  const spread = hits(hit => hit, 100);
  const atOnce = hits(() => 0, 100);
  const never = [bound('lt', 0)];
  const expression = not(or(...Array.from({ length: 100 }, (_, number) => and(rule(number), rule(99)))));
  test.each([
    ...everyType.map(type => ({ name: type, condition: { bounds: never, percentile: 50 }, type })),
    ...(['temporal', 'temporal_ordered'] as const).flatMap(type => [
      { name: `${type} of all`, condition: {}, type },
      { name: `${type} of an expression`, condition: { occurrence: expression }, type },
    ]),
  ])('$name ends soon', ({ type, condition }) => {
    const started = performance.now();
    correlate(patternOf(type, 3600, 100, condition), spread);
    correlate(patternOf(type, 3600, 100, condition), atOnce);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
