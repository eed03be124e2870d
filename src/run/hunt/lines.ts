/**
 * Copies the lines of findings from the spools to the output, in order. Neighbours in the output that are
 * neighbours in a spool (the common case: one log in order of time) are read with one call.
 */
import type { LineIndex } from './merged.ts';
import { readSpool } from './spool.ts';

const BUFFER_BYTES = 1 << 20;

/**
 * Calls `take` with whole lines, about a MB at a time, until it returns false; the bytes are valid until it
 * returns.
 */
export function eachLines(index: LineIndex, take: (lines: Uint8Array) => boolean): void {
  const { order, start, length, parts } = index;
  let buffer = Buffer.allocUnsafe(order.length === 0 ? 0 : BUFFER_BYTES);
  let filled = 0;
  const partOf = (reference: number): number => {
    let part = parts.length - 1;
    while (parts[part]!.first > reference) part--;
    return part;
  };
  let i = 0;
  while (i < order.length) {
    const part = partOf(order[i]!);
    const from = start[order[i]!]!;
    let to = from + length[order[i]!]!;
    i++;
    while (
      i < order.length &&
      start[order[i]!] === to &&
      to - from < BUFFER_BYTES / 4 &&
      partOf(order[i]!) === part
    ) {
      to += length[order[i]!]!;
      i++;
    }
    if (filled + to - from > buffer.length) {
      if (filled > 0 && !take(buffer.subarray(0, filled))) return;
      filled = 0;
      if (to - from > buffer.length) buffer = Buffer.allocUnsafe(to - from);
    }
    readSpool(parts[part]!.spool!, from, to, buffer, filled);
    filled += to - from;
  }
  if (filled > 0) take(buffer.subarray(0, filled));
}
