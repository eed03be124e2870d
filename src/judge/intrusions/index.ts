/** Intrusions: linked evidence that tells one story, with a reason for each link. */
export { judgeIntrusions, type Story, type Tools } from './judge.ts';
export { makeNames, type Names } from './names.ts';
