import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Input } from '../../read/inputs/index.ts';
import { chooseWorkers, piecesOf, planUnits, UNIT_BYTES } from './plan.ts';

const file = (size: number): Input => ({ path: 'a', file: 'a', steps: [], type: 'evtx', size });
const member = (size: number): Input => ({ ...file(size), steps: [{ container: 'gzip' }] });
const stdin: Input = { path: '-', file: null, steps: [], type: 'evtx', size: -1 };
const every = (input: Input, target: number): number[] =>
  Array.from({ length: Math.ceil(input.size / target) }, (_, i) => i * target);

describe('units', () => {
  it('cover each byte of each file once, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5 * UNIT_BYTES)), sizes => {
        const inputs = sizes.map(file);
        const { units } = planUnits(inputs, every);
        const reached = new Map<number, number>();
        for (const piece of units.flat()) {
          expect(piece.start).toBe(reached.get(piece.input) ?? 0);
          reached.set(piece.input, piece.end);
        }
        expect(inputs.map((_, i) => reached.get(i))).toEqual(sizes);
      }),
    );
  });
  it('hold at least 4 MB each, but for the last', () => {
    const { units } = planUnits([file(3 * UNIT_BYTES + 5), file(10), file(UNIT_BYTES), file(7)], every);
    const bytes = units.map(unit => unit.reduce((sum, piece) => sum + piece.end - piece.start, 0));
    for (const size of bytes.slice(0, -1)) expect(size).toBeGreaterThanOrEqual(UNIT_BYTES);
  });
  it('put the longest archive member first', () => {
    const { units } = planUnits([file(10), member(5), member(9)], every);
    expect(units.map(unit => unit[0]!.input)).toEqual([2, 1, 0]);
  });
  it('are counted for each input', () => {
    const plan = planUnits([file(3 * UNIT_BYTES), member(5), stdin, file(1)], every);
    const counted = piecesOf(plan);
    const pieces = [...plan.units, ...plan.local].flat();
    expect([0, 1, 2, 3].map(i => counted.get(i))).toEqual(
      [0, 1, 2, 3].map(i => pieces.filter(({ input }) => input === i).length),
    );
    expect(counted.get(0)).toBeGreaterThan(1);
  });
  it('leave standard input to the main thread', () => {
    expect(planUnits([stdin], every)).toEqual({ units: [], local: [[{ input: 0, start: 0, end: -1 }]] });
  });
});

describe('number of workers', () => {
  it('is one below 200 MB', () => expect(chooseWorkers(199e6, 50, 8)).toBe(1));
  it('is at most four', () => expect(chooseWorkers(5e9, 1000, 64)).toBe(4));
  it('is at most the number of cores', () => expect(chooseWorkers(5e9, 1000, 2)).toBe(2));
  it('is at most the number of units', () => expect(chooseWorkers(5e9, 1, 8)).toBe(1));
});
