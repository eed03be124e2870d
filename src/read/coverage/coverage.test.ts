/** What is kept of logs: days, fields, numbers and clearings, whoever read what. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventBuilder, type TestEvent } from '../../../test/event.ts';
import { type Coverage, CoverageTally, eachDay, hasDay, mergeCoverage, setOfDays, unionOf } from './index.ts';

const DAY = 86_400e6;
const HOUR = 3_600e6;
const base = 20_000;
const watched = [{ channel: 'Security', eventId: 4688, field: 'CommandLine' }];

type Seen = TestEvent & { readonly record?: number; readonly micros?: number; readonly salvaged?: boolean };

/** What one worker keeps of these pieces. */
function seen(...pieces: (readonly Seen[])[]): Coverage {
  const builder = new EventBuilder();
  const tally = new CoverageTally(watched);
  for (const piece of pieces) {
    tally.enter();
    for (const { record = -1, micros = base * DAY, salvaged = false, ...from } of piece) {
      const event = builder.build(from);
      event.recordId = record;
      event.micros = micros;
      event.salvaged = salvaged;
      tally.observe(event);
    }
  }
  return tally.finish();
}

const merged = (...parts: (readonly Seen[])[]): Coverage => mergeCoverage(parts.map(part => seen(part)));
const daysOf = (coverage: Coverage, at = 0): number[] => [...eachDay(coverage.kinds[at]!.days)];

/** Numbered records an hour apart. */
const numbered = (first: number, last: number, over: Seen = {}): Seen[] =>
  Array.from({ length: last - first + 1 }, (_, i) => ({
    channel: 'Security',
    record: first + i,
    micros: base * DAY + (first + i) * HOUR,
    ...over,
  }));

describe('days', () => {
  it('are those on which there was an event, each once', () => {
    const micros = [base * DAY, base * DAY + HOUR, (base + 40) * DAY, (base + 3) * DAY - 1];
    expect(daysOf(merged(micros.map(each => ({ micros: each }))))).toEqual([base, base + 2, base + 40]);
  });
  it('are kept for each host and kind of event', () => {
    const { kinds } = merged([
      { host: 'b' },
      { host: 'a', eventId: 2 },
      { host: 'a', eventId: 1 },
      { host: 'b' },
    ]);
    expect(kinds.map(({ host, eventId }) => [host, eventId])).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 1],
    ]);
  });
  it('of channels that differ in case are one', () => {
    expect(merged([{ channel: 'security' }], [{ channel: 'Security' }]).kinds).toHaveLength(1);
  });
  it('are none of an event without a time', () => {
    expect(daysOf(merged([{ micros: 0 }]))).toEqual([]);
  });
  it('are none of a record that was found by searching', () => {
    expect(merged([{ salvaged: true }]).kinds).toEqual([]);
  });
  it('more than a century apart are left out, and the rest is kept', () => {
    expect(daysOf(merged([{}, { micros: (base + 60_000) * DAY }]))).toEqual([base]);
  });
  it('as a set hold what was put in', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -5_000, max: 25_000 })), fc.integer(), (days, other) => {
        const sorted = [...days].sort((a, b) => a - b);
        const half = days.length >> 1;
        const set = unionOf([setOfDays(days.slice(0, half)), setOfDays(days.slice(half))]);
        expect([...eachDay(set)]).toEqual(sorted);
        expect(hasDay(set, other)).toBe(days.includes(other));
      }),
    ));
});

