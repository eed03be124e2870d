import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fortiLine, type Pairs, pairsOfLine, tunnelUp } from '../../../../test/fortigate-lines.ts';
import { readFile, readPieces, readStream } from '../../../../test/text-collect.ts';
import { fieldText, formatMicros, type LazyEvent, parseTimeZone, ReadContext } from '../../events/index.ts';
import { sourceOf } from '../index.ts';
import { TextReader } from '../text/index.ts';
import { fortigate } from './index.ts';
import { FortiGateParser } from './parser.ts';

type Read = {
  readonly time: string;
  readonly host: string;
  readonly eventId: number;
  readonly channel: string;
  readonly fields: Readonly<Record<string, string>>;
};

function readOf(event: LazyEvent): Read {
  const own = event.shape.fields.filter(({ section }) => section === 'EventData');
  return {
    time: event.micros === 0 ? '' : formatMicros(event.micros),
    host: event.kind.host,
    eventId: event.kind.eventId,
    channel: event.kind.channel,
    fields: Object.fromEntries(own.map(field => [field.name, fieldText(event, field) ?? ''])),
  };
}

/** Events of a text, and the reasons for lines that are none. */
async function read(
  text: string,
  context = new ReadContext(),
): Promise<{ events: Read[]; refused: string[]; foreign: number[] }> {
  const events: Read[] = [];
  const refused: string[] = [];
  const foreign: number[] = [];
  const reader = fortigate.open(context);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }
  const sink = {
    event: (event: LazyEvent): void => void events.push(readOf(event)),
    damaged: (): void => {},
    unparsed: ({ reason }: { reason: string }): void => void refused.push(reason),
    foreign: (offset: number): void => void foreign.push(offset),
  };
  for await (const _ of reader.readStream(chunks(), sink));
  return { events, refused, foreign };
}

const one = async (line: string): Promise<Read> => (await read(line)).events[0]!;
const without = (...keys: string[]): Pairs => tunnelUp.filter(([key]) => !keys.includes(key));
const changed = (key: string, value: string): Pairs =>
  tunnelUp.map(([name, old]) => [name, name === key ? value : old]);

