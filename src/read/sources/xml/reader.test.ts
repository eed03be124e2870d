import { describe, expect, test } from 'vitest';
import type { Collector } from '../../../../test/evtx-collect.ts';
import { readFile } from '../../../../test/text-collect.ts';
import { ReadContext } from '../../events/index.ts';
import { TextReader } from '../text/index.ts';
import { xml } from './index.ts';
import { XmlParser } from './parser.ts';

const NS = "xmlns='http://schemas.microsoft.com/win/2004/08/events/event'";
const header =
  "<Provider Name='P'/><EventID>1</EventID><Channel>C</Channel><Computer>H</Computer>" +
  "<TimeCreated SystemTime='2020-01-01T00:00:00.123456700Z'/>";

/** An event with this header and what stands behind System. */
function event(rest = '', system = header): string {
  return `<Event ${NS}><System>${system}</System>${rest}</Event>`;
}

function read(text: string, limits = { window: 4096, record: 1 << 20 }): Collector {
  return readFile(new TextReader(new XmlParser(new ReadContext()), limits), Buffer.from(text));
}

/** The fields outside System of the only event. */
function fields(rest: string): Record<string, readonly string[]> {
  const { events, unread } = read(event(rest));
  expect(unread).toEqual([]);
  expect(events).toHaveLength(1);
  return Object.fromEntries([...events[0]!.fields].filter(([name]) => !name.startsWith('System/')));
}

const data = (text: string): readonly string[] | undefined =>
  fields(`<EventData><Data Name='F'>${text}</Data></EventData>`)['EventData/F'];

/** Offsets and reasons of what could not be read. */
const named = (seen: Collector): (readonly [number, string])[] =>
  seen.unread.map(({ offset, reason }) => [offset, reason] as const);

describe('values', () => {
  test('the five entities and references to characters are what they stand for', () => {
    expect(data('&lt;&gt;&amp;&quot;&apos; &#65;&#x42;&#x1F600;&#xD;&#10;')).toEqual([
      `<>&"' AB\u{1f600}\r\n`,
    ]);
  });

  test('what is no reference stays as it is written', () => {
    const text = '&nbsp; &bomb; & &; &#; &#x; &#xG; &#0; &#1114112; &amp &#65';
    expect(data(text)).toEqual([text]);
  });

  test('a declared entity is never expanded', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;&a;">]>';
    const seen = read(`${bomb}${event("<EventData><Data Name='F'>&b;</Data></EventData>")}`);
    expect(seen.events[0]!.fields.get('EventData/F')).toEqual(['&b;']);
    expect(seen.damage).toEqual([]);
  });

  test('CDATA is text, comments and instructions are not', () => {
    expect(data('a<![CDATA[<b>&amp;]]>c<!-- d --><?e?>f')).toEqual(['a<b>&amp;cf']);
    expect(data('<![CDATA[]]]]><![CDATA[>]]>')).toEqual([']]>']);
  });

  test('line ends are one line feed each', () => {
    expect(data('a\r\nb\rc\nd')).toEqual(['a\nb\nc\nd']);
  });

  test('a field that is empty has an empty value, however it is written', () => {
    expect(data('')).toEqual(['']);
    expect(fields("<EventData><Data Name='F'/></EventData>")).toEqual({ 'EventData/F': [''] });
    expect(fields('<EventData><Data></Data><Data>x</Data><Data/></EventData>')).toEqual({
      'EventData/Data': ['', 'x', ''],
    });
  });

  test('blanks are the text of a field that has nothing else, and no text between elements', () => {
    expect(data('  ')).toEqual(['  ']);
    expect(fields("<EventData>\r\n  <Data Name='F'>\r\n  x</Data>\r\n</EventData>\r\n")).toEqual({
      'EventData/F': ['\n  x'],
    });
    expect(fields('<EventData>\r\n</EventData>')).toEqual({});
  });

  test('text between elements is a value of the element around it', () => {
    expect(fields('<UserData><A> x <B>y</B> z </A></UserData>')).toEqual({
      'UserData/A': [' x  z '],
      'UserData/B': ['y'],
    });
  });

  test('attributes are read in either quote, with blanks, and their line ends are blanks', () => {
    const seen = read(
      event('', `<Provider  Name = "a'b&quot;c\nd"\r\n Guid='' /><EventID Qualifiers='7'>1</EventID >`),
    );
    expect(Object.fromEntries(seen.events[0]!.fields)).toEqual({
      'System/Provider_Name': [`a'b"c d`],
      'System/Provider_Guid': [''],
      'System/EventID_Qualifiers': ['7'],
      'System/EventID': ['1'],
    });
  });

  test('UserData and RenderingInfo have fields by their elements, without prefixes', () => {
    const rest =
      "<UserData><n:LogFileCleared xmlns:n='x'><n:SubjectUserName>u</n:SubjectUserName></n:LogFileCleared></UserData>" +
      "<RenderingInfo Culture='en-US'><Message>m\r\nn</Message><Keywords><Keyword>k</Keyword><Keyword>l</Keyword></Keywords></RenderingInfo>";
    expect(fields(rest)).toEqual({
      'UserData/SubjectUserName': ['u'],
      'Other/RenderingInfo_Culture': ['en-US'],
      'Other/Message': ['m\nn'],
      'Other/Keyword': ['k', 'l'],
    });
  });

  test('times are read with and without their zone, and an event without time is of 1970', () => {
    const at = (time: string): number =>
      read(event('', `<EventID>1</EventID><TimeCreated SystemTime='${time}'/>`)).events[0]!.micros;
    expect(at('2020-01-01T00:00:00.123456700Z')).toBe(1_577_836_800_123_456);
    expect(at('2020-01-01T00:00:00.123456700')).toBe(1_577_836_800_123_456);
    expect(at('yesterday')).toBe(0);
  });
});

