/**
 * The blocks of Zstandard frames (RFC 8878, 3.1.1), each decoded behind the last in a window that later blocks
 * copy from. Work and memory follow the bytes that come out, not what a header claims: the window grows with the
 * content, and what falls out of it is dropped once for every quarter of a window and not once for every block.
 */
import { BIT_MARGIN, bitsAt, damaged, streamBits } from './bits.ts';
import type { FseTable } from './fse.ts';
import { decodeHuffman, type HuffmanTable, readHuffman } from './huffman.ts';
import { literalLengths, matchLengths, offsets, readTable } from './sequences.ts';

/** The most that a block holds, packed and unpacked. */
export const MAX_BLOCK_BYTES: number = 128 * 1024;
/** Memory that a window begins with, and the least that is dropped from it at once. */
const STEP_BYTES = 1 << 20;
/** From this length on, the fixed cost of a native copy pays. */
const LONG_COPY = 64;

export class BlockDecoder {
  #windowBytes = 0;
  #window: Uint8Array = new Uint8Array(0);
  /** Bytes in the window, and which of them were taken. */
  #end = 0;
  #taken = 0;
  readonly #packed: Uint8Array = new Uint8Array(MAX_BLOCK_BYTES + BIT_MARGIN);
  readonly #literals: Uint8Array = new Uint8Array(MAX_BLOCK_BYTES);
  // What a block may use of the block before.
  #huffman: HuffmanTable | null = null;
  #lengthTable: FseTable | null = null;
  #offsetTable: FseTable | null = null;
  #matchTable: FseTable | null = null;
  readonly #recent: Int32Array = new Int32Array(3);

  /** Begins a frame; memory is kept, as a file may hold a frame for every few bytes. */
  start(windowBytes: number): void {
    this.#windowBytes = windowBytes;
    this.#end = 0;
    this.#taken = 0;
    this.#huffman = null;
    this.#lengthTable = null;
    this.#offsetTable = null;
    this.#matchTable = null;
    this.#recent.set([1, 4, 8]);
  }

  /** Bytes decoded and not taken. */
  get ready(): number {
    return this.#end - this.#taken;
  }

  /** A copy of them. */
  take(): Uint8Array {
    const bytes = this.#window.slice(this.#taken, this.#end);
    this.#taken = this.#end;
    return bytes;
  }

