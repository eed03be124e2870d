/**
 * The text of a slot, as Windows would render it, decoded from its bytes when somebody asks. Every source's
 * values pass through here, so rules, findings and dumps read the same text.
 *
 * What the bytes are is said by the slot's type, and both come from the log: a size that does not fit its type
 * is shown as plain hexadecimal, so that nothing is hidden and nothing is read beyond the slot.
 *
 * Times are written with six digits (see `time.ts`), not Windows' seven or nine. One or more NUL at the end of
 * text is padding and cut off; a NUL inside stays.
 */
import type { LazyEvent } from './event.ts';
import { fileTimeMicros, formatMicros } from './time.ts';
import { ValueType } from './value-type.ts';

/** Node's own decoders without the argument checks of `toString`: half the cost for short text. */
type Slices = Buffer & {
  ucs2Slice(start: number, end: number): string;
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
};

const lower = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
const upper = lower.map(byte => byte.toUpperCase());

/** Windows-1252 where it differs from Latin-1: 0x80 to 0x9f; the five unassigned codes stay as they are. */
const windows1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

function ansiText(bytes: Buffer, start: number, size: number): string {
  let end = start + size;
  while (end > start && bytes[end - 1] === 0) end--;
  const text = (bytes as Slices).latin1Slice(start, end);
  return text.replace(/[\x80-\x9f]/g, code => windows1252[code.charCodeAt(0) - 0x80]!);
}

