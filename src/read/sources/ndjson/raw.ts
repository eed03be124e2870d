/**
 * Events whose own text is a value of the record: Splunk keeps the XML that Windows wrote in `_raw`. Who can read such
 * text is given to the reader of JSON; where nobody is, or the text is none of theirs, the record's other fields count.
 */
import type { LazyEvent } from '../../events/index.ts';
import type { TextWindow } from '../text/index.ts';

export interface RawEvents {
  /**
   * The event that the units from `from` to `to` of the window say, with shape, slots, kind, time and number; null where
   * they say none. Scratch is taken from `window.scratchAt` on.
   */
  read(window: TextWindow, from: number, to: number): LazyEvent | null;
}
