/**
 * Reads files, streams and single records chunk by chunk. A window of 64 chunks (4 MiB) is read at a time into one
 * buffer that lives as long as the reader, so memory does not grow with the input and a small file costs one read.
 *
 * Chunks lie on a grid that begins behind the file header; where a file begins with a chunk (its header was cut off),
 * the grid begins there. A chunk belongs to the piece of the file in which it starts.
 *
 * A reader does one thing at a time: no read may begin from within a sink.
 */
import { fstatSync, readSync } from 'node:fs';
import type { ReadContext } from '../../../events/index.ts';
import { SoundPart } from '../../sound-part.ts';
import type { EventSink, SourceReader } from '../../source.ts';
import { Block } from './block.ts';
import { ChunkReader } from './chunk.ts';
import {
  CHUNK,
  CHUNK_MAGIC_HIGH,
  CHUNK_MAGIC_LOW,
  FILE_HEADER,
  FILE_MAGIC_HIGH,
  FILE_MAGIC_LOW,
} from './layout.ts';
import { RecordReader } from './record.ts';

const WINDOW = 64 * CHUNK;

export class EvtxReader implements SourceReader {
  readonly #block = new Block(FILE_HEADER + WINDOW);
  readonly #chunks: ChunkReader;
  /** The chunk that lies at the window's start for `readRecordAt`; findings are often neighbours. */
  #held: { chunk: number; dev: number; ino: number; size: number; mtimeMs: number } | null = null;

  constructor(context: ReadContext) {
    this.#chunks = new ChunkReader(this.#block, new RecordReader(this.#block, context));
  }

  *readFile(fd: number, start: number, end: number, sink: EventSink): Generator<number, void, undefined> {
    let grid = FILE_HEADER;
    let at = start;
    if (start > 0) {
      this.#fill(fd, 0, 8);
      grid = this.#grid();
      at = grid + Math.ceil(Math.max(0, start - grid) / CHUNK) * CHUNK;
      if (at > grid) this.#fillBefore(fd, at - CHUNK);
    }
    let covered = start;
    while (at < end || at === 0) {
      const first = at === 0;
      const wanted = Math.min(WINDOW, Math.max(1, Math.ceil((end - at) / CHUNK)) * CHUNK);
      const got = this.#fill(fd, at, first ? FILE_HEADER + wanted : wanted);
      const ended = got < (first ? FILE_HEADER + wanted : wanted);
      const from = first ? this.#header(got, sink) : 0;
      if (first && got >= 8) grid = this.#grid();
      // Chunks that begin before `end` and lie in the window whole; the file's last one may be cut off.
      const begun = Math.ceil(Math.max(0, Math.min(end - at, got) - from) / CHUNK);
      const complete = Math.floor((got - from) / CHUNK);
      const to = begun <= complete ? from + begun * CHUNK : ended ? got : from + complete * CHUNK;
      this.#window(from, to, at, at > grid, sink);
      at += to;
      const now = ended ? end : Math.min(at, end);
      yield now - covered;
      covered = now;
      if (ended) return;
    }
    if (covered < end) yield end - covered;
  }

  async *readStream(
    chunks: AsyncIterable<Uint8Array>,
    sink: EventSink,
  ): AsyncGenerator<number, void, undefined> {
    const { bytes, start } = this.#block;
    let at = 0;
    let held = 0;
    let room = FILE_HEADER + WINDOW;
    this.#held = null;
    const sound = new SoundPart(chunks);
    for await (const chunk of sound) {
      for (let used = 0; used < chunk.length; ) {
        const take = Math.min(room - held, chunk.length - used);
        bytes.set(chunk.subarray(used, used + take), start + held);
        used += take;
        held += take;
        if (held < room) continue;
        const from = at === 0 ? this.#header(held, sink) : 0;
        const whole = from + Math.floor((held - from) / CHUNK) * CHUNK;
        this.#window(from, whole, at, at > 0, sink);
        bytes.copyWithin(start, start + whole, start + held);
        at += whole;
        held -= whole;
        room = WINDOW;
        yield whole;
      }
    }
    if (held > 0 || (at === 0 && sound.failure === undefined)) {
      const from = at === 0 ? this.#header(held, sink) : 0;
      this.#window(from, held, at, at > 0, sink);
      yield held;
    }
    sound.rethrow();
  }

