/** The plain evaluator, against which the indexed one is tested, and what can be said of a plan without events. */
export { referenceCorrelate } from './correlate.ts';
export { matchText } from './glob.ts';
export { holds } from './holds.ts';
export { applyView, type PlainEvent, plainEvent } from './plain-event.ts';
export { type Reachability, reachable } from './reachable.ts';
export { referenceMatch } from './reference-match.ts';
