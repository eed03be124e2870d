/** Bits of Zstandard's entropy-coded parts. Those of streams are read backwards, from a marker in the last byte. */
import type { ArchiveError } from '../archive-error.ts';
import { damagedData } from '../inflate.ts';

/** Bytes that must stand behind data before their bits are read, so that no read needs to look for the end. */
export const BIT_MARGIN = 8;

/** What is thrown where data can't have been written by a Zstandard encoder. */
export function damaged(what: string): ArchiveError {
  return damagedData(`Zstandard: ${what}`);
}

/** Position of the highest bit that is set; -1 for 0. */
export function highBit(value: number): number {
  return 31 - Math.clz32(value);
}

/** `count` bits, up to 25, that begin at bit `at`, the lowest bit of a byte first. */
export function bitsAt(bytes: Uint8Array, at: number, count: number): number {
  const i = at >> 3;
  const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
  return (word >>> (at & 7)) & ((1 << count) - 1);
}

/** Number of bits in the stream from byte `start` to byte `end`: those below the marker. */
export function streamBits(bytes: Uint8Array, start: number, end: number): number {
  const marker = end > start ? bytes[end - 1]! : 0;
  if (marker === 0) throw damaged('a bit stream without end');
  return (end - start - 1) * 8 + highBit(marker);
}
