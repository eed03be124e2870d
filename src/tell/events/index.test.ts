import { closeSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { EventBuilder, testEvent } from '../../../test/event.ts';
import { haveShared, sharedData } from '../../../test/shared.ts';
import { type LazyEvent, ReadContext, Shape, ValueType, type XmlElement } from '../../read/events/index.ts';
import { sources } from '../../read/sources/index.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { createEventWriter, type EventLayout } from './index.ts';

function line(event: LazyEvent, layout: EventLayout = 'windows', reveal = false): string {
  const out = new ByteWriter(1);
  createEventWriter(layout, { reveal }).write(out, event);
  return out.take().toString('utf8');
}

/** An event whose slots hold what is given, below the given element. */
function eventOf(root: XmlElement, slots: readonly (readonly [type: number, bytes: Buffer])[]): LazyEvent {
  const context = new ReadContext();
  const shape = new Shape(context.nextShapeId(), root, [], slots.length);
  const event = testEvent({});
  event.shape = shape;
  event.kind = context.kind(shape, '', '', -1, '');
  event.bytes = Buffer.concat([Buffer.alloc(1), ...slots.map(([, bytes]) => bytes)]);
  let at = 1;
  for (const [slot, [type, bytes]] of slots.entries()) {
    event.types[slot] = type;
    event.offsets[slot] = at;
    event.sizes[slot] = bytes.length;
    at += bytes.length;
  }
  return event;
}

const element = (name: string, rest: Partial<XmlElement> = {}): XmlElement => ({
  name,
  attributes: [],
  children: [],
  text: [],
  ...rest,
});
const slot = (index: number) => ({ kind: 'slot', slot: index }) as const;
const constant = (text: string) => ({ kind: 'constant', text }) as const;
const utf16 = (text: string) => [ValueType.String, Buffer.from(text, 'utf16le')] as const;
const absent = [ValueType.Null, Buffer.alloc(0)] as const;

const started = {
  channel: 'Microsoft-Windows-Sysmon/Operational',
  provider: 'Microsoft-Windows-Sysmon',
  eventId: 1,
  host: 'ws1.corp.example',
  fields: {
    ProcessId: '4711',
    Image: 'C:\\Windows\\System32\\net.exe',
    CommandLine: 'net user bob S3cret! /add',
    User: 'CORP\\alice',
    ParentImage: 'C:\\Windows\\System32\\cmd.exe',
    Odd: '\u001b[31m\u202e"é',
    Absent: null,
  },
} as const;

describe('the windows layout', () => {
  it('is one nested object a line, secrets masked, absent values null', () => {
    expect(line(testEvent(started))).toMatchInlineSnapshot(`
      "{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon"}},"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"ws1.corp.example","EventID":"1"},"EventData":{"ProcessId":"4711","Image":"C:\\\\Windows\\\\System32\\\\net.exe","CommandLine":"net user bob *** /add","User":"CORP\\\\alice","ParentImage":"C:\\\\Windows\\\\System32\\\\cmd.exe","Odd":"\\u001b[31m\\u202e\\"é","Absent":null}}}
      "
    `);
  });

  it('shows secrets when asked to', () => {
    expect(line(testEvent(started), 'windows', true)).toContain('net user bob S3cret! /add');
  });

  it('writes the same whether values are slots or constants', () => {
    const fields = { CommandLine: 'sshpass -p x ssh', Path: 'C:\\a"b' };
    const slots = line(testEvent({ fields }));
    expect(line(testEvent({ fields, as: 'constants' }))).toBe(
      slots.replace('"EventID":"1"', '"EventID":"1"'),
    );
  });

  it('writes numbers as numbers, booleans as such, and times with six digits', () => {
    const root = element('Event', {
      children: [
        element('EventID', { text: [slot(0)] }),
        element('Yes', { text: [slot(1)] }),
        element('When', { text: [slot(2)] }),
        element('Id', { text: [slot(3)] }),
      ],
    });
    const time = Buffer.alloc(8);
    time.writeBigUInt64LE(133_000_000_000_000_007n);
    const event = eventOf(root, [
      [ValueType.UInt16, Buffer.from('5012', 'hex')],
      [ValueType.Bool, Buffer.from('01000000', 'hex')],
      [ValueType.FileTime, time],
      [ValueType.Guid, Buffer.from('1e239701 24c4 e169 c922000000000800'.replaceAll(' ', ''), 'hex')],
    ]);
    expect(line(event)).toBe(
      '{"Event":{"EventID":4688,"Yes":true,"When":"2022-06-18T04:26:40.000000Z","Id":"{0197231E-C424-69E1-C922-000000000800}"}}\n',
    );
  });

  it('puts attributes below #attributes and the text beside them', () => {
    const root = element('Event', {
      children: [
        element('EventID', { attributes: [{ name: 'Qualifiers', value: slot(0) }], text: [slot(1)] }),
      ],
    });
    const id = [ValueType.UInt16, Buffer.from('7c1b', 'hex')] as const;
    expect(line(eventOf(root, [[ValueType.UInt16, Buffer.from('0040', 'hex')], id]))).toBe(
      '{"Event":{"EventID":{"#attributes":{"Qualifiers":16384},"#text":7036}}}\n',
    );
    expect(line(eventOf(root, [absent, id]))).toBe('{"Event":{"EventID":7036}}\n');
  });

  it('writes null for an element whose attributes are all absent', () => {
    const root = element('Event', {
      children: [element('Correlation', { attributes: [{ name: 'ActivityID', value: slot(0) }] })],
    });
    expect(line(eventOf(root, [absent]))).toBe('{"Event":{"Correlation":null}}\n');
  });

  it('keeps unnamed data in place, also where a value is absent', () => {
    const data = (index: number): XmlElement => element('Data', { text: [slot(index)] });
    const two = element('EventData', { children: [data(0), data(1), data(2)] });
    expect(line(eventOf(element('Event', { children: [two] }), [utf16('a'), absent, utf16('c')]))).toBe(
      '{"Event":{"EventData":{"Data":{"#text":["a",null,"c"]}}}}\n',
    );
    const one = element('EventData', { children: [data(0)] });
    expect(line(eventOf(element('Event', { children: [one] }), [utf16('a')]))).toBe(
      '{"Event":{"EventData":{"Data":{"#text":"a"}}}}\n',
    );
  });

  it('gives a repeated name a number', () => {
    const named = (name: string, text: string): XmlElement =>
      element('Data', { attributes: [{ name: 'Name', value: constant(name) }], text: [constant(text)] });
    const root = element('Event', {
      children: [
        named('a', '1'),
        named('a', '2'),
        named('a_1', '3'),
        element('a', { text: [constant('4')] }),
      ],
    });
    const parsed = JSON.parse(line(eventOf(root, []))) as { Event: Record<string, string> };
    expect(Object.values(parsed.Event)).toEqual(['1', '2', '3', '4']);
  });

  it('writes an array of strings as a list', () => {
    const event = new EventBuilder().build({ arrays: { Data: ['a', 'net user b x /add'] } });
    expect(JSON.parse(line(event)).Event.EventData).toEqual({
      Data: { '#text': ['a', 'net user b *** /add'] },
    });
  });
});

describe('the ecs layout', () => {
  it('names what ECS has a name for and keeps the rest below winlog', () => {
    expect(
      line(testEvent({ ...started, system: { Security_UserID: 'S-1-5-18' } }), 'ecs'),
    ).toMatchInlineSnapshot(`
      "{"@timestamp":"1970-01-01T00:00:00.000000Z","event":{"kind":"event","code":"1","provider":"Microsoft-Windows-Sysmon"},"host":{"name":"ws1.corp.example"},"user":{"name":"alice","domain":"CORP"},"process":{"pid":4711,"executable":"C:\\\\Windows\\\\System32\\\\net.exe","name":"net.exe","command_line":"net user bob *** /add","parent":{"executable":"C:\\\\Windows\\\\System32\\\\cmd.exe","name":"cmd.exe"}},"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon","event_id":"1","record_id":"1","computer_name":"ws1.corp.example","user":{"identifier":"S-1-5-18"},"event_data":{"ProcessId":"4711","Image":"C:\\\\Windows\\\\System32\\\\net.exe","CommandLine":"net user bob *** /add","User":"CORP\\\\alice","ParentImage":"C:\\\\Windows\\\\System32\\\\cmd.exe","Odd":"\\u001b[31m\\u202e\\"é"}}}
      "
    `);
  });
});

/** JSON documents that stand one after the other in a text. */
function documents(text: string): unknown[] {
  return text
    .split(/\n(?=\{)/)
    .filter(part => part.trim() !== '')
    .map(part => JSON.parse(part) as unknown);
}

const recordOf = (event: unknown): number =>
  (event as { Event: { System: { EventRecordID: number } } }).Event.System.EventRecordID;

/** The twins' tool prints GUIDs without braces, trims text and times sometimes have nine digits; we do neither, as a rule would miss the blank. */
const normal = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .trim()
        .replace(/(:\d\d\.\d{6})\d{3}Z$/, '$1Z')
        .replace(/^\{([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})\}$/, '$1')
    : Array.isArray(value)
      ? value.map(normal)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, normal(one)]))
        : value;

