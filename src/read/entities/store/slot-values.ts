/**
 * Values of slots as they are kept, taken from the bytes. Each function knows the types that logs usually have and says
 * `NOT_PLAIN` of everything else, which costs a string and the plain reading.
 */
import { fixedSizes, type LazyEvent, ValueType } from '../../events/index.ts';
import { MOST_TEXT } from '../readings/index.ts';
import type { FactTexts } from './texts.ts';

/** Nothing there. */
export const ABSENT = 0;
/** The plain reading must decide. */
export const NOT_PLAIN = -1;
/** For numbers, of which 0 is one. */
export const NO_NUMBER = -2;

const MINUS = 0x2d;
const COLON = 0x3a;
const DOT = 0x2e;
const BACKSLASH = 0x5c;
const AT = 0x40;
const ZERO = 0x30;
const NINE = 0x39;
const SMALL_X = 0x78;

/** Bytes of UTF-16 text without the NULs at its end; 0 where it says nothing (`-`, `N/A`). */
function said(view: DataView, start: number, size: number): number {
  let length = size & ~1;
  while (length > 0 && view.getUint16(start + length - 2, true) === 0) length -= 2;
  if (length === 2 && view.getUint16(start, true) === MINUS) return 0;
  return length === 6 && isNotApplicable(view, start) ? 0 : length;
}

/** True for `N/A`, as devices write it. */
function isNotApplicable(view: DataView, start: number): boolean {
  return view.getUint32(start, true) === 0x2f004e && view.getUint16(start + 4, true) === 0x41;
}

/** At most `MOST_TEXT` characters, never half a pair. */
function cut(view: DataView, start: number, size: number): number {
  if (size <= MOST_TEXT * 2) return size;
  const last = view.getUint16(start + MOST_TEXT * 2 - 2, true);
  return MOST_TEXT * 2 - (last >= 0xd800 && last <= 0xdbff ? 2 : 0);
}

/** The word of the slot's text in `texts`. */
export function textAt(event: LazyEvent, view: DataView, slot: number, texts: FactTexts): number {
  const type = event.types[slot]!;
  if (type === ValueType.Null) return ABSENT;
  if (type !== ValueType.String) return NOT_PLAIN;
  const start = event.offsets[slot]!;
  const size = said(view, start, event.sizes[slot]!);
  return size === 0 ? ABSENT : texts.word(view, type, start, cut(view, start, size));
}

/** True if the text names its domain itself; `slot` holds a string. */
export function namesDomain(event: LazyEvent, view: DataView, slot: number): boolean {
  const end = event.offsets[slot]! + (event.sizes[slot]! & ~1);
  for (let i = event.offsets[slot]!; i < end; i += 2) {
    const unit = view.getUint16(i, true);
    if (unit === BACKSLASH || unit === AT) return true;
  }
  return false;
}

/** Bytes of `S-1-0-0`. */
const NOBODY_BYTES = 14;

export function sidAt(event: LazyEvent, view: DataView, slot: number, texts: FactTexts): number {
  const type = event.types[slot]!;
  const start = event.offsets[slot]!;
  const size = event.sizes[slot]!;
  if (type === ValueType.String && size > NOBODY_BYTES + 2) return textAt(event, view, slot, texts);
  if (type === ValueType.Null) return ABSENT;
  if (type !== ValueType.Sid || size < 8) return NOT_PLAIN;
  const length = 8 + view.getUint8(start + 1) * 4;
  if (length > size) return NOT_PLAIN;
  const isNobody =
    length === 12 &&
    view.getUint8(start) === 1 &&
    view.getUint16(start + 2, true) === 0 &&
    view.getUint32(start + 4, true) === 0 &&
    view.getUint32(start + 8, true) === 0;
  return isNobody ? ABSENT : texts.word(view, type, start, length);
}

/** `::ffff:` */
const PREFIX = [COLON, COLON, 0x66, 0x66, 0x66, 0x66, COLON];
/** Bytes of `LOCAL`. */
const LOCAL_BYTES = 10;

export function addressAt(event: LazyEvent, view: DataView, slot: number, texts: FactTexts): number {
  const type = event.types[slot]!;
  if (type === ValueType.Null) return ABSENT;
  if (type !== ValueType.String) return NOT_PLAIN;
  let start = event.offsets[slot]!;
  let size = said(view, start, event.sizes[slot]!);
  if (size === 0) return ABSENT;
  if (size === LOCAL_BYTES) return NOT_PLAIN;
  if (isInIpv6(view, start, size)) {
    start += PREFIX.length * 2;
    size -= PREFIX.length * 2;
  }
  return texts.word(view, type, start, cut(view, start, size));
}

/** True for `::ffff:` with digits and a dot behind it. */
function isInIpv6(view: DataView, start: number, size: number): boolean {
  const end = start + size;
  let at = start;
  for (const unit of PREFIX) {
    if (at >= end) return false;
    const here = view.getUint16(at, true);
    if (here !== unit && (here | 0x20) !== unit) return false;
    at += 2;
  }
  for (; at < end; at += 2) {
    const here = view.getUint16(at, true);
    if (here === DOT) return true;
    if (here < ZERO || here > NINE) return false;
  }
  return false;
}

