/**
 * A value in a table that spreadsheets open. Text from a log must not become a formula: a value that begins with
 * = + - @ or a control character gets an apostrophe in front, after OWASP, and so does what would begin a cell where
 * semicolons separate cells. Line breaks become blanks, because half of the programs that read CSV take a line for a
 * row; other control characters are shown as escapes.
 */
import { plain } from './terminal/index.ts';

/** What a spreadsheet may take for the beginning of a formula, with the full-width, small and minus forms of it. */
const STARTS = '=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212';
// Blanks and quotes in front do not stop every spreadsheet from seeing a formula.
const formula = new RegExp(`^[\\s"']*[${STARTS}]|^[\\t\\r\\n]`);
// Half of Europe opens a table with semicolons between cells, whatever the quotes say.
const formulaBehindSemicolon = new RegExp(`(;[\\s"']*)(?=[${STARTS}])`, 'g');

/** One value as a cell (RFC 4180). */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = plain(value).replace(formulaBehindSemicolon, "$1'");
  const safe = formula.test(value) ? `'${text}` : text;
  return /[",;'\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
