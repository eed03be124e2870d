/** The same events as EVTX and as XML: what is read of both is the same. */
import { closeSync, openSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventXml, type XmlStyle } from '../../../../test/as-xml.ts';
import { anyEvent } from '../../../../test/evtx-arbitrary.ts';
import { type Seen, TestReader } from '../../../../test/evtx-collect.ts';
import { filesBelow } from '../../../../test/logs.ts';
import { haveShared, sharedData } from '../../../../test/shared.ts';
import { readFile, withFile } from '../../../../test/text-collect.ts';
import { windowsXml } from '../../../../test/windows-xml.ts';
import { plainEvent } from '../../../match/reference/plain-event.ts';
import { type LazyEvent, ReadContext } from '../../events/index.ts';
import { writeEvtx } from '../evtx/write/index.ts';
import { type Damage, sources, type Unparsed } from '../index.ts';
import { xml } from './index.ts';

let logs: TestReader;
beforeAll(() => {
  logs = new TestReader();
});
afterAll(() => logs.close());

type Fields = ReadonlyMap<string, readonly string[]>;

/** XML can't tell a value that is absent from one that is empty; both are nothing. */
function withoutEmpty(fields: Fields): [string, readonly string[]][] {
  return [...fields]
    .map(([name, texts]): [string, string[]] => [name, texts.filter(text => text !== '')])
    .filter(([, texts]) => texts.length > 0);
}

/** What must be the same: all but where it stands and how its time was written. */
function essence(seen: Seen): unknown {
  const { channel, provider, eventId, host, micros, recordId, fields } = seen;
  const rest = withoutEmpty(fields).filter(([name]) => name !== 'System/TimeCreated_SystemTime');
  return { channel, provider, eventId, host, micros, recordId, rest };
}

const encodings = fc.constantFrom<(text: string) => Buffer>(
  text => Buffer.from(text),
  text => Buffer.from(`\ufeff${text}`),
  text => Buffer.from(`\ufeff${text}`, 'utf16le'),
  text => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  text => Buffer.from(text, 'utf16le'),
);
const styles: fc.Arbitrary<XmlStyle> = fc.record({
  quote: fc.constantFrom('"', "'"),
  pretty: fc.boolean(),
  shortEmpty: fc.boolean(),
});
const frames = fc.constantFrom<(events: readonly string[]) => string>(
  events => events.join(''),
  events => events.join('\n'),
  events => `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<Events>${events.join('')}</Events>`,
  events => `<Events>\r\n${events.join('\r\n')}\r\n</Events>\r\n`,
);

test('any events are the same from EVTX and from XML, in any style, frame and encoding', () => {
  const reader = xml.open(new ReadContext());
  fc.assert(
    fc.property(
      fc.array(anyEvent, { minLength: 1, maxLength: 6 }),
      styles,
      frames,
      encodings,
      fc.constantFrom(6, 7, 9),
      (events, style, frame, encode, digits) => {
        const written = frame(events.map((event, i) => windowsXml(event, i + 1, style, digits)));
        const seen = readFile(reader, encode(written));
        expect([seen.damage, seen.unread]).toEqual([[], []]);
        const expected = logs.read(writeEvtx(events)).events;
        expect(seen.events.map(essence)).toEqual(expected.map(essence));
      },
    ),
    { numRuns: 400 },
  );
});

/** The plain event without empty values. */
function plain(event: LazyEvent): unknown {
  const { fields, values, ...rest } = plainEvent(event);
  return {
    ...rest,
    micros: event.micros,
    recordId: event.recordId,
    fields: withoutEmpty(fields),
    values: values.filter(value => value !== ''),
  };
}

/** Events of a log as XML, with what they are; every `step`th. */
function rendered(path: string, step: number, style: XmlStyle): { text: string; events: unknown[] } {
  const parts: string[] = [];
  const events: unknown[] = [];
  const fd = openSync(path, 'r');
  let count = 0;
  const sink = {
    event(event: LazyEvent): void {
      // Salvaged records may have names that are no names.
      if (event.salvaged || count++ % step !== 0) return;
      parts.push(eventXml(event, style));
      events.push(plain(event));
    },
    damaged() {},
    unparsed() {},
  };
  const reader = sources.find(source => source.name === 'evtx')!.open(new ReadContext());
  for (const _ of reader.readFile(fd, 0, statSync(path).size, sink));
  closeSync(fd);
  return { text: `<Events>${parts.join('\r\n')}</Events>`, events };
}

describe.skipIf(!haveShared)('real logs', () => {
  const samples = haveShared ? filesBelow(sharedData('evtx-attack-samples'), '.evtx') : [];

  function expectSame(paths: readonly string[], step: number, style: XmlStyle): number {
    const reader = xml.open(new ReadContext());
    let compared = 0;
    for (const path of paths) {
      const { text, events } = rendered(path, step, style);
      const seen: unknown[] = [];
      const bad: string[] = [];
      const sink = {
        event: (event: LazyEvent) => void seen.push(plain(event)),
        damaged: ({ reason }: Damage) => void bad.push(reason),
        unparsed: ({ reason }: Unparsed) => void bad.push(reason),
      };
      const bytes = Buffer.from(text);
      withFile(bytes, fd => {
        for (const _ of reader.readFile(fd, 0, bytes.length, sink));
      });
      expect(bad, path).toEqual([]);
      expect(seen.length, path).toBe(events.length);
      for (const [i, event] of seen.entries()) expect(event, path).toEqual(events[i]);
      compared += seen.length;
    }
    return compared;
  }

  test('the attack samples, an event a line', () => {
    expect(expectSame(samples, 1, {})).toBeGreaterThan(8000);
  }, 120_000);

  test('a share of the dense log, pretty-printed', () => {
    const style = { pretty: true, quote: '"', shortEmpty: true } as const;
    expect(expectSame([sharedData('dense.evtx')], 7, style)).toBeGreaterThan(4900);
  }, 120_000);
});