describe('a line', () => {
  it('is an event with the names of FortiOS', async () => {
    const event = await one(fortiLine(tunnelUp));
    expect(event.fields).toEqual(Object.fromEntries(tunnelUp));
    expect(event).toMatchObject({ channel: 'fortigate', host: 'FGT1', eventId: 39_424 });
  });
  it.each([
    ['a priority', '<189>'],
    ['a priority and a blank', '<13> '],
    ['a header of RFC 3164', '<189>Apr 17 12:00:01 fw1 '],
    ['a header without priority', 'Apr 17 12:00:01 192.0.2.1 '],
    ['a header of RFC 5424', '<189>1 2026-04-17T00:00:01Z fw1 - - - - '],
    ['the number of its octets', '512 <189>'],
  ])('may have %s before it', async (_, header) => {
    expect((await one(fortiLine(tunnelUp, { header }))).fields).toEqual(Object.fromEntries(tunnelUp));
  });
  it('may end in CRLF and NUL', async () => {
    const { events, refused } = await read(`${fortiLine(tunnelUp)}\r\n\r\n${fortiLine(tunnelUp)}\0\n`);
    expect(events.map(({ fields }) => fields['msg'])).toEqual(Array(2).fill('SSL tunnel established'));
    expect(refused).toEqual([]);
  });
  it('keeps what is left of it where it was cut off', async () => {
    const line = fortiLine(tunnelUp);
    const event = await one(line.slice(0, line.indexOf('established') + 4));
    expect(event.fields['msg']).toBe('SSL tunnel esta');
  });
  it('has the device id as host where it has no name', async () =>
    expect((await one(fortiLine(without('devname')))).host).toBe('FG100FTK00000001'));
  it('has no event id where its log id is none', async () => {
    expect((await one(fortiLine(without('logid')))).eventId).toBe(-1);
    expect((await one(fortiLine(changed('logid', '01x')))).eventId).toBe(-1);
  });
  it.each([
    ['0000000013', 13],
    ['0100032001', 32_001],
    ['0000000000', 0],
    ['7', 7],
  ])('of log id %s has the event id %i', async (logid, id) =>
    expect((await one(fortiLine(changed('logid', logid)))).eventId).toBe(id),
  );
  it.each(['traffic', 'utm', 'anything'])('of type %s is read', async type =>
    expect((await one(fortiLine(changed('type', type)))).fields['type']).toBe(type),
  );
  it.each([
    'just words',
    'a=1 b=2',
    'type=event',
    '{"devname":"x"}',
    '-- MARK --',
    '<86>Apr 17 12:00:01 relay sshd[811]: Accepted publickey for root from 192.0.2.9',
    '<134>1 2026-04-17T00:00:01Z sw1 %LINK-3-UPDOWN - - - Interface Gi0/1, changed state to up',
    'date,time,devname,logid,type',
  ])('is none of a FortiGate and no damage: %j', async text => {
    const { events, refused, foreign } = await read(`\n${text}\n${fortiLine(tunnelUp)}\n`);
    expect([events.length, refused, foreign]).toEqual([1, [], [1]]);
  });
  it.each([
    'devname=x',
    'logid="0101039424" tz="+1200"',
    'date=2026-04-17 time=12:00:01 devna',
    'srcip=192.0.2.1 vd="root"',
  ])('of a FortiGate that is broken is refused or foreign, and no event: %j', async text => {
    const { events, refused, foreign } = await read(`${text}\n`);
    expect([events.length, refused.length + foreign.length]).toEqual([0, 1]);
    expect(foreign).toHaveLength(text.includes('devna') && !text.includes('devname') ? 1 : 0);
  });
  it('may have commas between its pairs, as with the format csv', async () => {
    const line = fortiLine(tunnelUp);
    const commas = line.replaceAll(/ (?=[a-z]+=)/g, ',');
    expect(commas).not.toBe(line);
    expect((await one(commas)).fields).toEqual(Object.fromEntries(tunnelUp));
    expect((await one(`<189>Apr 17 12:00:01 fw1 ${commas}`)).fields).toEqual(Object.fromEntries(tunnelUp));
    expect(sourceOf(Buffer.from(`${commas}\n`))?.name).toBe('fortigate');
  });
  it('keeps commas in values where blanks divide its pairs', async () => {
    const { fields } = await one('date=2026-04-17 devname=FGT1 type=event note=a,b=c vd=root');
    expect(fields['note']).toBe('a,b=c');
  });
  it('may begin with the version of its format', async () =>
    expect((await one(`logver=700140601 timestamp=1776384001 ${fortiLine(tunnelUp)}`)).eventId).toBe(39_424));
  it.each([
    ["rsyslog's own time", '2026-04-17T12:00:02.123456+12:00 192.0.2.1 '],
    ["rsyslog's own time and the priority that it left", '2026-04-17T12:00:02+12:00 fw1 <189>'],
    ['a name with a tag', 'Apr 17 12:00:01 fw1 fortigate: '],
    ['two headers, of the relay and the device', 'Apr 17 12:00:02 relay <189>Apr 17 12:00:01 fw1 '],
  ])('may have %s before it', async (_, header) =>
    expect((await one(fortiLine(tunnelUp, { header }))).fields).toEqual(Object.fromEntries(tunnelUp)),
  );
});

describe('values', () => {
  it.each([
    ['user="CORP\\hollis"', 'user', 'CORP\\hollis'],
    ['user="CORP\\\\hollis"', 'user', 'CORP\\hollis'],
    ['msg="he said \\"x=1\\" y"', 'msg', 'he said "x=1" y'],
    ['user=', 'user', ''],
    ['user=""', 'user', ''],
    ['user=a"b', 'user', 'a"b'],
  ])('%s', async (pair, name, value) => {
    const { fields } = await one(`devname=FGT1 type=event ${pair} vd=root`);
    expect(fields[name]).toBe(value);
    expect(fields['vd']).toBe('root');
  });
});

