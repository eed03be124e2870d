/**
 * Patterns with wildcards, matched in the plainest way that is still bounded: one row of a table per part of
 * the pattern, saying at which places of the text the parts up to there can end. Cost: parts × characters.
 */
import { ANY, DASH, ONE, type TextPattern } from '../../know/sigma/index.ts';

const dashes = '-/\u2013\u2014\u2015';

/** True if the whole of `text` fits `pattern`. The caller folds both, or neither. */
export function matchText(pattern: TextPattern, text: string): boolean {
  // Most texts lack one of the literals; that alone decides them.
  if (pattern.some(part => typeof part === 'string' && !text.includes(part))) return false;
  let ends: boolean[] = new Array<boolean>(text.length + 1).fill(false);
  ends[0] = true;
  for (const part of pattern) {
    const next: boolean[] = new Array<boolean>(text.length + 1).fill(false);
    if (part === ANY) {
      const first = ends.indexOf(true);
      if (first >= 0) next.fill(true, first);
    } else {
      const width = typeof part === 'string' ? part.length : 1;
      for (let at = 0; at + width <= text.length; at++) {
        if (!ends[at]) continue;
        if (part === ONE) next[at + 1] = true;
        else if (part === DASH) next[at + 1] = dashes.includes(text[at]!);
        else next[at + width] = text.startsWith(part, at);
      }
    }
    ends = next;
  }
  return ends[text.length]!;
}
