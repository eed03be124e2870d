/** The baseline: how usual a thing is for this account, host and organisation. */
export { buildBaseline } from './build.ts';
export { KeySet } from './copies.ts';
export { type Hands, handsOnKeyboard } from './hands.ts';
export { EventKeys, eventKey } from './keys.ts';
export { recurrenceOf } from './recurrence.ts';
export { commandShape } from './shape.ts';
export type {
  Baseline,
  BaselineOptions,
  BuiltBaseline,
  DwellOverlap,
  EventSet,
  Regularity,
  Unusual,
} from './types.ts';
