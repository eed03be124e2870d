import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type BinXml,
  CHUNK_SIZE,
  chunk,
  contentAt,
  file,
  instance,
  record,
  reference,
  u16,
  u32,
  u64,
  utf16,
  type Value,
  writtenEvent,
} from '../../../../../test/evtx-bytes.ts';
import {
  fieldText,
  fieldTexts,
  type LazyEvent,
  ReadContext,
  refTexts,
  ValueType,
  type XmlElement,
} from '../../../events/index.ts';
import { type Damage, sources, type Unparsed } from '../../index.ts';

const evtx = sources[0]!;

/** What a test looks at; the event itself lives only as long as the sink's call. */
type Seen = {
  readonly number: number;
  readonly id: number;
  readonly micros: number;
  readonly offset: number;
  readonly salvaged: boolean;
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly host: string;
  readonly shape: number;
  readonly fields: Record<string, readonly string[]>;
  readonly xml: string;
};

function xmlOf(event: LazyEvent, element: XmlElement): string {
  const attributes = element.attributes
    .map(({ name, value }) => ` ${name}="${refTexts(event, value).join()}"`)
    .join('');
  const text = element.text.map(value => refTexts(event, value).join()).join('');
  const inner = text + element.children.map(child => xmlOf(event, child)).join('');
  return `<${element.name}${attributes}>${inner}</${element.name}>`;
}

class Recorder {
  readonly events: Seen[] = [];
  readonly damages: Damage[] = [];
  readonly broken: Unparsed[] = [];
  readonly left: Unparsed[] = [];

