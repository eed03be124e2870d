import { expect, test } from 'vitest';
import type { Collector, Seen } from '../../../../test/evtx-collect.ts';
import { readAt, readFile } from '../../../../test/text-collect.ts';
import { ReadContext } from '../../events/index.ts';
import type { SourceReader } from '../source.ts';
import { TextReader } from '../text/index.ts';
import { ndjson } from './index.ts';
import { JsonParser } from './parser.ts';

const head = { EventID: 1, Channel: 'Security', Hostname: 'host.example' };

function reader(): SourceReader {
  return ndjson.open(new ReadContext());
}

function read(text: string | Uint8Array): Collector {
  return readFile(reader(), typeof text === 'string' ? Buffer.from(text) : text);
}

/** The one event of a record with these members. */
function only(members: Readonly<Record<string, unknown>> | string): Seen {
  const text = typeof members === 'string' ? members : JSON.stringify({ ...head, ...members });
  const sink = read(`${text}\n`);
  expect(sink.unread).toEqual([]);
  expect(sink.events.length).toBe(1);
  return sink.events[0]!;
}

const value = (event: Seen, field: string): readonly string[] | undefined => event.fields.get(field);

test('values keep their text, whatever their type', () => {
  const event = only(
    '{"EventID":1,"Channel":"Security","a":1e999,"b":-0.50,"c":true,"d":"\\u00e9\\ud83d\\ude00\\n\\/","e":12345678901234567890}',
  );
  expect(value(event, 'EventData/a')).toEqual(['1e999']);
  expect(value(event, 'EventData/b')).toEqual(['-0.50']);
  expect(value(event, 'EventData/c')).toEqual(['true']);
  expect(value(event, 'EventData/d')).toEqual(['é😀\n/']);
  expect(value(event, 'EventData/e')).toEqual(['12345678901234567890']);
});

test('null and an empty list are absent, an empty string is there', () => {
  const event = only({ a: null, b: '', c: [] });
  expect(value(event, 'EventData/a')).toEqual([]);
  expect(value(event, 'EventData/b')).toEqual(['']);
  expect(value(event, 'EventData/c')).toEqual([]);
});

test('a list is several values; what is no plain value in it stays as it is written', () => {
  const event = only('{"EventID":1,"Channel":"Security","a":["x","y\\\\z",3,[1, 2],{"k":"}"}],"b":["one"]}');
  expect(value(event, 'EventData/a')).toEqual(['x', 'y\\z', '3', '[1, 2]', '{"k":"}"}']);
  expect(value(event, 'EventData/b')).toEqual(['one']);
});

test('a key that comes twice has both values', () => {
  expect(value(only('{"EventID":1,"Channel":"Security","a":"x","a":"y"}'), 'EventData/a')).toEqual([
    'x',
    'y',
  ]);
});

test('backslashes that escape nothing, raw tabs, NULs and lone surrogates stay', () => {
  const event = only(
    '{"EventID":1,"Channel":"Security","a":"C:\\Windows\\x","b":"p\tq\0r","c":"\\ud800x","d":"\\u12"}',
  );
  expect(value(event, 'EventData/a')).toEqual(['C:\\Windows\\x']);
  expect(value(event, 'EventData/b')).toEqual(['p\tq\0r']);
  expect(value(event, 'EventData/c')).toEqual(['\ud800x']);
  expect(value(event, 'EventData/d')).toEqual(['\\u12']);
});

test('keys may have escapes and any letters', () => {
  expect(value(only('{"\\u0045ventID":1,"Channel":"S","n\\u00e4me":"x"}'), 'EventData/näme')).toEqual(['x']);
});

test.each([
  [
    'one a line, with CRLF and blank lines',
    '{"EventID":1,"Channel":"A"}\r\n\r\n{"EventID":2,"Channel":"A"}',
    [0, 31],
  ],
  ['a list in one line', '[{"EventID":1,"Channel":"A"},{"EventID":2,"Channel":"A"}]', [1, 29]],
  [
    'a printed list',
    '[\n  {\n    "EventID": 1,\n    "Channel": "A"\n  },\n  {"EventID": 2, "Channel": "A"}\n]\n',
    [4, 50],
  ],
  ['documents', '{\n "EventID": 1,\n "Channel": "A"\n}\n{\n "EventID": 2,\n "Channel": "A"\n}\n', [0, 35]],
  [
    'numbered documents',
    'Record 1\n{\n"EventID": 1,\n"Channel": "A"\n}\nRecord 2\n{\n"EventID": 2,\n"Channel": "A"\n}\n',
    [9, 51],
  ],
  ['several a line', '{"EventID":1,"Channel":"A"} {"EventID":2,"Channel":"A"}', [0, 28]],
  ['marks inside', '\ufeff{"EventID":1,"Channel":"A"}\n\ufeff{"EventID":2,"Channel":"A"}\n', [3, 34]],
])('%s', (_name, text, offsets) => {
  const sink = read(text);
  expect(sink.unread).toEqual([]);
  expect(sink.damage).toEqual([]);
  expect(sink.events.map(event => [event.eventId, event.offset])).toEqual([
    [1, offsets[0]],
    [2, offsets[1]],
  ]);
  expect(readAt(reader(), Buffer.from(text), offsets)).toEqual(sink.events.map(event => ({ ...event })));
});

