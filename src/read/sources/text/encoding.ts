/**
 * How the bytes of a text are to be read: UTF-8, or UTF-16 in either order, by byte order mark or, where there is none,
 * by where the NULs of its first characters stand. Single-byte text of Western Windows needs no name of its own: what
 * is no UTF-8 is read byte by byte as Windows-1252 (see `widen.ts`).
 */
export type Encoding = {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Bytes of the byte order mark, which is no text. */
  readonly mark: number;
  /** Bytes of one unit: offsets that are no multiple of it lie inside a character. */
  readonly unit: 1 | 2;
};

/** Pairs of bytes that are looked at where there is no mark. */
const PAIRS = 64;

/** The encoding of text that begins with `head`. */
export function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: 'utf-8', mark: 3, unit: 1 };
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', mark: 2, unit: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', mark: 2, unit: 2 };
  let pairs = 0;
  let little = 0;
  let big = 0;
  for (let at = 0; at + 1 < head.length && pairs < PAIRS; at += 2, pairs++) {
    if (head[at] !== 0 && head[at + 1] === 0) little++;
    if (head[at] === 0 && head[at + 1] !== 0) big++;
  }
  // The syntax of JSON and XML is ASCII, and so is most of what stands in it.
  const most = pairs * 0.7;
  if (pairs > 0 && little > most) return { name: 'utf-16le', mark: 0, unit: 2 };
  if (pairs > 0 && big > most) return { name: 'utf-16be', mark: 0, unit: 2 };
  return { name: 'utf-8', mark: 0, unit: 1 };
}
