/** Events that are the text of a value in another record, as Splunk keeps in `_raw` what Windows wrote. */
import type { LazyEvent, ReadContext } from '../../events/index.ts';
import type { TextWindow } from '../text/index.ts';
import { Texts } from '../windows/index.ts';
import { EventElementReader } from './element-reader.ts';
import { isStart, skipBlank } from './units.ts';

export class EventTexts {
  readonly #elements: EventElementReader;

  constructor(context: ReadContext) {
    this.#elements = new EventElementReader(context, new Texts());
  }

  /**
   * The event that the units from `from` to `to` of the window say, null where they say none that can be read. What has
   * to be decoded goes to scratch, from `window.scratchAt` on.
   */
  read(window: TextWindow, from: number, to: number): LazyEvent | null {
    const start = skipBlank(window.units, from, to);
    if (!isStart(window.units, start, to)) return null;
    return this.#elements.read(window, start, to) ? this.#elements.event : null;
  }
}
