/** The baseline: how usual a thing is for this account, host and organisation. */
export type { Baseline, Regularity, Unusual } from './types.ts';
