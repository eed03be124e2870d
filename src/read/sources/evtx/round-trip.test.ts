import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyEvent, expectedFields, plainEvent } from '../../../../test/evtx-arbitrary.ts';
import { type Seen, TestReader } from '../../../../test/evtx-collect.ts';
import { type EvtxEvent, type EvtxOptions, writeEvtx } from './write/index.ts';

let reader: TestReader;
beforeAll(() => {
  reader = new TestReader();
});
afterAll(() => reader.close());

/** Fields outside System. */
function dataFields(seen: Seen): Map<string, readonly string[]> {
  return new Map([...seen.fields].filter(([name]) => /^(EventData|UserData)\//.test(name)));
}

/** An element without text reads as empty or as absent where a log is written out; both are nothing. */
function withoutEmpty(fields: ReadonlyMap<string, readonly string[]>): [string, readonly string[]][] {
  return [...fields].map(([name, texts]) => [name, texts.filter(text => text !== '')]);
}

function expectHeader(seen: Seen, event: EvtxEvent, number: number): void {
  expect(seen).toMatchObject({
    channel: event.channel,
    provider: event.provider.name,
    eventId: event.eventId,
    host: event.computer,
    micros: event.time,
    recordId: event.recordId ?? number,
    recordNumber: number,
    salvaged: false,
  });
  const field = (name: string): string | undefined => seen.fields.get(`System/${name}`)?.[0];
  expect(field('Level')).toBe(String(event.level ?? 0));
  expect(field('Task')).toBe(String(event.task ?? 0));
  expect(field('Opcode')).toBe(String(event.opcode ?? 0));
  expect(field('Keywords')).toBe(`0x${(event.keywords ?? 0n).toString(16)}`);
  expect(field('Version')).toBe(event.version === undefined ? undefined : String(event.version));
  expect(field('EventID_Qualifiers')).toBe(
    event.qualifiers === undefined ? undefined : String(event.qualifiers),
  );
  expect(field('Execution_ProcessID')).toBe(String(event.processId ?? 0));
  expect(field('Execution_ThreadID')).toBe(String(event.threadId ?? 0));
  expect(field('Security_UserID')).toBe(event.userId);
  expect(field('Correlation_ActivityID')).toBe(event.activityId);
  expect(field('Correlation_RelatedActivityID')).toBe(event.relatedActivityId);
}

const events = fc.array(anyEvent, { minLength: 1, maxLength: 8 });
const runs = { numRuns: 150 };

/** Every event of the log, in order, is the one that was written. */
function expectRoundTrip(written: readonly EvtxEvent[], options: EvtxOptions): void {
  const { events: seen, damage, unread, remained } = reader.read(writeEvtx(written, options));
  expect({ damage, unread, remained }).toEqual({ damage: [], unread: [], remained: [] });
  expect(seen.length).toBe(written.length);
  const first = options.firstRecordNumber ?? 1;
  for (const [i, event] of written.entries()) {
    expectHeader(seen[i]!, event, first + i);
    const expected = expectedFields(event.data);
    if (options.templates === false || options.innerTemplate === false) {
      expect(withoutEmpty(dataFields(seen[i]!))).toEqual(withoutEmpty(expected));
    } else {
      expect(dataFields(seen[i]!)).toEqual(expected);
    }
  }
}

describe('what the writer writes, the reader reads', () => {
  test('templates with values of every type', () => {
    fc.assert(
      fc.property(events, written => expectRoundTrip(written, {})),
      runs,
    );
  });

  test('few records in a chunk, chunks of zeros between them, numbers that do not begin at 1', () => {
    const options = fc.record({
      recordsPerChunk: fc.integer({ min: 1, max: 3 }),
      zeroChunksBefore: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
      firstRecordNumber: fc.integer({ min: 1, max: 2 ** 33 }),
      version: fc.constantFrom<'3.1' | '3.2'>('3.1', '3.2'),
    });
    fc.assert(
      fc.property(events, options, (written, chosen) => expectRoundTrip(written, chosen)),
      { numRuns: 60 },
    );
  });

  test('provider and channel as constants of the template', () => {
    fc.assert(
      fc.property(events, written => expectRoundTrip(written, { constantHeader: true })),
      runs,
    );
  });

  test('templates without dependency ids', () => {
    fc.assert(
      fc.property(events, written => expectRoundTrip(written, { dependencyIds: false })),
      runs,
    );
  });

  const plain = fc.array(plainEvent, { minLength: 1, maxLength: 8 });

  test('records without templates', () => {
    fc.assert(
      fc.property(plain, written => expectRoundTrip(written, { templates: false })),
      runs,
    );
  });

  test('a fragment without template inside the outer template', () => {
    fc.assert(
      fc.property(plain, written => expectRoundTrip(written, { innerTemplate: false })),
      runs,
    );
  });

  test('no checksums, dirty flag, a header that counts wrong', () => {
    const header = fc.record(
      {
        firstChunk: fc.integer({ min: 0, max: 99 }),
        lastChunk: fc.integer({ min: 0, max: 99 }),
        chunkCount: fc.integer({ min: 0, max: 0xffff }),
        nextRecord: fc.integer({ min: 0, max: 99 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(events, header, fc.boolean(), fc.boolean(), (written, wrong, checksums, dirty) =>
        expectRoundTrip(written, {
          recordsPerChunk: 2,
          checksums,
          dirty,
          header: wrong as NonNullable<EvtxOptions['header']>,
        }),
      ),
      { numRuns: 60 },
    );
  });
});

describe('one log, read in other ways', () => {
  test('a stream in pieces of any size gives the same', async () => {
    const sizes = fc.array(
      fc.oneof(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 60_000, max: 70_000 })),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    await fc.assert(
      fc.asyncProperty(events, sizes, fc.integer({ min: 1, max: 4 }), async (written, pieces, perChunk) => {
        const bytes = writeEvtx(written, { recordsPerChunk: perChunk });
        // The sizes are drawn small for the edges of a file; a file of many chunks takes them larger.
        const scale = Math.max(1, Math.ceil(bytes.length / 100_000));
        const streamed = await reader.stream(
          bytes,
          pieces.map(size => size * scale),
        );
        expect(streamed.events).toEqual(reader.read(bytes).events);
        expect(streamed.events.length).toBe(written.length);
      }),
      { numRuns: 40 },
    );
  });

  test('each record by its offset gives the same', () => {
    fc.assert(
      fc.property(events, fc.integer({ min: 1, max: 4 }), (written, recordsPerChunk) => {
        const bytes = writeEvtx(written, { recordsPerChunk });
        const seen = reader.read(bytes).events;
        expect(seen.map(one => reader.at(bytes, one.offset))).toEqual(seen);
      }),
      { numRuns: 60 },
    );
  });

  test('a log of many chunks, filled by size, keeps order and numbers', () => {
    const written = Array.from(
      { length: 700 },
      (_, i): EvtxEvent => ({
        provider: { name: 'Filler' },
        eventId: i % 7,
        time: 1_700_000_000_000_000 + i,
        channel: 'Application',
        computer: 'h.example',
        data: { kind: 'named', fields: [['Text', `${'x'.repeat((i * 37) % 900)}${i}`]] },
      }),
    );
    const bytes = writeEvtx(written);
    expect(bytes.length).toBeGreaterThan(4096 + 8 * 65_536);
    expectRoundTrip(written, {});
  });
});

describe('what lies beyond the end that a chunk states', () => {
  const pair = fc.tuple(events, fc.array(anyEvent, { minLength: 1, maxLength: 4 }));

  test('whole records of before are read and marked as salvaged', () => {
    fc.assert(
      fc.property(pair, ([written, stale]) => {
        const firstRecordNumber = stale.length + 1;
        const { events: seen } = reader.read(writeEvtx(written, { firstRecordNumber, staleEvents: stale }));
        const numbers = (salvaged: boolean): number[] =>
          seen.filter(one => one.salvaged === salvaged).map(one => one.recordNumber);
        expect(numbers(false)).toEqual(written.map((_, i) => firstRecordNumber + i));
        expect(numbers(true)).toEqual(stale.map((_, i) => 1 + i));
        for (const [i, one] of seen.filter(({ salvaged }) => salvaged).entries()) {
          expect(dataFields(one)).toEqual(expectedFields(stale[i]!.data));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('left-overs of the chunk before give no record twice and none wrong', () => {
    fc.assert(
      fc.property(events, written => {
        const { events: seen } = reader.read(writeEvtx(written, { recordsPerChunk: 3, keepTails: true }));
        const current = seen.filter(one => !one.salvaged);
        expect(current.map(one => one.recordNumber)).toEqual(written.map((_, i) => i + 1));
        for (const one of seen.filter(({ salvaged }) => salvaged)) {
          expect(dataFields(one)).toEqual(expectedFields(written[one.recordNumber - 1]!.data));
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('a forwarded log keeps the number each event had where it came from', () => {
  const event = (computer: string, channel: string, recordId: number): EvtxEvent => ({
    provider: { name: 'P' },
    eventId: 1,
    time: 1_700_000_000_000_000,
    recordId,
    channel,
    computer,
    data: { kind: 'none' },
  });
  const { events: seen } = reader.read(
    writeEvtx([
      event('a.example', 'Security', 90),
      event('b.example', 'System', 4),
      event('a.example', 'Security', 91),
    ]),
  );
  expect(seen.map(one => [one.host, one.channel, one.recordId, one.recordNumber])).toEqual([
    ['a.example', 'Security', 90, 1],
    ['b.example', 'System', 4, 2],
    ['a.example', 'Security', 91, 3],
  ]);
});

test('a chunk whose magic is damaged is named and its records are salvaged', () => {
  const event: EvtxEvent = {
    provider: { name: 'P' },
    eventId: 1,
    time: 1_700_000_000_000_000,
    channel: 'System',
    computer: 'h.example',
    data: { kind: 'named', fields: [['A', 'b']] },
  };
  const { events: seen, damage } = reader.read(
    writeEvtx([event, event, event], { recordsPerChunk: 1, badMagic: [1] }),
  );
  expect(damage.map(({ offset, length }) => [offset, length])).toEqual([[4096 + 65_536, 65_536]]);
  expect(seen.map(one => [one.recordNumber, one.salvaged])).toEqual([
    [1, false],
    [2, true],
    [3, false],
  ]);
});
