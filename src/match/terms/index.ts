/** Terms in events: which may hold one is the literal index's to say, which do is said here, value by value. */
export { MOST_NAMES } from './known-as.ts';
export { MOST_SESSIONS } from './logons.ts';
export { covers, TermMatcher } from './matcher.ts';
export { FoldedValues, termTest } from './sighting.ts';
