import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCidr, parseAddress } from './cidr.ts';
import { compares, parseDecimal } from './compare.ts';
import { refersTo } from './fieldref.ts';
import { timePart } from './timeparts.ts';

describe('addresses', () => {
  test('IPv4 is four octets and nothing else', () => {
    expect(parseAddress('10.0.0.1')).toEqual([0, 0, 0xffff, 0x0a000001]);
    expect(parseAddress('255.255.255.255')).toEqual([0, 0, 0xffff, 0xffffffff]);
    for (const text of [
      '10.0.0',
      '10.0.0.256',
      '010.0.0.1',
      '10.0.0.1.',
      ' 10.0.0.1',
      '10.0.0.1 ',
      '1e1.0.0.1',
      '10.0.0.1:80',
      '',
      '-',
      '1',
    ]) {
      expect(parseAddress(text), text).toBeNull();
    }
  });
  test('IPv6 in its forms', () => {
    expect(parseAddress('::')).toEqual([0, 0, 0, 0]);
    expect(parseAddress('::1')).toEqual([0, 0, 0, 1]);
    expect(parseAddress('1::')).toEqual([0x10000, 0, 0, 0]);
    expect(parseAddress('FE80::1:2')).toEqual([0xfe800000, 0, 0, 0x10002]);
    expect(parseAddress('64:ff9b::192.0.2.33')).toEqual([0x0064ff9b, 0, 0, 0xc0000221]);
    for (const text of [
      ':',
      ':::',
      '1::2::3',
      '12345::',
      'fe80::1%3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1:2:3:4:5:6:7::8:9',
      '[::1]',
      '::1.2.3',
    ]) {
      expect(parseAddress(text), text).toBeNull();
    }
  });
  test('whatever the platform takes for an address is one, and nothing else', () => {
    const parts = fc.constantFrom(
      '0',
      '1',
      '00',
      '255',
      '256',
      ':',
      '::',
      '.',
      'f',
      'ffff',
      'fffff',
      '%',
      ' ',
      '10.0.0.1',
    );
    const text = fc.oneof(
      fc.array(parts, { maxLength: 12 }).map(all => all.join('')),
      fc.ipV4(),
      fc.ipV6(),
    );
    fc.assert(
      fc.property(text, address => {
        expect(parseAddress(address) !== null).toBe(isIP(address) !== 0 && !address.includes('%'));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('networks', () => {
  test.each([
    ['10.0.0.0/8', '10.200.3.4', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['0.0.0.0/0', '203.0.113.1', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '10.0.0.1', true],
    ['192.168.1.128/25', '192.168.1.127', false],
    ['192.168.1.1/32', '192.168.1.1', true],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['::ffff:10.0.0.0/104', '10.1.2.3', true],
    ['nonsense', '10.0.0.1', false],
    ['10.0.0.0/33', '10.0.0.1', false],
  ])('%s and %s: %s', (network, address, inside) => {
    expect(compileCidr(network)(address)).toBe(inside);
  });
});

describe('numbers', () => {
  test.each([
    ['42', 42],
    ['-3.5', -3.5],
    ['+7', 7],
    ['007', 7],
    ['1e3', 1000],
    ['1.5E-2', 0.015],
    ['18446744073709551615', 2 ** 64],
  ])('%s is %s', (text, value) => {
    expect(parseDecimal(text)).toBe(value);
  });
  test.each([
    '',
    ' 12',
    '12 ',
    '0x1f4',
    '1,000',
    '.5',
    '5.',
    'NaN',
    'Infinity',
    '1e',
    '--1',
    '٣',
    `1${'0'.repeat(500)}`,
  ])('%j is none', text => {
    expect(parseDecimal(text)).toBeNaN();
  });
  test('nothing compares with what is no number', () => {
    for (const op of ['gt', 'gte', 'lt', 'lte', 'eq'] as const)
      expect(compares(op, Number.NaN, 0)).toBe(false);
  });
});

describe('times', () => {
  test.each([
    ['2026-08-05T13:37:42.1234567Z', 13, 37, 5, 8, 2026, 32],
    ['2026-08-05 13:37:42.123', 13, 37, 5, 8, 2026, 32],
    ['2026/08/05 13:37', 13, 37, 5, 8, 2026, 32],
    ['2026-08-05T23:37:42-11:00', 23, 37, 5, 8, 2026, 32],
    ['8/5/2026 12:05:00 AM', 0, 5, 5, 8, 2026, 32],
    ['8/5/2026 12:05:00 PM', 12, 5, 5, 8, 2026, 32],
    ['\u200e8\u200e/\u200e5\u200e/\u200e2026 1:05:00\u202fPM', 13, 5, 5, 8, 2026, 32],
    ['2027-01-01T00:00:00Z', 0, 0, 1, 1, 2027, 53],
    ['2024-12-30T00:00:00Z', 0, 0, 30, 12, 2024, 1],
    ['2024-02-29T00:00:00Z', 0, 0, 29, 2, 2024, 9],
  ])('%s', (text, hour, minute, day, month, year, week) => {
    expect(timePart(text, 'hour')).toBe(hour);
    expect(timePart(text, 'minute')).toBe(minute);
    expect(timePart(text, 'day')).toBe(day);
    expect(timePart(text, 'month')).toBe(month);
    expect(timePart(text, 'year')).toBe(year);
    expect(timePart(text, 'week')).toBe(week);
  });
  test('a date alone has no hour', () => {
    expect(timePart('2026-08-05', 'day')).toBe(5);
    expect(timePart('2026-08-05', 'hour')).toBeNaN();
  });
  test.each([
    '',
    '13:37',
    '2026-13-01',
    '2023-02-29',
    '2026-08-05T24:00:00Z',
    '2026-08-05T10:60:00Z',
    '05.08.2026 13:37',
    '13/12/2026 1:00:00 PM',
    '8/5/2026 13:00:00 PM',
    '1754400000',
    ' 2026-08-05',
  ])('%j is none', text => {
    expect(timePart(text, 'year')).toBeNaN();
  });
});

test('a reference that is cased minds case', () => {
  const whole = { kind: 'fieldref', field: 'B', part: 'whole', cased: true } as const;
  expect(refersTo(whole, 'a', 'a')).toBe(true);
  expect(refersTo(whole, 'a', 'A')).toBe(false);
});
