import { describe, expect, test } from 'vitest';
import { decimalOf, effectiveLogonId, integrityOf, plainLogonId, userOf } from './conversions.ts';

describe('process ids', () => {
  test.each([
    ['0x1a4', '420'],
    ['0x1A4', '420'],
    ['0x0000000000000420', '1056'],
    ['0x0', '0'],
    ['0xffffffffffffffff', '18446744073709551615'],
    ['420', '420'],
    ['0x', '0x'],
    ['-', '-'],
    ['', ''],
  ])('%s is %s', (hex, decimal) => {
    expect(decimalOf(hex)).toEqual([decimal]);
  });
  test('a missing one is missing', () => {
    expect(decimalOf(undefined)).toBeUndefined();
  });
});

describe('logon ids', () => {
  test.each([
    ['0x3E7', '0x3e7'],
    ['0x00000000000003e7', '0x3e7'],
    ['0x0', '0x0'],
    ['0x0000000000000000', '0x0'],
    ['-', '-'],
  ])('%s is %s', (written, plain) => {
    expect(plainLogonId(written)).toBe(plain);
  });
  test('the target counts where it is there and not zero', () => {
    expect(effectiveLogonId('0x9C1F2', '0x3e4')).toBe('0x9c1f2');
    expect(effectiveLogonId('0x0', '0x3E4')).toBe('0x3e4');
    expect(effectiveLogonId('0x0000000000000000', '0x3e4')).toBe('0x3e4');
    expect(effectiveLogonId(undefined, '0x3e4')).toBe('0x3e4');
    expect(effectiveLogonId(undefined, undefined)).toBeUndefined();
  });
});

describe('users', () => {
  test('without any logon id there is none', () => {
    expect(userOf([undefined, undefined, 'D', 'U', 'D', 'U'])).toBeUndefined();
  });
  test('without a domain it is the name alone', () => {
    expect(userOf(['0x0', '0x1234', '-', '-', '-', 'bob'])).toEqual(['bob']);
  });
  test('a target with the service logon of the network is that service', () => {
    expect(userOf(['0x3e4', '0x3e7', 'WORKGROUP', 'HOST$', 'WORKGROUP', 'HOST$'])).toEqual([
      'NT AUTHORITY\\NETWORK SERVICE',
    ]);
  });
});

test('an integrity level that has no name of Sysmon stays its SID', () => {
  expect(integrityOf('S-1-16-8448')).toEqual(['S-1-16-8448']);
  expect(integrityOf('S-1-16-12288')).toEqual(['High', 'S-1-16-12288']);
});
