/**
 * The reader against damaged and hostile text: it never throws, never hangs, and what it names lies inside the input.
 * `HUNTAWAY_FUZZ=50` runs fifty times as many cases.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonEvent, jsonEvent, writers } from '../../../../test/json-events.ts';
import { readAt, readFile, readStream } from '../../../../test/text-collect.ts';
import { ReadContext } from '../../events/index.ts';
import type { SourceReader } from '../source.ts';
import { ndjson } from './index.ts';

const factor = Math.max(1, Number(process.env['HUNTAWAY_FUZZ'] ?? 1) || 1);
const numRuns = 300 * factor;
const LIMIT_MS = 3000;
const TIMEOUT = 60_000 * factor;

const shared = ndjson.open(new ReadContext());

/** A log of all layouts. */
function logOf(events: readonly JsonEvent[]): Buffer {
  const lines = events.flatMap(event =>
    Object.values(writers).map(write => `${JSON.stringify(write(event))}\n`),
  );
  return Buffer.from(lines.join(''));
}

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  size: fc.nat(20),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc
      .constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        '\\',
        ',',
        ':',
        '\n',
        '\0',
        '\\u',
        '[{',
        '}]',
        '{"@Name":',
        'null',
      )
      .map(each => Buffer.from(each)),
  ),
});

function mutate(
  bytes: Buffer,
  mutations: readonly { at: number; size: number; bytes: Uint8Array }[],
): Buffer {
  let result = bytes;
  for (const { at, size, bytes: put } of mutations) {
    const from = Math.floor(at * result.length);
    result = Buffer.concat([result.subarray(0, from), put, result.subarray(from + size)]);
  }
  return result;
}

/** `open` gives the reader of each reading: one for all, except where limits are reached. */
async function check(bytes: Buffer, open: () => SourceReader = () => shared): Promise<void> {
  const started = Date.now();
  ndjson.recognises(bytes.subarray(0, 4096));
  const sink = readFile(open(), bytes);
  for (const { offset } of [...sink.events, ...sink.unread, ...sink.damage]) {
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(bytes.length);
  }
  const stream = await readStream(open(), bytes, [97]);
  expect(stream.events.length).toBe(sink.events.length);
  expect(stream.unread).toEqual(sink.unread);
  const offsets = sink.events.map(event => event.offset);
  expect(readAt(open(), bytes, offsets).map(event => event?.xml)).toEqual(
    sink.events.map(event => event.xml),
  );
  expect(Date.now() - started).toBeLessThan(LIMIT_MS);
}

describe('damaged and hostile text', () => {
  test('mutated logs', { timeout: TIMEOUT }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(jsonEvent, { minLength: 1, maxLength: 2 }),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('lines', 'list'),
        (events, mutations, form) => {
          const log = logOf(events);
          const text =
            form === 'lines' ? log : Buffer.from(`[${log.toString().trimEnd().replaceAll('\n', ',')}]`);
          return check(mutate(text, mutations));
        },
      ),
      { numRuns },
    );
  });

  test('random bytes', { timeout: TIMEOUT }, async () => {
    const letters = fc.constantFrom(
      ...'{}[]",:\\ntu0e- \n\r\0a'.split('').map(each => each.charCodeAt(0)),
      0xff,
      0xc3,
      0xef,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.array(letters, { maxLength: 400 })),
        bytes => check(Buffer.from(bytes)),
      ),
      { numRuns },
    );
  });

  test('every truncation of a log', { timeout: TIMEOUT }, async () => {
    const event = fc.sample(jsonEvent, { seed: 5, numRuns: 1 })[0]!;
    const log = logOf([event]);
    for (let size = 0; size < log.length; size += 7) await check(log.subarray(0, size));
  });

  test.each([
    ['braces', '{"a":'.repeat(50_000)],
    ['lists', `{"a":${'['.repeat(100_000)}`],
    ['empty items', `{"a":[${'{},'.repeat(100_000)}`],
    ['quotes', '"'.repeat(200_000)],
    ['backslashes', `{"a":"${'\\'.repeat(200_001)}`],
    ['broken items', `[${'{"a":,'.repeat(30_000)}`],
    ['false beginnings', `[${'{"a":"},{'.repeat(30_000)}`],
    ['line feeds', `{\n"a":{\n${'\n{'.repeat(50_000)}`],
  ])('%s without end', async (_name, text) => {
    await check(Buffer.from(text), () => ndjson.open(new ReadContext()));
  });
});