const good = '{"EventID":1,"Channel":"A"}';
const cut = 'the line ends inside its record';

test.each([
  ['garbage', 'what is this', 'no JSON object where a record should begin'],
  ['a string without end', '{"EventID":1,"Channel":"A', 'a line ends inside a string'],
  ['a cut line', '{"EventID":1,', cut],
  ['a missing comma', '{"EventID":1 "Channel":"A"}', 'the record is no valid JSON'],
  ['a word that is none', '{"EventID":nil}', 'the record is no valid JSON'],
  ['too deep', `{"EventID":1,"a":${'{"a":'.repeat(100)}`, 'more than 64 objects within one another'],
  [
    'no event',
    '{"ts":1,"uid":"x"}',
    'no Windows event: it has no event id and no channel or provider under any known name',
  ],
  [
    'no event id',
    '{"Channel":"A","ProviderName":"B"}',
    'no Windows event: it has no event id under any known name',
  ],
])('%s is named by its offset, and the next line is read', (_name, line, reason) => {
  for (const text of [`${good}\n${line}\n${good}\n`, `${good}\r\n${line}\r\n${good}`]) {
    const sink = read(text);
    expect(sink.unread).toEqual([{ offset: text.indexOf('\n') + 1, record: null, reason }]);
    expect(sink.events.length).toBe(2);
  }
});

test('a last line that is cut off is named', () => {
  const sink = read(`${good}\n{"EventID":2,"Chan`);
  expect(sink.events.length).toBe(1);
  expect(sink.unread).toEqual([{ offset: 28, record: null, reason: 'the record is cut off' }]);
});

test('a broken item of a list is named, the next one read, and a list without end is damage', () => {
  const sink = read(`[${good},{"EventID":2,"a":nope,"b":"x"},${good}`);
  expect(sink.events.map(event => event.eventId)).toEqual([1, 1]);
  expect(sink.unread.length).toBe(1);
  expect(sink.unread[0]!.offset).toBe(29);
  expect(sink.damage.map(({ reason }) => reason)).toEqual(['the file ends inside its list']);
});

test('a broken document is named, and the next one read', () => {
  const document = '{\n  "EventID": 1,\n  "Channel": "A"\n}\n';
  const sink = read(`${document}{\n  "EventID": 2,\n  "a": {\n${document}${document}`);
  expect(sink.events.length).toBe(3);
  expect(sink.unread.map(({ offset }) => offset)).toEqual([document.length]);
});

test('a line of ten megabytes is read', () => {
  const event = only({ a: 'x\\y'.repeat(3_500_000) });
  expect(value(event, 'EventData/a')![0]!.length).toBe(10_500_000);
});

test('structures that never end are named, and known ones still read', () => {
  const lines: string[] = [];
  for (let i = 0; i < 3300; i++)
    lines.push(
      JSON.stringify({
        ...head,
        ...Object.fromEntries(Array.from({ length: 40 }, (_, j) => [`k${i}_${j}`, j])),
      }),
    );
  const sink = read(`${JSON.stringify(head)}\n${lines.join('\n')}\n${JSON.stringify(head)}\n`);
  expect(new Set(sink.unread.map(({ reason }) => reason))).toEqual(
    new Set(['too many different structures of events']),
  );
  expect(sink.events.length + sink.unread.length).toBe(3302);
  expect(sink.events[sink.events.length - 1]!.fields.size).toBe(4);
});

test('an event whose own text is a value is read from it, where somebody can', () => {
  const texts: string[] = [];
  const raw = {
    read(window: { text(from: number, to: number): string }, from: number, to: number) {
      texts.push(window.text(from, to));
      return null;
    },
  };
  const line = Buffer.from('{"result":{"_raw":"<Event a=\\"b\\"/>","EventCode":"1","LogName":"A"}}\n');
  const sink = readFile(new TextReader(new JsonParser(new ReadContext(), raw)), line);
  expect(texts).toEqual(['<Event a="b"/>']);
  expect(sink.events.map(event => event.channel)).toEqual(['A']);
});

