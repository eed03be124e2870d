import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { around, boundsOf, centred, LEAST_WINDOW, panned, ticksOf, zoomed } from './scale.ts';

const bounds = { from: 0, to: 1000e6 };
/** In whole seconds: microseconds of far years are no safe integers. */
const spans = fc
  .tuple(fc.integer({ min: -62e9, max: 190e9 }), fc.integer({ min: 5, max: 60e9 }))
  .map(([from, width]) => ({ from: from * 1e6, to: (from + width) * 1e6 }));

describe('windows of time', () => {
  it('have room at both ends of the evidence, also where all of it is one moment', () => {
    expect(boundsOf([0, 100e6])).toEqual({ from: -LEAST_WINDOW, to: 100e6 + LEAST_WINDOW });
    expect(boundsOf([7e6])).toEqual({ from: 2e6, to: 12e6 });
  });

  it('zoom around the moment that keeps its place', () => {
    expect(zoomed(bounds, 0.5, 250e6, bounds)).toEqual({ from: 125e6, to: 625e6 });
    expect(zoomed({ from: 400e6, to: 500e6 }, 2, 450e6, bounds)).toEqual({ from: 350e6, to: 550e6 });
  });

  it('zoom no closer than seconds and no wider than all', () => {
    const close = zoomed({ from: 100e6, to: 106e6 }, 0.1, 103e6, bounds);
    expect(close.to - close.from).toBeCloseTo(LEAST_WINDOW);
    expect(zoomed({ from: 100e6, to: 900e6 }, 9, 150e6, bounds)).toEqual(bounds);
  });

  it('stay inside the bounds, whatever is done to them', () => {
    fc.assert(
      fc.property(spans, fc.double({ min: 0.01, max: 50, noNaN: true }), fc.integer(), (all, factor, at) => {
        for (const each of [zoomed(all, factor, at, all), panned(all, factor, all), centred(all, at, all)]) {
          expect(each.from).toBeGreaterThanOrEqual(all.from);
          expect(each.to).toBeLessThanOrEqual(all.to);
          expect(each.to).toBeGreaterThan(each.from);
        }
      }),
    );
  });

  it('pan by a share of their width, up to the end', () => {
    expect(panned({ from: 0, to: 100e6 }, 0.5, bounds)).toEqual({ from: 50e6, to: 150e6 });
    expect(panned({ from: 850e6, to: 950e6 }, 2, bounds)).toEqual({ from: 900e6, to: 1000e6 });
  });

  it('show a single moment with seconds around it', () => {
    expect(around({ from: 500e6, to: 500e6 }, bounds)).toEqual({ from: 497.5e6, to: 502.5e6 });
  });
});

describe('round moments', () => {
  const day = (text: string): number => Date.parse(`${text}Z`) * 1000;
  const said = (from: string, to: string, most: number): string[] =>
    ticksOf({ from: day(from), to: day(to) }, most).map(at => new Date(at / 1000).toISOString().slice(0, 19));

  it('are years where years are looked at', () => {
    expect(said('2023-06-01T00:00', '2026-02-01T00:00', 4)).toEqual([
      '2024-01-01T00:00:00',
      '2025-01-01T00:00:00',
      '2026-01-01T00:00:00',
    ]);
  });

  it('are first days of months, also past a leap day', () => {
    expect(said('2024-01-20T00:00', '2024-04-10T00:00', 4)).toEqual([
      '2024-02-01T00:00:00',
      '2024-03-01T00:00:00',
      '2024-04-01T00:00:00',
    ]);
  });

  it('are minutes and seconds where those are looked at', () => {
    expect(said('2026-10-08T01:52:00', '2026-10-08T02:05:00', 3)).toEqual(
      ['2026-10-08T01:55:00', '2026-10-08T02:00:00', '2026-10-08T02:05:00'].slice(0, 3),
    );
    expect(said('2026-10-08T01:52:00', '2026-10-08T01:52:05', 6)).toHaveLength(6);
  });

  it('are few, ascending and inside the window, whatever it is', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 1, max: 12 }), (window, most) => {
        const ticks = ticksOf(window, most);
        expect(ticks.length).toBeLessThanOrEqual(most);
        for (const [i, at] of ticks.entries()) {
          expect(at).toBeGreaterThanOrEqual(Math.max(window.from, ticks[i - 1] ?? -Infinity));
          expect(at).toBeLessThanOrEqual(window.to);
        }
      }),
    );
  });
});
