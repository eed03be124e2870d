import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactOf, inUnits, nearestDouble, parseExact } from './exact.ts';

describe('exact decimals', () => {
  test.each([
    ['42', 42n, 0],
    ['-7', -7n, 0],
    ['+7', 7n, 0],
    ['007', 7n, 0],
    ['-0', 0n, 0],
    ['-3.5', -35n, 1],
    ['0.001', 1n, 3],
    ['1.5E-2', 15n, 3],
    ['12e3', 12000n, 0],
    ['1.25e1', 125n, 1],
    ['0e999', 0n, 0],
    ['18446744073709551615', 18446744073709551615n, 0],
    ['1e99', 10n ** 99n, 0],
    ['1e-100', 1n, 100],
    [`1${'0'.repeat(50)}e-50`, 1n, 0],
    [`1.${'0'.repeat(300)}`, 1n, 0],
  ])('%s', (text, digits, scale) => {
    expect(parseExact(text)).toEqual({ digits, scale });
  });
  test.each(['', ' 1', '1 ', '0x10', '1,5', '.5', '5.', 'NaN', 'Infinity', '1e', '--1', '-', '1e1000'])(
    '%j is none',
    text => {
      expect(parseExact(text)).toBeNull();
    },
  );
  test.each(['1e100', '-1e400', '1e-101', `1.${'0'.repeat(100)}1`, `1${'0'.repeat(100)}`])(
    '%s has digits too far out',
    text => {
      expect(parseExact(text)).toBeNull();
    },
  );
  test('zeros at the end change nothing', () => {
    for (const text of ['-3.50', '-3.5000', `-3.5${'0'.repeat(200)}`, '-35e-1', '-003.50e0']) {
      expect(inUnits(parseExact(text)!, 4), text).toBe(-35000n);
    }
  });
  test('a tenth of a rule is a tenth', () => {
    expect(exactOf(0.1)).toEqual({ digits: 1n, scale: 1 });
    expect(exactOf(1e21)).toEqual({ digits: 10n ** 21n, scale: 0 });
    expect(exactOf(5e-324)).toEqual({ digits: 5n, scale: 324 });
    expect(exactOf(-0)).toEqual({ digits: 0n, scale: 0 });
  });
  test('whatever double is written and read comes back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        const { digits, scale } = exactOf(value);
        expect(nearestDouble(digits, scale)).toBe(value + 0);
      }),
      { numRuns: 3000 },
    );
  });
  test('is what the same digits are without a point', () => {
    const part = fc.stringMatching(/^[0-9]{1,30}$/);
    fc.assert(
      fc.property(
        fc.boolean(),
        part,
        part,
        fc.integer({ min: -40, max: 40 }),
        (minus, whole, fraction, e) => {
          const exact = parseExact(`${minus ? '-' : ''}${whole}.${fraction}e${e}`)!;
          const magnitude = BigInt(whole + fraction) * 10n ** BigInt(100 - fraction.length + e);
          expect(inUnits(exact, 100)).toBe(minus ? -magnitude : magnitude);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
