/** Correlations over columns of hits. What they mean is written in `reference/correlate.ts`; here it is done fast. */
export { correlate } from './correlate.ts';
export type { Firing, Hits, Pattern } from './types.ts';
