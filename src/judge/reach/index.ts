/** Did it reach the plant? */
export type * from './types.ts';
export { reachStates } from './types.ts';
