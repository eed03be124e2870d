/** The hunt: `hunt(options, io, circumstances)` does the whole job and says how it ended. */

export type { Selection } from '../selection.ts';
export { type HuntOutcome, hunt } from './hunt.ts';
export type { HuntFormat, HuntOptions } from './options.ts';
export { MOST_WORKERS } from './plan.ts';
export { type Circumstances, hashValue } from './run-record.ts';
