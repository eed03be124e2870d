/** The hunt: `hunt(options, io, circumstances)` does the whole job and says how it ended. */

export type { Selection } from '../selection.ts';
export { Collector } from './collector.ts';
export { correlateParts, type Needs, needsOf } from './correlations/index.ts';
export { type HuntOutcome, hunt } from './hunt.ts';
export type { HuntFormat, HuntOptions, LookOptions } from './options.ts';
export { MOST_WORKERS } from './plan.ts';
export { type Circumstances, hashValue } from './run-record.ts';
export { Spool } from './spool.ts';
