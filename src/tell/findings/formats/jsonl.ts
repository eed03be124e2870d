/** One finding a line: what other programs read. */
import type { Formatter } from './formatter.ts';

export function jsonl(): Formatter {
  return {
    header() {},
    lines: (out, lines) => out.raw(lines),
    footer() {},
  };
}
