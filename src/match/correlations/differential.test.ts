/** The fast evaluator says what the plain one says, on generated hits of every type of correlation. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryCase, everyType } from '../../../test/correlations.ts';
import { referenceCorrelate } from '../reference/index.ts';
import { correlate, type Firing, type Hits } from './index.ts';

describe.each(everyType)('%s', type => {
  test('fires as the plain evaluator says', () => {
    let fired = 0;
    let longest = 0;
    fc.assert(
      fc.property(arbitraryCase(type), ([pattern, hits]) => {
        const firings = correlate(pattern, hits);
        expect(firings).toEqual(referenceCorrelate(pattern, hits));
        fired += firings.length;
        for (const firing of firings) longest = Math.max(longest, firing.hits.length);
      }),
      { numRuns: 2000 },
    );
    expect(fired).toBeGreaterThan(300);
    expect(longest).toBeGreaterThan(5);
  });

  test('does not depend on how groups and values are numbered', () => {
    fc.assert(
      fc.property(arbitraryCase(type), ([pattern, hits]) => {
        const { renumbered, groups } = backwards(hits);
        const back = ({ group, ...rest }: Firing): Firing => ({ ...rest, group: groups - 1 - group });
        expect(correlate(pattern, renumbered).map(back)).toEqual(correlate(pattern, hits));
      }),
      { numRuns: 300 },
    );
  });

  test('every hit belongs to one firing at most', () => {
    fc.assert(
      fc.property(arbitraryCase(type), ([pattern, hits]) => {
        const all = correlate(pattern, hits).flatMap(firing => [...firing.hits]);
        expect(new Set(all).size).toBe(all.length);
      }),
      { numRuns: 300 },
    );
  });
});

/** The same hits with the numbers of groups and values counted from the other end. */
function backwards(hits: Hits): { renumbered: Hits; groups: number } {
  const groups = Math.max(-1, ...hits.group) + 1;
  const values = hits.texts.length;
  return {
    renumbered: {
      ...hits,
      group: hits.group.map(group => (group < 0 ? -1 : groups - 1 - group)),
      value: hits.value.map(value => (value < 0 ? -1 : values - 1 - value)),
      texts: hits.texts.toReversed(),
    },
    groups,
  };
}