/** UTF-16LE text without the NULs at its end; an odd last byte is dropped. */
export function utf16Text(bytes: Buffer, start: number, size: number): string {
  let end = start + (size & ~1);
  while (end > start && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2;
  return end === start ? '' : (bytes as Slices).ucs2Slice(start, end);
}

/** Upper-case hexadecimal, two digits a byte. */
export function hexText(bytes: Buffer, start: number, size: number): string {
  let text = '';
  for (let i = start; i < start + size; i++) text += upper[bytes[i]!]!;
  return text;
}

function unsigned32(bytes: Buffer, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

function unsigned64(bytes: Buffer, at: number): string {
  const low = unsigned32(bytes, at);
  const high = unsigned32(bytes, at + 4);
  return high < 0x200000 ? String(high * 0x1_0000_0000 + low) : String(bytes.readBigUInt64LE(at));
}

function signed64(bytes: Buffer, at: number): string {
  const low = unsigned32(bytes, at);
  const high = unsigned32(bytes, at + 4) | 0;
  return high >= -0x200000 && high < 0x200000
    ? String(high * 0x1_0000_0000 + low)
    : String(bytes.readBigInt64LE(at));
}

/** Unpadded and lower-case, as Windows prints it. */
function hex32(bytes: Buffer, at: number): string {
  return `0x${unsigned32(bytes, at).toString(16)}`;
}

function hex64(bytes: Buffer, at: number): string {
  const high = unsigned32(bytes, at + 4);
  if (high === 0) return hex32(bytes, at);
  return `0x${high.toString(16)}${unsigned32(bytes, at).toString(16).padStart(8, '0')}`;
}

/** The shortest decimal that reads back as the same single-precision number. */
function real32(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

/** `{0197231E-C424-69E1-C922-000000000800}`: braces and upper case. */
function guidText(bytes: Buffer, at: number): string {
  const b = (i: number): string => upper[bytes[at + i]!]!;
  return `{${b(3)}${b(2)}${b(1)}${b(0)}-${b(5)}${b(4)}-${b(7)}${b(6)}-${b(8)}${b(9)}-${b(10)}${b(11)}${b(12)}${b(13)}${b(14)}${b(15)}}`;
}

/** `S-1-5-18`; an authority of more than 32 bits is hexadecimal ([MS-DTYP] 2.4.2.1). */
function sidText(bytes: Buffer, at: number, size: number): string {
  if (size < 8 || 8 + bytes[at + 1]! * 4 > size) return hexText(bytes, at, size);
  const high = bytes.readUInt16BE(at + 2);
  const low = bytes.readUInt32BE(at + 4);
  let text =
    high === 0
      ? `S-${bytes[at]!}-${low}`
      : `S-${bytes[at]!}-0x${high.toString(16)}${low.toString(16).padStart(8, '0')}`;
  const end = at + 8 + bytes[at + 1]! * 4;
  for (let i = at + 8; i < end; i += 4) text += `-${unsigned32(bytes, i)}`;
  return text;
}

/** Microseconds since 1970 of a SYSTEMTIME; NaN where its parts are no date. */
export function systemTimeMicros(bytes: Buffer, at: number): number {
  const part = (i: number): number => bytes[at + i * 2]! | (bytes[at + i * 2 + 1]! << 8);
  if (part(1) < 1 || part(1) > 12 || part(3) < 1 || part(3) > 31) return Number.NaN;
  if (part(4) > 23 || part(5) > 59 || part(6) > 60 || part(7) > 999) return Number.NaN;
  const date = new Date(0);
  date.setUTCFullYear(part(0), part(1) - 1, part(3));
  return date.setUTCHours(part(4), part(5), part(6), part(7)) * 1000;
}

function boolText(bytes: Buffer, start: number, size: number): string {
  for (let i = start; i < start + size; i++) if (bytes[i] !== 0) return 'true';
  return 'false';
}

/** Bytes of one value of each fixed-size type, by type; 0 where the size varies. */
export const fixedSizes: Uint8Array = new Uint8Array(128);
for (const [type, size] of [
  [ValueType.Int8, 1],
  [ValueType.UInt8, 1],
  [ValueType.Int16, 2],
  [ValueType.UInt16, 2],
  [ValueType.Int32, 4],
  [ValueType.UInt32, 4],
  [ValueType.Int64, 8],
  [ValueType.UInt64, 8],
  [ValueType.Real32, 4],
  [ValueType.Real64, 8],
  [ValueType.Bool, 4],
  [ValueType.Guid, 16],
  [ValueType.FileTime, 8],
  [ValueType.SysTime, 16],
  [ValueType.HexInt32, 4],
  [ValueType.HexInt64, 8],
] as const) {
  fixedSizes[type] = size;
}

/** Text of one value of `size` bytes at `start`; `type` without the array flag. */
export function valueText(bytes: Buffer, type: number, start: number, size: number): string {
  if (type === ValueType.String) return utf16Text(bytes, start, size);
  if (size === 0) return '';
  if (type === ValueType.Bool) return boolText(bytes, start, size);
  if (fixedSizes[type] !== 0 && fixedSizes[type] !== size) return hexText(bytes, start, size);
  switch (type) {
    case ValueType.AnsiString:
      return ansiText(bytes, start, size);
    case ValueType.Utf8:
      return (bytes as Slices).utf8Slice(start, start + size);
    case ValueType.Int8:
      return String((bytes[start]! << 24) >> 24);
    case ValueType.UInt8:
      return String(bytes[start]!);
    case ValueType.Int16:
      return String(((bytes[start]! | (bytes[start + 1]! << 8)) << 16) >> 16);
    case ValueType.UInt16:
      return String(bytes[start]! | (bytes[start + 1]! << 8));
    case ValueType.Int32:
      return String(unsigned32(bytes, start) | 0);
    case ValueType.UInt32:
      return String(unsigned32(bytes, start));
    case ValueType.Int64:
      return signed64(bytes, start);
    case ValueType.UInt64:
      return unsigned64(bytes, start);
    case ValueType.Real32:
      return real32(bytes.readFloatLE(start));
    case ValueType.Real64:
      return String(bytes.readDoubleLE(start));
    case ValueType.Guid:
      return guidText(bytes, start);
    case ValueType.SizeT:
      return size === 4
        ? hex32(bytes, start)
        : size === 8
          ? hex64(bytes, start)
          : hexText(bytes, start, size);
    case ValueType.FileTime:
      return formatMicros(fileTimeMicros(unsigned32(bytes, start), unsigned32(bytes, start + 4)));
    case ValueType.SysTime: {
      const micros = systemTimeMicros(bytes, start);
      return Number.isNaN(micros) ? hexText(bytes, start, size) : formatMicros(micros);
    }
    case ValueType.Sid:
      return sidText(bytes, start, size);
    case ValueType.HexInt32:
      return hex32(bytes, start);
    case ValueType.HexInt64:
      return hex64(bytes, start);
    default:
      return hexText(bytes, start, size);
  }
}

/**
 * Text of the slot's value; of its first one where it holds an array; undefined where the type is `Null`. So a
 * slot has a text exactly if its type is not `Null`; an empty array has one empty value.
 */
export function slotText(event: LazyEvent, slot: number): string | undefined {
  const type = event.types[slot]!;
  if (type === ValueType.String) return utf16Text(event.bytes, event.offsets[slot]!, event.sizes[slot]!);
  if (type === ValueType.Null) return undefined;
  if (type < ValueType.Array) return valueText(event.bytes, type, event.offsets[slot]!, event.sizes[slot]!);
  return arrayTexts(event.bytes, type & 0x7f, event.offsets[slot]!, event.sizes[slot]!, 1)[0];
}

/** Texts of all values of the slot: one, or as many as its array holds; none where the type is `Null`. */
export function slotTexts(event: LazyEvent, slot: number): readonly string[] {
  const type = event.types[slot]!;
  if (type === ValueType.Null) return none;
  const start = event.offsets[slot]!;
  const size = event.sizes[slot]!;
  if (type < ValueType.Array) return [valueText(event.bytes, type, start, size)];
  return arrayTexts(event.bytes, type & 0x7f, start, size, Number.POSITIVE_INFINITY);
}

const none: readonly string[] = [];

/** The first `limit` values of an array, never none. */
function arrayTexts(bytes: Buffer, type: number, start: number, size: number, limit: number): string[] {
  const texts: string[] = [];
  const end = start + size;
  if (type === ValueType.String || type === ValueType.AnsiString) {
    // Each value ends in a NUL; the last one may lack it.
    const unit = type === ValueType.String ? 2 : 1;
    let from = start;
    for (let at = start; at + unit <= end && texts.length < limit; at += unit) {
      if (bytes[at] !== 0 || (unit === 2 && bytes[at + 1] !== 0)) continue;
      texts.push(valueText(bytes, type, from, at - from));
      from = at + unit;
    }
    if (from + unit <= end && texts.length < limit) texts.push(valueText(bytes, type, from, end - from));
  } else {
    const step = type === ValueType.Sid ? 0 : fixedSizes[type]!;
    if (step > 0 && size % step === 0) {
      for (let at = start; at < end && texts.length < limit; at += step) {
        texts.push(valueText(bytes, type, at, step));
      }
    } else if (type === ValueType.Sid) {
      for (let at = start; at < end && texts.length < limit; ) {
        const step = at + 2 <= end ? 8 + bytes[at + 1]! * 4 : end - at;
        texts.push(valueText(bytes, type, at, Math.min(step, end - at)));
        at += step;
      }
    } else if (size > 0) {
      texts.push(hexText(bytes, start, size));
    }
  }
  if (texts.length === 0) texts.push('');
  return texts;
}
