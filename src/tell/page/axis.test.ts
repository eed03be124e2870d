import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../test/intrusions.ts';
import { ticksOf, timeAxis } from './axis.ts';

const times = fc
  .array(fc.integer({ min: at('2019-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }), {
    minLength: 1,
    maxLength: 60,
  })
  .map(all => all.sort((a, b) => a - b));
const visits = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2500 }), fc.integer({ min: 0, max: 7_200 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map(all =>
    all
      .map(([day, second]) => at('2020-01-01T00:00:00Z') + day * 86_400e6 + second * 1e6)
      .sort((a, b) => a - b),
  );
const any = fc.oneof(times, visits);

describe('the axis', () => {
  it('draws later moments further right, and none inside a band', () => {
    fc.assert(
      fc.property(any, all => {
        const axis = timeAxis(all, 190, 1170);
        const places = all.map(axis.x);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        for (const x of places) {
          expect(x).toBeGreaterThanOrEqual(190);
          expect(x).toBeLessThanOrEqual(axis.right);
          expect(axis.breaks.some(({ left, right }) => x > left && x < right)).toBe(false);
        }
      }),
    );
  });

  it('draws each moment inside the stretch that it lies in, evenly', () => {
    fc.assert(
      fc.property(any, all => {
        const axis = timeAxis(all, 190, 1170);
        for (const { from, to, left, right } of axis.stretches) {
          const own = all.filter(time => time >= from && time <= to);
          for (const time of own) expect(axis.x(time) >= left && axis.x(time) <= right).toBe(true);
          const middle = (axis.x(from) + axis.x(to)) / 2;
          expect(axis.x((from + to) / 2)).toBeCloseTo(middle, 6);
        }
      }),
    );
  });

  it('says of each band how long the silence was', () => {
    fc.assert(
      fc.property(any, all => {
        const { breaks, stretches } = timeAxis(all, 190, 1170);
        const gaps = all.slice(1).map((time, i) => time - all[i]!);
        for (const { micros } of breaks) expect(gaps).toContain(micros);
        const drawn = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
        const cut = breaks.reduce((sum, { micros }) => sum + micros, 0);
        expect(drawn + cut).toBe(all.at(-1)! - all[0]!);
      }),
    );
  });

  it('has no more stretches than asked for', () => {
    fc.assert(
      fc.property(visits, all => {
        expect(timeAxis(all, 0, 1000, 5).stretches.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('cuts out months between two visits of minutes', () => {
    const visit = (day: string): number[] => [at(`${day}T01:00:00Z`), at(`${day}T01:09:00Z`)];
    const axis = timeAxis([...visit('2024-03-11'), ...visit('2026-10-08')], 0, 1000);
    expect(axis.stretches).toHaveLength(2);
    expect(axis.x(at('2024-03-11T01:09:00Z')) - axis.x(at('2024-03-11T01:00:00Z'))).toBeGreaterThan(300);
  });

  it('cuts nothing out of a row without a silence that stands out', () => {
    const even = Array.from({ length: 100 }, (_, i) => at('2026-01-01T00:00:00Z') + i * 4 * 3600e6);
    expect(timeAxis(even, 0, 1000).breaks).toEqual([]);
  });

  it('labels round moments inside a long stretch, with room between', () => {
    const day = at('2026-01-01T00:00:00Z');
    const ticks = ticksOf({ from: day + 1, to: day + 10 * 86_400e6, left: 0, right: 1000 });
    expect(ticks.length).toBeGreaterThan(1);
    for (const tick of ticks) expect((tick - day) % 86_400e6).toBe(0);
  });

  it('labels no moment twice in a stretch of one', () => {
    expect(ticksOf({ from: 5, to: 5, left: 0, right: 1000 })).toEqual([]);
  });
});
