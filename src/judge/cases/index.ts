/** Cases: what people decided. */
export type * from './types.ts';
export { caseStates, decisions } from './types.ts';
