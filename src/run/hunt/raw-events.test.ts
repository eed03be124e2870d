import { describe, expect, it } from 'vitest';
import type { LineIndex } from './merged.ts';
import { placeKey, rawEvents } from './raw-events.ts';
import { ReferenceList } from './references.ts';

/** Parts whose events lie at these places, with these lines. */
function spooled(...parts: readonly (readonly [input: number, offset: number, lines: string])[][]): {
  parts: { references: ReferenceList }[];
  lines: LineIndex;
} {
  const starts: number[] = [];
  const lengths: number[] = [];
  const spools: LineIndex['parts'][number][] = [];
  const made = parts.map(events => {
    const references = new ReferenceList();
    let bytes = '';
    const first = starts.length;
    for (const [input, offset, lines] of events) {
      references.add(0, 0, 1, input, offset, bytes.length);
      starts.push(bytes.length);
      lengths.push(lines.length);
      bytes += lines;
    }
    spools.push({ first, spool: { kind: 'memory', bytes: Buffer.from(bytes) } });
    return { references };
  });
  const order = Uint32Array.from(starts.keys());
  return {
    parts: made,
    lines: { order, start: Float64Array.from(starts), length: Uint32Array.from(lengths), parts: spools },
  };
}

const place = (input: number, offset: number) => ({ input, offset, record: 1 });

describe('the event behind evidence', () => {
  it('is the line at its place, whichever part has it', () => {
    const { parts, lines } = spooled([[0, 100, '{"a":1}\n']], [[1, 100, '{"b":2}\n']]);
    const raw = rawEvents(parts, lines, [place(1, 100), place(0, 100)]);
    expect(raw.get(placeKey(place(0, 100)))).toBe('{"a":1}');
    expect(raw.get(placeKey(place(1, 100)))).toBe('{"b":2}');
  });

  it('is told once where several rules matched it', () => {
    const { parts, lines } = spooled([[0, 100, '{"r":1}\n{"r":2}\n']]);
    expect([...rawEvents(parts, lines, [place(0, 100)]).values()]).toEqual(['{"r":1}']);
  });

  it('is left out where no line was written of it, and where it is too long', () => {
    const { parts, lines } = spooled([
      [0, 100, '{}\n'],
      [0, 200, `"${'x'.repeat(70_000)}"\n`],
      [0, 250, ''],
    ]);
    expect(rawEvents(parts, lines, [place(0, 200), place(0, 250), place(0, 300)]).size).toBe(0);
  });

  it('is nowhere in a hunt that wrote no lines', () => {
    const { parts, lines } = spooled([[0, 100, '{}\n']]);
    const bare = { ...lines, length: new Uint32Array(0) };
    expect(rawEvents(parts, bare, [place(0, 100)]).size).toBe(0);
  });
});
