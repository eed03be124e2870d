import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, ValueType, valueText } from '../../read/events/index.ts';
import { fitsNumber, isText } from './value-forms.ts';

test('every part of every value that is no text fits a number', () => {
  const types = Array.from({ length: 0x16 }, (_, type) => type).filter(
    type => type !== ValueType.Null && !isText(type),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...types, ValueType.BinXml),
      fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc.constantFrom(4, 8, 16).chain(size => fc.uint8Array({ minLength: size, maxLength: size })),
      ),
      fc.nat(40),
      fc.nat(40),
      (type, bytes, from, length) => {
        const text = fold(valueText(Buffer.from(bytes), type, 0, bytes.length));
        expect(fitsNumber(text)).toBe(true);
        expect(fitsNumber(text.slice(from, from + length))).toBe(true);
      },
    ),
    { numRuns: 20_000 },
  );
});

test('words do not', () => {
  expect(['mimikatz', 'lsadump::', '\\cmd', 'brutel', ' '].filter(fitsNumber)).toEqual([]);
});
