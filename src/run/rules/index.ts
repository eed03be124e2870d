/** Commands for people who write and tune rules. */
export { type CheckFormat, type CheckOptions, checkRuleFiles, writtenIn } from './check.ts';
export { type CompileOptions, compileRules } from './compile.ts';
export { type ExplainOptions, explainRule } from './explain.ts';
export type { RecordReference } from './find-event.ts';
export { type ListFormat, type ListOptions, listRules } from './list.ts';
