/**
 * Cuts a file into its YAML documents before any of them is parsed, so that a mistake in one does not lose
 * the others. A line that begins with `---` or `...` ends a document wherever it stands (also inside a quoted
 * or block scalar), so looking at lines is exact.
 */
export type Slice = {
  /** Offset of the first character, after the marker line. */
  readonly start: number;
  readonly text: string;
};

const marker = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)[^\r\n]*(?:\r\n|\r|\n|$)/gm;
const nothing = /^(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|$))*$/;
const directives = /^(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)|%[^\r\n]*(?:\r\n|\r|\n))*$/;

/** The documents of `text` that hold more than comments, in order. */
export function sliceDocuments(text: string): Slice[] {
  const slices: Slice[] = [];
  let start = 0;
  const add = (end: number): void => {
    const slice = text.slice(start, end);
    if (!isNothing(slice) && !directives.test(slice)) slices.push({ start, text: slice });
  };
  for (const match of text.matchAll(marker)) {
    add(match.index);
    // Content on the marker's own line (`--- {a: 1}`, `--- # note`) belongs to the document that begins there.
    const rest = match[0].slice(3);
    const inline = match[0].startsWith('---') && !isNothing(rest);
    start = inline ? match.index + 3 : match.index + match[0].length;
  }
  add(text.length);
  return slices;
}

function isNothing(text: string): boolean {
  // A first character outside the set below decides for nearly every document without the pattern.
  const first = text.charCodeAt(0);
  if (first > 0x23 && first !== 0x25) return false;
  return nothing.test(text);
}
