/** Bytes of a rule file → text. */
import { readFileSync } from 'node:fs';

/** UTF-8, or UTF-16 where a mark says so: some Windows editors save it. */
export function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0) {
    return Buffer.from(bytes.subarray(2)).swap16().toString('utf16le');
  }
  return bytes.toString('utf8');
}

/** The text of a rule file; null where it cannot be read (any more). */
export function readRuleText(path: string): string | null {
  try {
    return decode(readFileSync(path));
  } catch {
    return null;
  }
}
