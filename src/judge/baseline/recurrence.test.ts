import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTime, medianOf, Sightings } from './recurrence.ts';
import type { Regularity } from './types.ts';

function regularityOf(times: readonly number[], micros: number, isEvidence = true): Regularity | null {
  const sightings = new Sightings();
  for (const time of times) sightings.add(time, isEvidence);
  return sightings.regularity(micros);
}

const HOUR = 3600e6;
const DAY = 24 * HOUR;

describe('regularity', () => {
  it('is a nightly job with minutes of jitter', () => {
    const times = [0, 1, 2, 3, 4, 5, 6].map(day => day * DAY + (day % 3) * 300e6);
    expect(regularityOf(times, times[3]!)).toMatchObject({ times: 7, first: 0, last: 6 * DAY });
    expect(regularityOf(times, times[3]!)!.period).toBeCloseTo(86_400, -3);
  });
  it('survives a missed run', () =>
    expect(
      regularityOf(
        [0, 7, 14, 28, 35].map(day => day * DAY),
        28 * DAY,
      ),
    ).not.toBeNull());
  it('needs four times', () => expect(regularityOf([0, DAY, 2 * DAY], DAY)).toBeNull());
  it('is not what somebody does every morning', () => {
    const times = [0, 1, 2, 3, 4, 5, 6, 7].map(
      day => day * DAY + [0, 2.1, 0.4, 3, 1.2, 0.1, 2.8, 1.5][day]! * HOUR,
    );
    expect(regularityOf(times, times[2]!)).toBeNull();
  });
  it('is not an event between two runs', () => {
    const times = [0, 7, 14, 17, 21, 28, 35, 42, 49].map(day => day * DAY);
    expect(regularityOf(times, 21 * DAY)).not.toBeNull();
    expect(regularityOf(times, 17 * DAY)).toBeNull();
  });
  it('is a nightly job of years', () => {
    const nights = Array.from({ length: 900 }, (_, day) => day * DAY + ((day * 7) % 11) * 60e6);
    for (const day of [0, 3, 450, 898, 899]) expect(regularityOf(nights, nights[day]!)).not.toBeNull();
    expect(regularityOf(nights, nights[450]! + 5 * HOUR)).toBeNull();
  });
  it('takes copies of an event for one', () => {
    expect(regularityOf([0, 0, DAY, DAY, 2 * DAY, 2 * DAY], DAY)).toBeNull();
  });
  it('is not a burst', () => {
    expect(
      regularityOf(
        [0, 1, 2, 3, 4, 5].map(i => i * 1000),
        3000,
      ),
    ).toBeNull();
  });
  it.each([
    ['days', DAY, 200],
    ['hours', HOUR, 40],
  ])('is rare by chance: of series of four with random gaps of %s', (_, mean, oneIn) => {
    let seed = 1;
    const random = (): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (seed + 1) / 0x80000000;
    };
    let regular = 0;
    for (let series = 0; series < 20_000; series++) {
      const times = [0];
      for (let i = 0; i < 3; i++) times.push(times.at(-1)! - Math.log(random()) * mean);
      if (regularityOf(times, times[2]!) !== null) regular++;
    }
    expect(regular).toBeLessThan(20_000 / oneIn);
  });
  it('keeps the earliest times in order, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 200 }), values => {
        const times: number[] = [];
        for (const value of values) addTime(times, value, 32);
        expect(times).toEqual([...new Set(values)].sort((a, b) => a - b).slice(0, 32));
      }),
    );
  });
  it('has the median in the middle', () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
  });
});
