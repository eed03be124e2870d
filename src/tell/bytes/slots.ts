/**
 * Values of an event written as JSON straight from their bytes.
 *
 * `src/read/events/value.ts` says what a value reads as; these functions write the same text without making a
 * string of it, for the types that fill logs. Rare types go through it, and a test holds the two together.
 */
import {
  fileTimeMicros,
  fixedSizes,
  type LazyEvent,
  slotText,
  slotTexts,
  ValueType,
} from '../../read/events/index.ts';
import type { ByteWriter } from './byte-writer.ts';
import { NUMBER_ROOM, putGuid, putHex64, putInteger, putSigned64, putUnsigned64 } from './numbers.ts';
import { putMicros } from './times.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const DASH = 0x2d;
const ZERO = 0x30;
const LETTER_S = 0x53;
const LETTER_X = 0x78;
/** A dash and ten digits. */
const MOST_AUTHORITY = 11;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const STRING_ARRAY = ValueType.String | ValueType.Array;
const EMPTY = Buffer.from('""');
const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');

/** A JSON number as `String` prints it: what a Real prints that is no number (Infinity) is not one. */
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]\d+)?$/;

function unsigned32(bytes: Buffer, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

/** Writes the slot's value as the inside of a JSON string; nothing where the slot is absent. Arrays: the first. */
export function writeSlotText(out: ByteWriter, event: LazyEvent, slot: number): void {
  const bytes = event.bytes;
  const start = event.offsets[slot]!;
  const size = event.sizes[slot]!;
  const type = event.types[slot]!;
  if (type === ValueType.String) {
    writeUtf16(out, bytes, start, size);
    return;
  }
  if (size !== 0 && fixedSizes[type] === size) {
    out.ensure(NUMBER_ROOM);
    const end = putFixed(out.bytes, out.length, bytes, type, start);
    if (end >= 0) {
      out.length = end;
      return;
    }
  }
  if (type === ValueType.Sid && writeSid(out, bytes, start, size)) return;
  if (type === ValueType.Binary) {
    out.hexBytes(bytes, start, start + size);
    return;
  }
  if (type === ValueType.Utf8) {
    out.escapedUtf8(bytes, start, start + size);
    return;
  }
  const text = slotText(event, slot);
  if (text !== undefined) out.escaped(text);
}

/** Writes the slot's value as JSON, numbers and booleans as such; `null` where the slot is absent. */
export function writeSlotJson(out: ByteWriter, event: LazyEvent, slot: number): void {
  const type = event.types[slot]!;
  if (type === ValueType.String) {
    out.byte(QUOTE);
    writeUtf16(out, event.bytes, event.offsets[slot]!, event.sizes[slot]!);
    out.byte(QUOTE);
    return;
  }
  if (type === ValueType.Null) {
    out.raw(NULL);
    return;
  }
  if (type === STRING_ARRAY) {
    writeStrings(out, event.bytes, event.offsets[slot]!, event.sizes[slot]!);
    return;
  }
  if (type >= ValueType.Array) {
    writeList(out, type & 0x7f, slotTexts(event, slot));
    return;
  }
  const numeric = isNumeric(type) && fixedSizes[type] === event.sizes[slot];
  if (numeric && type !== ValueType.Real32 && type !== ValueType.Real64) {
    out.ensure(NUMBER_ROOM);
    out.length = putFixed(out.bytes, out.length, event.bytes, type, event.offsets[slot]!);
    return;
  }
  if (numeric || type === ValueType.Bool) {
    writeScalar(out, type, slotText(event, slot)!);
    return;
  }
  out.byte(QUOTE);
  writeSlotText(out, event, slot);
  out.byte(QUOTE);
}

/** UTF-16LE text without the NULs at its end. */
function writeUtf16(out: ByteWriter, bytes: Buffer, start: number, size: number): void {
  out.escapedUtf16(bytes, start, trimmedEnd(bytes, start, size));
}

/** Where UTF-16LE text ends before the NULs that pad it. */
export function trimmedEnd(bytes: Buffer, start: number, size: number): number {
  let end = start + (size & ~1);
  while (end > start && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2;
  return end;
}

/** Values of an array of UTF-16LE texts: each ends in a NUL, the last one may lack it; never none. */
function writeStrings(out: ByteWriter, bytes: Buffer, start: number, size: number): void {
  const end = start + (size & ~1);
  out.byte(OPEN);
  let from = start;
  for (let at = start; at < end; at += 2) {
    const isEnd = bytes[at] === 0 && bytes[at + 1] === 0;
    if (!isEnd && at + 2 < end) continue;
    if (from > start) out.byte(COMMA);
    out.jsonUtf16(bytes, from, isEnd ? at : end);
    from = at + 2;
  }
  if (from === start) out.raw(EMPTY);
  out.byte(CLOSE);
}

function writeList(out: ByteWriter, type: number, texts: readonly string[]): void {
  out.ascii('[');
  for (const [i, text] of texts.entries()) {
    if (i > 0) out.byte(COMMA);
    writeScalar(out, type, text);
  }
  out.ascii(']');
}

/** A value given as text, as the JSON of its type. */
function writeScalar(out: ByteWriter, type: number, text: string): void {
  if (type === ValueType.Bool && text === 'true') out.raw(TRUE);
  else if (type === ValueType.Bool && text === 'false') out.raw(FALSE);
  else if (isNumeric(type) && jsonNumber.test(text)) out.ascii(text);
  else out.jsonString(text);
}

/** Bytes of a value that `putFixed` may know; -1 for types of no certain size. */
export function sizeOfFixed(type: number): number {
  return fixed[type]!;
}

const fixed = Int8Array.from({ length: 256 }, (_, type) => fixedSizes[type] || -1);

/** True where the JSON of the type is a string. */
export function isQuoted(type: number): boolean {
  return !isNumeric(type);
}

function isNumeric(type: number): boolean {
  return type >= ValueType.Int8 && type <= ValueType.Real64;
}

/**
 * Puts the text of a value whose size is that of its type at `at` and returns where it ended; -1 where the type is not
 * one of the frequent ones. Needs `NUMBER_ROOM`.
 */
export function putFixed(to: Buffer, at: number, bytes: Buffer, type: number, start: number): number {
  switch (type) {
    case ValueType.UInt8:
      return putInteger(to, at, bytes[start]!);
    case ValueType.Int8:
      return putInteger(to, at, (bytes[start]! << 24) >> 24);
    case ValueType.UInt16:
      return putInteger(to, at, bytes[start]! | (bytes[start + 1]! << 8));
    case ValueType.Int16:
      return putInteger(to, at, ((bytes[start]! | (bytes[start + 1]! << 8)) << 16) >> 16);
    case ValueType.UInt32:
      return putInteger(to, at, unsigned32(bytes, start));
    case ValueType.Int32:
      return putInteger(to, at, unsigned32(bytes, start) | 0);
    case ValueType.UInt64:
      return putUnsigned64(to, at, unsigned32(bytes, start + 4), unsigned32(bytes, start));
    case ValueType.Int64:
      return putSigned64(to, at, unsigned32(bytes, start + 4) | 0, unsigned32(bytes, start));
    case ValueType.Guid:
      return putGuid(to, at, bytes, start);
    case ValueType.HexInt32:
      to[at] = ZERO;
      to[at + 1] = LETTER_X;
      return putHex64(to, at + 2, 0, unsigned32(bytes, start));
    case ValueType.HexInt64:
      to[at] = ZERO;
      to[at + 1] = LETTER_X;
      return putHex64(to, at + 2, unsigned32(bytes, start + 4), unsigned32(bytes, start));
    case ValueType.FileTime:
      return putMicros(to, at, fileTimeMicros(unsigned32(bytes, start), unsigned32(bytes, start + 4)));
    default:
      return -1;
  }
}

/** `S-1-5-18`; false where it is not of the common form (the plain formatter knows the others). */
function writeSid(out: ByteWriter, bytes: Buffer, start: number, size: number): boolean {
  if (size < 8) return false;
  const count = bytes[start + 1]!;
  // The authority is six bytes, of which the first five are zero in every SID that Windows makes.
  const high =
    bytes[start + 2]! | bytes[start + 3]! | bytes[start + 4]! | bytes[start + 5]! | bytes[start + 6]!;
  if (8 + count * 4 > size || high !== 0) return false;
  out.ensure(NUMBER_ROOM + count * MOST_AUTHORITY);
  const to = out.bytes;
  let at = out.length;
  to[at++] = LETTER_S;
  to[at++] = DASH;
  at = putInteger(to, at, bytes[start]!);
  to[at++] = DASH;
  at = putInteger(to, at, bytes[start + 7]!);
  for (let i = 0, from = start + 8; i < count; i++, from += 4) {
    to[at++] = DASH;
    at = putInteger(to, at, unsigned32(bytes, from));
  }
  out.length = at;
  return true;
}
