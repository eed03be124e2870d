/**
 * Values to bytes ([MS-EVEN6] 2.2.12, [MS-DTYP]). The opposite of `events/value.ts`, written apart from it on
 * purpose: a mistake in one must not be hidden by the same mistake in the other.
 */
import { ValueType } from '../../../events/index.ts';
import type { ArrayValue, ScalarValue } from './event.ts';

/** A value as it lies in a record: its type code and its bytes. */
export type Encoded = { readonly type: number; readonly bytes: Uint8Array };

const none = new Uint8Array(0);
export const absent: Encoded = { type: ValueType.Null, bytes: none };

const codes: Readonly<Record<ScalarValue['type'], number>> = {
  string: ValueType.String,
  ansi: ValueType.AnsiString,
  int8: ValueType.Int8,
  uint8: ValueType.UInt8,
  int16: ValueType.Int16,
  uint16: ValueType.UInt16,
  int32: ValueType.Int32,
  uint32: ValueType.UInt32,
  int64: ValueType.Int64,
  uint64: ValueType.UInt64,
  real32: ValueType.Real32,
  real64: ValueType.Real64,
  bool: ValueType.Bool,
  binary: ValueType.Binary,
  guid: ValueType.Guid,
  sizeT: ValueType.SizeT,
  filetime: ValueType.FileTime,
  systime: ValueType.SysTime,
  sid: ValueType.Sid,
  hex32: ValueType.HexInt32,
  hex64: ValueType.HexInt64,
};

/** 1601-01-01 to 1970-01-01 in units of 100 ns. */
const FILETIME_EPOCH = 116_444_736_000_000_000n;

/** A FILETIME of microseconds since 1970. */
export function fileTimeTicks(micros: number): bigint {
  return BigInt(Math.floor(micros)) * 10n + FILETIME_EPOCH;
}

/** Windows-1252 above Latin-1: character → byte. */
const windows1252 = new Map<string, number>(
  [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'].map((char, i) => [char, 0x80 + i]),
);

function ansiBytes(text: string): Uint8Array {
  return Uint8Array.from(
    text,
    char => windows1252.get(char) ?? (char < '\u0100' ? char.charCodeAt(0) : 0x3f),
  );
}

/** The 16 bytes of a GUID: three little-endian numbers, then eight bytes in order. */
export function guidBytes(text: string): Uint8Array {
  const hex = text.replace(/[{}-]/g, '');
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new RangeError(`not a GUID: ${text}`);
  const b = Buffer.from(hex, 'hex');
  return Uint8Array.of(b[3]!, b[2]!, b[1]!, b[0]!, b[5]!, b[4]!, b[7]!, b[6]!, ...b.subarray(8));
}

/** The bytes of a SID such as `S-1-5-18`. */
export function sidBytes(text: string): Uint8Array {
  const parts = /^S-(\d+)-(\d+|0x[0-9a-f]+)((?:-\d+)*)$/i.exec(text);
  if (parts === null) throw new RangeError(`not a SID: ${text}`);
  const subs = parts[3]!.split('-').slice(1);
  const bytes = Buffer.alloc(8 + subs.length * 4);
  bytes.writeUInt8(Number(parts[1]), 0);
  bytes.writeUInt8(subs.length, 1);
  const authority = BigInt(parts[2]!);
  bytes.writeUInt16BE(Number(authority >> 32n), 2);
  bytes.writeUInt32BE(Number(authority & 0xffffffffn), 4);
  for (const [i, sub] of subs.entries()) bytes.writeUInt32LE(Number(sub), 8 + i * 4);
  return bytes;
}

/** SYSTEMTIME: year, month, day of week, day, hour, minute, second, millisecond. */
function systemTimeBytes(micros: number): Uint8Array {
  const date = new Date(Math.floor(micros / 1000));
  const parts = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDay(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  ];
  const bytes = Buffer.alloc(16);
  for (const [i, part] of parts.entries()) bytes.writeUInt16LE(part, i * 2);
  return bytes;
}

function sized(size: number, write: (bytes: Buffer) => void): Uint8Array {
  const bytes = Buffer.alloc(size);
  write(bytes);
  return bytes;
}

function scalarBytes(from: ScalarValue): Uint8Array {
  switch (from.type) {
    case 'string':
      return Buffer.from(from.value, 'utf16le');
    case 'ansi':
      return ansiBytes(from.value);
    case 'int8':
      return sized(1, b => b.writeInt8(from.value));
    case 'uint8':
      return sized(1, b => b.writeUInt8(from.value));
    case 'int16':
      return sized(2, b => b.writeInt16LE(from.value));
    case 'uint16':
      return sized(2, b => b.writeUInt16LE(from.value));
    case 'int32':
      return sized(4, b => b.writeInt32LE(from.value));
    case 'uint32':
    case 'hex32':
      return sized(4, b => b.writeUInt32LE(from.value));
    case 'int64':
      return sized(8, b => b.writeBigInt64LE(from.value));
    case 'uint64':
    case 'hex64':
      return sized(8, b => b.writeBigUInt64LE(from.value));
    case 'sizeT':
      return from.bytes === 4
        ? sized(4, b => b.writeUInt32LE(Number(from.value)))
        : sized(8, b => b.writeBigUInt64LE(from.value));
    case 'real32':
      return sized(4, b => b.writeFloatLE(from.value));
    case 'real64':
      return sized(8, b => b.writeDoubleLE(from.value));
    case 'bool':
      return sized(4, b => b.writeUInt32LE(from.value ? 1 : 0));
    case 'binary':
      return from.value;
    case 'guid':
      return guidBytes(from.value);
    case 'sid':
      return sidBytes(from.value);
    case 'filetime': {
      const ticks = typeof from.value === 'bigint' ? from.value : fileTimeTicks(from.value);
      return sized(8, b => b.writeBigUInt64LE(ticks));
    }
    case 'systime':
      return systemTimeBytes(from.value);
  }
}

/** An array: texts end in a NUL each, everything else stands side by side. All values have the type of the first. */
function arrayOf(from: ArrayValue): Encoded {
  const first = from.of[0];
  if (first === undefined) return { type: ValueType.String | ValueType.Array, bytes: none };
  if (from.of.some(value => value.type !== first.type))
    throw new TypeError('an array holds values of one type');
  const terminator = new Uint8Array(first.type === 'string' ? 2 : first.type === 'ansi' ? 1 : 0);
  return {
    type: codes[first.type] | ValueType.Array,
    bytes: Buffer.concat(from.of.flatMap(value => [scalarBytes(value), terminator])),
  };
}

/** The value as it lies in a record. */
export function encode(value: string | null | ScalarValue | ArrayValue): Encoded {
  if (value === null) return absent;
  if (typeof value === 'string') return { type: ValueType.String, bytes: Buffer.from(value, 'utf16le') };
  if (value.type === 'array') return arrayOf(value);
  return { type: codes[value.type], bytes: scalarBytes(value) };
}
