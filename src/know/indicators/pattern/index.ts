/** STIX patterns: text → tree. */
export { PatternError } from './error.ts';
export { type ParsedPattern, parsePattern } from './parse.ts';
export type { Compared, Comparison, Literal, ObjectPath, Observed, Operator } from './tree.ts';
