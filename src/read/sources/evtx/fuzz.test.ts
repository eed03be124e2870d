/**
 * The reader against damaged and hostile files. Deterministic: the seed of a failing case stands in its message.
 * `HUNTAWAY_FUZZ=50` runs fifty times as many cases.
 */
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { anyEvent } from '../../../../test/evtx-arbitrary.ts';
import { type Collector, TestReader } from '../../../../test/evtx-collect.ts';
import {
  CHUNK,
  FILE_HEADER,
  mutations,
  Random,
  type Specimen,
  specimen,
} from '../../../../test/evtx-mutate.ts';
import { type EvtxEvent, type EvtxOptions, writeEvtx } from './write/index.ts';

const factor = Math.max(1, Number(process.env['HUNTAWAY_FUZZ'] ?? 1) || 1);
const CASES = 100 * factor;
/** No case may take longer; they take about a millisecond. */
const LIMIT_MS = 2000;
const TIMEOUT = 60_000 * factor;

/** What must never be seen in a value of the damaged chunk: it stands in the chunks beside it. */
const MARK = 'POISON';
const marker = Buffer.from(MARK.repeat(8), 'utf16le');
const marks = [MARK, Buffer.from(MARK.slice(1, 4), 'utf16le').toString('hex').toUpperCase()];

const neighbour: readonly EvtxEvent[] = [1, 2, 3].map(
  (i): EvtxEvent => ({
    provider: { name: `${MARK}-Provider` },
    eventId: i,
    time: 1_700_000_000_000_000 + i,
    channel: `${MARK}-Channel`,
    computer: `${MARK}-Host`,
    data: {
      kind: 'named',
      fields: [
        [`${MARK}Field`, MARK.repeat(100)],
        [`${MARK}Other`, { type: 'array', of: [{ type: 'string', value: MARK }] }],
      ],
    },
  }),
);

const forms: Readonly<Record<string, EvtxOptions>> = {
  'with templates': {},
  'with constants in templates': { constantHeader: true },
  'without templates': { templates: false },
  'with a fragment in the outer template': { innerTemplate: false },
};

/** Events that fill about a tenth of a chunk, of every kind and type; the same in every run. */
function victims(seed: number): readonly EvtxEvent[] {
  const plain = (value: string): EvtxEvent => ({
    provider: { name: 'Plain' },
    eventId: 7,
    time: 1_700_000_000_000_000,
    channel: 'Application',
    computer: 'victim.example',
    data: {
      kind: 'named',
      fields: [
        ['Image', value],
        [
          'List',
          {
            type: 'array',
            of: [
              { type: 'string', value },
              { type: 'string', value: 'two' },
            ],
          },
        ],
        ['Who', { type: 'sid', value: 'S-1-5-21-1-2-3-500' }],
        ['Bytes', { type: 'binary', value: new Uint8Array(40) }],
      ],
    },
  });
  const user: EvtxEvent = {
    ...plain(''),
    data: { kind: 'user', root: { name: 'EventXML', children: [{ name: 'User', value: 'someone' }] } },
  };
  return [plain('first'), user, plain('again'), ...fc.sample(anyEvent, { seed, numRuns: 6 }), plain('last')];
}

let reader: TestReader;
let specimens: readonly Specimen[];
beforeAll(() => {
  specimens = Object.values(forms).flatMap((options, i) =>
    [1, 2].map(seed => specimen(victims(seed * 10 + i), neighbour, options, marker)),
  );
});
// A reader bounds what it remembers; after thousands of invented structures it refuses further ones.
beforeEach(() => {
  reader = new TestReader();
});
afterEach(() => reader.close());

/** Reads within the time limit. Whatever is wrong with the bytes, the reader must not throw. */
async function readBounded(bytes: Buffer, asFile: boolean): Promise<Collector> {
  const start = performance.now();
  const seen = asFile ? reader.read(bytes) : await reader.stream(bytes, [bytes.length]);
  expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  // Work per byte: nothing is told of more often than a record of the least size would fit.
  const told = seen.events.length + seen.unread.length + seen.damage.length + seen.remained.length;
  expect(told).toBeLessThanOrEqual(bytes.length / 24 + 3);
  expect(new Set(seen.events.map(event => event.offset)).size).toBe(seen.events.length);
  return seen;
}