/** The whole number in the slot, decimal or hexadecimal; `NO_NUMBER` where there is none. */
export function numberAt(event: LazyEvent, view: DataView, slot: number): number {
  const type = event.types[slot]!;
  const start = event.offsets[slot]!;
  const size = event.sizes[slot]!;
  if (type === ValueType.String) return writtenNumber(view, start, size);
  if (type === ValueType.Null) return NO_NUMBER;
  if (type === ValueType.SizeT ? size !== 4 && size !== 8 : fixedSizes[type] !== size) return NOT_PLAIN;
  switch (type) {
    case ValueType.HexInt64:
    case ValueType.UInt64:
    case ValueType.SizeT:
    case ValueType.HexInt32:
    case ValueType.UInt32: {
      const low = view.getUint32(start, true);
      const high = size === 8 ? view.getUint32(start + 4, true) : 0;
      return high >= 0x20_0000 ? NO_NUMBER : high * 0x1_0000_0000 + low;
    }
    case ValueType.UInt16:
      return view.getUint16(start, true);
    case ValueType.UInt8:
      return view.getUint8(start);
    default:
      return NOT_PLAIN;
  }
}

/** Digits that stay exact in a number whatever they are. */
const MOST_DECIMALS = 15;
const MOST_HEX = 13;

function writtenNumber(view: DataView, start: number, size: number): number {
  const end = start + said(view, start, size);
  if (end === start) return NO_NUMBER;
  const isHex =
    end > start + 4 &&
    view.getUint16(start, true) === ZERO &&
    (view.getUint16(start + 2, true) | 0x20) === SMALL_X;
  const from = isHex ? start + 4 : start;
  const base = isHex ? 16 : 10;
  if (end - from > (isHex ? MOST_HEX : MOST_DECIMALS) * 2) return NOT_PLAIN;
  let value = 0;
  for (let i = from; i < end; i += 2) {
    const digit = digitOf(view.getUint16(i, true));
    if (digit < 0 || digit >= base) return NO_NUMBER;
    value = value * base + digit;
  }
  return value;
}

/** The value of a hexadecimal digit, -1 where it is none. */
function digitOf(unit: number): number {
  if (unit >= ZERO && unit <= NINE) return unit - ZERO;
  // Only ASCII: what lies above would become a letter by setting a bit.
  const letter = unit < 0x80 ? unit | 0x20 : 0;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Bytes of a written GUID with braces and without. */
const BRACED = 76;
const BARE = 72;
/** Where the digits of each byte stand in a bare GUID, by the byte's place in memory. */
const digitsAt = [6, 4, 2, 0, 11, 9, 16, 14, 19, 21, 24, 26, 28, 30, 32, 34];
const dashesAt = [8, 13, 18, 23];

/** Writes the four words of the slot's GUID at `at`; false where it is none, `null` where the plain reading must decide. */
export function guidAt(
  event: LazyEvent,
  view: DataView,
  slot: number,
  words: Uint32Array,
  at: number,
): boolean | null {
  const type = event.types[slot]!;
  const start = event.offsets[slot]!;
  const size = event.sizes[slot]!;
  if (type === ValueType.Null) return false;
  if (type === ValueType.Guid && size === 16) {
    for (let i = 0; i < 4; i++) words[at + i] = view.getUint32(start + i * 4, true);
  } else if (type === ValueType.String && (size === BRACED || size === BARE)) {
    if (!readGuid(view, size === BRACED ? start + 2 : start, words, at)) return null;
    if (
      size === BRACED &&
      (view.getUint16(start, true) !== 0x7b || view.getUint16(start + 74, true) !== 0x7d)
    )
      return null;
  } else return null;
  return (words[at]! | words[at + 1]! | words[at + 2]! | words[at + 3]!) !== 0;
}

function readGuid(view: DataView, start: number, words: Uint32Array, at: number): boolean {
  for (const dash of dashesAt) if (view.getUint16(start + dash * 2, true) !== MINUS) return false;
  for (let word = 0; word < 4; word++) {
    let value = 0;
    for (let byte = 3; byte >= 0; byte--) {
      const digits = start + digitsAt[word * 4 + byte]! * 2;
      const high = digitOf(view.getUint16(digits, true));
      const low = digitOf(view.getUint16(digits + 2, true));
      if (high < 0 || low < 0) return false;
      value = (value << 8) | (high << 4) | low;
    }
    words[at + word] = value >>> 0;
  }
  return true;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** The GUID of four words, in lower case and without braces. */
export function guidText(words: Uint32Array, at: number): string {
  const [a, b, c, d] = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!];
  const swapped = (word: number): number =>
    (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
  const third = hex(swapped(c), 8);
  return `${hex(a, 8)}-${hex(b & 0xffff, 4)}-${hex(b >>> 16, 4)}-${third.slice(0, 4)}-${third.slice(4)}${hex(swapped(d), 8)}`;
}

/** Writes the words of a GUID in lower case without braces. */
export function writeGuid(text: string, words: Uint32Array, at: number): void {
  const bytes = Buffer.from(`${text}`, 'utf16le');
  readGuid(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, words, at);
}
