/** Cases as a file, and the commands about them. */
export { type DecideOptions, decideCase } from './decide.ts';
export { CASES_FILE, loadCases } from './file.ts';
export { type ListCasesOptions, listCases } from './list.ts';
