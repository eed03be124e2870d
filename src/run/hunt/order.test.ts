import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareReferences, countDuplicates, orderReferences, type RankedReferences } from './order.ts';

type Row = { micros: number; kind: number; record: number; input: number; offset: number };

function ranked(rows: readonly Row[]): RankedReferences {
  return {
    length: rows.length,
    micros: Float64Array.from(rows, row => row.micros),
    kind: Uint32Array.from(rows, row => row.kind),
    record: Float64Array.from(rows, row => row.record),
    input: Uint32Array.from(rows, row => row.input),
    offset: Float64Array.from(rows, row => row.offset),
    spool: new Float64Array(rows.length),
    hostRank: Uint32Array.from([1, 0, 1, 0]),
    channelRank: Uint32Array.from([0, 0, 1, 1]),
  };
}

const wide = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.integer({ min: 1.6e15, max: 1.7e15 }),
  fc.integer({ min: -(2 ** 53), max: 2 ** 53 - 1 }),
);
const row = fc.record({
  micros: wide,
  kind: fc.nat(3),
  record: fc.integer({ min: -1, max: 3 }),
  input: fc.nat(2),
  offset: fc.nat(3),
});

describe('the order of findings', () => {
  it('is that of a plain sort', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 200 }), rows => {
        const refs = ranked(rows);
        const plain = rows.map((_, i) => i).sort((a, b) => compareReferences(refs, a, b));
        expect([...orderReferences(refs)]).toEqual(plain);
      }),
    );
  });
  it('looks at host, channel, record, file and offset, in this order, where times are equal', () => {
    const base: Row = { micros: 7, kind: 1, record: 1, input: 0, offset: 0 };
    const rows: Row[] = [
      { ...base, kind: 0 },
      { ...base, kind: 3 },
      { ...base, record: 2 },
      { ...base, input: 1 },
      { ...base, offset: 1 },
      base,
      { ...base, micros: 6, kind: 2 },
    ];
    expect([...orderReferences(ranked(rows))]).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });
  it('handles a long run of equal times', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({
      micros: 5,
      kind: 0,
      record: 999 - i,
      input: 0,
      offset: 0,
    }));
    expect(orderReferences(ranked(rows))[0]).toBe(999);
  });
});

describe('duplicates', () => {
  const base: Row = { micros: 7, kind: 0, record: 1, input: 0, offset: 0 };
  const count = (rows: readonly Row[]): number => {
    const refs = ranked(rows);
    return countDuplicates(refs, orderReferences(refs));
  };
  it('are counted beyond the first', () =>
    expect(count([base, { ...base, input: 1 }, { ...base, offset: 9 }])).toBe(2));
  it('may say their time less exactly', () =>
    expect(
      count([
        { ...base, micros: 5_123_456 },
        { ...base, micros: 5_123_000, input: 1 },
      ]),
    ).toBe(1));
  it('are found with others between them', () => {
    const between = Array.from({ length: 20 }, (_, i) => ({
      ...base,
      micros: 5_123_001 + i,
      record: 50 + i,
    }));
    expect(count([{ ...base, micros: 5_123_456 }, ...between, { ...base, micros: 5_123_000 }])).toBe(1);
  });
  it('need the same second', () => expect(count([base, { ...base, micros: 1_000_007 }])).toBe(0));
  it('are the same by pairs as by table', () => {
    const near = row.map(each => ({ ...each, micros: Math.abs(each.micros) % 3_000_000 }));
    fc.assert(
      fc.property(fc.array(near, { maxLength: 60 }), rows => {
        const refs = ranked(rows);
        const seen = new Set<string>();
        const copies = [...orderReferences(refs)].filter(i => {
          const { micros, kind, record } = rows[i]!;
          const key = [Math.floor(micros / 1e6), refs.hostRank[kind], refs.channelRank[kind], record].join();
          if (record < 0 || seen.has(key)) return record >= 0;
          seen.add(key);
          return false;
        });
        expect(countDuplicates(refs, orderReferences(refs))).toBe(copies.length);
      }),
    );
  });
  it('need the same host', () => expect(count([base, { ...base, kind: 1 }])).toBe(0));
  it('are not told of events without a record number', () =>
    expect(
      count([
        { ...base, record: -1 },
        { ...base, record: -1, offset: 9 },
      ]),
    ).toBe(0));
});
