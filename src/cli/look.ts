/** `--look-for`: words → terms, and the time around what was asked about. */
import { parseTerm, type Term } from '../know/terms/index.ts';
import type { LookOptions } from '../run/hunt/index.ts';
import { plain } from '../tell/index.ts';
import type { Given } from './commands/index.ts';
import { list } from './given.ts';
import { UsageError } from './usage.ts';

/** Before and after the time that was asked about, in microseconds: 48 hours. */
const AROUND = 48 * 3600e6;
/** Terms of one hunt. */
const MOST = 100;

type Range = { readonly from: number; readonly to: number; readonly asOf: number | null };

/** The range to hunt in, wider than what was given where something is looked for. */
export function lookRange(given: Given, range: Range): Range & { readonly look: LookOptions | null } {
  const terms = termsOf(list(given, 'lookFor'));
  if (terms.length === 0) return { ...range, look: null };
  const { from, to } = range;
  return { ...range, from: from - AROUND, to: to + AROUND, look: { terms, from, to } };
}

function termsOf(words: readonly string[]): Term[] {
  const terms = new Map<string, Term>();
  for (const word of words) {
    const term = parseTerm(word);
    if ('message' in term)
      throw new UsageError(plain(`--look-for ${word.trim().slice(0, 80)}: ${term.message}`));
    // Two notations of one thing are one question.
    terms.set(`${term.kind}:${term.text.toLowerCase()}`, term);
  }
  if (terms.size > MOST) {
    throw new UsageError(
      `--look-for was given ${terms.size} terms; ${MOST} at most: write the rest as indicators or run again`,
    );
  }
  return [...terms.values()];
}