describe.skipIf(!haveShared)('real logs', () => {
  const folder = sharedData('sigma/regression_data');
  const files = haveShared
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.evtx'))
    : [];

  function* dumped(path: string, layout: EventLayout): Generator<string> {
    const lines: string[] = [];
    const out = new ByteWriter();
    const writer = createEventWriter(layout, { reveal: true });
    const reader = sources.find(source => source.name === 'evtx')!.open(new ReadContext());
    const fd = openSync(path, 'r');
    const sink = {
      event(event: LazyEvent): void {
        out.reset();
        writer.write(out, event);
        lines.push(out.take().toString('utf8'));
      },
      damaged(): void {},
      unparsed(): void {},
    };
    try {
      for (const _ of reader.readFile(fd, 0, statSync(path).size, sink)) {
        yield* lines;
        lines.length = 0;
      }
      yield* lines;
    } finally {
      closeSync(fd);
    }
  }

  it('dump to the JSON twins that were published with them', () => {
    expect(files.length).toBeGreaterThan(100);
    const differing: string[] = [];
    for (const file of files) {
      const twin = documents(readFileSync(`${folder}/${file.replace(/\.evtx$/, '.json')}`, 'utf8'));
      const ours = [...dumped(`${folder}/${file}`, 'windows')].map(text => JSON.parse(text) as unknown);
      // Some twins hold only the events that matter to their rule.
      const byRecord = new Map(ours.map(event => [recordOf(event), event]));
      expect(twin.length).toBeGreaterThan(0);
      for (const event of twin) {
        const record = byRecord.get(recordOf(event));
        if (!isDeepStrictEqual(normal(record), normal(event))) differing.push(file);
      }
    }
    // One twin was edited by hand (`Explorer.EXE` in the log, `Explorer.exe` in the twin).
    expect(differing.filter(file => !file.includes('susp_right_to_left_override'))).toEqual([]);
  });

  it.each(['windows', 'ecs'] as const)('are one valid line of JSON an event in layout %s', layout => {
    let events = 0;
    for (const text of dumped(sharedData('dense.evtx'), layout)) {
      events++;
      expect(text.indexOf('\n')).toBe(text.length - 1);
      JSON.parse(text);
    }
    expect(events).toBeGreaterThan(34_000);
  });
});
