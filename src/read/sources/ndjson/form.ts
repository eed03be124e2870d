/** Which form a JSON input has, by its beginning. */

/**
 * `lines`: one object a line. `list`: the items of a list. `documents`: objects over several lines, one after the other.
 */
export type Form = 'lines' | 'list' | 'documents';

/** The form of an input that begins with `head`. What can be cut at lines is `lines` only where a line feed ends records. */
export function formOf(head: string): Form {
  // Lines before the first record do not count: a log may begin inside a line, and evtx_dump numbers its documents.
  const first = /(?:^|\n)[\s\ufeff\0]*([{[])/.exec(head);
  if (first === null) return 'lines';
  if (first[1] === '[') return 'list';
  return endsInside(head, first.index + first[0].length) ? 'documents' : 'lines';
}

/** True if a line feed comes before the brace that closes the object whose first member is at `from`. */
function endsInside(head: string, from: number): boolean {
  let depth = 1;
  for (let at = from; at < head.length; at++) {
    const letter = head[at];
    if (letter === '\n') return true;
    if (letter === '{' || letter === '[') depth++;
    else if (letter === '}' || letter === ']') {
      if (--depth === 0) return false;
    } else if (letter === '"') {
      for (at++; at < head.length && head[at] !== '"' && head[at] !== '\n'; at++) if (head[at] === '\\') at++;
      // A line that breaks off in a string is a line.
      if (head[at] === '\n') return false;
    }
  }
  return false;
}
