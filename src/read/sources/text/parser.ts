/**
 * What a source has to say of its text: where records begin and what they hold. Reading, encodings, windows, pieces and
 * offsets are the reader's (`reader.ts`).
 */
import type { LazyEvent } from '../../events/index.ts';
import type { TextWindow } from './window.ts';

/** Takes what a parser finds in a window. Units are those of the window. */
export interface RecordOutput {
  /** The event of the record that begins at `unit`. */
  event(event: LazyEvent, unit: number): void;
  /** A record that is there but is no event that can be read; `record` is its number where it says one. */
  unparsed(unit: number, record: number | null, reason: string): void;
  /** A line that begins at `unit` and that something else wrote. */
  foreign(unit: number): void;
  /** Text from `unit` to `to` that is no record. */
  damaged(unit: number, to: number, reason: string): void;
}

/** Where a parser begins: at the front of the input, at the beginning of a line of it, or of a record. */
export type Beginning = 'front' | 'line' | 'record';

export interface TextParser {
  /**
   * An input begins that starts with `head` (the text of its first 4 KiB, whatever `where` says). `lines`: a line feed
   * ends a record, and any line can be the first one that is read. `whole`: it has to be read from its front.
   */
  begin(head: string, where: Beginning): 'lines' | 'whole';
  /**
   * Reads records from `window.at` on, at most `most`, and moves `at` behind what it is done with: a record that is not
   * whole stays, unless nothing comes (`window.last`): then all is read. What comes out may not depend on where windows
   * end. Where one record is asked for (`most` is 1, begun at a `record`), `at` stands still until it is whole.
   */
  read(window: TextWindow, most: number, output: RecordOutput): void;
  /**
   * The record at `window.at` is longer than any window. Names it and moves `at` to `window.end`; later calls of `read`
   * skip what is left of it.
   */
  skip(window: TextWindow, output: RecordOutput): void;
}
