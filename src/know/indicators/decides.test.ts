import { expect, it } from 'vitest';
import { decides } from './decides.ts';
import type { Indicator } from './types.ts';

const day = 86_400e6;
const indicator: Indicator = {
  id: 'indicator--0a7c1d3e-5b2f-4c86-8e7d-9f10a2b3c4d5',
  name: 'An address',
  description: null,
  pattern: "[ipv4-addr:value = '192.0.2.1']",
  validFrom: 100 * day,
  validUntil: 200 * day,
  modified: 0,
  confidence: 80,
  use: 'hunt',
  tlp: null,
  labels: [],
  phases: [],
  author: null,
  references: [],
  place: { path: 'indicators.json', document: 0, line: 1, column: 1 },
};
const cases: readonly (readonly [
  what: string,
  over: Partial<Indicator>,
  event: number | null,
  now: number,
  expected: boolean,
])[] = [
  ['decides while it is valid', {}, 150 * day, 160 * day, true],
  ['does not decide of an event after its end', {}, 200 * day, 199 * day, false],
  ['does not decide of an event before its beginning', {}, 99 * day, 160 * day, false],
  [
    'does not decide once it has expired, even of an event while it was valid',
    {},
    150 * day,
    201 * day,
    false,
  ],
  ['takes an event without a time to be of now', {}, null, 160 * day, true],
  ['decides for ever where it has no end', { validUntil: null }, 10 * day, 9000 * day, true],
  ['does not decide where its confidence is low', { confidence: 29, validUntil: null }, 1, 1, false],
  ['decides where nobody says how sure it is', { confidence: null }, 150 * day, 160 * day, true],
  [
    'does not decide where it is for the past only',
    { use: 'historic-search', validUntil: null },
    1,
    1,
    false,
  ],
  ['does not decide where it is context', { use: 'context', validUntil: null }, 1, 1, false],
];
for (const [what, over, event, now, expected] of cases) {
  it(what, () => expect(decides({ ...indicator, ...over }, event, now)).toBe(expected));
}
