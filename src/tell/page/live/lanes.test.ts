import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piece } from '../../../../test/page-model.ts';
import { densityOf, lanesOf, marksOf } from './lanes.ts';
import { stepAmong } from './steps.ts';

const window = { from: 0, to: 1000 };

describe('lanes', () => {
  it('come by the time of their first evidence; what has no time has none', () => {
    const all = [
      piece({ host: 1, at: 5 }),
      piece({ host: 0, at: 7 }),
      piece({ host: 1, at: 9 }),
      piece({ at: null }),
    ];
    expect(lanesOf(all, [0, 1, 2, 3])).toEqual([
      { host: 1, evidence: [0, 2] },
      { host: 0, evidence: [1] },
    ]);
  });

  it('join marks that would lie on one another, under the weightiest', () => {
    const all = [1, 10, 14, 40].map((at, i) => piece({ at: at * 10, weight: i === 1 ? 9 : 1 }));
    const lane = { host: 0, evidence: [0, 1, 2, 3] };
    expect(marksOf(all, lane, window, 100, 15)).toEqual([
      { x: 1, evidence: [0, 1, 2], weightiest: 1 },
      { x: 40, evidence: [3], weightiest: 3 },
    ]);
  });

  it('draw only what lies in the window, with every piece in one mark, and no two marks near', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -500, max: 1500 }), { maxLength: 300 }), unsorted => {
        const all = unsorted.sort((a, b) => a - b).map(at => piece({ at }));
        const marks = marksOf(all, { host: 0, evidence: all.map((_, i) => i) }, window, 600, 15);
        const inside = all.flatMap(({ at }, i) => (at! >= 0 && at! <= 1000 ? i : []));
        expect(marks.flatMap(({ evidence }) => evidence)).toEqual(inside);
        for (const [i, { x }] of marks.entries())
          if (i > 0) expect(x - marks[i - 1]!.x).toBeGreaterThanOrEqual(15);
      }),
    );
  });

  it('count how much lies when', () => {
    expect(densityOf([0, 10, 260, 999, 1000, -1], window, 4)).toEqual([2, 1, 0, 1]);
  });
});

describe('steps from mark to mark', () => {
  const all = [
    piece({ host: 0, at: 10 }),
    piece({ host: 0, at: 12 }),
    piece({ host: 0, at: 900 }),
    piece({ host: 1, at: 880 }),
    piece({ host: 0, at: 5000 }),
  ];
  const lanes = lanesOf(all, [0, 1, 3, 2, 4]);
  const marks = lanes.map(lane => marksOf(all, lane, window, 1000, 15));
  const step = (key: string, from: number): number | null => stepAmong(key, from, lanes, marks, all);

  it.each([
    ['ArrowRight', 0, 2],
    ['ArrowLeft', 2, 1],
    ['ArrowRight', 2, 4],
    ['ArrowDown', 0, 3],
    ['ArrowUp', 3, 2],
    ['Home', 2, 0],
    ['End', 0, 4],
    ['ArrowUp', 0, null],
    ['ArrowLeft', 0, null],
    ['ArrowRight', 4, null],
    ['x', 0, null],
  ] as const)('by %s lead from %i to %s', (key, from, to) => {
    expect(step(key, from)).toBe(to);
  });
});
