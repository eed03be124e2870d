import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalAddress, isLinkLocal, isLoopback } from './addresses.ts';

const groups = fc.array(fc.oneof(fc.constant(0), fc.constant(0xffff), fc.nat(0xffff)), {
  minLength: 8,
  maxLength: 8,
});

/** Groups as somebody might write them: padded or not, capitals or not, zeros drawn together somewhere or nowhere. */
const written = fc
  .tuple(groups, fc.boolean(), fc.boolean(), fc.nat(7), fc.nat(8))
  .map(([numbers, pads, capitals, from, to]) => {
    const text = numbers.map(number => {
      const hex = pads ? number.toString(16).padStart(4, '0') : number.toString(16);
      return capitals ? hex.toUpperCase() : hex;
    });
    const canDraw = to > from && numbers.slice(from, to).every(number => number === 0);
    const drawn = canDraw ? `${text.slice(0, from).join(':')}::${text.slice(to).join(':')}` : text.join(':');
    return { numbers, drawn };
  });

/** As the platform writes an IPv6 address. */
function platformForm(text: string): string {
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
}

describe('an address', () => {
  test('in IPv6 has the form that RFC 5952 asks for, however it was written', () => {
    fc.assert(
      fc.property(written, ({ numbers, drawn }) => {
        const isIpv4 = numbers.slice(0, 5).every(number => number === 0) && numbers[5] === 0xffff;
        fc.pre(!isIpv4);
        expect(canonicalAddress(drawn)).toBe(platformForm(drawn));
      }),
      { numRuns: 1_000 },
    );
  });

  test('in IPv4 is itself, also within IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), address => {
        expect(canonicalAddress(address)).toBe(address);
        expect(canonicalAddress(`::ffff:${address}`)).toBe(address);
        expect(canonicalAddress(`[::FFFF:${address}]`)).toBe(address);
        expect(canonicalAddress(platformForm(`::ffff:${address}`))).toBe(address);
      }),
    );
  });

  test('in its one form stays as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), fc.ipV4(), fc.string()), text => {
        const once = canonicalAddress(text);
        if (once !== null) expect(canonicalAddress(once)).toBe(once);
      }),
    );
  });

  test.each(['fe80::1%12', 'FE80::1%eth0'])('loses its zone: %s', text => {
    expect(canonicalAddress(text)).toBe('fe80::1');
  });

  test.each([
    '',
    '-',
    'DC1',
    '1.2.3',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4.5',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '::g',
  ])('is not what only looks like one: %j', text => expect(canonicalAddress(text)).toBeNull());

  test('of the host itself, and of one wire, is told', () => {
    expect(['127.0.0.1', '::1', '127.9.9.9', '10.0.0.1', '127.x'].map(isLoopback)).toEqual([
      ...[true, true, true, false, false],
    ]);
    expect(['fe80::1', 'febf::1', '169.254.1.1', 'fec0::1', 'fe8::1'].map(isLinkLocal)).toEqual([
      ...[true, true, true, false, false],
    ]);
  });
});
