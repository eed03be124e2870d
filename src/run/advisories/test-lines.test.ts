import { describe, expect, it } from 'vitest';
import { EventBuilder } from '../../../test/event.ts';
import type { LazyEvent } from '../../read/events/index.ts';
import { fieldTexts } from '../../read/events/index.ts';
import { sourceByName } from '../../read/sources/index.ts';
import { type TestEvent, testTexts } from './test-lines.ts';

/** What a hunt would read of the events: host, time and fields. */
async function read(...events: readonly TestEvent[]): Promise<unknown[]> {
  const found: unknown[] = [];
  const sink = {
    event({ kind, micros, shape, ...rest }: LazyEvent): void {
      const fields = shape.fields
        .filter(({ section }) => section === 'EventData')
        .map(field => [field.name, fieldTexts({ kind, micros, shape, ...rest } as LazyEvent, field)[0]]);
      found.push({ channel: kind.channel, host: kind.host, micros, fields: Object.fromEntries(fields) });
    },
    damaged: () => {},
    unparsed: () => {},
  };
  for (const { source, text } of testTexts(events)) {
    const reader = sourceByName(source)!.open(new EventBuilder().context);
    for await (const _ of reader.readStream(
      (async function* () {
        yield Buffer.from(text);
      })(),
      sink,
    ));
  }
  return found;
}

describe('test events', () => {
  it('of Windows are read as JSON', async () =>
    expect(
      await read({
        Channel: 'Security',
        EventID: 4624,
        Computer: 'H',
        EventTime: '1970-01-01T00:00:01Z',
        A: 'x',
      }),
    ).toEqual([{ channel: 'Security', host: 'H', micros: 1e6, fields: { A: 'x' } }]));
  it('of a FortiGate are read as its lines, whatever their values hold', async () => {
    const msg = 'a "b" c\\d e=f';
    const event = {
      Channel: 'fortigate',
      Computer: 'FGT1',
      EventTime: '2026-11-24T00:00:00Z',
      type: 'event',
      msg,
    };
    expect(await read(event)).toMatchObject([
      {
        channel: 'fortigate',
        host: 'FGT1',
        micros: Date.UTC(2026, 10, 24) * 1000,
        fields: { type: 'event', msg },
      },
    ]);
  });
  it('of both kinds are each read by their own source', async () => {
    const windows = { Channel: 'Security', EventID: 4624, Computer: 'H' };
    const edge = { Channel: 'fortigate', Computer: 'FGT1', type: 'event' };
    expect(await read(edge, windows)).toMatchObject([{ host: 'H' }, { host: 'FGT1' }]);
  });
});
