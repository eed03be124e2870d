/**
 * Reads files, streams and single records of a text for any parser: decides the encoding, turns bytes into a window of
 * UTF-16 text, moves the window on, and cuts inputs at lines. What an input yields does not depend on whether it is read
 * as a file, in pieces or as a stream.
 *
 * A line belongs to the piece of a file in which it begins. An input that can't be cut at lines is read whole by the
 * piece that starts at 0, and the others yield nothing.
 *
 * A reader does one thing at a time: no read may begin from within a sink.
 */
import { fstatSync, readSync } from 'node:fs';
import { countEvent, type LazyEvent } from '../../events/index.ts';
import { SoundPart } from '../sound-part.ts';
import type { EventSink, SourceReader } from '../source.ts';
import { type Encoding, encodingOf } from './encoding.ts';
import type { RecordOutput, TextParser } from './parser.ts';
import { openingOf } from './source.ts';
import { TextWindow } from './window.ts';

/** Units of a window, and of the longest record: 32 Mi, which is 32 MiB of ASCII. */
export const WINDOW: number = 512 * 1024;
export const MAX_RECORD: number = 32 * 1024 * 1024;

const HEAD = 4096;
/** Bytes that are read for one record; more where they are not enough. */
const RECORD = 16 * 1024;

export type TextLimits = { readonly window: number; readonly record: number };

/** Hands what the parser finds to a sink, with offsets of the input; without `tally`, events only and uncounted. */
class Output implements RecordOutput {
  readonly #window: TextWindow;
  readonly #sink: EventSink;
  readonly #tally: boolean;
  events = 0;

  constructor(window: TextWindow, sink: EventSink, tally: boolean) {
    this.#window = window;
    this.#sink = sink;
    this.#tally = tally;
  }

