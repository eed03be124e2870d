/** Which rules does an event match? `createMatcher` answers fast, `reference/` plainly; they must agree. */
import type { Rule } from '../know/sigma/index.ts';
import { Matcher, type MatcherOptions } from './matcher.ts';
import { askedCommandLines, NormalFormMatcher } from './normal-form.ts';
import type { EventMatcher } from './types.ts';

export { correlate, type Firing, type Hits, type Pattern } from './correlations/index.ts';
export { HitValueReader, type HitValueRequest } from './hit-values.ts';
export type { MatcherOptions } from './matcher.ts';
export {
  deciding,
  type Explained,
  type ExplainedRoute,
  type ExplainedTest,
  type Explanation,
  explain,
  explainPlan,
  normalEvent,
  type PlainEvent,
  plainEvent,
} from './reference/index.ts';
export { covers, FoldedValues, MOST_NAMES, MOST_SESSIONS, TermMatcher, termTest } from './terms/index.ts';
export type { Blindness, EventMatcher, Learned, LearnedName, RuleActivity, Sighting } from './types.ts';
export { parseAddress } from './values/index.ts';

/**
 * A matcher for `rules`; the indices that it gives are theirs. Making it costs a few milliseconds: what a kind of event
 * needs is prepared when the first event of that kind comes. Rules without a route in this version are never asked.
 */
export function createMatcher(rules: readonly Rule[], options: MatcherOptions = {}): EventMatcher {
  const chosen = rules.flatMap((rule, index) =>
    options.normal?.[index] === 1 && askedCommandLines(rule.plan).length > 0 ? [index] : [],
  );
  return chosen.length === 0 ? new Matcher(rules, options) : new NormalFormMatcher(rules, chosen, options);
}