describe('structures', () => {
  const reader = (): ((texts: readonly string[]) => number) => {
    const own = new TextReader(new XmlParser(new ReadContext()), { window: 4096, record: 1 << 20 });
    return texts => new Set(readFile(own, Buffer.from(texts.join('\n'))).events.map(seen => seen.shape)).size;
  };

  test('quotes, blanks, comments and empty fields make no other shape', () => {
    const shapes = reader();
    const base = event("<EventData><Data Name='A'>1</Data><Data Name='B'>2</Data></EventData>");
    const others = [
      base.replaceAll("'", '"'),
      base.replaceAll('><', '>\r\n<'),
      base.replaceAll('><', '><!-- x --><'),
      base.replace('>1</Data', '></Data'),
      base.replace("<Data Name='A'>1</Data>", "<Data Name='A' />"),
      base.replace('>2<', '>&lt;<![CDATA[x]]><'),
    ];
    expect(shapes([base, ...others, ...others])).toBe(1);
  });

  test('each way to leave twenty fields empty is one shape', () => {
    const shapes = reader();
    const texts = Array.from({ length: 500 }, (_, i) => {
      const list = Array.from({ length: 20 }, (_, j) =>
        ((i * 2654435761) >> j) % 2 === 0 ? `<Data Name='f${j}'/>` : `<Data Name='f${j}'>x</Data>`,
      );
      return event(`<EventData>${list.join('')}</EventData>`);
    });
    expect(shapes(texts)).toBe(1);
  });

  test('a field, an attribute or an element more is another shape', () => {
    const shapes = reader();
    const texts = [
      event("<EventData><Data Name='A'>1</Data></EventData>"),
      event("<EventData><Data Name='B'>1</Data></EventData>"),
      event("<EventData><Data Name='A'>1</Data><Data Name='B'>1</Data></EventData>"),
      event('', header.replace('<EventID>', "<EventID Qualifiers='0'>")),
      event(),
    ];
    expect(shapes([...texts, ...texts])).toBe(5);
  });

  test.each([
    ['values', (i: number, j: number) => `<a${i}b${j}/>`, 'UserData', 100],
    ['elements', (i: number, j: number) => `<a${i}b${j}/>`, 'System', 200],
  ])(
    'a file that invents %s is refused more of them, and what is known is read on',
    (_, each, around, most) => {
      const invented = Array.from({ length: 250 }, (_, i) => {
        const list = Array.from({ length: 1000 }, (_, j) => each(i, j)).join('');
        return around === 'System' ? event('', header + list) : event(`<UserData>${list}</UserData>`);
      });
      const own = new TextReader(new XmlParser(new ReadContext()), { window: 1 << 16, record: 1 << 20 });
      const known = event("<EventData><Data Name='A'>1</Data></EventData>");
      const seen = readFile(own, Buffer.from([known, ...invented, known].join('\n')));
      const reasons = new Set(seen.unread.map(({ reason }) => reason));
      expect([...reasons]).toEqual(['too many different structures of events']);
      expect(seen.events.length).toBeGreaterThan(most * 0.9);
      expect(seen.events.length).toBeLessThan(most + 3);
      expect(seen.events.at(-1)!.fields.get('EventData/A')).toEqual(['1']);
      expect(readFile(own, Buffer.from(event('<UserData><New>1</New></UserData>'))).events).toHaveLength(1);
    },
  );
});

