import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDay, otherDays } from './days.ts';
import { type Contexts, Tally } from './tally.ts';

type Sighting = {
  readonly account: number;
  readonly host: number;
  readonly shape: number;
  readonly day: number;
};

const contextsOf = (account: number, host: number): Contexts => [
  1000 * host + account + 1,
  100_000 + host,
  999_999,
];

function tallyOf(sightings: readonly Sighting[]): Tally {
  const tally = new Tally();
  for (const { account, host, shape, day } of sightings)
    tally.add(contextsOf(account, host), shape, day, true);
  return tally;
}

const sighting: fc.Arbitrary<Sighting> = fc.record({
  account: fc.nat(2),
  host: fc.nat(2),
  shape: fc.nat(6),
  day: fc.integer({ min: 0, max: 40 }),
});
const sightings = fc.array(sighting, { maxLength: 80 });
/** The day on which something is judged; sightings lie elsewhere, so that nothing is left out by accident. */
const TODAY = 100;
const bitsOf = (tally: Tally, { account, host, shape }: Sighting): number =>
  tally.surprise(contextsOf(account, host), shape, TODAY).bits;

describe('surprise', () => {
  it('is never negative and never more than what was looked at can show', () => {
    fc.assert(
      fc.property(sightings, sighting, (seen, asked) => {
        const bits = bitsOf(tallyOf(seen), asked);
        expect(bits).toBeGreaterThanOrEqual(0);
        expect(bits).toBeLessThanOrEqual(Math.log2(1 + seen.length) + 1e-9);
      }),
    );
  });
  it('is never raised by one more sighting', () => {
    fc.assert(
      fc.property(sightings, sighting, fc.integer({ min: 0, max: 40 }), (seen, asked, day) => {
        const before = bitsOf(tallyOf(seen), asked);
        expect(bitsOf(tallyOf([...seen, { ...asked, day }]), asked)).toBeLessThanOrEqual(before + 1e-9);
      }),
    );
  });
  it('is highest for what was seen nowhere', () => {
    fc.assert(
      fc.property(sightings, sighting, (seen, asked) => {
        const tally = tallyOf(seen);
        expect(bitsOf(tally, { ...asked, shape: 77 })).toBeGreaterThanOrEqual(bitsOf(tally, asked) - 1e-9);
      }),
    );
  });
  it('does not depend on the order', () => {
    fc.assert(
      fc.property(sightings, sighting, (seen, asked) => {
        expect(bitsOf(tallyOf([...seen].reverse()), asked)).toBe(bitsOf(tallyOf(seen), asked));
      }),
    );
  });
  it('falls from nowhere to elsewhere to this host to this account', () => {
    const usual = Array.from({ length: 200 }, (_, i) => ({
      account: i % 3,
      host: i % 2,
      shape: i % 7,
      day: i % 30,
    }));
    const at = (extra: Sighting[]): number =>
      bitsOf(tallyOf([...usual, ...extra]), { account: 0, host: 0, shape: 50, day: 0 });
    const days = [1, 5, 9].map(day => ({ shape: 50, day }));
    const levels = [
      at([]),
      at(days.map(each => ({ ...each, account: 8, host: 8 }))),
      at(days.map(each => ({ ...each, account: 8, host: 0 }))),
      at(days.map(each => ({ ...each, account: 0, host: 0 }))),
    ];
    expect([...levels].sort((a, b) => b - a)).toEqual(levels);
    expect(levels[0]! - levels[3]!).toBeGreaterThan(3);
  });
  it('is what the estimate gives: worked out by hand', () => {
    const day = (count: number, at: Omit<Sighting, 'day'>): Sighting[] =>
      Array.from({ length: count }, (_, i) => ({ ...at, day: i }));
    const tally = tallyOf([
      ...[10, 11, 12, 13, 14].flatMap(shape => day(1, { account: 0, host: 1, shape })),
      ...day(4, { account: 1, host: 1, shape: 2 }),
      ...Array.from({ length: 10 }, (_, i) => day(3, { account: 2, host: 0, shape: 30 + i })).flat(),
    ]);
    // Everywhere 4 of 39 sightings of 16 shapes, on the host 4 of 9 of 6, of account 0 there none of 5 of 5.
    const everywhere = (4 + 16 / 16) / (39 + 16);
    const onHost = (4 + 6 * everywhere) / (9 + 6);
    const asked = { account: 0, host: 1, shape: 2, day: 0 };
    expect(bitsOf(tally, asked)).toBeCloseTo(-Math.log2((0 + 5 * onHost) / (5 + 5)));
    expect(bitsOf(tally, { ...asked, account: 1 })).toBeCloseTo(-Math.log2((4 + 1 * onHost) / (4 + 1)));
    // What was seen nowhere would have 9 bits; 39 sightings can show no more than these.
    expect(bitsOf(tally, { ...asked, shape: 77 })).toBeCloseTo(Math.log2(1 + 39));
  });
  it('is nothing where nothing else was seen', () => {
    expect(bitsOf(tallyOf([]), { account: 0, host: 0, shape: 1, day: 0 })).toBe(0);
    expect(
      bitsOf(tallyOf([{ account: 0, host: 0, shape: 1, day: 3 }]), { account: 0, host: 0, shape: 1, day: 0 }),
    ).toBe(0);
  });
});

describe('days', () => {
  it('count once, the earliest, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 600 }), added => {
        const days: number[] = [];
        let grown = 0;
        for (const day of added) grown += addDay(days, day, false);
        const expected = [...new Set(added)].sort((a, b) => a - b).slice(0, 64);
        expect(days.map(day => day >> 1)).toEqual(expected);
        expect(grown).toBe(days.length);
      }),
    );
  });
  it('leave out the day itself, and its neighbours where they hold only evidence', () => {
    const days: number[] = [];
    for (const [day, isEvidence] of [
      [9, true],
      [10, true],
      [11, false],
      [20, true],
    ] as const)
      addDay(days, day, isEvidence);
    expect(otherDays(days, 10)).toBe(2);
    expect(otherDays(days, 20)).toBe(3);
    expect(otherDays(days, 9)).toBe(2);
  });
});
