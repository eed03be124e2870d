import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Collector } from '../../../../test/evtx-collect.ts';
import { readAt, readFile, readPieces, readStream } from '../../../../test/text-collect.ts';
import { LineParser } from '../../../../test/text-lines.ts';
import { ReadContext } from '../../events/index.ts';
import { TextReader } from './index.ts';

const limits = { window: 64, record: 256 };

function reader(cut: 'lines' | 'whole' = 'lines'): TextReader {
  return new TextReader(new LineParser(new ReadContext(), cut), limits);
}

const lines = (sink: {
  readonly events: readonly { readonly fields: ReadonlyMap<string, readonly string[]> }[];
}) => sink.events.map(event => event.fields.get('EventData/Line')![0]);

const line = fc.string({ unit: 'grapheme', maxLength: 60 }).map(text => text.replace(/[\n\0\ufeff]/g, ''));
const encodings = fc.constantFrom('utf8', 'utf8 marked', 'utf16le', 'utf16be');

function encode(text: string, encoding: string): Buffer {
  if (encoding === 'utf8') return Buffer.from(text);
  if (encoding === 'utf8 marked') return Buffer.from(`\ufeff${text}`);
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return encoding === 'utf16le' ? bytes : bytes.swap16();
}

test('every line comes out with its offset, in any encoding', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), encodings, (texts, encoding) => {
      const bytes = encode(texts.map(text => `${text}\n`).join(''), encoding);
      const sink = readFile(reader(), bytes);
      expect(lines(sink)).toEqual(texts);
      const mark = encoding === 'utf8' ? 0 : encoding === 'utf8 marked' ? 3 : 2;
      const width = (text: string) =>
        encoding.startsWith('utf8') ? Buffer.byteLength(text) + 1 : text.length * 2 + 2;
      let at = mark;
      for (const [i, text] of texts.entries()) {
        expect(sink.events[i]!.offset).toBe(at);
        at += width(text);
      }
    }),
  );
});

const anyBytes = fc.oneof(
  fc
    .array(line, { maxLength: 30 })
    .chain(texts => encodings.map(encoding => encode(texts.join('\n'), encoding))),
  fc
    .array(fc.constantFrom(10, 65, 0, 0xc3, 0xa4, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xff, 0xfe), {
      maxLength: 600,
    })
    .map(bytes => Buffer.from(bytes)),
);

test('a file gives the same as its pieces and as a stream', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyBytes,
      fc.array(fc.nat(600), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 4 }),
      async (bytes, cuts, sizes) => {
        const whole = readFile(reader(), bytes);
        expect(readPieces(reader(), bytes, cuts)).toEqual(whole);
        expect(await readStream(reader(), bytes, sizes)).toEqual(whole);
        expect(readPieces(reader('whole'), bytes, cuts)).toEqual(whole);
      },
    ),
    { numRuns: 300 },
  );
});

test('a record is found again at its offset', () => {
  fc.assert(
    fc.property(anyBytes, bytes => {
      const found = readFile(reader(), bytes).events;
      const again = readAt(
        reader(),
        bytes,
        found.map(event => event.offset),
      );
      expect(again).toEqual(found);
    }),
  );
});

test('bytes that are no UTF-8 are read one by one as Windows-1252', () => {
  const bytes = Buffer.from([0x61, 0xe4, 0x80, 0x62, 0xc3, 0xa4, 0xed, 0xa0, 0x80, 0x0a, 0x78, 0xe2, 0x82]);
  const sink = readFile(reader(), bytes);
  expect(lines(sink)).toEqual(['aä€bäí\u00a0€', 'xâ‚']);
  expect(sink.events.map(event => event.offset)).toEqual([0, 10]);
});

test('UTF-16 without a mark is told by its NULs', () => {
  const bytes = Buffer.from('{"a":1}\n{"b":2}\n', 'utf16le');
  expect(lines(readFile(reader(), bytes))).toEqual(['{"a":1}', '{"b":2}']);
  expect(lines(readFile(reader(), bytes.swap16()))).toEqual(['{"a":1}', '{"b":2}']);
});

test('a line longer than any window is named, and the next one is read', async () => {
  const bytes = Buffer.from(`first\n${'x'.repeat(1000)}\nlast\n`);
  const sink = readFile(reader(), bytes);
  expect(lines(sink)).toEqual(['first', 'last']);
  expect(sink.unread).toEqual([{ offset: 6, record: null, reason: 'too long' }]);
  expect(readPieces(reader(), bytes, [10, 500, 900])).toEqual(sink);
  expect(await readStream(reader(), bytes, [7])).toEqual(sink);
});

test('a line longer than a window and no longer than the limit is read', () => {
  const long = 'y'.repeat(250);
  expect(lines(readFile(reader(), Buffer.from(`a\n${long}\nb`)))).toEqual(['a', long, 'b']);
});

test('an empty input has no records', async () => {
  expect(readFile(reader(), Buffer.alloc(0)).events).toEqual([]);
  expect((await readStream(reader(), Buffer.alloc(0), [1])).events).toEqual([]);
});

test('what came before a stream fails is read, then the failure is told', async () => {
  const failure = new Error('cut off');
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('first\nsecond\nth');
    throw failure;
  }
  const sink = new Collector();
  const reading = async (): Promise<void> => {
    for await (const _ of reader().readStream(pieces(), sink));
  };
  await expect(reading()).rejects.toBe(failure);
  expect(lines(sink)).toEqual(['first', 'second', 'th']);
});
