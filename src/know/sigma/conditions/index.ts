/** Conditions: text → tree → plan. */
export { parseCondition } from './parse.ts';
export { type ResolveContext, resolveCondition, type Search } from './resolve.ts';
export type { Condition } from './tree.ts';
