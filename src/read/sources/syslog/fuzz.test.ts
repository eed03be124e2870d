/**
 * The reader against damaged and hostile text: it never throws, never hangs, and what it names lies inside the input.
 * `HUNTAWAY_FUZZ=50` runs fifty times as many cases.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fortiLine, pairsOfLine, tunnelUp } from '../../../../test/fortigate-lines.ts';
import { readAt, readFile, readStream } from '../../../../test/text-collect.ts';
import { ReadContext } from '../../events/index.ts';
import type { SourceReader } from '../source.ts';
import { TextReader } from '../text/index.ts';
import { fortigate } from './index.ts';
import { FortiGateParser } from './parser.ts';

const factor = Math.max(1, Number(process.env['HUNTAWAY_FUZZ'] ?? 1) || 1);
const numRuns = 300 * factor;
const LIMIT_MS = 3000;
const TIMEOUT = 60_000 * factor;

const shared = fortigate.open(new ReadContext());

async function check(bytes: Buffer, open: () => SourceReader = () => shared): Promise<void> {
  const started = Date.now();
  fortigate.recognises(bytes.subarray(0, 4096));
  const sink = readFile(open(), bytes);
  for (const { offset } of [...sink.events, ...sink.unread, ...sink.damage]) {
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(bytes.length);
  }
  const stream = await readStream(open(), bytes, [97]);
  expect(stream.events.map(({ xml }) => xml)).toEqual(sink.events.map(({ xml }) => xml));
  expect(stream.unread).toEqual(sink.unread);
  const offsets = sink.events.map(event => event.offset);
  expect(readAt(open(), bytes, offsets).map(event => event?.xml)).toEqual(
    sink.events.map(event => event.xml),
  );
  expect(Date.now() - started).toBeLessThan(LIMIT_MS);
}

const put = fc.oneof(
  fc.uint8Array({ maxLength: 6 }),
  fc
    .constantFrom('"', '\\', '=', ' ', '\n', '\r', '\0', '<189>', 'devname=', 'type=', 'logid=', 'tz=', '  ')
    .map(text => Buffer.from(text)),
);
const mutation = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), size: fc.nat(20), put });

describe('damaged and hostile text', () => {
  test('mutated logs', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(pairsOfLine, { minLength: 1, maxLength: 4 }),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        (lines, mutations) => {
          let bytes = Buffer.from([tunnelUp, ...lines].map(pairs => `${fortiLine(pairs)}\n`).join(''));
          for (const { at, size, put: more } of mutations) {
            const from = Math.floor(at * bytes.length);
            bytes = Buffer.concat([bytes.subarray(0, from), more, bytes.subarray(from + size)]);
          }
          return check(bytes);
        },
      ),
      { numRuns },
    );
  });

  test('random bytes', { timeout: TIMEOUT }, async () => {
    const letters = fc.constantFrom(
      ...'type=devname="\\ \n\r<>19\0a'.split('').map(each => each.charCodeAt(0)),
      0xff,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.array(letters, { maxLength: 400 })),
        bytes => check(Buffer.from(bytes)),
      ),
      { numRuns },
    );
  });

  test('every truncation of a line', { timeout: TIMEOUT }, async () => {
    const line = fortiLine(tunnelUp, { header: '<189>' });
    for (let size = 0; size < line.length; size += 3) await check(Buffer.from(line.slice(0, size)));
  });

  test('lines longer than any window are named once each, and those after them read', async () => {
    const open = (): SourceReader =>
      new TextReader(new FortiGateParser(new ReadContext()), { window: 256, record: 1024 });
    const line = `${fortiLine(tunnelUp)}\n`;
    const bytes = Buffer.from(`devname=x type=event msg="${'x'.repeat(5000)}"\n${line}`);
    const sink = readFile(open(), bytes);
    expect([sink.events.length, sink.unread.length]).toEqual([1, 1]);
  });

  test('as many structures as its author likes', { timeout: TIMEOUT }, () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `devname=x type=event k${i}=1 l${i}=2\n`);
    const started = Date.now();
    const hostile = readFile(fortigate.open(new ReadContext()), Buffer.from(lines.join('')));
    expect(hostile.events.length + hostile.unread.length).toBe(lines.length);
    expect(hostile.events.length).toBeGreaterThan(5_000);
    expect(hostile.unread.length).toBeGreaterThan(0);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  test('one line with as many keys as its author likes', () => {
    const pairs = Array.from({ length: 5_000 }, (_, i) => `k${i}=1`).join(' ');
    const sink = readFile(fortigate.open(new ReadContext()), Buffer.from(`devname=x type=event ${pairs}\n`));
    expect(sink.unread).toHaveLength(1);
  });
});
