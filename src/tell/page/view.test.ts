/** What is shown and what is left out, and that both are counted. */
import { describe, expect, it } from 'vitest';
import { evidence, intrusion } from '../../../test/intrusions.ts';
import { largeInput, pageInput } from '../../../test/page.ts';
import { MOST_EVIDENCE, MOST_RAW, MOST_REST, viewOf } from './view.ts';

describe('what is shown', () => {
  it('is all evidence where it fits', () => {
    const { evidence, left } = viewOf(pageInput());
    expect(evidence).toHaveLength(13);
    expect(left).toEqual({ evidence: 0, raw: 0, rest: 0, intrusions: 0 });
  });

  it('is the weightiest evidence where not all fits, in order of time', () => {
    const { evidence, left } = viewOf(largeInput(MOST_EVIDENCE + 700, 0));
    expect(evidence).toHaveLength(MOST_EVIDENCE);
    expect(left.evidence).toBe(700);
    expect(Math.min(...evidence.map(each => each.evidence.weight))).toBe(2);
    const times = evidence.map(each => each.evidence.micros);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('is something of a weaker story too, where a stronger one takes all the room', () => {
    const base = largeInput(MOST_EVIDENCE + 700, 0);
    const late = intrusion({ id: 'late', evidence: [evidence({ id: 'late-1' })] });
    const { stories } = viewOf({ ...base, intrusions: [...base.intrusions, late] });
    expect(stories[1]!.shown).toHaveLength(1);
  });

  it('is less evidence where each says more', () => {
    const base = largeInput(MOST_EVIDENCE, 0);
    const [first] = base.intrusions;
    const wordy = first!.evidence.map(each => ({ ...each, example: '"'.repeat(8000) }));
    const { evidence, left } = viewOf({ ...base, intrusions: [{ ...first!, evidence: wordy }] });
    expect(evidence.length).toBeLessThan(500);
    expect(left.evidence).toBe(MOST_EVIDENCE - evidence.length);
  });

  it('is as much of the raw events as fits, the rest counted', () => {
    const raw = 'x'.repeat(15_000);
    const { evidence, left } = viewOf({ ...largeInput(500, 0), rawOf: () => raw });
    const kept = evidence.filter(each => each.raw !== null);
    expect(kept).toHaveLength(Math.floor(MOST_RAW / (2 * raw.length)));
    expect(left.raw).toBe(500 - kept.length);
  });

  it('is the beginning of an endless raw event', () => {
    const { evidence } = viewOf({ ...pageInput(), rawOf: () => 'x'.repeat(1_000_000) });
    expect(evidence[0]!.raw).toHaveLength(20_001);
  });

  it('is a bounded number of other findings', () => {
    expect(viewOf(largeInput(1, MOST_REST + 5)).left.rest).toBe(5);
  });
});

describe('rows', () => {
  it('have names of their own even where ids repeat or are no names', () => {
    const pieces = ['a', 'a', 'x"><b', 'a.2'].map(id => evidence({ id }));
    const { evidence: shown } = viewOf({ ...pageInput(), intrusions: [intrusion({ evidence: pieces })] });
    const rows = shown.map(({ row }) => row);
    expect(new Set(rows).size).toBe(4);
    for (const row of rows) expect(row).toMatch(/^e-[\w.-]+$/);
  });
});

describe('parents', () => {
  const start = (id: string, micros: number, values: object) => {
    const base = evidence({ id, micros });
    return { ...base, fact: { ...base.fact, values } };
  };
  const parents = (...pieces: ReturnType<typeof start>[]) =>
    viewOf({ ...pageInput(), intrusions: [intrusion({ evidence: pieces })] }).evidence.map(
      ({ parent }) => parent,
    );

  it('are known by ProcessGuid however late', () => {
    expect(
      parents(start('a', 1e6, { guid: 'g1' }), start('b', 9e15, { guid: 'g2', parentGuid: 'g1' })),
    ).toEqual([-1, 0]);
  });

  it('are known by process id for an hour', () => {
    const first = start('a', 1e6, { pid: 7 });
    const child = (at: number): ReturnType<typeof start> => start('b', at, { pid: 8, parentPid: 7 });
    expect(parents(first, child(3000e6))).toEqual([-1, 0]);
    expect(parents(first, child(4000e6))).toEqual([-1, -1]);
  });

  it('never lead in a circle', () => {
    const loop = [start('a', 1e6, { pid: 7, parentPid: 7 }), start('b', 1e6, { pid: 7, parentPid: 7 })];
    expect(parents(...loop)).toEqual([-1, 0]);
  });
});
