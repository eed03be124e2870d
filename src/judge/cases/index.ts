/** Cases: what people decided. */

export { type Asked, questionFor } from './question.ts';
export { MOST_KEYS, type ParsedCases, parseCases, writeCase } from './text.ts';
export type * from './types.ts';
export { caseStates, decisions } from './types.ts';
export { evidenceKey, viewCases } from './view.ts';