describe('the time', () => {
  const utc = '2026-04-17T00:00:01';
  it.each([
    ['seconds', '1776384001', '.000000Z'],
    ['milliseconds', '1776384001123', '.123000Z'],
    ['microseconds', '1776384001123456', '.123456Z'],
    ['nanoseconds', '1776384001123456789', '.123456Z'],
  ])('counts %s', async (_, eventtime, rest) =>
    expect((await one(fortiLine(changed('eventtime', eventtime)))).time).toBe(utc + rest),
  );
  it('is that of the clock where nothing counts it', async () =>
    expect((await one(fortiLine(without('eventtime')))).time).toBe(`${utc}.000000Z`));
  it('is that of the clock where the count is none', async () =>
    expect((await one(fortiLine(changed('eventtime', 'soon')))).time).toBe(`${utc}.000000Z`));
  it('is in the zone of the hunt where the clock says none', async () => {
    const context = new ReadContext(parseTimeZone('+12:00')!);
    const { events } = await read(fortiLine(without('eventtime', 'tz')), context);
    expect([events[0]!.time, context.zoneless]).toEqual([`${utc}.000000Z`, 1]);
  });
  it.each([
    ['<189>1 2026-04-17T00:00:01.5Z fw1 - - - - ', `${utc}.500000Z`],
    ['2026-04-17T12:00:01+12:00 fw1 ', `${utc}.000000Z`],
    ['<189>Apr 17 2026 00:00:01 fw1 ', `${utc}.000000Z`],
    ['<189>Apr 17 00:00:01 fw1 ', ''],
    ['', ''],
  ])('is that of the header otherwise: %j', async (header, time) =>
    expect((await one(fortiLine(without('eventtime', 'date', 'time'), { header }))).time).toBe(time),
  );
});

describe('an input', () => {
  it.each([
    ['lines', fortiLine(tunnelUp)],
    ['lines with a header', fortiLine(tunnelUp, { header: '<189>Apr 17 12:00:01 fw1 ' })],
    ['lines without quotes', fortiLine(tunnelUp, { quoted: false })],
    ['a line of something else first', `-- MARK --\n${fortiLine(tunnelUp)}`],
  ])('of %s is known by its content', (_, text) =>
    expect(sourceOf(Buffer.from(`${text}\n`))?.name).toBe('fortigate'),
  );
  it.each([
    ['JSON about a FortiGate', '{"message":"x devname=a type=event"}'],
    ['XML', '<a devname=a type=event></a>'],
    ['pairs of something else', 'time=1 level=info msg="x" type=event'],
    ['a page that quotes a line', 'Notes: "x devname=a type=event"'],
  ])('of %s is not', (_, text) => expect(sourceOf(Buffer.from(`${text}\n`))).toBeUndefined());
});

test('what is written is read, whatever the values and however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(pairsOfLine, fc.boolean()), { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(800), { maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 3 }),
      async (lines, cuts, sizes) => {
        const text = lines.map(([pairs, quoted]) => `${fortiLine(pairs, { quoted })}\r\n`).join('');
        const { events, refused } = await read(text);
        // What no encoding can say comes back as the sign for that.
        const wellFormed = (value: string): string => Buffer.from(value).toString().replace(/\0+$/, '');
        expect(events.map(({ fields }) => fields)).toEqual(
          lines.map(([pairs]) => Object.fromEntries(pairs.map(([key, value]) => [key, wellFormed(value)]))),
        );
        expect(refused).toEqual([]);
        const bytes = Buffer.from(text);
        const small = (): TextReader =>
          new TextReader(new FortiGateParser(new ReadContext()), { window: 256, record: 4096 });
        const whole = readFile(small(), bytes).events.map(({ xml }) => xml);
        expect(whole).toHaveLength(events.length);
        expect(readPieces(small(), bytes, cuts).events.map(({ xml }) => xml)).toEqual(whole);
        expect((await readStream(small(), bytes, sizes)).events.map(({ xml }) => xml)).toEqual(whole);
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);
