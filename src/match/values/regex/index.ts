/** Regular expressions: compiled for bounded time, and the literals that a prefilter can use. */
import { type Clause, parseRegex, requiredLiterals, trimForSearch } from '../../../know/regex/index.ts';

export { compileNode, compileRegex, type TextMatcher } from './compile.ts';

/**
 * Necessary clauses of an expression: every text it matches holds, once folded, at least one string of each.
 * Best first; null where nothing is known. Never an empty string or an empty clause.
 */
export function literalsOf(source: string, flags: string): readonly Clause[] | null {
  const clauses = requiredLiterals(trimForSearch(parseRegex(source, flags)));
  return clauses.length === 0 ? null : clauses;
}