  readRecordAt(fd: number, offset: number, sink: EventSink): boolean {
    return this.#recordAt(fd, FILE_HEADER, offset, sink) || this.#recordAt(fd, 0, offset, sink);
  }

  /** Reads the record at `offset` in the chunk that it lies in if the grid begins at `grid`. */
  #recordAt(fd: number, grid: number, offset: number, sink: EventSink): boolean {
    if (offset < grid) return false;
    const chunk = grid + Math.floor((offset - grid) / CHUNK) * CHUNK;
    const base = this.#block.start;
    // A descriptor's number may be another file's by now, so the file is asked who it is.
    const { dev, ino, size, mtimeMs } = fstatSync(fd);
    const held = this.#held;
    if (
      held === null ||
      held.chunk !== chunk ||
      held.ino !== ino ||
      held.dev !== dev ||
      held.size !== size ||
      held.mtimeMs !== mtimeMs
    ) {
      if (grid === 0) {
        this.#fill(fd, 0, 8);
        if (this.#grid() !== 0) return false;
      }
      const got = this.#fill(fd, chunk, CHUNK);
      this.#chunks.turnTo(base, got, chunk);
      this.#held = { chunk, dev, ino, size, mtimeMs };
    }
    return this.#chunks.again(base + offset - chunk, sink);
  }

  /** Reads `size` bytes at `offset` to the window's start; fewer only where the file ends. */
  #fill(fd: number, offset: number, size: number): number {
    this.#held = null;
    let got = 0;
    while (got < size) {
      const more = readSync(fd, this.#block.bytes, this.#block.start + got, size - got, offset + got);
      if (more === 0) break;
      got += more;
    }
    return got;
  }

  /** Reads the chunk at `offset` to where the chunk before a window belongs. */
  #fillBefore(fd: number, offset: number): void {
    const got = this.#fill(fd, offset, CHUNK);
    if (got === CHUNK) this.#keepBefore(this.#block.start);
  }

  /** Copies the chunk at `from` of the block to where the chunk before a window belongs. */
  #keepBefore(from: number): void {
    const { bytes, start } = this.#block;
    bytes.copyWithin(start - CHUNK, from, from + CHUNK);
  }

  /** Where the grid of chunks begins in a file whose first bytes are at the window's start. */
  #grid(): number {
    const { view, start } = this.#block;
    return view.getUint32(start, true) === CHUNK_MAGIC_LOW &&
      view.getUint32(start + 4, true) === CHUNK_MAGIC_HIGH
      ? 0
      : FILE_HEADER;
  }

  /** Looks at the file header at the block's start, of which `got` bytes are there; where the chunks begin. */
  #header(got: number, sink: EventSink): number {
    const { view, start } = this.#block;
    const named = (reason: string): void => {
      sink.damaged({ offset: 0, length: Math.min(got, FILE_HEADER), reason });
    };
    if (got >= 8 && this.#grid() === 0) {
      sink.damaged({ offset: 0, length: 0, reason: 'the file header is missing' });
      return 0;
    }
    if (got === 0) named('the file is empty');
    else if (got < FILE_HEADER) named('the file ends inside its header');
    else if (
      view.getUint32(start, true) !== FILE_MAGIC_LOW ||
      view.getUint32(start + 4, true) !== FILE_MAGIC_HIGH
    ) {
      named('the file begins with the wrong signature');
    }
    return Math.min(got, FILE_HEADER);
  }

  /**
   * Reads the chunks from `from` to `to` of the window, whose start is at `offset` of the file. `follows`: the chunk
   * before the first one lies before it.
   */
  #window(from: number, to: number, offset: number, follows: boolean, sink: EventSink): void {
    const { start } = this.#block;
    let size = 0;
    for (let at = from; at < to; at += CHUNK) {
      size = Math.min(CHUNK, to - at);
      this.#chunks.chunk(start + at, size, offset + at, follows || at > from, sink);
    }
    if (size === CHUNK) this.#keepBefore(start + to - CHUNK);
  }
}
