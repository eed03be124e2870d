/**
 * Comma-separated values after RFC 4180, as spreadsheets and PowerShell write them: fields in quotes may hold separators, line
 * breaks and doubled quotes; the separator is what the header row has most of, a comma, a semicolon or a tab. Linear, and
 * bounded by the length of the text.
 */

export type CsvRow = {
  readonly fields: readonly string[];
  /** Line on which the row begins, counted from 1. */
  readonly line: number;
};

/** Text of a file in UTF-8 or UTF-16, by its mark or by its zeros. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (first !== 0 && second === 0) return new TextDecoder('utf-16le').decode(bytes);
  return new TextDecoder().decode(bytes);
}

/** Rows that hold something; lines of a tool about the file (`sep=;`, `#TYPE …`) are none. */
export function parseCsv(written: string): CsvRow[] {
  const text = written.startsWith('\ufeff') ? written.slice(1) : written;
  const start = startOf(text);
  const separator = start.separator ?? separatorOf(text, start.at);
  const rows: CsvRow[] = [];
  let line = start.line;
  let at = start.at;
  while (at < text.length) {
    const row = rowAt(text, at, separator);
    if (row.fields.some(field => field.trim() !== '')) rows.push({ fields: row.fields, line });
    line += row.lines;
    at = row.end;
  }
  return rows;
}

/** Excel's `sep=;` and the type that PowerShell 5 writes above the header. */
function startOf(text: string): { at: number; line: number; separator: string | null } {
  const end = lineEnd(text, 0);
  const first = text.slice(0, end).trimEnd();
  const excel = /^"?sep=(.)"?$/i.exec(first);
  if (excel === null && !first.startsWith('#TYPE ')) return { at: 0, line: 1, separator: null };
  return { at: end, line: 2, separator: excel?.[1] ?? null };
}

/** Where the next line begins. */
function lineEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\n') return i + 1;
    if (text[i] === '\r') return text[i + 1] === '\n' ? i + 2 : i + 1;
  }
  return text.length;
}

function separatorOf(text: string, from: number): string {
  const header = text.slice(from, lineEnd(text, from)).replace(/"[^"]*"/g, '');
  const count = (separator: string): number => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function rowAt(
  text: string,
  from: number,
  separator: string,
): { readonly fields: string[]; readonly end: number; readonly lines: number } {
  const fields: string[] = [];
  let lines = 1;
  let at = from;
  for (;;) {
    let field = '';
    if (text[at] === '"') {
      const quoted = quotedAt(text, at + 1);
      field = quoted.field;
      lines += quoted.breaks;
      at = quoted.end;
    }
    // What stands behind a closing quote belongs to the field, as spreadsheets read it.
    const plainFrom = at;
    while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++;
    fields.push(field + text.slice(plainFrom, at));
    if (text[at] !== separator) return { fields, end: lineEnd(text, at), lines };
    at++;
  }
}

/** The field whose text begins at `from`; one that is never closed ends with the text. */
function quotedAt(
  text: string,
  from: number,
): { readonly field: string; readonly end: number; readonly breaks: number } {
  const parts: string[] = [];
  let at = from;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) {
      parts.push(text.slice(at));
      at = text.length;
      break;
    }
    parts.push(text.slice(at, quote));
    at = quote + 1;
    if (text[at] !== '"') break;
    parts.push('"');
    at++;
  }
  const field = parts.join('');
  return { field, end: at, breaks: field.split(/\r\n|\r|\n/).length - 1 };
}
