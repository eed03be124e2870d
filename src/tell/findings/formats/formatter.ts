/** What a format does with finding lines. */
import type { ByteWriter } from '../../bytes/byte-writer.ts';

/**
 * Turns finding lines (as `FindingWriter` writes them, newline included) into a format's bytes. `header` is called
 * once first, `footer` once last, also without any finding; `lines` takes any number of whole lines.
 */
export interface Formatter {
  header(out: ByteWriter): void;
  lines(out: ByteWriter, lines: Uint8Array): void;
  footer(out: ByteWriter): void;
}

const NEWLINE = 0x0a;

/** Calls `each` with every line, its newline left out. */
export function eachLine(lines: Uint8Array, each: (line: Uint8Array) => void): void {
  for (let start = 0; start < lines.length; ) {
    const found = lines.indexOf(NEWLINE, start);
    const end = found < 0 ? lines.length : found;
    if (end > start) each(lines.subarray(start, end));
    start = end + 1;
  }
}