test.each([
  [
    'the header with a zone',
    { TimeCreated: '2020-01-01T10:00:00.5Z', UtcTime: '2020-01-01 11:00:00' },
    '2020-01-01T10:00:00.500000Z',
  ],
  [
    'UtcTime',
    { UtcTime: '2020-01-01 11:00:00.25', EventTime: '2020-01-01 13:00:00' },
    '2020-01-01T11:00:00.250000Z',
  ],
  ['a time with an offset', { EventTime: '2020-01-01T13:00:00+02:00' }, '2020-01-01T11:00:00.000000Z'],
  [
    'a local time, by when it was received',
    {
      EventTime: '2020-01-01 09:30:00',
      EventReceivedTime: '2020-01-01 10:00:00',
      '@timestamp': '2020-01-01T14:00:02Z',
    },
    '2020-01-01T13:30:00.000000Z',
  ],
  [
    'a local time, by when it was passed on',
    { EventTime: '2020-01-01 09:30:00', '@timestamp': '2020-01-01T15:01:00Z' },
    '2020-01-01T15:00:00.000000Z',
  ],
  [
    'a time without a zone that nothing explains',
    { EventTime: '2020-01-01 09:30:00', '@timestamp': '2020-01-01T14:37:00Z' },
    '2020-01-01T09:30:00.000000Z',
  ],
  ['a local time of the header', { TimeCreated: '2020-01-01 09:30:00.220' }, '2020-01-01T09:30:00.220000Z'],
  ['the time of passing on', { '@timestamp': '2020-01-01T14:37:00Z' }, '2020-01-01T14:37:00.000000Z'],
])('the time is that of %s', (_name, members, time) => {
  expect(value(only(members), 'System/TimeCreated_SystemTime')).toEqual([time]);
});

test('keywords are written as Windows writes them', () => {
  const keywords = (given: unknown) => value(only({ Keywords: given }), 'System/Keywords');
  expect(keywords('-9214364837600034816')).toEqual(['0x8020000000000000']);
  expect(keywords('0x8010000000000000')).toEqual(['0x8010000000000000']);
  expect(keywords(['Audit Failure'])).toEqual(['0x8010000000000000']);
  expect(keywords(['a', 'b'])).toEqual(['a', 'b']);
});

test('NXLog severity is no event type, and a field of that name is', () => {
  const nxlog = { SeverityValue: 2, SourceModuleType: 'im_msvistalog', EventType: 'INFO' };
  expect(value(only(nxlog), 'Shipper/EventType')).toEqual(['INFO']);
  expect(
    value(only({ ...nxlog, EventType: 'SetValue', EventTypeOrignal: 'INFO' }), 'EventData/EventType'),
  ).toEqual(['SetValue']);
  expect(value(only({ EventType: 'SetValue' }), 'EventData/EventType')).toEqual(['SetValue']);
});

test('the category and severity of NXLog are no event data, and fields of those names are', () => {
  const own = { Category: 'Logon', Severity: 'INFO' };
  expect(value(only({ ...own, SeverityValue: 2 }), 'Shipper/Category')).toEqual(['Logon']);
  expect(value(only(own), 'EventData/Category')).toEqual(['Logon']);
  expect(value(only(own), 'EventData/Severity')).toEqual(['INFO']);
});

test('what a shipper adds is no event data', () => {
  const event = only({ tags: ['a'], host: 'collector', port: 1, '@version': '1', Message: 'm', Image: 'i' });
  const data = [...event.fields.keys()].filter(key => key.startsWith('EventData/'));
  expect(data).toEqual(['EventData/Image']);
  expect(value(event, 'Other/Message')).toEqual(['m']);
});

test('elements of one name in UserData are values of one name', () => {
  const chain = {
    Certificate: { '#attributes': { fileRef: 'a' } },
    Certificate_1: { '#attributes': { fileRef: 'b' } },
    Url_attributes: { flags: 'c' },
    Url_1_attributes: { flags: 'd' },
    Hash: 'e',
    Hash_1: 'f',
    Only_1: 'g',
  };
  const Event = { System: { EventID: 1, Channel: 'A' }, UserData: { Chain: chain } };
  const event = only(JSON.stringify({ Event }));
  expect(value(event, 'UserData/Certificate_fileRef')).toEqual(['a', 'b']);
  expect(value(event, 'UserData/Url_flags')).toEqual(['c', 'd']);
  expect(value(event, 'UserData/Hash')).toEqual(['e', 'f']);
  expect(value(event, 'UserData/Only_1')).toEqual(['g']);
});

