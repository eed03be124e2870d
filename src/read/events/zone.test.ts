import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimeZone } from './zone.ts';

const at = (text: string): number => Date.parse(text) * 1000;
/** UTC of a local time in a zone. */
const utcOf = (zone: string, local: string): string =>
  new Date(parseTimeZone(zone)!.toUtc(at(`${local}Z`)) / 1000).toISOString();

describe('a time zone', () => {
  it.each([
    ['+12:00', '2026-01-01T12:00:00', '2026-01-01T00:00:00.000Z'],
    ['+0530', '2026-01-01T05:30:00', '2026-01-01T00:00:00.000Z'],
    ['-08:00', '2026-01-01T00:00:00', '2026-01-01T08:00:00.000Z'],
    ['UTC', '2026-01-01T00:00:00', '2026-01-01T00:00:00.000Z'],
    ['Pacific/Auckland', '2026-01-01T13:00:00', '2026-01-01T00:00:00.000Z'],
    ['Pacific/Auckland', '2026-07-01T12:00:00', '2026-07-01T00:00:00.000Z'],
    ['America/New_York', '2020-09-21T19:18:41', '2020-09-21T23:18:41.000Z'],
  ])('%s at %s is %s', (zone, local, utc) => expect(utcOf(zone, local)).toBe(utc));

  it('takes the earlier moment of an hour that its clocks show twice', () =>
    expect(utcOf('Pacific/Auckland', '2026-04-05T02:30:00')).toBe('2026-04-04T13:30:00.000Z'));
  it('counts on in an hour that its clocks never show', () =>
    expect(utcOf('Pacific/Auckland', '2026-09-27T02:30:00')).toBe('2026-09-26T14:30:00.000Z'));
  it('changes between neighbouring hours', () => {
    const zone = parseTimeZone('Pacific/Auckland')!;
    const hours = [1, 3, 1].map(
      hour => (zone.toUtc(at(`2026-09-27T0${hour}:00:00Z`)) - at('2026-09-26T00:00:00Z')) / 3.6e9,
    );
    expect(hours).toEqual([13, 14, 13]);
  });
  it.each(['', 'Auckland', '+25:00', '+12:75', '12', 'Pacific/Nowhere'])('is not %j', text =>
    expect(parseTimeZone(text)).toBeUndefined(),
  );
  it('gives a finite number for any time', () => {
    const zone = parseTimeZone('Pacific/Auckland')!;
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -8e18, max: 8e18 }), local => {
        expect(Math.abs(zone.toUtc(local) - local)).toBeLessThanOrEqual(15 * 3.6e9);
      }),
    );
  });
});
