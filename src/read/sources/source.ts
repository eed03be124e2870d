/**
 * What a source of events is. A new one is a folder with a `Source` and one line in `index.ts`; nothing
 * else learns of it.
 */
import type { LazyEvent, ReadContext } from '../events/index.ts';

/** Bytes that could not be read as what they should be. Offsets are absolute in the file or member. */
export type Damage = { readonly offset: number; readonly length: number; readonly reason: string };

/** A record that is there but could not be read. `record` is its number where the header still says it. */
export type Unparsed = { readonly offset: number; readonly record: number | null; readonly reason: string };

/** Takes what a reader finds. None of its functions may keep the event. */
export interface EventSink {
  event(event: LazyEvent): void;
  damaged(damage: Damage): void;
  unparsed(record: Unparsed): void;
  /**
   * Left-overs of a former use of the space that can't be read any more, counted in `reason`; `offset` and `record` are
   * of the first. Nobody promised them and ordinary exported logs are full of them, so they are no damage.
   */
  remains?(remains: Unparsed): void;
  /** A line at `offset` that something else wrote: a relay puts the logs of several devices into one file. No damage. */
  foreign?(offset: number): void;
}

export interface SourceReader {
  /**
   * Reads `start` to `end` of an open file, in windows of at most a few MB; yields after each the bytes it
   * covered, so that the caller can show progress, answer a signal or stop. `start` is 0 or a split point.
   * Throws only on I/O errors.
   */
  readFile(fd: number, start: number, end: number, sink: EventSink): Iterable<number>;
  /**
   * The same for bytes that come in order and once (standard input, archive members). Throws what `chunks` throws, after
   * it read what came before.
   */
  readStream(chunks: AsyncIterable<Uint8Array>, sink: EventSink): AsyncIterable<number>;
  /** Reads the one record at `offset` (as `recordOffset` gave it); false if there is none. */
  readRecordAt(fd: number, offset: number, sink: EventSink): boolean;
}

export interface Source {
  /** Word for ledger and messages: `evtx`. */
  readonly name: string;
  /** True if content that begins with `head` (up to 4 KiB, fewer if the input is shorter) is of this kind. */
  recognises(head: Uint8Array): boolean;
  /**
   * Offsets at which a file of `size` bytes may be cut into pieces that are read independently, ascending,
   * first 0; pieces are near `target` bytes. One entry = cannot be split.
   */
  splitPoints(size: number, target: number): number[];
  /** A reader; it keeps caches (templates, shapes), so open one per worker and use it for all inputs. */
  open(context: ReadContext): SourceReader;
}
