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
import { writeMicros } from './times.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const DASH = 0x2d;
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
  if (size !== 0 && fixedSizes[type] === size && writeFixed(out, bytes, type, start)) return;
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
    writeFixed(out, event.bytes, type, event.offsets[slot]!);
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
  let end = start + (size & ~1);
  while (end > start && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2;
  out.escapedUtf16(bytes, start, end);
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

function isNumeric(type: number): boolean {
  return type >= ValueType.Int8 && type <= ValueType.Real64;
}

/** Writes a value whose size is that of its type; false where the type is not one of the frequent ones. */
function writeFixed(out: ByteWriter, bytes: Buffer, type: number, at: number): boolean {
  switch (type) {
    case ValueType.UInt8:
      out.integer(bytes[at]!);
      return true;
    case ValueType.Int8:
      out.integer((bytes[at]! << 24) >> 24);
      return true;
    case ValueType.UInt16:
      out.integer(bytes[at]! | (bytes[at + 1]! << 8));
      return true;
    case ValueType.Int16:
      out.integer(((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16);
      return true;
    case ValueType.UInt32:
      out.integer(unsigned32(bytes, at));
      return true;
    case ValueType.Int32:
      out.integer(unsigned32(bytes, at) | 0);
      return true;
    case ValueType.UInt64:
      out.unsigned64(unsigned32(bytes, at + 4), unsigned32(bytes, at));
      return true;
    case ValueType.Int64:
      writeInt64(out, bytes, at);
      return true;
    case ValueType.Guid:
      writeGuid(out, bytes, at);
      return true;
    case ValueType.HexInt32:
      out.ascii('0x');
      out.hex64(0, unsigned32(bytes, at));
      return true;
    case ValueType.HexInt64:
      out.ascii('0x');
      out.hex64(unsigned32(bytes, at + 4), unsigned32(bytes, at));
      return true;
    case ValueType.FileTime:
      writeMicros(out, fileTimeMicros(unsigned32(bytes, at), unsigned32(bytes, at + 4)));
      return true;
    default:
      return false;
  }
}

function writeInt64(out: ByteWriter, bytes: Buffer, at: number): void {
  const low = unsigned32(bytes, at);
  const high = unsigned32(bytes, at + 4) | 0;
  if (high >= 0) {
    out.unsigned64(high, low);
    return;
  }
  // Two's complement: the magnitude is the inverted bits plus one.
  out.byte(DASH);
  const magnitude = -low | 0;
  out.unsigned64(~high + (magnitude === 0 ? 1 : 0), magnitude);
}

/** `S-1-5-18`; false where it is not of the common form (the plain formatter knows the others). */
function writeSid(out: ByteWriter, bytes: Buffer, start: number, size: number): boolean {
  if (size < 8) return false;
  const count = bytes[start + 1]!;
  // The authority is six bytes, of which the first five are zero in every SID that Windows makes.
  const high =
    bytes[start + 2]! | bytes[start + 3]! | bytes[start + 4]! | bytes[start + 5]! | bytes[start + 6]!;
  if (8 + count * 4 > size || high !== 0) return false;
  out.ascii('S-');
  out.integer(bytes[start]!);
  out.byte(DASH);
  out.integer(bytes[start + 7]!);
  for (let i = 0; i < count; i++) {
    out.byte(DASH);
    out.integer(unsigned32(bytes, start + 8 + i * 4));
  }
  return true;
}

const upperHex = Buffer.from('0123456789ABCDEF', 'latin1');
/** Order of a GUID's bytes in its text; -1 stands for a dash. */
const guidOrder = Int8Array.of(3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15);

/** `{0197231E-C424-69E1-C922-000000000800}`. */
function writeGuid(out: ByteWriter, bytes: Buffer, start: number): void {
  out.ensure(38);
  const to = out.bytes;
  let at = out.length;
  to[at++] = 0x7b;
  for (let i = 0; i < guidOrder.length; i++) {
    const from = guidOrder[i]!;
    if (from < 0) {
      to[at++] = DASH;
      continue;
    }
    const value = bytes[start + from]!;
    to[at] = upperHex[value >> 4]!;
    to[at + 1] = upperHex[value & 15]!;
    at += 2;
  }
  to[at++] = 0x7d;
  out.length = at;
}