describe('a field that a setting switches on', () => {
  const start = (line: string | null, day: number): Seen => ({
    channel: 'Security',
    eventId: 4688,
    micros: day * DAY,
    fields: { NewProcessName: 'a.exe', CommandLine: line },
  });
  it('has the days on which it had a value', () => {
    const [kind] = merged([
      start('', base),
      start('a -b', base + 1),
      start(null, base + 2),
      start('-', base + 3),
    ]).kinds;
    expect([...eachDay(kind!.fields['CommandLine']!)]).toEqual([base + 1]);
  });
  it('counts on a day on which any event has it', () => {
    const [kind] = merged([start('', base), start('x', base), start('', base)]).kinds;
    expect([...eachDay(kind!.fields['CommandLine']!)]).toEqual([base]);
  });
  it('has no days where the event has no such field', () => {
    const [kind] = merged([{ channel: 'Security', eventId: 4688 }]).kinds;
    expect([...eachDay(kind!.fields['CommandLine']!)]).toEqual([]);
  });
  it('is not kept of other events', () => {
    expect(
      merged([{ channel: 'Security', eventId: 4624, fields: { CommandLine: 'x' } }]).kinds[0]!.fields,
    ).toEqual({});
  });
});

describe('record numbers', () => {
  const runsOf = (coverage: Coverage): number[][] =>
    coverage.records.flatMap(({ runs }) => runs.map(({ first, last }) => [first, last]));

  it('that follow one another are one run, whatever the events are', () => {
    const events = numbered(5, 9).map((event, i) => ({ ...event, eventId: i }));
    expect(runsOf(merged(events))).toEqual([[5, 9]]);
  });
  it('that are missing cut a run, with the times on either side', () => {
    const [log] = merged([...numbered(1, 3), ...numbered(7, 8)]).records;
    expect(log!.runs).toEqual([
      { first: 1, last: 3, from: base * DAY + HOUR, to: base * DAY + 3 * HOUR },
      { first: 7, last: 8, from: base * DAY + 7 * HOUR, to: base * DAY + 8 * HOUR },
    ]);
  });
  it('that another worker read fill the hole', () => {
    expect(runsOf(merged([...numbered(1, 3), ...numbered(7, 8)], numbered(4, 6)))).toEqual([[1, 8]]);
  });
  it('of the same records exported twice are one run', () => {
    expect(runsOf(merged(numbered(1, 6), numbered(4, 9)))).toEqual([[1, 9]]);
  });
  it('that begin anew later are another run', () => {
    const later = numbered(1, 6).map(event => ({ ...event, micros: event.micros! + 90 * DAY }));
    expect(runsOf(merged([...numbered(1, 4), ...later]))).toEqual([
      [1, 4],
      [1, 6],
    ]);
  });
  it('from the last to the first are one run', () => {
    expect(runsOf(merged(numbered(1, 500).reverse()))).toEqual([[1, 500]]);
  });
  it('are apart for each host and channel', () => {
    const mixed = numbered(1, 5).flatMap(event => [
      event,
      { ...event, host: 'b' },
      { ...event, channel: 'System' },
    ]);
    expect(merged(mixed).records.map(({ host, channel }) => [host, channel])).toEqual([
      ['b', 'Security'],
      ['host.example', 'Security'],
      ['host.example', 'System'],
    ]);
    expect(runsOf(merged(mixed))).toEqual([
      [1, 5],
      [1, 5],
      [1, 5],
    ]);
  });
  it('of which nearly all are missing say nothing', () => {
    const chosen = numbered(1, 400).filter((_, i) => i % 20 === 0);
    expect(merged(chosen).records).toMatchObject([{ runs: [], isSparse: true }]);
  });
  it('with some holes still say where', () => {
    const holed = numbered(1, 900).filter((_, i) => i % 100 !== 50);
    expect(merged(holed).records).toMatchObject([{ runs: { length: 10 }, isSparse: false }]);
  });
  it('do not fill the memory, however many holes there are', () => {
    const chosen = Array.from({ length: 20_000 }, (_, i) => ({ record: i * 2, micros: base * DAY + i }));
    expect(seen(chosen).records).toMatchObject([{ runs: [], isSparse: true }]);
  });
  it('are none where events have none', () => expect(merged([{}, {}]).records).toEqual([]));
});

