/** What is new since a former hunt. */
export { compareHunts } from './compare.ts';
export type * from './types.ts';
export { changes } from './types.ts';
