/** Events written as JSON in each layout and form read back as they were, however the bytes come. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Seen } from '../../../../test/evtx-collect.ts';
import { type JsonEvent, jsonEvent, writers } from '../../../../test/json-events.ts';
import { readAt, readFile, readPieces, readStream } from '../../../../test/text-collect.ts';
import { ReadContext } from '../../events/index.ts';
import { TextReader } from '../text/index.ts';
import { ndjson } from './index.ts';
import { JsonParser } from './parser.ts';

/** What came back, in the form of what was written. */
function written(seen: Seen): JsonEvent {
  return {
    eventId: seen.eventId,
    channel: seen.channel,
    provider: seen.provider,
    host: seen.host,
    recordId: seen.recordId,
    time: seen.fields.get('System/TimeCreated_SystemTime')![0]!,
    data: [...seen.fields]
      .filter(([key, values]) => key.startsWith('EventData/') && values.length > 0)
      .map(([key, values]) => [key.slice('EventData/'.length), values[0]!]),
  };
}

const forms: Readonly<Record<string, (records: readonly unknown[]) => string>> = {
  lines: records => records.map(record => `${JSON.stringify(record)}\n`).join(''),
  'lines with blanks': records =>
    records.map(record => `${JSON.stringify(record).replaceAll(/(?<=[a-z]"):/g, ' : ')}\r\n`).join(''),
  list: records => JSON.stringify(records),
  'printed list': records => JSON.stringify(records, null, 2),
  documents: records => records.map(record => `${JSON.stringify(record, null, 2)}\n`).join(''),
};

describe.each(Object.keys(writers))('%s', layout => {
  test('reads back', () => {
    const reader = ndjson.open(new ReadContext());
    fc.assert(
      fc.property(
        fc.array(jsonEvent, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...Object.keys(forms)),
        (events, form) => {
          const bytes = Buffer.from(forms[form]!(events.map(writers[layout]!)));
          expect(ndjson.recognises(bytes.subarray(0, 4096))).toBe(true);
          const sink = readFile(reader, bytes);
          expect(sink.unread).toEqual([]);
          expect(sink.damage).toEqual([]);
          expect(sink.events.map(written)).toEqual(events.map(event => ({ ...event })));
        },
      ),
    );
  });
});

const records = fc.array(
  fc.oneof(
    fc
      .tuple(jsonEvent, fc.constantFrom(...Object.keys(writers)))
      .map(([event, layout]) => JSON.stringify(writers[layout]!(event))),
    fc
      .tuple(jsonEvent, fc.nat(400))
      .map(([event, cut]) => JSON.stringify(writers['flat']!(event)).slice(0, cut)),
    fc.constantFrom('', 'garbage', '{}', '[]', '{"a":1}', 'Record 3', '}', '{"a":"'),
  ),
  { maxLength: 12 },
);

const small = { window: 512, record: 4096 };

test('a file gives the same as its pieces, as a stream, and record by record', async () => {
  await fc.assert(
    fc.asyncProperty(
      records,
      fc.constantFrom('lines', 'list', 'documents'),
      fc.constantFrom('utf8', 'utf16le'),
      fc.array(fc.nat(3000), { maxLength: 5 }),
      fc.integer({ min: 1, max: 700 }),
      async (texts, form, encoding, cuts, size) => {
        const text =
          form === 'list'
            ? `[${texts.join(',')}`
            : texts.map(each => `${each}\n`).join(form === 'lines' ? '' : '\n');
        const bytes = encoding === 'utf8' ? Buffer.from(text) : Buffer.from(`\ufeff${text}`, 'utf16le');
        const reader = new TextReader(new JsonParser(new ReadContext()), small);
        const whole = readFile(reader, bytes);
        expect(readPieces(reader, bytes, cuts)).toEqual(whole);
        expect(await readStream(reader, bytes, [size])).toEqual(whole);
        expect(readFile(ndjson.open(new ReadContext()), bytes).unread).toEqual(whole.unread);
        const offsets = whole.events.map(event => event.offset);
        expect(readAt(reader, bytes, offsets)).toEqual(whole.events);
      },
    ),
    { numRuns: 300 },
  );
});