describe('clearings', () => {
  const cleared = { provider: 'Microsoft-Windows-Eventlog', micros: base * DAY + HOUR };
  it('of the Security log are 1102 of the event log itself', () => {
    const { clearings } = merged([{ ...cleared, channel: 'Security', eventId: 1102 }]);
    expect(clearings).toEqual([{ host: 'host.example', channel: 'Security', micros: cleared.micros }]);
  });
  it('are none where another provider writes that number', () => {
    const other = {
      channel: 'Security',
      eventId: 1102,
      provider: 'Microsoft-Windows-TerminalServices-ClientActiveXCore',
    };
    expect(merged([other]).clearings).toEqual([]);
  });
  it('of a drill are clearings too', () => {
    const marked = { ...cleared, provider: 'HWDRILL-Microsoft-Windows-Eventlog' };
    expect(merged([{ ...marked, channel: 'Security', eventId: 1102 }]).clearings).toHaveLength(1);
  });
  it('of other logs name the log', () => {
    const event = { ...cleared, channel: 'System', eventId: 104, fields: { Channel: 'Application' } };
    expect(merged([event]).clearings).toMatchObject([{ channel: 'Application' }]);
  });
  it('of an unnamed log are none, rather than of the log that tells of them', () => {
    expect(merged([{ ...cleared, channel: 'System', eventId: 104 }]).clearings).toEqual([]);
  });
  it('that were exported twice are one', () => {
    const event = { ...cleared, channel: 'Security', eventId: 1102 };
    expect(merged([event], [event]).clearings).toHaveLength(1);
  });
});

/** A history of one or two hosts: numbers that go on, jump and begin anew, with times that only go on. */
const history = fc
  .array(
    fc.record({
      host: fc.constantFrom('a', 'b'),
      eventId: fc.constantFrom(1, 4688, 1102),
      step: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, fc.constantFrom(2, 30, -1_000)),
      pause: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 1_000 }) }, fc.constant(3 * DAY)),
      line: fc.constantFrom('', 'x'),
    }),
    { maxLength: 60 },
  )
  .map(steps => {
    let micros = base * DAY;
    const last = new Map<string, number>();
    return steps.map(({ host, eventId, step, pause, line }): Seen => {
      // Numbers begin anew only after a while: within an hour nobody could tell one series from the other.
      micros += step < 0 ? pause + 2 * HOUR : pause;
      const record = step < 0 ? 1 : (last.get(host) ?? 0) + step;
      last.set(host, record);
      const provider = 'Microsoft-Windows-Eventlog';
      return { channel: 'Security', host, eventId, provider, micros, record, fields: { CommandLine: line } };
    });
  });

/** Where a history is cut in pieces, and which of three workers reads each, in which order. */
const plan = fc.array(fc.record({ size: fc.integer({ min: 1, max: 12 }), worker: fc.nat(2) }), {
  minLength: 60,
  maxLength: 60,
});

it('is the same whoever read which piece, in whatever order', () =>
  fc.assert(
    fc.property(history, plan, fc.boolean(), (events, cuts, isTurned) => {
      const pieces: Seen[][] = [];
      for (let at = 0; at < events.length; at += cuts[pieces.length - 1]!.size) {
        pieces.push(events.slice(at, at + cuts[pieces.length]!.size));
      }
      const parts = [0, 1, 2].map(worker => pieces.filter((_, i) => cuts[i]!.worker === worker));
      const order = isTurned ? parts.map(part => [...part].reverse()).reverse() : parts;
      expect(mergeCoverage(order.map(part => seen(...part)))).toEqual(mergeCoverage([seen(...pieces)]));
    }),
    { numRuns: 2000 },
  ));

it('has a run over pieces where numbers go on', () => {
  const { records } = mergeCoverage([seen(numbered(1, 3), numbered(7, 9)), seen(numbered(4, 6))]);
  expect(records.map(({ runs }) => runs.map(({ first, last }) => [first, last]))).toEqual([[[1, 9]]]);
});
