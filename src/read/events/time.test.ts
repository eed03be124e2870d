import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileTimeMicros, formatMicros, parseTime } from './index.ts';

const noon = Date.UTC(2026, 3, 17, 5, 24, 53) * 1000;

test('a time is written with six digits and Z', () => {
  expect(formatMicros(noon + 88_849)).toBe('2026-04-17T05:24:53.088849Z');
  expect(formatMicros(0)).toBe('1970-01-01T00:00:00.000000Z');
});

test('a time before 1970 is written', () => {
  expect(formatMicros(-1)).toBe('1969-12-31T23:59:59.999999Z');
});

test('hostile times are written as something and never throw', () => {
  expect(formatMicros(Number.NaN)).toBe('1970-01-01T00:00:00.000000Z');
  expect(formatMicros(Number.POSITIVE_INFINITY)).toBe('+275760-09-13T00:00:00.000000Z');
  expect(formatMicros(Number.NEGATIVE_INFINITY)).toBe('-271821-04-20T00:00:00.000000Z');
  expect(formatMicros(fileTimeMicros(0xffffffff, 0xffffffff))).toMatch(/^\+060056-/);
});

test('a FILETIME is taken apart exactly and its 100 ns digit cut off', () => {
  const tenths = (BigInt(noon) + 88_849n + 11_644_473_600_000_000n) * 10n;
  for (const digit of [0n, 9n]) {
    const value = tenths + digit;
    expect(fileTimeMicros(Number(value & 0xffffffffn), Number(value >> 32n))).toBe(noon + 88_849);
  }
});

test('every FILETIME from 1684 to 2255 gives the exact microsecond', () => {
  const first = (BigInt(Number.MIN_SAFE_INTEGER) + 11_644_473_600_000_000n) * 10n;
  const last = (BigInt(Number.MAX_SAFE_INTEGER) + 11_644_473_600_000_000n) * 10n;
  fc.assert(
    fc.property(fc.bigInt({ min: first, max: last }), value => {
      // BigInt division cuts towards zero; floor is meant.
      const tenths = value - 116_444_736_000_000_000n;
      const floor = tenths >= 0n ? tenths / 10n : -((-tenths + 9n) / 10n);
      expect(fileTimeMicros(Number(value & 0xffffffffn), Number(value >> 32n))).toBe(Number(floor));
    }),
  );
});

test('what is written reads back as the same time', () => {
  fc.assert(
    fc.property(fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }), micros => {
      expect(parseTime(formatMicros(micros))).toBe(micros);
    }),
  );
});

test.each([
  ['2026-04-17T05:24:53.0888490Z', noon + 88_849],
  ['2026-04-17T05:24:53.088849000Z', noon + 88_849],
  ['2026-04-17T05:24:53Z', noon],
  ['2026-04-17t05:24:53z', noon],
  ['2026-04-17 05:24:53.079', noon + 79_000],
  ['2026-04-17T07:24:53+02:00', noon],
  ['2026-04-17T07:24:53+0200', noon],
  ['2026-04-17T05:24', noon - 53_000_000],
  ['2026-04-17', Date.UTC(2026, 3, 17) * 1000],
  [' 2026-04-17T05:24:53Z ', noon],
  ['2026-04-17T05:24:52.5+00:00', noon - 500_000],
  ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1) * 1000],
  ['0001-01-01T00:00:00Z', -62_135_596_800_000_000],
  ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29) * 1000],
])('%s is read', (text, micros) => {
  expect(parseTime(text)).toBe(micros);
});

test.each([
  '',
  'yesterday',
  '2026-02-30T00:00:00Z',
  '2025-02-29T00:00:00Z',
  '2026-13-01',
  '2026-00-10',
  '2026-04-00',
  '2026-04-17T24:00:00Z',
  '2026-04-17T05:60:00Z',
  '2026-04-17T05:24:61Z',
  '2026-04-17T05:24:53.Z',
  '2026-04-17T05:24:53.12x4567Z',
  '2026-04-17T05:24:53.1234567x9Z',
  '2026-04-17T05:24:53+25:00',
  '2026-4-17',
  '17/04/2026',
])('%j is no time', text => {
  expect(parseTime(text)).toBeUndefined();
});