describe('damage', () => {
  const good = event("<EventData><Data Name='F'>good</Data></EventData>");

  test('an event that is cut off by another one is named, and the other is read', () => {
    const cut = good.slice(0, -30);
    const seen = read(`${cut}${good}`);
    expect(named(seen)).toEqual([[0, 'the event ends where another one begins']]);
    expect(seen.events.map(({ offset }) => offset)).toEqual([cut.length]);
    expect(seen.damage).toEqual([]);
  });

  test.each([
    ['within an attribute', "<Data Name='F", 'an attribute that does not end'],
    ['within a value of the header', "<Data Name='F'>a</Data><Data a='b", 'an attribute that does not end'],
    ['within CDATA', '<Data><![CDATA[x', 'the event ends where another one begins'],
    ['within a comment', '<Data><!-- x', 'the event ends where another one begins'],
    ['within a name', '<Dat', 'markup that can not be read'],
  ])('an event that is cut off %s costs only itself', (_, cut, reason) => {
    const seen = read(`${event().replace('</Event>', '')}<EventData>${cut}${good}`);
    expect(named(seen)).toEqual([[0, reason]]);
    expect(seen.events).toHaveLength(1);
  });

  test('the last event is named where the input ends inside it', () => {
    for (let size = 10; size < good.length; size += 7) {
      const seen = read(`${good}\n${good.slice(0, size)}`);
      expect(seen.events).toHaveLength(1);
      expect(named(seen)).toEqual([[good.length + 1, 'the input ends inside an event']]);
    }
  });

  test('tags that do not fit are named, and the next event is read', () => {
    const bad = good.replace('</Data>', '</Date>');
    const seen = read(`${bad}\n${good}`);
    expect(named(seen)).toEqual([[0, 'an end tag that does not fit']]);
    expect(seen.events).toHaveLength(1);
    expect(seen.damage).toEqual([]);
  });

  test('what stands between events and is no event is named with its extent', () => {
    const garbage = 'garbage <EventLog><EventID>1</EventID></EventLog>';
    const seen = read(`<Events>${good} ${garbage}${good}</Events>`);
    expect(seen.events).toHaveLength(2);
    expect(seen.damage).toEqual([
      { offset: 8 + good.length + 1, length: garbage.length, reason: 'text that is no event' },
    ]);
  });

  test('declaration, document type, comments and byte order marks between events are nothing', () => {
    const seen = read(
      `\ufeff<?xml version='1.0'?><!-- a > b --><!DOCTYPE Events [<!ENTITY a ">">]>\n<Events Name="x">${good}` +
        `<!-- c -->\ufeff\n${good}</Events>`,
    );
    expect(seen.events).toHaveLength(2);
    expect([seen.damage, seen.unread]).toEqual([[], []]);
  });

  test('a list of events that does not end is named', () => {
    const text = `<Events>${good}`;
    expect(read(text).damage).toEqual([
      { offset: text.length, length: 0, reason: 'the input ends before its Events element does' },
    ]);
    const cut = read(`${text}${good.slice(0, -1)}`);
    expect([cut.damage.length, cut.unread.length]).toEqual([0, 1]);
  });

  test('elements called Event that are none of Windows are named', () => {
    const foreign = "<Event xmlns='urn:other'><System/></Event>";
    const seen = read(`${foreign}<Event><a/></Event><Event/>${good}`);
    expect(named(seen)).toEqual([
      [0, 'an Event element of another namespace'],
      [foreign.length, 'an Event element without System'],
      [foreign.length + 19, 'an Event element without System'],
    ]);
    expect(seen.events).toHaveLength(1);
    expect(seen.damage).toEqual([]);
  });

  test('NULs are kept in text and refused in markup', () => {
    expect(data('a\0b')).toEqual(['a\0b']);
    const seen = read(`${good.replace('<EventData>', '<EventData\0 >')}${good}`);
    expect(named(seen)).toEqual([[0, 'markup that can not be read']]);
    expect(seen.events).toHaveLength(1);
  });

  test.each([
    ['elements', event(`<UserData>${'<a>'.repeat(70)}`), 'more than 64 elements within one another'],
    [
      'values',
      event(`<EventData>${'<Data/>'.repeat(5000)}</EventData>`),
      'more than 4096 values in one event',
    ],
    [
      'attributes',
      event(`<a ${Array.from({ length: 5000 }, (_, i) => `a${i}=''`).join(' ')}/>`),
      'more than 4096 values in one event',
    ],
    [
      'constants',
      event(`<a ${Array.from({ length: 40_000 }, (_, i) => `xmlns:a${i}=''`).join(' ')}/>`),
      'an event of too many elements',
    ],
    ['letters of a name', event(`<${'a'.repeat(2000)}/>`), 'a name of more than 1024 characters'],
  ])('too many %s: the event is named, the next one read', (_, bad, reason) => {
    const seen = read(`${bad}\n${good}`);
    expect(named(seen)).toEqual([[0, reason]]);
    expect(seen.events).toHaveLength(1);
    expect(seen.damage).toEqual([]);
  });

  test('an event larger than the limit is named, and the next one is read', () => {
    const huge = event(`<EventData><Data Name='F'>${'x'.repeat(100_000)}</Data></EventData>`);
    const seen = read(`${good}${huge}${good}`, { window: 4096, record: 1 << 16 });
    expect(seen.events.map(({ offset }) => offset)).toEqual([0, good.length + huge.length]);
    expect(seen.unread.map(({ offset }) => offset)).toEqual([good.length]);
    expect(seen.damage).toEqual([]);
  });

  test('an event of ten megabytes is read', () => {
    const huge = event(`<EventData><Data Name='F'>${'x&lt;'.repeat(2_000_000)}</Data></EventData>`);
    const seen = readFile(xml.open(new ReadContext()), Buffer.from(`${good}${huge}${good}`));
    expect(seen.events).toHaveLength(3);
    expect(seen.events[1]!.fields.get('EventData/F')![0]).toHaveLength(4_000_000);
  });
});