  /** A block of bytes as they are; at most MAX_BLOCK_BYTES. */
  raw(bytes: Uint8Array): void {
    this.#makeRoom();
    this.#window.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** A block of one byte, `count` times; at most MAX_BLOCK_BYTES. */
  repeated(byte: number, count: number): void {
    this.#makeRoom();
    this.#window.fill(byte, this.#end, this.#end + count);
    this.#end += count;
  }

  /** A compressed block of at most MAX_BLOCK_BYTES. Throws ArchiveError; then nothing of the block is there. */
  compressed(block: Uint8Array): void {
    this.#makeRoom();
    const bytes = this.#packed;
    bytes.set(block);
    // What is read beyond the end must not depend on the block before.
    bytes.fill(0, block.length, block.length + BIT_MARGIN);
    const literals = this.#readLiterals(bytes, block.length);
    this.#end = this.#readSequences(bytes, literals.end, block.length, literals.count);
  }

  /** Room for one more block; drops what lies before the window and was taken. */
  #makeRoom(): void {
    const needed = this.#end + MAX_BLOCK_BYTES;
    if (needed <= this.#window.length) return;
    const surplus = Math.min(this.#taken, this.#end - this.#windowBytes);
    if (surplus >= Math.max(STEP_BYTES, this.#windowBytes >> 2)) {
      this.#window.copyWithin(0, surplus, this.#end);
      this.#end -= surplus;
      this.#taken -= surplus;
      return;
    }
    const grown = new Uint8Array(Math.max(STEP_BYTES, needed, this.#window.length * 2));
    grown.set(this.#window.subarray(0, this.#end));
    this.#window = grown;
  }

  #readLiterals(bytes: Uint8Array, end: number): { readonly count: number; readonly end: number } {
    const type = bytes[0]! & 3;
    const format = (bytes[0]! >> 2) & 3;
    const word = bitsAt(bytes, 0, 24);
    if (type < 2) {
      const [header, count] =
        format === 1 ? [2, (word >> 4) & 0xfff] : format === 3 ? [3, word >> 4] : [1, (word & 0xff) >> 3];
      const size = type === 0 ? count : 1;
      if (count > MAX_BLOCK_BYTES || header + size > end) throw damaged('literals that are cut off');
      if (type === 0) this.#literals.set(bytes.subarray(header, header + size));
      else this.#literals.fill(bytes[header]!, 0, count);
      return { count, end: header + size };
    }
    // Two numbers of 10, 14 or 18 bits behind four bits of type and format.
    const width = format < 2 ? 10 : format === 2 ? 14 : 18;
    const header = (4 + 2 * width) >> 3;
    const count = bitsAt(bytes, 4, width);
    const after = header + bitsAt(bytes, 4 + width, width);
    if (count > MAX_BLOCK_BYTES || after > end) throw damaged('literals that are cut off');
    let at = header;
    if (type === 2) {
      const read = readHuffman(bytes, at, after);
      this.#huffman = read.table;
      at = read.end;
    }
    if (this.#huffman === null) throw damaged('a Huffman table from a block that is not there');
    if (format === 0) decodeHuffman(bytes, at, after, this.#huffman, this.#literals, 0, count);
    else this.#readFourStreams(bytes, at, after, this.#huffman, count);
    return { count, end: after };
  }

  #readFourStreams(bytes: Uint8Array, at: number, end: number, table: HuffmanTable, count: number): void {
    const each = (count + 3) >> 2;
    if (each * 3 > count) throw damaged('literals too few for four streams');
    let start = at + 6;
    for (let stream = 0; stream < 4; stream++) {
      const size = bytes[at + stream * 2]! | (bytes[at + stream * 2 + 1]! << 8);
      const after = stream === 3 ? end : start + size;
      if (after > end) throw damaged('literals that are cut off');
      const to = stream === 3 ? count : each * (stream + 1);
      decodeHuffman(bytes, start, after, table, this.#literals, each * stream, to);
      start = after;
    }
  }

  /** Carries out the sequences that begin at byte `at`; gives the new end of the window. */
  #readSequences(bytes: Uint8Array, at: number, end: number, literalCount: number): number {
    let sequences = bytes[at]!;
    let next = at + 1;
    if (sequences === 255) {
      sequences = bytes[next]! + (bytes[next + 1]! << 8) + 0x7f00;
      next += 2;
    } else if (sequences >= 128) sequences = ((sequences - 128) << 8) + bytes[next++]!;
    if (next > end) throw damaged('sequences that are cut off');
    if (sequences === 0) {
      if (next !== end) throw damaged('something behind the last sequence');
      return this.#copyLiterals(0, literalCount, this.#end);
    }
    const modes = bytes[next++]!;
    if ((modes & 3) !== 0) throw damaged('an unknown kind of table');
    const lengths = readTable(bytes, next, end, modes >> 6, literalLengths, this.#lengthTable);
    const offset = readTable(bytes, lengths.end, end, (modes >> 4) & 3, offsets, this.#offsetTable);
    const matches = readTable(bytes, offset.end, end, (modes >> 2) & 3, matchLengths, this.#matchTable);
    this.#lengthTable = lengths.table;
    this.#offsetTable = offset.table;
    this.#matchTable = matches.table;
    return this.#execute(bytes, matches.end, end, sequences, literalCount);
  }

  /** The loop that takes the time: everything it needs stands in local variables. */
  #execute(bytes: Uint8Array, start: number, end: number, sequences: number, literalCount: number): number {
    const lengthTable = this.#lengthTable!;
    const offsetTable = this.#offsetTable!;
    const matchTable = this.#matchTable!;
    const literals = this.#literals;
    const window = this.#window;
    const recent = this.#recent;
    const base = start * 8;
    const limit = this.#end + MAX_BLOCK_BYTES;
    let out = this.#end;
    let used = 0;
    let bit = base + streamBits(bytes, start, end);
    bit -= lengthTable.log;
    let lengthState = bitsAt(bytes, bit, lengthTable.log);
    bit -= offsetTable.log;
    let offsetState = bitsAt(bytes, bit, offsetTable.log);
    bit -= matchTable.log;
    let matchState = bitsAt(bytes, bit, matchTable.log);
    for (let left = sequences; left > 0; left--) {
      const offsetCode = offsetTable.symbols[offsetState]!;
      let value = 1 << offsetCode;
      bit -= offsetCode;
      if (offsetCode <= 25) value += bitsAt(bytes, bit, offsetCode);
      else {
        // A read gives 25 bits: long offsets take two.
        value += bitsAt(bytes, bit, 16) + bitsAt(bytes, bit + 16, offsetCode - 16) * 0x10000;
      }
      const matchCode = matchTable.symbols[matchState]!;
      const matchBits = matchLengths.extra[matchCode]!;
      bit -= matchBits;
      const matchLength = matchLengths.base[matchCode]! + bitsAt(bytes, bit, matchBits);
      const lengthCode = lengthTable.symbols[lengthState]!;
      const lengthBits = literalLengths.extra[lengthCode]!;
      bit -= lengthBits;
      const length = literalLengths.base[lengthCode]! + bitsAt(bytes, bit, lengthBits);
      if (left > 1) {
        let bits = lengthTable.bits[lengthState]!;
        bit -= bits;
        lengthState = lengthTable.next[lengthState]! + bitsAt(bytes, bit, bits);
        bits = matchTable.bits[matchState]!;
        bit -= bits;
        matchState = matchTable.next[matchState]! + bitsAt(bytes, bit, bits);
        bits = offsetTable.bits[offsetState]!;
        bit -= bits;
        offsetState = offsetTable.next[offsetState]! + bitsAt(bytes, bit, bits);
      }
      const distance = value > 3 ? pushRecent(recent, value - 3) : useRecent(recent, value, length);
      if (bit < base || used + length > literalCount || out + length + matchLength > limit) {
        throw damaged('a sequence that asks for more than there is');
      }
      if (length < LONG_COPY) for (let i = 0; i < length; i++) window[out + i] = literals[used + i]!;
      else window.set(literals.subarray(used, used + length), out);
      out += length;
      used += length;
      if (distance > out || distance === 0) throw damaged('a match from before the beginning');
      if (matchLength < LONG_COPY || distance < matchLength) {
        for (let i = 0; i < matchLength; i++) window[out + i] = window[out - distance + i]!;
      } else window.copyWithin(out, out - distance, out - distance + matchLength);
      out += matchLength;
    }
    if (bit !== base) throw damaged('sequences that do not end where they should');
    return this.#copyLiterals(used, literalCount, out);
  }

  /** The literals behind the last sequence. */
  #copyLiterals(from: number, to: number, out: number): number {
    if (out + to - from > this.#end + MAX_BLOCK_BYTES) throw damaged('a block that is too long');
    this.#window.set(this.#literals.subarray(from, to), out);
    return out + to - from;
  }
}

/** Remembers an offset and gives it back. */
function pushRecent(recent: Int32Array, distance: number): number {
  recent[2] = recent[1]!;
  recent[1] = recent[0]!;
  recent[0] = distance;
  return distance;
}

/** One of the last three offsets, or the last less one; it becomes the last. 0 where the data are damaged. */
function useRecent(recent: Int32Array, value: number, length: number): number {
  const index = length === 0 ? value : value - 1;
  if (index === 0) return recent[0]!;
  const distance = index === 3 ? recent[0]! - 1 : recent[index]!;
  if (index > 1) recent[2] = recent[1]!;
  recent[1] = recent[0]!;
  recent[0] = distance;
  return distance;
}