test('EventData keeps its name', () => {
  const Event = {
    System: { EventID: 1, Channel: 'A' },
    EventData: { '#attributes': { Name: 'EVENT_X' }, param1: 'x' },
  };
  const event = only(JSON.stringify({ Event }));
  expect(value(event, 'EventData/EventData_Name')).toEqual(['EVENT_X']);
  expect(value(event, 'EventData/param1')).toEqual(['x']);
});

test('values without names of Winlogbeat answer to Data', () => {
  const winlog = { channel: 'A', event_id: 1, event_data: { param1: 'x', param2: 'y' } };
  const event = only(JSON.stringify({ winlog }));
  expect(value(event, 'EventData/param2')).toEqual(['y']);
  expect(value(event, 'EventData/Data')).toEqual(['x', 'y']);
});

test('values without names answer to Data beside a Binary', () => {
  const winlog = { channel: 'A', event_id: 1, event_data: { param1: 'x', Binary: '00' } };
  const event = only(JSON.stringify({ winlog }));
  expect(value(event, 'EventData/Data')).toEqual(['x']);
  expect(value(event, 'EventData/Binary')).toEqual(['00']);
});

test('what Splunk took from the header is no event data', () => {
  const fields = { EventCode: '1', EventID: '1', Channel: 'A', Name: 'P', ProcessID: '4', ThreadID: '8' };
  const event = only(
    JSON.stringify({ _time: '1', ...fields, SystemTime: '2020-01-01T10:00:00.5Z', Type: 'Command Line' }),
  );
  const data = [...event.fields.keys()].filter(key => key.startsWith('EventData/'));
  expect(data).toEqual(['EventData/Type']);
  expect(value(event, 'System/Execution_ProcessID')).toEqual(['4']);
  expect(value(event, 'System/TimeCreated_SystemTime')).toEqual(['2020-01-01T10:00:00.500000Z']);
});

test('the kind of event that Splunk wrote as text is no event data', () => {
  const event = only('{"_time":"1","EventCode":"1","LogName":"A","Type":"Information"}');
  expect(value(event, 'Shipper/Type')).toEqual(['Information']);
});

test('a channel behind a prefix is a channel', () => {
  const event = only('{"_time":"1593600000.5","EventCode":"4688","source":"XmlWinEventLog:Security"}');
  expect(event.channel).toBe('Security');
  expect(event.micros).toBe(1_593_600_000_500_000);
});

test.each([
  ['Zeek', '{"ts":1,"uid":"C","id_orig_h":"10.0.1.6","proto":"udp"}'],
  ['CloudTrail', '{"eventID":"x","eventName":"y","eventSource":"z","sourceIPAddress":"1.2.3.4"}'],
  ['Kubernetes', '{"kind":"Event","apiVersion":"v1","metadata":{"name":"x"}}'],
  ['a list of numbers', '[1,2,3]'],
  ['XML', '<Event><System/></Event>'],
  ['text', 'EventID Channel'],
  [
    'what Splunk holds of a web server',
    '{"result":{"_raw":"GET /<Event>","_time":"1","sourcetype":"access"}}',
  ],
])('%s is not recognised', (_name, text) => {
  expect(ndjson.recognises(Buffer.from(`${text}\n`))).toBe(false);
});

test.each([
  ['bare', { _time: '1', _raw: '<Event xmlns="x"><System/></Event>' }],
  ['a result', { preview: false, result: { _raw: '\r\n<Event>\n</Event>', sourcetype: 'XmlWinEventLog' } }],
  ['behind a declaration', { _raw: '<?xml version="1.0"?><Event/>' }],
])('an export of Splunk that has no more of events than their XML is recognised: %s', (_name, record) => {
  const text = JSON.stringify(record);
  expect(ndjson.recognises(Buffer.from(text))).toBe(true);
  expect(ndjson.recognises(Buffer.from(text.replaceAll('<', '\\u003c')))).toBe(true);
});

test('an event in a result of Splunk that has nothing but its XML is read', () => {
  const _raw =
    '<Event><System><Provider Name="P"/><EventID>7</EventID><Channel>C</Channel></System><EventData><Data Name="A">&lt;&amp;</Data></EventData></Event>';
  const event = only(JSON.stringify({ preview: false, result: { _raw, _time: '1', host: 'x' } }));
  expect(event.channel).toBe('C');
  expect(value(event, 'EventData/A')).toEqual(['<&']);
});

test('a record that is cut off by the end of the head is recognised', () => {
  const long = JSON.stringify({ EventID: 1, Channel: 'A', Message: 'x'.repeat(9000) });
  expect(ndjson.recognises(Buffer.from(long).subarray(0, 4096))).toBe(true);
});