describe('recognition', () => {
  const encodings: readonly ((text: string) => Buffer)[] = [
    text => Buffer.from(text),
    text => Buffer.from(`\ufeff${text}`),
    text => Buffer.from(`\ufeff${text}`, 'utf16le'),
    text => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    text => Buffer.from(text, 'utf16le'),
    text => Buffer.from(text, 'utf16le').swap16(),
  ];

  test.each([
    event(),
    `<Events>${event()}</Events>`,
    `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<Events>\r\n  ${event()}`,
    `<!-- export --><Events Name='x'>${event()}`,
    `<Event ${NS}>`,
    '<Event>\n<System>',
    '<Events></Events>',
  ])('%j', text => {
    for (const encode of encodings) expect(xml.recognises(encode(text).subarray(0, 4096))).toBe(true);
  });

  test.each([
    '<EventLog><System></System></EventLog>',
    '<Event><name>Party</name></Event>',
    '<Events><Event><Date>1</Date></Event></Events>',
    '<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><System/></Task>',
    `{"xml": "${event()}"}`,
    `<Objs>${event()}</Objs>`,
    '<Event',
    '<',
    '',
    'ElfFile\0',
  ])('not %j', text => {
    for (const encode of encodings) expect(xml.recognises(encode(text))).toBe(false);
  });
});
