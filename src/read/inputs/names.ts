/**
 * Names of files: order, joining, and names that are not text. On Linux a name is any bytes; those that are not
 * UTF-8 are kept as bytes to open the file by and shown with `\xNN` in place of each byte that is no text.
 */
import { sep } from 'node:path';

/** What `fs` opens: text, or bytes where the name is not valid UTF-8. */
export type FileName = string | Buffer;

/** Sorts names by the bytes of their UTF-8 form, so that the order is the same on every system. */
export function sortNames<T extends { readonly name: string }>(entries: T[]): T[] {
  // Code units order like bytes but for surrogates, which sort below U+E000 to U+FFFF as units and above as bytes.
  const units = entries.every(entry => !/[\ud800-\uffff]/.test(entry.name));
  return entries.sort(
    units
      ? (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
      : (a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)),
  );
}

/** The readable form of a name given as bytes. */
export function readableName(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) text += `\\x${bytes[at]!.toString(16).padStart(2, '0')}`;
    else text += Buffer.from(bytes.buffer, bytes.byteOffset + at, length).toString('utf8');
    at += length || 1;
  }
  return text;
}

/** What a readable name may stand for besides itself: the bytes that `\xNN` shows; null where it shows none. */
export function fileNameOf(readable: string): Buffer | null {
  if (!/\\x[89a-f][0-9a-f]/.test(readable)) return null;
  const parts = readable.split(/\\x([89a-f][0-9a-f])/);
  return Buffer.concat(parts.map((part, i) => Buffer.from(part, i % 2 === 0 ? 'utf8' : 'hex')));
}

/** Length of the UTF-8 sequence at `at`, 0 where there is none (RFC 3629). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  const length =
    first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, length).toString('utf8');
  return text.includes('\ufffd') &&
    !(length === 3 && first === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd)
    ? 0
    : length;
}

/** The name of `name` in `folder`, to open. */
export function joinFile(folder: FileName, name: FileName): FileName {
  if (typeof folder === 'string' && typeof name === 'string') {
    return folder.endsWith('/') || folder.endsWith(sep) ? folder + name : folder + sep + name;
  }
  return Buffer.concat([Buffer.from(folder as string), Buffer.from(sep), Buffer.from(name as string)]);
}

/** The path of `name` in `folder`, to show. */
export function joinPath(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** A folder as given, without separators at its end. */
export function trimSeparators(path: string): string {
  const trimmed = path.replace(sep === '\\' ? /[\\/]+$/ : /\/+$/, '');
  return trimmed === '' || trimmed.endsWith(':') ? path : trimmed;
}
