/**
 * The reader against damaged and hostile text, with windows so small that everything is cut by them. `HUNTAWAY_FUZZ=50`
 * runs fifty times as many cases.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyEvent } from '../../../../test/evtx-arbitrary.ts';
import type { Collector, Seen } from '../../../../test/evtx-collect.ts';
import { readAt, readFile, readPieces, readStream } from '../../../../test/text-collect.ts';
import { windowsXml } from '../../../../test/windows-xml.ts';
import { ReadContext } from '../../events/index.ts';
import { TextReader } from '../text/index.ts';
import { XmlParser } from './parser.ts';

const factor = Math.max(1, Number(process.env['HUNTAWAY_FUZZ'] ?? 1) || 1);
const runs = { numRuns: 400 * factor };
const TIMEOUT = 60_000 * factor;

const RECORD = 1 << 20;
const small = (window: number): TextReader =>
  new TextReader(new XmlParser(new ReadContext()), { window, record: RECORD });

/** Pieces of markup that a reader could trip over. */
const shards = fc.constantFrom(
  '<Event ',
  '<Event>',
  "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>",
  '<EventID>',
  '<EventData>',
  '</EventData>',
  '<Events>',
  '</Events>',
  '</Event>',
  '<Event/>',
  '<System>',
  '</System>',
  '<System/>',
  "<Data Name='x'>",
  "<Data Name='",
  '<Data>',
  '</Data>',
  '<Data/>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?x',
  '?>',
  '<!DOCTYPE x [<!ENTITY a "b">',
  ']>',
  '&amp;',
  '&a;',
  '&#x41;',
  '&#1114112;',
  '&',
  '<',
  '>',
  '/',
  '/>',
  "'",
  '"',
  '=',
  ' a="b"',
  ' ',
  '\r\n',
  '\r',
  '\0',
  'text',
  '\ufeff',
  'ä漢😀',
);
const shreds = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: shards },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
    ),
    {
      maxLength: 40,
    },
  )
  .map(parts => parts.join(''));

const events = fc
  .array(anyEvent, { minLength: 1, maxLength: 4 })
  .map(made => made.map((event, i) => windowsXml(event, i + 1, { shortEmpty: i % 2 === 0 })));

/** Bytes of events that something was done to. */
const damaged = fc
  .tuple(
    events,
    fc.array(fc.tuple(fc.nat(), fc.nat(300), fc.oneof(shreds, fc.constant(''))), { maxLength: 4 }),
  )
  .map(([texts, changes]) => {
    let bytes = Buffer.from(texts.join('\n'));
    for (const [place, size, shred] of changes) {
      const at = place % (bytes.length + 1);
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(shred), bytes.subarray(at + size)]);
    }
    return bytes;
  });
const anyBytes = fc.oneof(
  { weight: 4, arbitrary: damaged },
  { weight: 3, arbitrary: shreds.map(text => Buffer.from(text)) },
  { weight: 1, arbitrary: shreds.map(text => Buffer.from(`\ufeff${text}`, 'utf16le')) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 600 }).map(bytes => Buffer.from(bytes)) },
);

/** What was found but for the numbers of shapes, which count from the reader's first one. */
function plain({ events: seen, damage, unread }: Collector): unknown {
  return { events: seen.map(({ shape: _, ...rest }) => rest), damage, unread };
}

/** Everything that is told lies in the input, in order, and nothing of it twice. */
function expectInOrder(seen: Collector, length: number): void {
  const starts = [...seen.events, ...seen.unread].map(({ offset }) => offset);
  expect(new Set(starts).size).toBe(starts.length);
  for (const offset of starts) expect(offset).toBeLessThan(length);
  for (const { offset, length: size } of seen.damage) {
    expect(size).toBeGreaterThanOrEqual(0);
    expect(offset + size).toBeLessThanOrEqual(length);
    expect(starts.some(start => start >= offset && start < offset + size)).toBe(false);
  }
}

test(
  'a file, its pieces, a stream, windows of any size: all give the same, and each record is found again',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        anyBytes,
        fc.integer({ min: 16, max: 400 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(2000), { maxLength: 3 }),
        async (bytes, window, sizes, cuts) => {
          const whole = readFile(small(RECORD), bytes);
          expectInOrder(whole, bytes.length);
          const expected = plain(whole);
          expect(plain(readFile(small(window), bytes))).toEqual(expected);
          expect(plain(readPieces(small(window), bytes, cuts))).toEqual(expected);
          expect(plain(await readStream(small(window), bytes, sizes))).toEqual(expected);
          const reader = small(window);
          const again = readAt(
            reader,
            bytes,
            whole.events.map(({ offset }) => offset),
          );
          expect(again.map(seen => seen?.xml)).toEqual(whole.events.map(seen => seen.xml));
        },
      ),
      runs,
    );
  },
  TIMEOUT,
);

test(
  'an event that is whole is read, whatever stands before and behind it',
  () => {
    fc.assert(
      fc.property(
        anyEvent,
        shreds,
        shreds,
        fc.integer({ min: 16, max: 400 }),
        (event, before, behind, window) => {
          const text = windowsXml(event, 1);
          const [alone] = readFile(small(RECORD), Buffer.from(text)).events;
          const bytes = Buffer.from(`${before}${text}${behind}`);
          const offset = Buffer.byteLength(before);
          const found = readFile(small(window), bytes).events.find(
            seen => seen.offset === offset || seen.offset === offset - 3,
          );
          expect(found?.xml).toBe(alone!.xml);
        },
      ),
      runs,
    );
  },
  TIMEOUT,
);

