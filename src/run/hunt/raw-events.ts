/**
 * The events behind evidence, as the lines that were written of them: the page shows them beside the story. They wait in the
 * spools already, so an event costs one look at its reference and one read of its line; what no rule matched (a first use, a
 * tunnel) has no line.
 */
import type { EventPlace } from '../../read/entities/index.ts';
import type { Collected } from './collector.ts';
import type { LineIndex } from './merged.ts';
import { readSpool } from './spool.ts';

/** Of one event at most so much is kept: beyond it a page would be slow, and `findings.jsonl` has it whole. */
const MOST_LENGTH = 1 << 16;

/** By `placeKey`: one line of JSON for each event that has one. `parts` are those that `lines` was made of, in that order. */
export function rawEvents(
  parts: readonly Pick<Collected, 'references'>[],
  { start, length, parts: spools }: LineIndex,
  wanted: readonly EventPlace[],
): ReadonlyMap<string, string> {
  const keys = new Set(wanted.map(placeKey));
  const found = new Map<string, string>();
  if (keys.size === 0 || length.length === 0) return found;
  const offsets = new Set(wanted.map(({ offset }) => offset));
  for (const [part, { references }] of parts.entries()) {
    const { first, spool } = spools[part]!;
    if (spool === null) continue;
    for (let at = 0; at < references.length; at++) {
      const offset = references.offset[at]!;
      if (!offsets.has(offset)) continue;
      const key = placeKey({ input: references.input[at]!, offset });
      const size = length[first + at]!;
      // What only feeds a correlation is a reference without a line.
      if (!keys.has(key) || found.has(key) || size === 0 || size > MOST_LENGTH) continue;
      const bytes = Buffer.allocUnsafe(size);
      readSpool(spool, start[first + at]!, start[first + at]! + size, bytes, 0);
      found.set(key, firstLine(bytes));
    }
  }
  return found;
}

/** What names an event's place in the maps of a hunt. */
export function placeKey({ input, offset }: Pick<EventPlace, 'input' | 'offset'>): string {
  return `${input} ${offset}`;
}

/** An event that several rules matched has a line for each; the event is the same in all. */
function firstLine(bytes: Buffer): string {
  const end = bytes.indexOf(0x0a);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}