const RECORD_MAGIC = Buffer.from([0x2a, 0x2a, 0, 0]);
const chunkOf = (offset: number): number => Math.floor((offset - FILE_HEADER) / CHUNK);
const summary = (seen: Collector, chunk: number): string[] =>
  seen.events
    .filter(event => chunkOf(event.offset) === chunk)
    .map(event => `${event.recordNumber} ${event.xml}`);

/** Events of the damaged chunk hold nothing of the chunks beside it. */
function expectNothingForeign(seen: Collector): void {
  for (const event of seen.events) {
    if (chunkOf(event.offset) !== 1) continue;
    for (const mark of marks) expect(event.xml).not.toContain(mark);
  }
}

/** Each record that was there is read, named, or lies within something that is, or within a copy of such a record. */
function expectReadOrNamed(seen: Collector, bytes: Buffer, records: readonly number[]): void {
  const chunk = FILE_HEADER + CHUNK;
  const stated = bytes.readUInt32LE(chunk + 48);
  const free = stated >= 512 && stated <= CHUNK ? stated : CHUNK;
  const spans: [number, number][] = seen.damage.map(({ offset, length }) => [offset, offset + length]);
  for (const { offset } of [...seen.events, ...seen.unread]) {
    spans.push([offset, offset + Math.max(1, bytes.readUInt32LE(offset + 4))]);
  }
  const told = new Set([
    ...seen.events.map(event => event.recordNumber),
    ...seen.unread.map(({ record }) => record),
  ]);
  for (let at = chunk; at >= 0; at = bytes.indexOf(RECORD_MAGIC, at + 1)) {
    if (told.has(bytes.readUInt32LE(at + 8))) spans.push([at, at + bytes.readUInt32LE(at + 4)]);
  }
  const lost = records.filter(
    offset => offset < chunk + free && !spans.some(([from, to]) => offset >= from && offset < to),
  );
  expect(lost).toEqual([]);
}

describe.each(Object.entries(mutations))('%s', (name, mutate) => {
  test(
    `${CASES} cases: no hang, no throw, nothing read beyond the chunk, its neighbours read whole`,
    async () => {
      const clean = new Map<Specimen, string[][]>();
      for (const one of specimens) {
        const seen = reader.read(one.bytes);
        expect(seen.events.length).toBe(one.records.length + 6);
        clean.set(one, [summary(seen, 0), summary(seen, 2)]);
      }
      for (let seed = 1; seed <= CASES; seed++) {
        const random = new Random(seed * 7919 + name.length);
        const one = random.pick(specimens);
        const bytes = Buffer.from(one.bytes);
        mutate(bytes.subarray(FILE_HEADER + CHUNK, FILE_HEADER + 2 * CHUNK), random, one.spots);
        try {
          const seen = await readBounded(bytes, seed % 4 === 0);
          expect([summary(seen, 0), summary(seen, 2)]).toEqual(clean.get(one));
          expectNothingForeign(seen);
          if (!rewritesRecords.has(name)) expectReadOrNamed(seen, bytes, one.records);
        } catch (error) {
          throw new Error(`${name}, seed ${seed}`, { cause: error });
        }
      }
    },
    TIMEOUT,
  );
});

/** Kinds of damage after which the records that were there are no longer to be found. */
const rewritesRecords: ReadonlySet<string> = new Set([
  'garbage behind the header',
  'records of random tokens',
  'fragments within one another',
]);

