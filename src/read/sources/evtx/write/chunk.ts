/**
 * One chunk being filled: 64 KiB with its own tables of names and templates, so that it can be read alone.
 * Records are written in place because names and template definitions are addressed by their offset in the
 * chunk. A record that does not fit is taken back as if it had never been started.
 */
import { crc32 } from 'node:zlib';

export const CHUNK_SIZE = 0x10000;
export const CHUNK_HEADER_SIZE = 512;
const MAGIC = 'ElfChnk\0';
const NAME_TABLE = 128;
const NAME_BUCKETS = 64;
const TEMPLATE_TABLE = 384;
const TEMPLATE_BUCKETS = 32;

/** Thrown where a record does not fit what is left of a chunk; caught by `ChunkWriter.attempt`. */
class ChunkFull extends Error {}

/** Hash of a name that the reader of the log service looks it up by. */
export function nameHash(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 65599) + name.charCodeAt(i)) >>> 0;
  return hash & 0xffff;
}

export class ChunkWriter {
  readonly bytes: Buffer;
  position: number = CHUNK_HEADER_SIZE;
  records = 0;
  #first = 0;
  #last = 0;
  #lastOffset = 0;
  readonly #leftover: Buffer | null;
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<string, number>();
  /** What the record under way has added, so that it can be taken back. */
  readonly #newNames: string[] = [];
  readonly #newTemplates: string[] = [];

  /** `leftover`: bytes of an earlier chunk that this one overwrites, as in a log that is reused in a ring. */
  constructor(leftover?: Buffer) {
    this.#leftover = leftover ?? null;
    this.bytes = leftover === undefined ? Buffer.alloc(CHUNK_SIZE) : Buffer.from(leftover);
    this.bytes.fill(0, 0, CHUNK_HEADER_SIZE);
  }

  /** Runs `write`, which adds one record; false if it did not fit, and then nothing has changed. */
  attempt(recordNumber: number, write: () => void): boolean {
    const start = this.position;
    const before = Buffer.from(this.bytes.subarray(0, CHUNK_HEADER_SIZE));
    this.#newNames.length = 0;
    this.#newTemplates.length = 0;
    try {
      write();
    } catch (error) {
      before.copy(this.bytes);
      if (this.#leftover === null) this.bytes.fill(0, start);
      else this.#leftover.copy(this.bytes, start, start);
      this.position = start;
      for (const name of this.#newNames) this.#names.delete(name);
      for (const template of this.#newTemplates) this.#templates.delete(template);
      if (error instanceof ChunkFull) return false;
      throw error;
    }
    if (this.records === 0) this.#first = recordNumber;
    this.#last = recordNumber;
    this.#lastOffset = start;
    this.records++;
    return true;
  }

  u8(value: number): void {
    this.#room(1);
    this.bytes.writeUInt8(value, this.position);
    this.position += 1;
  }

  u16(value: number): void {
    this.#room(2);
    this.bytes.writeUInt16LE(value, this.position);
    this.position += 2;
  }

  u32(value: number): void {
    this.#room(4);
    this.bytes.writeUInt32LE(value, this.position);
    this.position += 4;
  }

  u64(value: bigint): void {
    this.#room(8);
    this.bytes.writeBigUInt64LE(value, this.position);
    this.position += 8;
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.bytes.set(bytes, this.position);
    this.position += bytes.length;
  }

  utf16(text: string): void {
    this.raw(Buffer.from(text, 'utf16le'));
  }

  /** Leaves room for a 32-bit size and returns where; `close` fills it in. */
  openSize(): number {
    this.u32(0);
    return this.position - 4;
  }

  /** The size of what was written since `openSize`, without the size itself. */
  closeSize(at: number): void {
    this.bytes.writeUInt32LE(this.position - at - 4, at);
  }

  /** A reference to a name; the name itself follows where the chunk does not have it yet. */
  name(name: string): void {
    const known = this.#names.get(name);
    if (known !== undefined) {
      this.u32(known);
      return;
    }
    const at = this.position + 4;
    this.u32(at);
    const hash = nameHash(name);
    this.u32(this.#link(NAME_TABLE, hash % NAME_BUCKETS, at));
    this.u16(hash);
    this.u16(name.length);
    this.utf16(name);
    this.u16(0);
    this.#names.set(name, at);
    this.#newNames.push(name);
  }

  /** A reference to a template; `define` writes its body where the chunk does not have it yet. */
  template(guid: Buffer, define: () => void): void {
    const key = guid.toString('latin1');
    const known = this.#templates.get(key);
    this.u32(guid.readUInt32LE(0));
    if (known !== undefined) {
      this.u32(known);
      return;
    }
    const at = this.position + 4;
    this.u32(at);
    this.u32(this.#link(TEMPLATE_TABLE, guid.readUInt32LE(0) % TEMPLATE_BUCKETS, at));
    this.raw(guid);
    const size = this.openSize();
    define();
    this.closeSize(size);
    this.#templates.set(key, at);
    this.#newTemplates.push(key);
  }

  /**
   * Writes the chunk's header for the records there are. What is written afterwards lies beyond the free-space
   * offset, where a reader finds only what it searches for.
   */
  seal(checksums: boolean): void {
    const header = this.bytes;
    header.write(MAGIC, 0, 'latin1');
    const none = this.records === 0;
    const first = none ? 1n : BigInt(this.#first);
    const last = none ? 0xffff_ffff_ffff_ffffn : BigInt(this.#last);
    header.writeBigUInt64LE(first, 8);
    header.writeBigUInt64LE(last, 16);
    header.writeBigUInt64LE(first, 24);
    header.writeBigUInt64LE(last, 32);
    header.writeUInt32LE(128, 40);
    header.writeUInt32LE(this.#lastOffset, 44);
    header.writeUInt32LE(this.position, 48);
    header.writeUInt32LE(checksums ? 0 : 4, 120);
    this.checksum(checksums, this.position);
  }

  /** Writes both checksums over what the chunk holds now; `free` is the free-space offset of its header. */
  checksum(checksums: boolean, free: number): void {
    const header = this.bytes;
    header.writeUInt32LE(checksums ? crc32(header.subarray(CHUNK_HEADER_SIZE, free)) : 0, 52);
    const headerSum = crc32(header.subarray(128, CHUNK_HEADER_SIZE), crc32(header.subarray(0, 120)));
    header.writeUInt32LE(checksums ? headerSum : 0, 124);
  }

  /** Puts `at` at the head of a bucket; returns what stood there, which `at` then points to. */
  #link(table: number, bucket: number, at: number): number {
    const slot = table + bucket * 4;
    const next = this.bytes.readUInt32LE(slot);
    this.bytes.writeUInt32LE(at, slot);
    return next;
  }

  #room(size: number): void {
    if (this.position + size > CHUNK_SIZE) throw new ChunkFull();
  }
}
