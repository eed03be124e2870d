/**
 * A regular expression as a tree. Flags, classes, escapes and letter case are resolved away, so the tree has
 * one meaning whatever engine runs it:
 *
 * - The unit is the Unicode code point (a lone surrogate counts as one). `\d \w \s \b` are ASCII. `.` is all
 *   but `\n`; with `s`, everything.
 * - `^` and `$` are begin and end of the text; with `m`, also after and before each `\n`.
 * - `i` folds as `fold` does for plain values; it leaves `\d \w \s \b` and POSIX classes as they are.
 * - Whether a quantifier is greedy is not kept: only whether there is a match is ever asked.
 */
import type { CharSet } from './charset.ts';

export type RegexNode =
  | { readonly op: 'set'; readonly set: CharSet }
  /** All in order; the empty sequence matches the empty text. */
  | { readonly op: 'sequence'; readonly nodes: readonly RegexNode[] }
  | { readonly op: 'either'; readonly nodes: readonly RegexNode[] }
  /** `max` is Infinity where there is no bound. */
  | { readonly op: 'repeat'; readonly node: RegexNode; readonly min: number; readonly max: number }
  | { readonly op: 'assert'; readonly at: Assertion };

export type Assertion = 'start' | 'end' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge';

/** Why an expression can't be run; the message names the construct. */
export class RegexError extends Error {
  override readonly name = 'RegexError';
}

/** True if the node can match the empty text (assertions count as empty). */
export function isNullable(node: RegexNode): boolean {
  switch (node.op) {
    case 'set':
      return false;
    case 'assert':
      return true;
    case 'sequence':
      return node.nodes.every(isNullable);
    case 'either':
      return node.nodes.some(isNullable);
    case 'repeat':
      return node.min === 0 || isNullable(node.node);
  }
}

/** Number of single-character steps once all counted repetitions are written out. */
export function sizeOf(node: RegexNode): number {
  switch (node.op) {
    case 'set':
    case 'assert':
      return 1;
    case 'sequence':
    case 'either':
      return node.nodes.reduce((sum, child) => sum + sizeOf(child), 1);
    case 'repeat':
      return 1 + sizeOf(node.node) * Math.max(1, node.max === Number.POSITIVE_INFINITY ? node.min : node.max);
  }
}

/** Characters of the shortest match. */
export function shortestMatch(node: RegexNode): number {
  switch (node.op) {
    case 'set':
      return 1;
    case 'assert':
      return 0;
    case 'sequence':
      return node.nodes.reduce((sum, child) => sum + shortestMatch(child), 0);
    case 'either':
      return Math.min(...node.nodes.map(shortestMatch));
    case 'repeat':
      return node.min === 0 ? 0 : node.min * shortestMatch(node.node);
  }
}
