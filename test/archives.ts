/**
 * Writes zip, gzip and Zstandard files for tests, honest ones and such as no honest writer makes: every number in a header
 * can be set to a lie.
 */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

export type MadeMember = {
  readonly name: string | Buffer;
  readonly data: Uint8Array;
  /** 0 stored, 8 deflated (default), anything else: stored under that number. */
  readonly method?: number;
  readonly flags?: number;
  /** Packed bytes instead of what packing `data` gives. */
  readonly packed?: Uint8Array;
  /** Lies in the headers. */
  readonly crc?: number;
  readonly size?: number;
  readonly packedSize?: number;
  /** Sizes follow the data instead of standing in the local header. */
  readonly descriptor?: boolean;
  /** Sizes and offset in a zip64 field. */
  readonly zip64?: boolean;
  /** Offset of the local header in the directory, if not the true one; no local header is written then. */
  readonly offset?: number;
};

export type MadeZip = {
  readonly comment?: string;
  /** Bytes before the archive that its offsets do not know of. */
  readonly before?: Uint8Array;
  readonly zip64?: boolean;
  /** Number of members that the end record states. */
  readonly entries?: number;
};

const u16 = (n: number): Buffer => Buffer.from([n & 255, (n >>> 8) & 255]);
function u32(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n >>> 0);
  return bytes;
}
function u64(n: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(n));
  return bytes;
}

/** A zip archive of these members. */
export function makeZip(members: readonly MadeMember[], options: MadeZip = {}): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  const add = (part: Uint8Array): void => {
    parts.push(Buffer.from(part));
    offset += part.length;
  };
  for (const member of members) {
    const method = member.method ?? 8;
    const name = Buffer.from(member.name as string);
    const packed = member.packed ?? (method === 8 ? deflateRawSync(member.data) : member.data);
    const crc = member.crc ?? crc32(member.data);
    const size = member.size ?? member.data.length;
    const packedSize = member.packedSize ?? packed.length;
    const flags = (member.flags ?? 0x800) | (member.descriptor ? 8 : 0);
    const at = member.offset ?? offset;
    const wide = member.zip64 === true;
    if (member.offset === undefined) {
      const later = member.descriptor === true;
      const extra =
        wide && !later ? Buffer.concat([u16(1), u16(16), u64(size), u64(packedSize)]) : Buffer.alloc(0);
      const sizes = later
        ? [u32(0), u32(0), u32(0)]
        : [u32(crc), u32(wide ? 0xffffffff : packedSize), u32(wide ? 0xffffffff : size)];
      add(Buffer.concat([u32(0x04034b50), u16(45), u16(flags), u16(method), u32(0), ...sizes]));
      add(Buffer.concat([u16(name.length), u16(extra.length), name, extra]));
      add(packed);
      if (later) add(Buffer.concat([u32(0x08074b50), u32(crc), u32(packedSize), u32(size)]));
    }
    const extra = wide
      ? Buffer.concat([u16(1), u16(24), u64(size), u64(packedSize), u64(at)])
      : Buffer.alloc(0);
    central.push(
      Buffer.concat([u32(0x02014b50), u16(45), u16(45), u16(flags), u16(method), u32(0), u32(crc)]),
      Buffer.concat([u32(wide ? 0xffffffff : packedSize), u32(wide ? 0xffffffff : size)]),
      Buffer.concat([u16(name.length), u16(extra.length), u16(0), u16(0), u16(0), u32(0)]),
      Buffer.concat([u32(wide ? 0xffffffff : at), name, extra]),
    );
  }
  const directory = Buffer.concat(central);
  const start = offset;
  add(directory);
  const entries = options.entries ?? members.length;
  if (options.zip64 === true) {
    const end64 = offset;
    const counts = [u64(entries), u64(entries), u64(directory.length), u64(start)];
    add(Buffer.concat([u32(0x06064b50), u64(44), u16(45), u16(45), u32(0), u32(0), ...counts]));
    add(Buffer.concat([u32(0x07064b50), u32(0), u64(end64), u32(1)]));
  }
  const comment = Buffer.from(options.comment ?? '');
  const narrow = (n: number, limit: number): number => (options.zip64 === true ? limit : n);
  const counts = [u16(narrow(entries, 0xffff)), u16(narrow(entries, 0xffff))];
  const place = [u32(narrow(directory.length, 0xffffffff)), u32(narrow(start, 0xffffffff))];
  add(Buffer.concat([u32(0x06054b50), u16(0), u16(0), ...counts, ...place, u16(comment.length), comment]));
  return Buffer.concat([options.before ?? Buffer.alloc(0), ...parts]);
}

/** A zip archive of one member. */
export function zipOf(name: string, data: Uint8Array): Buffer {
  return makeZip([{ name, data }]);
}

/** A gzip file with one member for each part. */
export function makeGzip(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(parts.map(part => gzipSync(part)));
}

/** One block of a Zstandard frame: bytes as they are, or one byte repeated. */
export type MadeBlock =
  | Uint8Array
  | { readonly byte: number; readonly times: number }
  /** Contents of a compressed block, honest or not. */
  | { readonly compressed: Uint8Array };

