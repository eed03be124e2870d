import { describe, expect, test } from 'vitest';
import { EventBuilder } from '../../../test/event.ts';
import { ruleOf } from '../../../test/generators.ts';
import type { Plan } from '../../know/sigma/index.ts';
import { createMatcher, type EventMatcher, type MatcherOptions } from '../index.ts';

const everywhere = { product: 'windows', category: null, service: null };
/** Has no literal that a prefilter could look for. */
const matches: Plan = { op: 'field', field: 'F', test: { kind: 'regex', source: '[a-z]', flags: '' } };
const lacksG: Plan = { op: 'field', field: 'G', test: { kind: 'null' } };
const ways: readonly MatcherOptions[] = [{ firstEvents: 0 }, { firstEvents: Number.POSITIVE_INFINITY }];

/** The rules that match each of three events; reading a value of the second throws `error`. */
function hits(matcher: EventMatcher, error: unknown): number[][] {
  const builder = new EventBuilder();
  return ['x', 'y', 'z'].map(F => {
    const event = builder.build({ fields: { F } });
    if (F === 'y') {
      Object.defineProperty(event, 'bytes', {
        get() {
          throw error;
        },
      });
    }
    const count = matcher.match(event);
    return [...matcher.hits.subarray(0, count)];
  });
}

describe('a test that throws', () => {
  test.each(ways)('a RangeError does not hold, not even negated, and is counted by rule (%j)', options => {
    const plans: Plan[] = [matches, { op: 'not', node: matches }, lacksG];
    const matcher = createMatcher(
      plans.map(plan => ruleOf(plan, everywhere)),
      options,
    );
    expect(hits(matcher, new RangeError('Maximum call stack size exceeded'))).toEqual([[0, 2], [2], [0, 2]]);
    expect(matcher.activity().map(({ failed }) => failed)).toEqual([1, 1, undefined]);
  });
  test.each(ways)('anything else ends the run, and cannot be taken for a fault of the log (%j)', options => {
    const missing = Object.assign(new Error('Cannot find module re2js'), { code: 'MODULE_NOT_FOUND' });
    const matcher = createMatcher([ruleOf(matches, everywhere)], options);
    let thrown: unknown;
    try {
      hits(matcher, missing);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ message: 'rule 0 could not be evaluated: Cannot find module re2js' });
    expect(thrown).not.toHaveProperty('code');
  });
});
