import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LazyEvent, slotText, slotTexts, ValueType } from './index.ts';

/** An event whose slot 0 holds these bytes, at an odd offset as most values of real records. */
function eventOf(type: number, bytes: Buffer): LazyEvent {
  const event = new LazyEvent();
  event.bytes = Buffer.concat([Buffer.from([0xee]), bytes, Buffer.alloc(16, 0xee)]);
  event.offsets[0] = 1;
  event.sizes[0] = bytes.length;
  event.types[0] = type;
  return event;
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const text = (type: number, bytes: Buffer): string | undefined => slotText(eventOf(type, bytes), 0);

test.each([
  ['signed numbers are decimal', ValueType.Int8, 'ff', '-1'],
  ['unsigned numbers are decimal', ValueType.UInt8, 'ff', '255'],
  ['int16', ValueType.Int16, '0080', '-32768'],
  ['uint16', ValueType.UInt16, '0080', '32768'],
  ['int32', ValueType.Int32, 'ffffffff', '-1'],
  ['uint32', ValueType.UInt32, 'ffffffff', '4294967295'],
  ['int64', ValueType.Int64, 'ffffffffffffffff', '-1'],
  ['int64 beyond 2^53', ValueType.Int64, '0000000000000080', '-9223372036854775808'],
  ['uint64 beyond 2^53', ValueType.UInt64, 'ffffffffffffffff', '18446744073709551615'],
  ['uint64 below 2^53', ValueType.UInt64, '0000000001000000', '4294967296'],
  ['HexInt32 is unpadded and lower-case', ValueType.HexInt32, 'ab010000', '0x1ab'],
  ['HexInt64 is unpadded', ValueType.HexInt64, 'e703000000000000', '0x3e7'],
  ['HexInt64 pads only its lower half', ValueType.HexInt64, '0100000000000080', '0x8000000000000001'],
  ['SizeT of four bytes', ValueType.SizeT, 'f0debc9a', '0x9abcdef0'],
  ['SizeT of eight bytes', ValueType.SizeT, '0000000001000000', '0x100000000'],
  ['zero is false', ValueType.Bool, '00000000', 'false'],
  ['one is true', ValueType.Bool, '01000000', 'true'],
  ['any other number is true as well', ValueType.Bool, '00ff0000', 'true'],
  ['binary is upper-case hexadecimal', ValueType.Binary, '00abff', '00ABFF'],
  [
    'a GUID has braces and upper case',
    ValueType.Guid,
    '1e231997 24c4 e169 c922 000000000800',
    '{9719231E-C424-69E1-C922-000000000800}',
  ],
  [
    'a FILETIME is a time with six digits',
    ValueType.FileTime,
    '00803ed5deb19d01',
    '1970-01-01T00:00:00.000000Z',
  ],
  [
    'a SYSTEMTIME is one too',
    ValueType.SysTime,
    'ea07 0400 0500 1100 0500 1800 3500 5800',
    '2026-04-17T05:24:53.088000Z',
  ],
  ['a SYSTEMTIME that is no date is hexadecimal', ValueType.SysTime, '0'.repeat(32), '0'.repeat(32)],
  ['a SID', ValueType.Sid, '01 01 000000000005 12000000', 'S-1-5-18'],
  ['a SID without sub-authorities', ValueType.Sid, '01 00 000000000001', 'S-1-1'],
  [
    'an authority above 32 bits is hexadecimal',
    ValueType.Sid,
    '01 01 010000000005 12000000',
    'S-1-0x10000000005-18',
  ],
  [
    'a SID whose count exceeds its bytes is hexadecimal',
    ValueType.Sid,
    '01 05 000000000005 12000000',
    '010500000000000512000000',
  ],
  ['the shortest decimal of a single', ValueType.Real32, 'cdcccc3d', '0.1'],
  ['the shortest decimal of a double', ValueType.Real64, '9a9999999999b93f', '0.1'],
  ['single-byte text is Windows-1252', ValueType.AnsiString, '80e900', '€é'],
  ['UTF-8', ValueType.Utf8, 'c3a9', 'é'],
  ['a size that does not fit its type is hexadecimal', ValueType.UInt32, 'abcd', 'ABCD'],
  ['a type nobody knows is hexadecimal', 0x2a, 'abcd', 'ABCD'],
  ['a number of no bytes is empty', ValueType.UInt32, '', ''],
])('%s', (_, type, bytes, expected) => {
  expect(text(type, hex(bytes))).toBe(expected);
});

describe('UTF-16 text', () => {
  test('keeps what is not Latin-1', () => expect(text(ValueType.String, utf16('ш‮😀'))).toBe('ш‮😀'));
  test('loses the NULs at its end', () => expect(text(ValueType.String, utf16('a\0\0'))).toBe('a'));
  test('keeps a NUL inside', () => expect(text(ValueType.String, utf16('a\0b'))).toBe('a\0b'));
  test('drops an odd last byte', () => expect(text(ValueType.String, hex('610062'))).toBe('a'));
  test('is empty without bytes', () => expect(text(ValueType.String, hex(''))).toBe(''));
});

describe('an absent value', () => {
  test('has no text', () => expect(text(ValueType.Null, hex('6100'))).toBeUndefined());
  test('has no texts', () => expect(slotTexts(eventOf(ValueType.Null, hex('')), 0)).toEqual([]));
});

describe('an array', () => {
  const array = (type: number, bytes: Buffer): readonly string[] =>
    slotTexts(eventOf(type | ValueType.Array, bytes), 0);

  test('of strings has one value per NUL', () => {
    expect(array(ValueType.String, utf16('ab\0\0cd\0'))).toEqual(['ab', '', 'cd']);
  });
  test('of strings may lack the last NUL', () => {
    expect(array(ValueType.String, utf16('ab\0cd'))).toEqual(['ab', 'cd']);
  });
  test('gives its first value as the text of the slot', () => {
    expect(text(ValueType.String | ValueType.Array, utf16('ab\0cd\0'))).toBe('ab');
  });
  test('of single-byte strings', () => {
    expect(array(ValueType.AnsiString, hex('610062 00'))).toEqual(['a', 'b']);
  });
  test('of numbers', () => expect(array(ValueType.UInt16, hex('0100 ffff'))).toEqual(['1', '65535']));
  test('of SIDs', () => {
    const sid = '01 01 000000000005 12000000';
    expect(array(ValueType.Sid, hex(sid + sid))).toEqual(['S-1-5-18', 'S-1-5-18']);
  });
  test('of numbers that does not divide is hexadecimal', () => {
    expect(array(ValueType.UInt32, hex('0102030405'))).toEqual(['0102030405']);
  });
  test('of nothing is one empty value, so that what is present has a text', () => {
    expect(array(ValueType.String, hex(''))).toEqual(['']);
    expect(array(ValueType.UInt32, hex(''))).toEqual(['']);
  });
});

test('any type over any bytes has texts, the first of which is the text', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 70 }), (type, bytes) => {
      const event = eventOf(type, Buffer.from(bytes));
      const texts = slotTexts(event, 0);
      expect(texts[0]).toBe(slotText(event, 0));
      expect(texts.length === 0).toBe(type === ValueType.Null);
    }),
    { numRuns: 2000 },
  );
});

test('a single-precision number reads back as itself and a shorter text would not', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), value => {
      const bytes = Buffer.alloc(4);
      bytes.writeFloatLE(value);
      const shown = text(ValueType.Real32, bytes)!;
      expect(Math.fround(Number(shown))).toBe(value === 0 ? 0 : value);
    }),
  );
});