export type MadeFrame = {
  /** Default: a check sum; false for none, a number for a wrong one. */
  readonly checkSum?: boolean | number;
  /** Window descriptor; default 0x38 (128 KiB). Null for a single segment, whose window is its content. */
  readonly window?: number | null;
  readonly dictionary?: number;
  /** Size of content that the header states, if not none. */
  readonly size?: number;
};

/** A Zstandard frame of these blocks, without compression: what can be written in thirty lines. */
export function makeFrame(blocks: readonly MadeBlock[], options: MadeFrame = {}): Buffer {
  const { checkSum = true, window = 0x38, dictionary, size } = options;
  const single = window === null;
  const content = Buffer.concat(
    blocks.map(block =>
      block instanceof Uint8Array
        ? block
        : 'byte' in block
          ? Buffer.alloc(block.times, block.byte)
          : Buffer.alloc(0),
    ),
  );
  const stated = size ?? (single ? content.length : undefined);
  const descriptor =
    (stated === undefined ? 0 : 0xc0) |
    (single ? 0x20 : 0) |
    (checkSum === false ? 0 : 4) |
    (dictionary === undefined ? 0 : 3);
  const parts = [u32(0xfd2fb528), Buffer.from(single ? [descriptor] : [descriptor, window])];
  if (dictionary !== undefined) parts.push(u32(dictionary));
  if (stated !== undefined) parts.push(u64(stated));
  for (const [i, block] of blocks.entries()) {
    const [kind, length, bytes] =
      block instanceof Uint8Array
        ? [0, block.length, block]
        : 'byte' in block
          ? [1, block.times, Buffer.from([block.byte])]
          : [2, block.compressed.length, block.compressed];
    const header = u32((i === blocks.length - 1 ? 1 : 0) | (kind << 1) | (length << 3)).subarray(0, 3);
    parts.push(header, Buffer.from(bytes));
  }
  if (checkSum !== false)
    parts.push(u32(checkSum === true ? Number(xxh64(content) & 0xffffffffn) : checkSum));
  return Buffer.concat(parts);
}

/** A frame that is to be skipped. */
export function makeSkippable(data: Uint8Array, kind = 0): Buffer {
  return Buffer.concat([u32(0x184d2a50 + kind), u32(data.length), data]);
}

/** A Zstandard file with one frame for each part, in blocks of at most 100,000 bytes. */
export function makeZstd(...parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    parts.map(part => {
      const blocks: Uint8Array[] = [];
      for (let at = 0; at === 0 || at < part.length; at += 100_000)
        blocks.push(part.subarray(at, at + 100_000));
      return makeFrame(blocks);
    }),
  );
}

/** XXH64 with seed 0, after its specification, slowly. */
export function xxh64(bytes: Uint8Array): bigint {
  const primes: readonly [bigint, bigint, bigint, bigint, bigint] = [
    0x9e3779b185ebca87n,
    0xc2b2ae3d27d4eb4fn,
    0x165667b19e3779f9n,
    0x85ebca77c2b2ae63n,
    0x27d4eb2f165667c5n,
  ];
  const [p1, p2, p3, p4, p5] = primes;
  const wrap = (n: bigint): bigint => BigInt.asUintN(64, n);
  const turn = (n: bigint, by: bigint): bigint => wrap(n << by) | (n >> (64n - by));
  const round = (lane: bigint, word: bigint): bigint => wrap(turn(wrap(lane + word * p2), 31n) * p1);
  const input = Buffer.from(bytes);
  let at = 0;
  let sum = p5;
  if (input.length >= 32) {
    const lanes = [wrap(p1 + p2), p2, 0n, wrap(-p1)];
    for (; at + 32 <= input.length; at += 32) {
      for (let i = 0; i < 4; i++) lanes[i] = round(lanes[i]!, input.readBigUInt64LE(at + i * 8));
    }
    sum = wrap(turn(lanes[0]!, 1n) + turn(lanes[1]!, 7n) + turn(lanes[2]!, 12n) + turn(lanes[3]!, 18n));
    for (const lane of lanes) sum = wrap((sum ^ round(0n, lane)) * p1 + p4);
  }
  sum = wrap(sum + BigInt(input.length));
  for (; at + 8 <= input.length; at += 8) {
    sum = wrap(turn(sum ^ round(0n, input.readBigUInt64LE(at)), 27n) * p1 + p4);
  }
  if (at + 4 <= input.length) {
    sum = wrap(turn(sum ^ wrap(BigInt(input.readUInt32LE(at)) * p1), 23n) * p2 + p3);
    at += 4;
  }
  for (; at < input.length; at++) sum = wrap(turn(sum ^ wrap(BigInt(input[at]!) * p5), 11n) * p1);
  sum = wrap((sum ^ (sum >> 33n)) * p2);
  sum = wrap((sum ^ (sum >> 29n)) * p3);
  return sum ^ (sum >> 32n);
}