  event(event: LazyEvent): void {
    this.events.push({
      number: event.recordNumber,
      id: event.recordId,
      micros: event.micros,
      offset: event.recordOffset,
      salvaged: event.salvaged,
      channel: event.kind.channel,
      provider: event.kind.provider,
      eventId: event.kind.eventId,
      host: event.kind.host,
      shape: event.shape.id,
      fields: Object.fromEntries(event.shape.fields.map(field => [field.name, fieldTexts(event, field)])),
      xml: xmlOf(event, event.shape.root),
    });
  }
  damaged(damage: Damage): void {
    this.damages.push(damage);
  }
  unparsed(record: Unparsed): void {
    this.broken.push(record);
  }
  remains(remains: Unparsed): void {
    this.left.push(remains);
  }
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntaway-evtx-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function withFile<T>(bytes: Buffer, use: (fd: number) => T): T {
  const path = join(folder, 'log.evtx');
  writeFileSync(path, bytes);
  const fd = openSync(path, 'r');
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

function read(bytes: Buffer, context: ReadContext = new ReadContext()): Recorder {
  const seen = new Recorder();
  withFile(bytes, fd => {
    let covered = 0;
    for (const part of evtx.open(context).readFile(fd, 0, bytes.length, seen)) covered += part;
    expect(covered).toBe(bytes.length);
  });
  return seen;
}

const str = (text: string): Value => ({ type: ValueType.String, bytes: utf16(text) });
const nothing: Value = { type: ValueType.Null, bytes: Buffer.alloc(0) };
const d = { dependency: true };
const da = { dependency: true, attributes: true };

/** System with host as a constant and the inner fragment in slot 3, as nearly all records are. */
function outer(host = 'host.example') {
  return (xml: BinXml): void => {
    xml.open('Event', d).content().open('System', d).content();
    xml.open('Provider', da).attribute('Name').text('Test-Provider').closeEmpty();
    xml.open('EventID', d).content().slot(0, ValueType.UInt16).close();
    xml.open('TimeCreated', da).attribute('SystemTime').slot(1, ValueType.FileTime).closeEmpty();
    xml.open('EventRecordID', d).content().slot(2, ValueType.UInt64).close();
    xml.open('Channel', d).content().text('Security').close();
    xml.open('Computer', d).content().text(host).close().close();
    xml.slot(3, ValueType.BinXml).close();
  };
}

function inner(...names: readonly string[]) {
  return (xml: BinXml): void => {
    xml.open('EventData', d).content();
    for (const [i, name] of names.entries()) {
      xml.open('Data', da).attribute('Name').text(name).content().slot(i, ValueType.String).close();
    }
    xml.close();
  };
}

const TIME = 134_208_770_930_888_490n;

function headerValues(inside: Value, eventId = 4688): Value[] {
  return [
    { type: ValueType.UInt16, bytes: u16(eventId) },
    { type: ValueType.FileTime, bytes: u64(TIME) },
    { type: ValueType.UInt64, bytes: u64(77) },
    inside,
  ];
}

/** Bytes before the values of the outer instance at `at`, so that the inner one knows its place in the chunk. */
function innerAt(at: number, define: (xml: BinXml) => void): number {
  return at + instance(at, 1, headerValues(str('')), define).length;
}

/** A record of two templates, both in place, at `at` of the chunk. */
function templated(at: number, names: readonly string[], values: readonly Value[], host?: string): Buffer {
  const define = outer(host);
  const inside = instance(innerAt(at, define), 2, values, inner(...names));
  return instance(at, 1, headerValues({ type: ValueType.BinXml, bytes: inside }), define);
}

function oneRecord(content: Buffer): Buffer {
  return file(chunk([record(5, content)]));
}

describe('a record of two templates', () => {
  const seen = (): Seen => {
    const all = read(
      oneRecord(templated(contentAt(), ['Image', 'Target Name'], [str('C:\\a.exe'), str('x')])),
    );
    expect(all.broken).toEqual([]);
    expect(all.damages).toEqual([]);
    expect(all.events).toHaveLength(1);
    return all.events[0]!;
  };

  test('has channel, provider, event id and host', () => {
    expect(seen()).toMatchObject({
      channel: 'Security',
      provider: 'Test-Provider',
      eventId: 4688,
      host: 'host.example',
    });
  });
  test('has its own time and number, and the number of the record', () => {
    const micros = Date.UTC(2026, 3, 17, 5, 24, 53) * 1000 + 88_849;
    expect(seen()).toMatchObject({ micros, id: 77, number: 5, offset: 4096 + 512, salvaged: false });
  });
  test('has the fields that rules name, blanks removed', () => {
    expect(seen().fields).toEqual({
      Provider_Name: ['Test-Provider'],
      EventID: ['4688'],
      TimeCreated_SystemTime: ['2026-04-17T05:24:53.088849Z'],
      EventRecordID: ['77'],
      Channel: ['Security'],
      Computer: ['host.example'],
      Image: ['C:\\a.exe'],
      TargetName: ['x'],
    });
  });
  test('has the elements of both templates as one document', () => {
    expect(seen().xml).toContain(
      '<Computer>host.example</Computer></System><EventData><Data Name="Image">C:\\a.exe</Data>',
    );
  });
});

test('an absent value is no value of its field', () => {
  const { events } = read(oneRecord(templated(contentAt(), ['A', 'B'], [nothing, str('b')])));
  expect(events[0]!.fields).toMatchObject({ A: [], B: ['b'] });
});

test('values that the record lacks are absent, values that the template does not show are passed over', () => {
  const few = read(oneRecord(templated(contentAt(), ['A', 'B'], [str('a')])));
  expect(few.events[0]!.fields).toMatchObject({ A: ['a'], B: [] });
  const many = read(oneRecord(templated(contentAt(), ['A'], [str('a'), str('hidden')])));
  expect(many.events[0]!.fields).toMatchObject({ A: ['a'] });
});

test('an array of strings gives several values', () => {
  const array = { type: ValueType.String | ValueType.Array, bytes: utf16('x\0y\0') };
  expect(read(oneRecord(templated(contentAt(), ['A'], [array]))).events[0]!.fields['A']).toEqual(['x', 'y']);
});

test('a name that repeats keeps all its values', () => {
  const { events } = read(oneRecord(templated(contentAt(), ['A', 'A'], [str('1'), str('2')])));
  expect(events[0]!.fields['A']).toEqual(['1', '2']);
});

test('an event without inner fragment has its header', () => {
  const content = instance(contentAt(), 1, headerValues(nothing), outer());
  expect(read(oneRecord(content)).events[0]).toMatchObject({ eventId: 4688, host: 'host.example' });
});

test('a later record refers to the templates of an earlier one', () => {
  const first = record(1, templated(contentAt(), ['A'], [str('first')]));
  const inside = reference(innerAt(contentAt(), outer()) + 14, 2, [str('second')]);
  const second = reference(contentAt() + 14, 1, headerValues({ type: ValueType.BinXml, bytes: inside }));
  const { events, broken } = read(file(chunk([first, record(2, second)])));
  expect(broken).toEqual([]);
  expect(events.map(event => event.fields['A'])).toEqual([['first'], ['second']]);
  expect(events[0]!.shape).toBe(events[1]!.shape);
});

test('the same templates in another chunk, at other offsets, are the same shape', () => {
  const one = chunk([record(1, templated(contentAt(), ['A'], [str('a')]))]);
  const before = record(2, writtenEvent(contentAt(), [['Z', 'z']]));
  const two = chunk([before, record(3, templated(contentAt(before.length), ['A'], [str('b')]))]);
  const { events } = read(file(one, two));
  expect(events.map(event => event.shape)).toEqual([0, 1, 0]);
});

test('templates that repeat a GUID but not their content are different shapes', () => {
  const one = chunk([record(1, templated(contentAt(), ['A'], [str('a')]))]);
  const two = chunk([record(2, templated(contentAt(), ['B'], [str('b')]))]);
  const { events } = read(file(one, two));
  expect(events.map(event => event.fields['A'] ?? event.fields['B'])).toEqual([['a'], ['b']]);
  expect(events[0]!.shape).not.toBe(events[1]!.shape);
});

test('hosts do not multiply shapes: each has its kinds', () => {
  const context = new ReadContext();
  const chunks = ['a.example', 'b.example', 'a.example'].map((host, i) =>
    chunk([record(i, templated(contentAt(), ['A'], [str('a')], host))]),
  );
  const { events } = read(file(...chunks), context);
  expect(events.map(event => event.host)).toEqual(['a.example', 'b.example', 'a.example']);
  expect(events.map(event => event.fields['Computer'])).toEqual([
    ['a.example'],
    ['b.example'],
    ['a.example'],
  ]);
  expect(new Set(events.map(event => event.shape)).size).toBe(1);
  expect(context.kinds.map(kind => [kind.host, kind.events])).toEqual([
    ['a.example', 2],
    ['b.example', 1],
  ]);
});

test('a reference to a template that another has replaced is named, not read with the wrong names', () => {
  const first = record(1, templated(contentAt(), ['A'], [str('first')]));
  const stale = reference(contentAt() + 14, 99, headerValues(nothing));
  const { events, broken } = read(file(chunk([first, record(2, stale)])));
  expect(events).toHaveLength(1);
  expect(broken).toMatchObject([{ record: 2, reason: 'the template it refers to is another one now' }]);
});

describe('a record without template', () => {
  const fieldsOf = (data: Parameters<typeof writtenEvent>[1]): Seen => {
    const { events, broken } = read(oneRecord(writtenEvent(contentAt(), data)));
    expect(broken).toEqual([]);
    return events[0]!;
  };

  test('is read with all it says', () => {
    expect(fieldsOf([['User', 'eve']])).toMatchObject({
      channel: 'Security',
      provider: 'Test-Provider',
      eventId: 4624,
      host: 'host.example',
      id: 77,
      micros: Date.UTC(2026, 3, 17, 5, 24, 53) * 1000 + 88_849,
      fields: { User: ['eve'], Provider_Name: ['Test-Provider'] },
    });
  });
  test('has the values of unnamed Data in one list', () => {
    expect(
      fieldsOf([
        [null, 'a'],
        [null, 'b'],
      ]).fields['Data'],
    ).toEqual(['a', 'b']);
  });
  test('has one shape whether its values are empty or not', () => {
    const before = record(1, writtenEvent(contentAt(), [['A', 'a']]));
    const after = record(2, writtenEvent(contentAt(before.length), [['A', '']]));
    const { events } = read(file(chunk([before, after])));
    expect(events.map(event => event.fields['A'])).toEqual([['a'], ['']]);
    expect(events[0]!.shape).toBe(events[1]!.shape);
  });
});

test('text in parts is one value', async () => {
  const { BinXml } = await import('../../../../../test/evtx-bytes.ts');
  const xml = new BinXml(contentAt()).header().open('Event').content().open('UserData').content();
  xml.open('Line').content().text('a ').entity('amp').text(' b').put([0x08], u16(0x21)).close();
  xml.open('Lone').content().entity('lt').close();
  const { events } = read(oneRecord(xml.close().close().bytes()));
  expect(events[0]!.fields).toEqual({ Line: ['a & b!'], Lone: ['<'] });
});

test('a forwarded log has the channel and host of each event', () => {
  const one = record(1, writtenEvent(contentAt(), [['A', 'a']], { channel: 'Security', host: 'a' }));
  const two = record(
    2,
    writtenEvent(contentAt(one.length), [['A', 'a']], { channel: 'System', host: 'b', id: '7045' }),
  );
  const { events } = read(file(chunk([one, two])));
  expect(events.map(({ channel, host, eventId }) => [channel, host, eventId])).toEqual([
    ['Security', 'a', 4624],
    ['System', 'b', 7045],
  ]);
});

test('an event without a readable time has that of its record', () => {
  const { events } = read(oneRecord(writtenEvent(contentAt(), [], { time: 'yesterday' })));
  expect(events[0]!.micros).toBe(Date.UTC(2026, 3, 17, 5, 24, 53) * 1000 + 88_849);
});

describe('damage', () => {
  const three = (): Buffer[] => {
    const records: Buffer[] = [];
    let before = 0;
    for (const name of ['one', 'two', 'three']) {
      const next = record(records.length + 1, writtenEvent(contentAt(before), [['Name', name]]));
      records.push(next);
      before += next.length;
    }
    return records;
  };
  const names = (seen: Recorder): unknown[] => seen.events.map(event => event.fields['Name']![0]);

  test('a record magic that is gone costs one record, which is named by its place', () => {
    const records = three();
    const used = 512 + Buffer.concat(records).length;
    records[1]!.fill(0, 0, 4);
    const seen = read(file(chunk(records, used)));
    expect(names(seen)).toEqual(['one', 'three']);
    expect(seen.events.map(event => event.salvaged)).toEqual([false, true]);
    expect(seen.damages).toEqual([
      {
        offset: 4096 + 512 + records[0]!.length,
        length: records[1]!.length,
        reason: 'no record where one should begin',
      },
    ]);
  });
  test('content that can not be read is named with its number', () => {
    const records = three();
    records[1]![28] = 0xff;
    const seen = read(file(chunk(records)));
    expect(names(seen)).toEqual(['one', 'three']);
    expect(seen.broken).toMatchObject([{ offset: 4096 + 512 + records[0]!.length, record: 2 }]);
  });
  test('a size that is wrong hides no record', () => {
    const records = three();
    records[0]!.writeUInt32LE(records[0]!.length + records[1]!.length - 40, 4);
    expect(names(read(file(chunk(records))))).toEqual(['one', 'two', 'three']);
  });
  test('a size that spans the next record hides it neither', () => {
    const records = three();
    records[0]!.writeUInt32LE(records[0]!.length + records[1]!.length, 4);
    expect(names(read(file(chunk(records))))).toEqual(['one', 'two', 'three']);
  });
  test('a chunk without signature is named and its records salvaged', () => {
    const bytes = chunk(three());
    bytes.fill(0, 0, 8);
    const seen = read(file(bytes));
    expect(names(seen)).toEqual(['one', 'two', 'three']);
    expect(seen.events.every(event => event.salvaged)).toBe(true);
    expect(seen.damages).toEqual([
      { offset: 4096, length: CHUNK_SIZE, reason: 'a chunk begins with the wrong signature' },
    ]);
  });
  test('a chunk of zeros is no damage, and what follows it is read', () => {
    const seen = read(file(Buffer.alloc(CHUNK_SIZE), chunk(three())));
    expect(names(seen)).toEqual(['one', 'two', 'three']);
    expect(seen.damages).toEqual([]);
  });
  test('a file that ends inside a chunk is read to its end', () => {
    const bytes = file(chunk(three()));
    const seen = read(bytes.subarray(0, 4096 + 512 + three()[0]!.length + 50));
    expect(names(seen)).toEqual(['one']);
    expect(seen.damages[0]).toMatchObject({ reason: 'the file ends inside a chunk' });
    expect(seen.damages).toHaveLength(2);
  });
  test('a file without its header is read and the header named', () => {
    const seen = read(file(chunk(three()), chunk(three())).subarray(4096));
    expect(names(seen)).toEqual(['one', 'two', 'three', 'one', 'two', 'three']);
    expect(seen.damages).toMatchObject([{ offset: 0, reason: 'the file header is missing' }]);
  });
  test('a file with a wrong header is read and the header named', () => {
    const bytes = file(chunk(three()));
    bytes.fill(1, 0, 4096);
    const seen = read(bytes);
    expect(names(seen)).toHaveLength(3);
    expect(seen.damages).toMatchObject([{ offset: 0, length: 4096 }]);
  });
  test('an empty file is named', () => {
    expect(read(Buffer.alloc(0)).damages).toMatchObject([{ offset: 0, reason: 'the file is empty' }]);
  });
  test('a false beginning of a record inside text is no record', () => {
    const content = writtenEvent(contentAt(), [['Name', '**\0**\0']]);
    expect(read(oneRecord(content)).events).toHaveLength(1);
  });
});

describe('beyond the end that a chunk states', () => {
  const first = record(1, writtenEvent(contentAt(), [['Name', 'current']]));
  const second = (name: string): Buffer => record(2, writtenEvent(contentAt(first.length), [['Name', name]]));
  const end = 512 + first.length;

  test('a record is salvaged', () => {
    const { events, damages } = read(file(chunk([first, second('old')], end)));
    expect(events.map(event => [event.number, event.salvaged])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(damages).toEqual([]);
  });
  test('a copy of a record of the same chunk is not a second event', () => {
    const define = record(1, templated(contentAt(), ['A'], [str('a')]));
    const inside = reference(innerAt(contentAt(), outer()) + 14, 2, [str('b')]);
    const content = reference(contentAt() + 14, 1, headerValues({ type: ValueType.BinXml, bytes: inside }));
    const second = record(2, content);
    const used = 512 + define.length + second.length;
    const copied = read(file(chunk([define, second, second, second], used)));
    expect(copied.events.map(event => event.number)).toEqual([1, 2]);
    const later = read(file(chunk([define, second, record(3, content)], used)));
    expect(later.events.map(event => event.number)).toEqual([1, 2, 3]);
  });
  test('a name that was written over is called lost, and kept in a record that is vouched for', () => {
    const changed = (end?: number): Recorder => {
      const bytes = file(chunk([first, second('old')], end));
      bytes.write('X', bytes.lastIndexOf(Buffer.from('EventData', 'utf16le')));
      return read(bytes);
    };
    const xml = changed(end).events[1]!.xml;
    expect(xml).toContain('<LostName><Data Name="Name">old</Data></LostName>');
    expect(changed().events[1]!.xml).toContain('<XventData>');
  });
  test('the same number with other content is another event', () => {
    const other = record(1, writtenEvent(contentAt(first.length), [['Name', 'other']]));
    expect(read(file(chunk([first, other], end))).events).toHaveLength(2);
  });
  test('what the chunk before left in the buffer is not a second event', () => {
    const before = chunk([first, second('left')]);
    const after = chunk([first, second('left')], end);
    const { events } = read(file(before, after));
    expect(events.map(event => event.fields['Name']![0])).toEqual(['current', 'left', 'current']);
  });
  test('records whose template is gone are counted as remains, not as damage', () => {
    const gone = record(2, reference(60_000, 99, headerValues(nothing)));
    const seen = read(file(chunk([first, gone, gone], end)));
    expect(seen.events).toHaveLength(1);
    expect(seen.broken).toEqual([]);
    expect(seen.left).toEqual([
      { offset: 4096 + end, record: 2, reason: 'an older record that can not be read any more' },
    ]);
  });
});

describe('hostile content', () => {
  const reasonOf = (content: Buffer): string | undefined => read(oneRecord(content)).broken[0]?.reason;

  test('a template that holds a template is refused', () => {
    const content = instance(contentAt(), 1, [], xml => {
      xml
        .open('Event', d)
        .content()
        .put([0x0c, 1], u32(1), u32(contentAt() + 14))
        .close();
    });
    expect(reasonOf(content)).toContain('a template stands inside an element');
  });
  test('elements within one another are bounded', () => {
    const content = instance(contentAt(), 1, [], xml => {
      for (let i = 0; i < 100; i++) xml.open('E', d).content();
      for (let i = 0; i < 100; i++) xml.close();
    });
    expect(reasonOf(content)).toContain('more than 64 elements within one another');
  });
  test('fragments within one another are bounded', () => {
    const define = (xml: BinXml): void => {
      xml.open('E', d).content().slot(0, ValueType.BinXml).close();
    };
    // The innermost instances refer to the definition that the outermost brings.
    let bytes = reference(contentAt() + 14, 1, [nothing]);
    for (let i = 0; i < 80; i++) {
      bytes = reference(contentAt() + 14, 1, [{ type: ValueType.BinXml, bytes }]);
    }
    expect(reasonOf(instance(contentAt(), 1, [{ type: ValueType.BinXml, bytes }], define))).toContain(
      'more than 64',
    );
  });
  test('a count of values beyond the record is refused', () => {
    const content = instance(contentAt(), 1, [], outer());
    content.writeUInt32LE(0xffff_ffff, content.length - 4);
    expect(reasonOf(content)).toContain('more than 4096 values');
  });
  test('values that reach beyond their record are refused', () => {
    const content = instance(contentAt(), 1, [str('abc')], inner('A'));
    content.writeUInt16LE(0xfff0, content.length - 6 - 4);
    expect(reasonOf(content)).toBe('values reach beyond their record');
  });
  test('a template that asks for many more values than there are is refused', () => {
    const content = instance(contentAt(), 1, [], xml => {
      xml.open('E', d).content().slot(4000, ValueType.String).close();
    });
    expect(reasonOf(content)).toBe('the template asks for values that the record lacks');
  });
  test('a template outside the chunk is refused', () => {
    expect(reasonOf(reference(0xffff_fff0, 1, []))).toBe('its template lies outside the chunk');
    expect(reasonOf(reference(65_530, 1, []))).toBe('its template lies outside the chunk');
  });
  test('a chunk full of false beginnings is named in bounded time', () => {
    const bytes = chunk([]);
    for (let at = 512; at + 8 <= CHUNK_SIZE; at += 8) {
      bytes.writeUInt32LE(0x2a2a, at);
      bytes.writeUInt32LE(CHUNK_SIZE - at - 4, at + 4);
    }
    const started = performance.now();
    const seen = read(file(...Array.from({ length: 20 }, () => bytes)));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(seen.damages.map(damage => damage.reason)).toContain('too many false beginnings of records');
  });
});

describe('one file, however it is read', () => {
  const bytes = file(
    ...Array.from({ length: 70 }, (_, i) =>
      chunk([record(i, writtenEvent(contentAt(), [['N', String(i)]]))]),
    ),
  );
  const whole = (): Seen[] => read(bytes).events;

  test('gives the same in pieces', () => {
    withFile(bytes, fd => {
      const points = evtx.splitPoints(bytes.length, 10 * CHUNK_SIZE);
      expect(points).toHaveLength(7);
      const seen = new Recorder();
      const reader = evtx.open(new ReadContext());
      for (const [i, start] of points.entries()) {
        for (const _ of reader.readFile(fd, start, points[i + 1] ?? bytes.length, seen));
      }
      expect(seen.events).toEqual(whole());
    });
  });
  test('gives the same as a stream of odd pieces', async () => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 99_991) yield bytes.subarray(at, at + 99_991);
    }
    const seen = new Recorder();
    let covered = 0;
    for await (const part of evtx.open(new ReadContext()).readStream(pieces(), seen)) covered += part;
    expect(covered).toBe(bytes.length);
    expect(seen.events).toEqual(whole());
  });
  test('gives what came before a stream fails, then the failure', async () => {
    const failure = new Error('cut off');
    // Behind the 67th chunk: one window and a part of the next.
    const sound = bytes.subarray(0, 4096 + 67 * CHUNK_SIZE + 1);
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < sound.length; at += 99_991) yield sound.subarray(at, at + 99_991);
      throw failure;
    }
    const seen = new Recorder();
    const reading = async (): Promise<void> => {
      for await (const _ of evtx.open(new ReadContext()).readStream(pieces(), seen));
    };
    await expect(reading()).rejects.toBe(failure);
    expect(seen.events).toEqual(whole().slice(0, 67));
  });
  test('that fails at once is not called empty', async () => {
    const failure = new Error('damaged');
    const pieces = (): AsyncIterable<Uint8Array> => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(failure) }),
    });
    const seen = new Recorder();
    const reading = async (): Promise<void> => {
      for await (const _ of evtx.open(new ReadContext()).readStream(pieces(), seen));
    };
    await expect(reading()).rejects.toBe(failure);
    expect(seen.damages).toEqual([]);
  });
  test('gives each record again by its offset, without counting it twice', () => {
    withFile(bytes, fd => {
      const context = new ReadContext();
      const reader = evtx.open(context);
      for (const event of whole()) {
        const seen = new Recorder();
        expect(reader.readRecordAt(fd, event.offset, seen)).toBe(true);
        expect(seen.events).toEqual([event]);
      }
      expect(context.kinds.every(kind => kind.events === 0)).toBe(true);
      expect(reader.readRecordAt(fd, 4096 + 513, new Recorder())).toBe(false);
      expect(reader.readRecordAt(fd, bytes.length + 600, new Recorder())).toBe(false);
      expect(reader.readRecordAt(fd, 0, new Recorder())).toBe(false);
    });
  });
  test('a record is read again from the file at hand, not from one that had its descriptor before', () => {
    const reader = evtx.open(new ReadContext());
    for (const name of ['a', 'b']) {
      const path = join(folder, `${name}.evtx`);
      writeFileSync(path, file(chunk([record(1, writtenEvent(contentAt(), [['N', name]]))])));
      const fd = openSync(path, 'r');
      const seen = new Recorder();
      reader.readRecordAt(fd, 4096 + 512, seen);
      closeSync(fd);
      expect(seen.events[0]!.fields['N']).toEqual([name]);
    }
  });
});

