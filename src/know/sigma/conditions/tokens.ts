/** Words and brackets of a condition, each with its place. */
export type Token = { readonly text: string; readonly index: number };

/** Everything but blanks, brackets and the pipe of the withdrawn aggregations is part of a word. */
const token = /[()|]|[^\s()|]+/g;

export function tokenize(condition: string): Token[] {
  return Array.from(condition.matchAll(token), match => ({ text: match[0], index: match.index }));
}
