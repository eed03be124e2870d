/** What is wrong with rules, told to people, programs and code scanning. */
export { problemsJson } from './json.ts';
export { problemsSarif, type SarifOptions } from './sarif.ts';
export { renderProblems, summaryLine } from './text.ts';
export { type CheckReport, countSeverities } from './types.ts';
