/** Huffman codes of literals (RFC 8878, 4.2). */
import { bitsAt, damaged, highBit, streamBits } from './bits.ts';
import { type FseTable, readFse } from './fse.ts';

const MAX_BITS = 11;
const MAX_WEIGHTS = 255;
const WEIGHTS_LOG = 6;

export type HuffmanTable = {
  /** Length of the longest code. */
  readonly bits: number;
  /** By the next `bits` bits: symbol, and the length of its code times 256. */
  readonly entries: Uint16Array;
};

/** Reads the table that stands at byte `at`. Also gives the first byte behind it. */
export function readHuffman(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly table: HuffmanTable; readonly end: number } {
  const header = bytes[at]!;
  const weights = new Uint8Array(MAX_WEIGHTS + 1);
  let count: number;
  let after: number;
  if (header >= 128) {
    count = header - 127;
    after = at + 1 + ((count + 1) >> 1);
    for (let i = 0; i < count; i++) {
      const pair = bytes[at + 1 + (i >> 1)]!;
      weights[i] = i % 2 === 0 ? pair >> 4 : pair & 15;
    }
  } else {
    after = at + 1 + header;
    if (after > end) throw damaged('a Huffman table that is cut off');
    const { table, end: start } = readFse(bytes, at + 1, after, WEIGHTS_LOG, MAX_BITS + 2);
    count = readWeights(bytes, start, after, table, weights);
  }
  if (after > end) throw damaged('a Huffman table that is cut off');
  return { table: buildHuffman(weights, count), end: after };
}

/** Weights written by two states in turn; gives their number. */
function readWeights(
  bytes: Uint8Array,
  start: number,
  end: number,
  table: FseTable,
  weights: Uint8Array,
): number {
  let left = streamBits(bytes, start, end);
  // Bits from before the stream count as zeros.
  const take = (count: number): number => {
    left -= count;
    if (left >= 0) return bitsAt(bytes, start * 8 + left, count);
    const there = Math.max(0, count + left);
    return bitsAt(bytes, start * 8, there) << (count - there);
  };
  let state = take(table.log);
  let other = take(table.log);
  if (left < 0) throw damaged('Huffman weights that are cut off');
  for (let count = 0; count < MAX_WEIGHTS - 1; ) {
    weights[count++] = table.symbols[state]!;
    state = table.next[state]! + take(table.bits[state]!);
    if (left < 0) {
      weights[count++] = table.symbols[other]!;
      return count;
    }
    [state, other] = [other, state];
  }
  throw damaged('too many Huffman weights');
}

/** The table for symbols of these weights; that of one symbol more follows from them. */
function buildHuffman(weights: Uint8Array, count: number): HuffmanTable {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (weights[i]! > MAX_BITS) throw damaged('a Huffman code that is too long');
    sum += (1 << weights[i]!) >> 1;
  }
  const bits = highBit(sum) + 1;
  const left = (1 << bits) - sum;
  if (sum === 0 || bits > MAX_BITS || (left & (left - 1)) !== 0)
    throw damaged('a Huffman table that does not add up');
  weights[count] = highBit(left) + 1;
  const entries = new Uint16Array(1 << bits);
  let at = 0;
  for (let weight = 1; weight <= bits; weight++) {
    for (let symbol = 0; symbol <= count; symbol++) {
      if (weights[symbol] !== weight) continue;
      const next = at + (1 << (weight - 1));
      entries.fill(symbol | ((bits + 1 - weight) << 8), at, next);
      at = next;
    }
  }
  return { bits, entries };
}

/** Decodes the stream from byte `start` to byte `end` to exactly `out[from]` up to `out[to]`. */
export function decodeHuffman(
  bytes: Uint8Array,
  start: number,
  end: number,
  { bits, entries }: HuffmanTable,
  out: Uint8Array,
  from: number,
  to: number,
): void {
  const base = start * 8;
  let left = streamBits(bytes, start, end);
  let at = from;
  const mask = entries.length - 1;
  // Two codes have at most 22 bits, and a read gives 24.
  for (const pairs = to - 1; at < pairs && left >= 24; ) {
    const word = bitsAt(bytes, base + left - 24, 24);
    const first = entries[word >>> (24 - bits)]!;
    const second = entries[(word >>> (24 - bits - (first >> 8))) & mask]!;
    out[at] = first;
    out[at + 1] = second;
    at += 2;
    left -= (first >> 8) + (second >> 8);
  }
  for (; at < to && left > 0; at++) {
    const entry =
      left >= bits
        ? entries[bitsAt(bytes, base + left - bits, bits)]!
        : entries[bitsAt(bytes, base, left) << (bits - left)]!;
    out[at] = entry;
    left -= entry >> 8;
  }
  if (at !== to || left !== 0) throw damaged('literals that do not end where they should');
}
