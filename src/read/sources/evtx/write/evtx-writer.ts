/**
 * Writes EVTX files: for fixtures, property tests and fuzzing of the reader, for the bundled sample, and for
 * drills. It writes what the Windows event log service writes (header, chunks of 64 KiB with their own names and
 * templates, checksums, an outer template for System with an inner one for EventData) and, when asked, the
 * oddities of real files (`options.ts`). The same events and options give the same bytes.
 *
 * Costs about 35 µs an event of twenty values; holds all chunks in memory unless `onChunk` takes them.
 */
import { crc32 } from 'node:zlib';
import { CHUNK_HEADER_SIZE, CHUNK_SIZE, ChunkWriter } from './chunk.ts';
import type { EvtxEvent } from './event.ts';
import type { EvtxOptions } from './options.ts';
import { writeRecord } from './record.ts';
import { Templates } from './tree.ts';
import { windowsInstance } from './windows-tree.ts';

const FILE_MAGIC = 'ElfFile\0';
const FILE_HEADER_SIZE = 4096;
const DIRTY = 1;
const NO_CHECKSUMS = 4;

export class EvtxWriter {
  readonly #options: EvtxOptions;
  readonly #templates = new Templates();
  readonly #chunks: Buffer[] = [];
  /** Chunks written, with and without those of zeros. */
  #written = 0;
  #filled = 0;
  #chunk: ChunkWriter = new ChunkWriter();
  #number: number;
  #finished = false;

  constructor(options: EvtxOptions = {}) {
    this.#options = options;
    this.#number = options.firstRecordNumber ?? 1;
  }

  /** Adds one record. Throws a RangeError where a value does not fit its type or the event does not fit a chunk. */
  add(event: EvtxEvent): void {
    if (this.#finished) throw new Error('the file is finished');
    if (this.#chunk.records >= (this.#options.recordsPerChunk ?? Number.POSITIVE_INFINITY)) this.#nextChunk();
    if (!this.#write(event, this.#number)) {
      if (this.#chunk.records > 0) {
        this.#nextChunk();
        if (this.#write(event, this.#number)) {
          this.#number++;
          return;
        }
      }
      throw new RangeError(`the event is larger than a chunk of ${CHUNK_SIZE} bytes`);
    }
    this.#number++;
  }

  /** Ends the file and returns it, or only its header block where `onChunk` took the chunks. */
  finish(): Buffer {
    if (this.#finished) throw new Error('the file is finished');
    this.#finished = true;
    this.#seal();
    this.#writeStale();
    this.#emit();
    const header = this.#header();
    return this.#options.onChunk === undefined ? Buffer.concat([header, ...this.#chunks]) : header;
  }

  #write(event: EvtxEvent, number: number): boolean {
    const chunk = this.#chunk;
    const instance = windowsInstance(event, number, this.#templates, this.#options);
    return chunk.attempt(number, () => writeRecord(chunk, number, event.time, instance, this.#options));
  }

  #nextChunk(): void {
    this.#seal();
    const old = this.#chunk.bytes;
    this.#emit();
    this.#chunk = new ChunkWriter(this.#options.keepTails === true ? old : undefined);
  }

  #seal(): void {
    this.#chunk.seal(this.#options.checksums !== false);
  }

  /** Hands the chunk on, behind the zeros that were asked for before it. */
  #emit(): void {
    if (this.#options.zeroChunksBefore?.includes(this.#filled)) this.#push(Buffer.alloc(CHUNK_SIZE));
    if (this.#options.badMagic?.includes(this.#filled)) this.#chunk.bytes.write('ElfChunk', 0, 'latin1');
    this.#filled++;
    this.#push(this.#chunk.bytes);
  }

  #push(chunk: Buffer): void {
    this.#written++;
    if (this.#options.onChunk === undefined) this.#chunks.push(chunk);
    else this.#options.onChunk(chunk);
  }

  /**
   * Records beyond the free-space offset, numbered as if they came before all others. They add to the tables of
   * names and templates, so the header's checksum is made anew; the data's ends at the free-space offset.
   */
  #writeStale(): void {
    const stale = this.#options.staleEvents ?? [];
    if (stale.length === 0) return;
    const free = this.#chunk.bytes.readUInt32LE(48);
    const first = Math.max(1, (this.#options.firstRecordNumber ?? 1) - stale.length);
    for (const [i, event] of stale.entries()) {
      if (!this.#write(event, first + i)) throw new RangeError('stale events do not fit the last chunk');
    }
    this.#chunk.checksum(this.#options.checksums !== false, Math.max(free, CHUNK_HEADER_SIZE));
  }

  #header(): Buffer {
    const { version, header: wrong, dirty, checksums } = this.#options;
    const header = Buffer.alloc(FILE_HEADER_SIZE);
    const chunks = dirty === true ? 1 : this.#written;
    const next = dirty === true ? (this.#options.firstRecordNumber ?? 1) : this.#number;
    header.write(FILE_MAGIC, 0, 'latin1');
    header.writeBigUInt64LE(BigInt(wrong?.firstChunk ?? 0), 8);
    header.writeBigUInt64LE(BigInt(wrong?.lastChunk ?? Math.max(chunks - 1, 0)), 16);
    header.writeBigUInt64LE(BigInt(wrong?.nextRecord ?? next), 24);
    header.writeUInt32LE(128, 32);
    header.writeUInt16LE(version === '3.2' ? 2 : 1, 36);
    header.writeUInt16LE(3, 38);
    header.writeUInt16LE(FILE_HEADER_SIZE, 40);
    header.writeUInt16LE((wrong?.chunkCount ?? chunks) & 0xffff, 42);
    header.writeUInt32LE((dirty === true ? DIRTY : 0) | (checksums === false ? NO_CHECKSUMS : 0), 120);
    header.writeUInt32LE(checksums === false ? 0 : crc32(header.subarray(0, 120)), 124);
    return header;
  }
}

/** A whole file of these events. */
export function writeEvtx(events: readonly EvtxEvent[], options?: EvtxOptions): Buffer {
  const writer = new EvtxWriter(options);
  for (const event of events) writer.add(event);
  return writer.finish();
}