  event(event: LazyEvent, unit: number): void {
    event.bytes = this.#window.bytes;
    event.recordOffset = this.#window.offsetOf(unit);
    event.recordNumber = event.recordId;
    if (this.#tally) countEvent(event.kind, event.micros);
    this.events++;
    this.#sink.event(event);
  }

  unparsed(unit: number, record: number | null, reason: string): void {
    if (this.#tally) this.#sink.unparsed({ offset: this.#window.offsetOf(unit), record, reason });
  }

  foreign(unit: number): void {
    if (this.#tally) this.#sink.foreign?.(this.#window.offsetOf(unit));
  }

  damaged(unit: number, to: number, reason: string): void {
    if (!this.#tally) return;
    const offset = this.#window.offsetOf(unit);
    this.#sink.damaged({ offset, length: this.#window.offsetOf(to) - offset, reason });
  }
}

/** What a file is, as its head says; findings that are read again are often of one file. */
type Known = {
  readonly dev: number;
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
  readonly encoding: Encoding;
  readonly head: string;
};

export class TextReader implements SourceReader {
  readonly #parser: TextParser;
  readonly #window: TextWindow;
  /** Bytes as they are read, at most one window of them. */
  readonly #raw: Buffer;
  #known: Known | null = null;

  constructor(parser: TextParser, limits: TextLimits = { window: WINDOW, record: MAX_RECORD }) {
    this.#parser = parser;
    this.#window = new TextWindow(limits.window, limits.record);
    this.#raw = Buffer.allocUnsafeSlow(Math.max(HEAD, limits.window));
  }

  *readFile(fd: number, start: number, end: number, sink: EventSink): Generator<number, void, undefined> {
    const raw = this.#raw;
    const got = fill(fd, raw, 0, HEAD);
    const encoding = encodingOf(raw.subarray(0, got));
    const cut = this.#parser.begin(openingOf(raw.subarray(0, got)), start === 0 ? 'front' : 'line');
    let at = start === 0 ? encoding.mark : start;
    if (start > 0) {
      at = cut === 'lines' ? lineFrom(fd, raw, start, end, encoding) : end;
      if (at >= end) {
        yield end - start;
        return;
      }
    }
    const output = new Output(this.#window, sink, true);
    this.#window.begin(encoding, at);
    let covered = start;
    for (let ended = false; !ended; ) {
      let size = fill(fd, raw, at, raw.length);
      ended = size < raw.length;
      if (cut === 'lines' && at + size >= end) {
        const line = lineIn(raw, at, size, end, encoding);
        if (line >= 0) {
          size = line - at;
          ended = true;
        }
      }
      at += size;
      this.#take(size, ended, output);
      const now = ended ? end : Math.min(at, end);
      yield now - covered;
      covered = now;
    }
  }

  async *readStream(
    chunks: AsyncIterable<Uint8Array>,
    sink: EventSink,
  ): AsyncGenerator<number, void, undefined> {
    const raw = this.#raw;
    const output = new Output(this.#window, sink, true);
    let held = 0;
    let mark = -1;
    const begin = (): void => {
      const encoding = encodingOf(raw.subarray(0, Math.min(held, HEAD)));
      this.#parser.begin(openingOf(raw.subarray(0, Math.min(held, HEAD))), 'front');
      this.#window.begin(encoding, encoding.mark);
      mark = encoding.mark;
    };
    const take = (ended: boolean): void => {
      if (mark < 0) begin();
      // The mark is no text, and stands in the first window only.
      if (mark > 0) raw.copyWithin(0, mark, held);
      const size = held - mark;
      mark = 0;
      held = 0;
      this.#take(size, ended, output);
    };
    const sound = new SoundPart(chunks);
    for await (const chunk of sound) {
      for (let used = 0; used < chunk.length; ) {
        // A full window is read only when something follows: the last one has to know that it is the last.
        if (held === raw.length) {
          const size = held;
          take(false);
          yield size;
        }
        const more = Math.min(raw.length - held, chunk.length - used);
        raw.set(chunk.subarray(used, used + more), held);
        used += more;
        held += more;
      }
    }
    const size = held;
    if (size > 0 || sound.failure === undefined) take(true);
    yield size;
    sound.rethrow();
  }

  readRecordAt(fd: number, offset: number, sink: EventSink): boolean {
    const { encoding, head } = this.#knownOf(fd);
    const raw = this.#raw;
    const window = this.#window;
    this.#parser.begin(head, 'record');
    window.begin(encoding, offset);
    const output = new Output(window, sink, false);
    let at = offset;
    for (let step = RECORD; ; step = Math.min(step * 4, raw.length)) {
      if (window.room === 0 && !window.grow()) return false;
      const wanted = Math.min(step, window.room, raw.length);
      const size = fill(fd, raw, at, wanted);
      at += size;
      window.append(raw.subarray(0, size), size < wanted);
      const before = window.at;
      this.#parser.read(window, 1, output);
      if (output.events > 0) return true;
      if (window.at > before || window.last) return false;
    }
  }

  /** Reads `size` bytes of `raw` through the window; `ended`: they are the input's last. */
  #take(size: number, ended: boolean, output: RecordOutput): void {
    const window = this.#window;
    let used = 0;
    do {
      window.slide();
      if (window.room === 0 && !window.grow()) {
        this.#parser.skip(window, output);
        window.slide();
      }
      const more = Math.min(size - used, window.room);
      const last = ended && used + more === size;
      window.append(this.#raw.subarray(used, used + more), last);
      used += more;
      // Half a window is not read yet: a long record would be looked at over and over.
      if (window.room === 0 || last) this.#parser.read(window, Number.POSITIVE_INFINITY, output);
    } while (used < size);
  }

  #knownOf(fd: number): Known {
    // A descriptor's number may be another file's by now, so the file is asked who it is.
    const { dev, ino, size, mtimeMs } = fstatSync(fd);
    const known = this.#known;
    if (
      known !== null &&
      known.ino === ino &&
      known.dev === dev &&
      known.size === size &&
      known.mtimeMs === mtimeMs
    ) {
      return known;
    }
    const got = fill(fd, this.#raw, 0, HEAD);
    const encoding = encodingOf(this.#raw.subarray(0, got));
    const head = openingOf(this.#raw.subarray(0, got));
    this.#known = { dev, ino, size, mtimeMs, encoding, head };
    return this.#known;
  }
}

/** Reads `size` bytes at `offset` to the front of `raw`; fewer only where the file ends. */
function fill(fd: number, raw: Buffer, offset: number, size: number): number {
  let got = 0;
  while (got < size) {
    const more = readSync(fd, raw, got, size - got, offset + got);
    if (more === 0) break;
    got += more;
  }
  return got;
}

/**
 * Offset of the first line that begins at `offset` or later and whose line feed is among the `size` bytes of `raw`, which
 * are at `at` of the file; -1 where there is none.
 */
function lineIn(raw: Buffer, at: number, size: number, offset: number, encoding: Encoding): number {
  const { unit } = encoding;
  const first = Math.max(0, Math.ceil(offset / unit) * unit - unit - at);
  for (let from = first; ; ) {
    const feed = raw.subarray(0, size).indexOf(10, from);
    if (feed < 0) return -1;
    if (unit === 1) return at + feed + 1;
    // Units lie at even offsets of the file; the feed is one of a unit whose other byte is zero.
    const low = encoding.name === 'utf-16le' ? feed : feed - 1;
    if ((at + low) % 2 === 0 && low >= first && low + 1 < size && raw[feed === low ? low + 1 : low] === 0) {
      return at + low + 2;
    }
    from = feed + 1;
  }
}

/** Offset of the first line of the file that begins at `start` or later; `end` where none begins before. */
function lineFrom(fd: number, raw: Buffer, start: number, end: number, encoding: Encoding): number {
  const { unit } = encoding;
  let at = Math.ceil(start / unit) * unit - unit;
  // A line feed at `end` or later is the business of the piece that begins there.
  while (at < end) {
    const wanted = Math.min(raw.length, Math.ceil((end - at) / unit) * unit);
    const size = fill(fd, raw, at, wanted);
    const line = lineIn(raw, at, size, start, encoding);
    if (line >= 0) return line;
    if (size < wanted) return end;
    at += size;
  }
  return end;
}
