import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Collected } from './collector.ts';
import { noHitValues } from './hit-values.ts';
import { eachLines } from './lines.ts';
import { merge } from './merged.ts';
import { ReferenceList } from './references.ts';

type Found = { micros: number; host: string; record: number; offset: number; text: string };

const kinds = ['HOST-A', 'HOST-B'].map(host => ({
  channel: 'Security',
  provider: 'P',
  eventId: 1,
  host,
  events: 1,
  first: 0,
  last: 0,
}));

/** What a worker would hand over that found these. */
function collected(found: readonly Found[]): Collected {
  const references = new ReferenceList();
  let spool = '';
  for (const { micros, host, record, offset, text } of found) {
    references.add(
      micros,
      kinds.findIndex(kind => kind.host === host),
      record,
      0,
      offset,
      spool.length,
    );
    spool += `${text}\n`;
  }
  return {
    events: found.length,
    salvaged: 0,
    outside: 0,
    timeless: 0,
    zoneless: 0,
    channels: kinds,
    groups: [],
    references,
    spool: { kind: 'memory', bytes: Buffer.from(spool, 'latin1') },
    hitValues: noHitValues,
    observed: null,
    coverage: null,
    files: new Map(),
    activity: [],
  };
}

function printed(parts: readonly Found[][]): string {
  let text = '';
  eachLines(merge(parts.map(collected)).lines, lines => {
    text += Buffer.from(lines).toString('latin1');
    return true;
  });
  return text;
}

const found = fc
  .uniqueArray(
    fc.record({
      micros: fc.nat(3),
      host: fc.constantFrom('HOST-A', 'HOST-B'),
      record: fc.nat(2),
      offset: fc.nat(1000),
    }),
    { selector: row => row.offset, maxLength: 60 },
  )
  .map(rows => rows.map(row => ({ ...row, text: `${row.micros} ${row.host} ${row.record} ${row.offset}` })));

describe('findings of several workers', () => {
  it('print the same lines as those of one', () => {
    fc.assert(
      fc.property(found, fc.array(fc.nat(2), { minLength: 60, maxLength: 60 }), (rows, dealt) => {
        const parts = [0, 1, 2].map(worker => rows.filter((_, i) => dealt[i] === worker));
        expect(printed(parts)).toBe(printed([rows]));
      }),
    );
  });
  it('are in order of time, then host', () => {
    const row = (micros: number, host: string, offset: number): Found => ({
      micros,
      host,
      record: 1,
      offset,
      text: `${micros}${host}`,
    });
    expect(printed([[row(2, 'HOST-A', 0), row(1, 'HOST-B', 1)], [row(1, 'HOST-A', 2)]])).toBe(
      '1HOST-A\n1HOST-B\n2HOST-A\n',
    );
  });
});