test(
  'a record read alone at any offset is that record or nothing',
  () => {
    fc.assert(
      fc.property(anyBytes, fc.array(fc.nat(3000), { maxLength: 8 }), (bytes, offsets) => {
        const whole = readFile(small(RECORD), bytes);
        const again = readAt(small(64), bytes, offsets);
        for (const [i, seen] of again.entries()) {
          if (seen === undefined) continue;
          expect(seen.offset).toBe(offsets[i]);
          const twin = whole.events.find(event => event.offset === seen.offset);
          if (twin !== undefined) expect(seen.xml).toBe(twin.xml);
        }
      }),
      runs,
    );
  },
  TIMEOUT,
);

/** Content of elements in which text, blanks, asides and children stand in any order. */
const { content } = fc.letrec<{ content: string; element: string }>(tie => ({
  content: fc
    .array(
      fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('', ' ', '\r\n', 'x', '&lt;', '<!-- c -->', '<?p?>', '<![CDATA[]]>', '<![CDATA[ ]]>'),
        tie('element'),
      ),
      { maxLength: 4 },
    )
    .map(parts => parts.join('')),
  element: fc
    .tuple(
      fc.constantFrom('a', 'b', 'Data', 'System', 'EventData', 'UserData'),
      fc.constantFrom('', " c='1'", " Name='n'", ' c=""', '\n'),
      fc.oneof(fc.constant(null), tie('content')),
    )
    .map(([name, attribute, inner]) =>
      inner === null ? `<${name}${attribute}/>` : `<${name}${attribute}>${inner}</${name}>`,
    ),
}));
const anyElement = fc
  .tuple(content, content)
  .map(([header, rest]) => `<Event><System>${header}</System>${rest}</Event>`);

test(
  'an event is read the same whatever was read before it',
  () => {
    fc.assert(
      fc.property(fc.array(anyElement, { minLength: 2, maxLength: 20 }), texts => {
        const together = readFile(small(RECORD), Buffer.from([...texts, ...texts].join('')));
        expect([together.unread, together.damage]).toEqual([[], []]);
        const alone = texts.map(text => readFile(small(RECORD), Buffer.from(text)).events[0]!);
        const values = (seen: Seen): unknown => [seen.xml, [...seen.fields]];
        expect(together.events.map(values)).toEqual([...alone, ...alone].map(values));
      }),
      { numRuns: 150 * factor },
    );
  },
  TIMEOUT,
);

/** Texts made to cost more than their length: `count` times the same trap. */
const traps: Readonly<Record<string, (count: number) => string>> = {
  'beginnings alone': count => '<Event '.repeat(count),
  'beginnings in CDATA that does not end': count => '<Event><a><![CDATA['.repeat(count),
  'CDATA that does not end': count => `<Event><a>${'<![CDATA[x'.repeat(count)}`,
  'comments that do not end': count => `<Event><a>${'<!--'.repeat(count)}`,
  'comments that end': count => `<Event><a>${'<!-- -->'.repeat(count)}</a></Event>`,
  'comments between events': count => '<!--'.repeat(count),
  'blanks and tags': count => `<Event>${' '.repeat(count)}<a>${' '.repeat(count)}`,
  'blanks before each tag': count => `<Event><a>${`${' '.repeat(60)}<b/>`.repeat(count)}</a></Event>`,
  'elements within one another': count => '<Event>'.concat('<a>'.repeat(count)),
  'end tags that fit nothing': count => `<Event>${'</a>'.repeat(count)}`,
  'attributes without end': count => `<Event ${'a="1" '.repeat(count)}`,
  'one long name': count => `<Event><${'a'.repeat(count)}`,
  'one long attribute': count => `<Event a="${'a'.repeat(count)}`,
  references: count => `<Event><System/><a>${'&#x0000000000000000041'.repeat(count)}</a></Event>`,
  'document types': count => '<!DOCTYPE a ['.repeat(count),
  'a structure of its own in each event': count =>
    Array.from({ length: count / 50 }, (_, i) => `<Event><System/><a${i}>x</a${i}></Event>`).join(''),
  'names of data of its own in each event': count =>
    Array.from(
      { length: count / 50 },
      (_, i) => `<Event><System/><EventData>${`<Data Name='n${i}'>x</Data>`.repeat(20)}</EventData></Event>`,
    ).join(''),
  'the same place left in ever other ways': count =>
    Array.from({ length: count / 50 }, (_, i) => `<Event><!-- ${i} --><System/></Event>`).join(''),
};

test.each(Object.entries(traps))('%s: no more time for each byte than others', (_, trap) => {
  const reader = small(1 << 16);
  const started = performance.now();
  const seen = readFile(reader, Buffer.from(trap(100_000)));
  expect(performance.now() - started).toBeLessThan(4000);
  expect(seen.events.length + seen.unread.length + seen.damage.length).toBeGreaterThan(0);
});
