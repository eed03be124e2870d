/** Correlations: what stands below `correlation` → typed data. */
export { parseCorrelation } from './parse.ts';