test('a file that is cut off is read up to there, and nothing of the file before it is read again', async () => {
  const full = Buffer.concat([
    specimens[0]!.bytes.subarray(0, FILE_HEADER + CHUNK),
    ...Array.from({ length: 4 }, () => specimens[0]!.bytes.subarray(FILE_HEADER + 2 * CHUNK)),
  ]);
  for (let seed = 1; seed <= CASES * 2; seed++) {
    const random = new Random(seed);
    const one = random.pick(specimens);
    const middle = one.bytes.subarray(FILE_HEADER + CHUNK, FILE_HEADER + 2 * CHUNK);
    const used = middle.readUInt32LE(48);
    const size = random.below(seed % 2 === 0 ? CHUNK : used + 64);
    const cut = Buffer.concat([one.bytes.subarray(0, FILE_HEADER), middle.subarray(0, size)]);
    if (seed % 3 === 0 && size > 520) {
      for (let times = 0; times < 5; times++)
        cut[FILE_HEADER + 8 + random.below(size - 8)]! ^= 1 << random.below(8);
    }
    try {
      await readBounded(full, seed % 2 === 0);
      const seen = await readBounded(cut, seed % 2 === 0);
      for (const event of seen.events) for (const mark of marks) expect(event.xml).not.toContain(mark);
      for (const event of seen.events) expect(event.offset).toBeLessThan(cut.length);
      if (seed % 3 !== 0 && size > 0 && size < used) expect(seen.damage.length).toBeGreaterThan(0);
    } catch (error) {
      throw new Error(`cut off, seed ${seed}`, { cause: error });
    }
  }
});

test('a record read alone by any offset is a record or nothing', () => {
  for (const one of specimens) {
    reader.withFile(one.bytes, fd => {
      const random = new Random(5);
      const sink = { event: () => {}, damaged: () => {}, unparsed: () => {} };
      for (let times = 0; times < CASES; times++) {
        const offset = random.below(one.bytes.length + 100);
        const isRecord = offset + 4 <= one.bytes.length && one.bytes.readUInt32LE(offset) === 0x2a2a;
        if (reader.reader.readRecordAt(fd, offset, sink)) expect(isRecord).toBe(true);
      }
      for (const offset of [2 ** 40, 2 ** 53 - 1])
        expect(reader.reader.readRecordAt(fd, offset, sink)).toBe(false);
      for (const offset of one.records) expect(reader.reader.readRecordAt(fd, offset, sink)).toBe(true);
    });
  }
});

test('a template that shows one long value a thousand times is refused: it would stand for megabytes', () => {
  const parts = Array.from({ length: 1000 }, () => ({ type: 'uint8', value: 1 }) as const);
  const bytes = writeEvtx([
    {
      ...neighbour[0]!,
      data: {
        kind: 'named',
        fields: [['X', { type: 'joined', parts: [{ type: 'string', value: 'A'.repeat(9000) }, ...parts] }]],
      },
    },
  ]);
  for (let slot = 1; slot <= parts.length; slot++) {
    const hole = bytes.indexOf(Buffer.from([0x0d, slot & 0xff, slot >> 8, 4]));
    Buffer.from([0x0d, 0, 0, 1]).copy(bytes, hole);
  }
  const seen = reader.read(bytes);
  expect(seen.events).toEqual([]);
  expect(seen.unread.map(({ record }) => record)).toEqual([1]);
});

test('a fragment given for a value that the template does not have is not looked into', () => {
  const bytes = writeEvtx([{ ...neighbour[0]!, computer: 'h.example' }]);
  // The template's hole for EventData becomes another one for Level, so that the record gives a value too many.
  const hole = bytes.indexOf(Buffer.from([0x0e, 17, 0, 0x21]));
  bytes.writeUInt16LE(0, hole + 1);
  bytes[hole + 3] = 4;
  const seen = reader.read(bytes);
  expect(seen.events.map(event => [event.recordNumber, event.host])).toEqual([[1, 'h.example']]);
});

test('random bytes of any length are read without a throw', async () => {
  for (let seed = 1; seed <= CASES; seed++) {
    const random = new Random(seed);
    const bytes = Buffer.from(Array.from({ length: random.below(9000) }, () => random.below(256)));
    if (seed % 2 === 0) Buffer.from('ElfFile\0', 'latin1').copy(bytes);
    if (seed % 3 === 0) Buffer.from('ElfChnk\0', 'latin1').copy(bytes, seed % 2 === 0 ? FILE_HEADER : 0);
    await readBounded(bytes, seed % 4 === 0);
  }
});