describe('the source', () => {
  test('knows a log by its signature, and by its header where the signature is gone', () => {
    const bytes = file();
    expect(evtx.recognises(bytes)).toBe(true);
    bytes.fill(0, 0, 8);
    expect(evtx.recognises(bytes)).toBe(true);
    expect(evtx.recognises(chunk([]).subarray(0, 4096))).toBe(true);
  });
  test('knows nothing else', () => {
    expect(evtx.recognises(Buffer.from('{"Event":1}'))).toBe(false);
    expect(evtx.recognises(Buffer.alloc(4096))).toBe(false);
    expect(evtx.recognises(Buffer.alloc(0))).toBe(false);
  });
  test('splits at chunks, first 0, and leaves no small last piece', () => {
    expect(evtx.splitPoints(0, 1 << 20)).toEqual([0]);
    expect(evtx.splitPoints(4096 + (1 << 20), 1 << 20)).toEqual([0]);
    expect(evtx.splitPoints(4096 + (3 << 20), 1 << 20)).toEqual([0, 4096 + (1 << 20), 4096 + (2 << 20)]);
  });
});

test('the first value of a field is its text', () => {
  const seen: (string | undefined)[] = [];
  const bytes = oneRecord(templated(contentAt(), ['A', 'A'], [nothing, str('2')]));
  withFile(bytes, fd => {
    const sink = {
      event: (event: LazyEvent) => seen.push(fieldText(event, event.shape.byName.get('A')!)),
      damaged() {},
      unparsed() {},
    };
    for (const _ of evtx.open(new ReadContext()).readFile(fd, 0, bytes.length, sink));
  });
  expect(seen).toEqual(['2']);
});
