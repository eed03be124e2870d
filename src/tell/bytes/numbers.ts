/**
 * Numbers and identifiers as digits, put into memory that has room: each function takes where to begin and returns
 * where it ended. They know nothing of a writer, so that a loop over many values keeps its position in a register.
 */
const MINUS = 0x2d;
const ZERO = 0x30;

const hexDigits = Buffer.from('0123456789abcdef', 'latin1');
/** Two upper-case digits of each byte, the first one in the low half. */
const upperPairs = Uint16Array.from({ length: 256 }, (_, value) => {
  const text = value.toString(16).toUpperCase().padStart(2, '0');
  return text.charCodeAt(0) | (text.charCodeAt(1) << 8);
});

/** Room that any of these needs. */
export const NUMBER_ROOM = 40;

/** An integer of at most 2^53 either way, in decimal. */
export function putInteger(to: Buffer, at: number, value: number): number {
  let rest = value;
  let p = at;
  if (rest < 0) {
    to[p++] = MINUS;
    rest = -rest;
  }
  if (rest < 10) {
    to[p] = ZERO + rest;
    return p + 1;
  }
  const end = p + digitCount(rest);
  p = end;
  // Integer division is several times cheaper on 32 bits than on doubles.
  while (rest > 0x7fff_ffff) {
    const next = Math.floor(rest / 10);
    to[--p] = ZERO + (rest - next * 10);
    rest = next;
  }
  let small = rest | 0;
  while (small > 9) {
    const next = (small / 10) | 0;
    to[--p] = ZERO + (small - next * 10);
    small = next;
  }
  to[--p] = ZERO + small;
  return end;
}

function digitCount(value: number): number {
  if (value < 100_000) return value < 1000 ? (value < 100 ? 2 : 3) : value < 10_000 ? 4 : 5;
  let count = 6;
  for (let bound = 1_000_000; value >= bound; bound *= 10) count++;
  return count;
}

/** The unsigned 64-bit number of two halves, in decimal. */
export function putUnsigned64(to: Buffer, at: number, high: number, low: number): number {
  const top = high >>> 0;
  const bottom = low >>> 0;
  if (top < 0x20_0000) return putInteger(to, at, top * 0x1_0000_0000 + bottom);
  const text = ((BigInt(top) << 32n) | BigInt(bottom)).toString();
  for (let i = 0; i < text.length; i++) to[at + i] = text.charCodeAt(i);
  return at + text.length;
}

/** The signed 64-bit number of two halves, in decimal. */
export function putSigned64(to: Buffer, at: number, high: number, low: number): number {
  if (high >= 0) return putUnsigned64(to, at, high, low);
  // Two's complement: the magnitude is the inverted bits plus one.
  to[at] = MINUS;
  const magnitude = -low | 0;
  return putUnsigned64(to, at + 1, ~high + (magnitude === 0 ? 1 : 0), magnitude);
}

/** Lower-case hexadecimal without leading zeros, from two 32-bit halves. */
export function putHex64(to: Buffer, at: number, high: number, low: number): number {
  let p = at;
  if (high === 0) {
    for (let shift = (31 - Math.clz32(low | 1)) & ~3; shift >= 0; shift -= 4) {
      to[p++] = hexDigits[(low >>> shift) & 15]!;
    }
    return p;
  }
  for (let shift = (31 - Math.clz32(high)) & ~3; shift >= 0; shift -= 4) {
    to[p++] = hexDigits[(high >>> shift) & 15]!;
  }
  for (let shift = 28; shift >= 0; shift -= 4) to[p++] = hexDigits[(low >>> shift) & 15]!;
  return p;
}

/** Two upper-case hexadecimal digits for each byte. */
export function putHexBytes(to: Buffer, at: number, source: Uint8Array, start: number, end: number): number {
  let p = at;
  for (let i = start; i < end; i++) {
    const pair = upperPairs[source[i]!]!;
    to[p] = pair;
    to[p + 1] = pair >> 8;
    p += 2;
  }
  return p;
}

/** Order of a GUID's bytes in its text; -1 stands for a dash. */
const guidOrder = Int8Array.of(3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15);

/** `{0197231E-C424-69E1-C922-000000000800}`. */
export function putGuid(to: Buffer, at: number, source: Uint8Array, start: number): number {
  let p = at;
  to[p++] = 0x7b;
  for (let i = 0; i < guidOrder.length; i++) {
    const from = guidOrder[i]!;
    if (from < 0) {
      to[p++] = MINUS;
      continue;
    }
    const pair = upperPairs[source[start + from]!]!;
    to[p] = pair;
    to[p + 1] = pair >> 8;
    p += 2;
  }
  to[p] = 0x7d;
  return p + 1;
}
