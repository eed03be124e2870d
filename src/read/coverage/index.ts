/** Coverage: of which host which log was there on which day. */
export { DaySet, eachDay, hasDay, noDays, setOfDays, unionOf } from './day-set.ts';
export { mergeCoverage } from './merge.ts';
export { CoverageTally, MICROS_PER_DAY, type WatchedField } from './tally.ts';
export type * from './types.ts';
