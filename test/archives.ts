/**
 * Writes zip and gzip files for tests, honest ones and such as no honest writer makes: every number in a header
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
