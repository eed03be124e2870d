/**
 * Text from a log made harmless to look at: on one line, without anything that a terminal obeys and without
 * characters that hide or turn others. What is unsafe is defined where JSON is escaped, so that a
 * table and a finding hide nothing from each other.
 */
import { isPlainUnit } from '../bytes/escapes.ts';

/** Printable Latin-1 without the soft hyphen: nearly all that logs hold. */
const looksPlain = /^[\x20-\x7e\xa0-\xac\xae-\xff]*$/;
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** `text` on one line without anything that a terminal would obey: such characters are shown as `\u{1b}`. */
export function plain(text: string): string {
  if (looksPlain.test(text)) return text;
  let shown = '';
  for (const char of text.replace(breaks, ' ')) {
    shown += isHarmless(char) ? char : `\\u{${char.codePointAt(0)!.toString(16)}}`;
  }
  return shown;
}

function isHarmless(char: string): boolean {
  const point = char.codePointAt(0)!;
  if (point > 0xffff) return point < 0xe0000 || point > 0xe0fff;
  // JSON escapes quotes and backslashes; to a terminal they are nothing special.
  return char === '"' || char === '\\' || isPlainUnit(point);
}
