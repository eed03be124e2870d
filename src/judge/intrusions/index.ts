/** Intrusions: linked evidence that tells one story, with a reason for each link. */

export type { Approved } from './approvals.ts';
export type { Item } from './item.ts';
export { judgeIntrusions, type Story, type Tools } from './judge.ts';
export { makeNames, type Names } from './names.ts';
export { pathsOf } from './paths.ts';
