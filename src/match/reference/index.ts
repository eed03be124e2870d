/** The plain evaluators, against which the fast ones are tested, and explanations made with them. */
export { referenceCorrelate } from './correlate.ts';
export {
  deciding,
  type Explained,
  type ExplainedRoute,
  type ExplainedTest,
  type Explanation,
  explain,
  explainPlan,
  type Seen,
} from './explain.ts';
export { matchText } from './glob.ts';
export { holds } from './holds.ts';
export { normalEvent } from './normal-event.ts';
export { applyView, type PlainEvent, plainEvent } from './plain-event.ts';
export { referenceMatch } from './reference-match.ts';
