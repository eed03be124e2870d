import { describe, expect, it } from 'vitest';
import { oneOf } from './usage.ts';
import { choice, moment, recordReference, statusList, workerCount } from './values.ts';

const day = 86_400e6;
const march = Date.UTC(2026, 2, 1) * 1000;

describe('a moment', () => {
  it('is a date', () => expect(moment('from', '2026-03-01', 0)).toBe(march));
  it('is the end of the day where a date ends a range', () =>
    expect(moment('to', '2026-03-01', 0, true)).toBe(march + day));
  it('is a time as it stands where it ends a range', () =>
    expect(moment('to', '2026-03-01T00:00:00Z', 0, true)).toBe(march));
  it('is a span back from now', () => expect(moment('from', '-7d', march)).toBe(march - 7 * day));
  it('counts 24 hours as a day', () => expect(moment('from', '-24h', march)).toBe(march - day));
  it('is not any word', () =>
    expect(() => moment('from', 'yesterday', 0)).toThrow(/--from takes .* not 'yesterday'/));
});

describe('words', () => {
  it('are listed with or', () => expect(oneOf(['a', 'b', 'c'])).toBe('a, b or c'));
  it('are taken in any case', () => expect(choice('format', ['table'], 'TABLE')).toBe('table'));
  it('that are unknown are refused with those that are known', () =>
    expect(() => choice('format', ['table', 'jsonl'], 'xml')).toThrow(
      "--format takes table or jsonl, not 'xml'",
    ));
  it('of statuses come in lists', () => expect(statusList('test, stable')).toEqual(['test', 'stable']));
  it('of unknown statuses are refused', () => expect(() => statusList('test,old')).toThrow(/--status takes/));
});

describe('the number of workers', () => {
  it('is a whole number', () => expect(workerCount('3')).toBe(3));
  it.each(['0', '-1', '2.5', 'many', '65', ''])('is not %j', given =>
    expect(() => workerCount(given)).toThrow(/--workers takes/),
  );
});

describe('a record', () => {
  it('is named by its id or its offset', () => {
    expect(recordReference('event', 'a.evtx#17')).toEqual({ path: 'a.evtx', by: 'record', value: 17 });
    expect(recordReference('event', 'a.zip!/b#c.evtx#@4608')).toEqual({
      path: 'a.zip!/b#c.evtx',
      by: 'offset',
      value: 4608,
    });
  });
  it.each(['a.evtx', '#17', 'a.evtx#', 'a.evtx#x', 'a.evtx#-1', 'a.evtx#99999999999999999'])(
    'is not %s',
    given => expect(() => recordReference('event', given)).toThrow(/^--event takes FILE#RECORD/),
  );
});
