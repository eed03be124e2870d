/** The longest row, asked about windows from anywhere to anywhere. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HitRow, hitsOf, patternOf } from '../../../test/correlations.ts';
import { orderedCount } from './ordered-count.ts';
import { streamOf } from './stream.ts';

/** The greatest number of ascending rules, leaving out others. */
function longest(rules: readonly number[]): number {
  const ending: number[] = [];
  for (const [index, rule] of rules.entries()) {
    ending.push(1 + Math.max(0, ...ending.filter((_, before) => before < index && rules[before]! < rule)));
  }
  return Math.max(0, ...ending);
}

test('the longest row of any window', () => {
  const move = fc.constantFrom('enter', 'enter', 'leave');
  fc.assert(
    fc.property(fc.array(fc.nat(7), { maxLength: 40 }), fc.array(move, { maxLength: 80 }), (rules, moves) => {
      const stream = streamOf(hitsOf(rules.map((rule, second): HitRow => [second, rule])), 8);
      const window = orderedCount(patternOf('temporal_ordered', 60, 8), stream)();
      let [from, to] = [0, 0];
      for (const each of moves) {
        if (each === 'enter' && to < rules.length) window.enter(to, ++to);
        if (each === 'leave' && from < to) window.leave(from, ++from);
        expect(window.measure()).toBe(longest(rules.slice(from, to)));
      }
    }),
    { numRuns: 1000 },
  );
});
