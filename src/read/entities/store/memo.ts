/**
 * Remembers what the plain reading last made of values of at most eight bytes: access masks and keywords repeat for whole
 * logs, and making text of them to look at it would cost more than all else in a fact. Longer values are not remembered.
 */
import { type LazyEvent, ValueType } from '../../events/index.ts';
import { viewOf } from './texts.ts';

const MOST_BYTES = 8;

export class Memo {
  readonly #slots: readonly number[];
  /** Type, size and bytes of each slot's last value. */
  readonly #last: Float64Array;
  #isSet = false;
  #bytes: DataView | null = null;

  constructor(slots: readonly number[]) {
    this.#slots = slots;
    this.#last = new Float64Array(slots.length * 3);
  }

  /** True if the values are those of the last time; keeps them otherwise. */
  isLast(event: LazyEvent, view: DataView): boolean {
    let isLast = this.#isSet;
    this.#isSet = true;
    for (let i = 0; i < this.#slots.length; i++) {
      const slot = this.#slots[i]!;
      const type = event.types[slot]!;
      const size = type === ValueType.Null ? 0 : event.sizes[slot]!;
      if (size > MOST_BYTES) {
        this.#isSet = false;
        return false;
      }
      const start = event.offsets[slot]!;
      let low = 0;
      let high = 0;
      for (let at = Math.min(size, 4) - 1; at >= 0; at--) low = low * 256 + view.getUint8(start + at);
      for (let at = size - 1; at >= 4; at--) high = high * 256 + view.getUint8(start + at);
      const place = i * 3;
      const what = type * 16 + size;
      const last = this.#last;
      if (last[place] !== what || last[place + 1] !== low || last[place + 2] !== high) {
        last[place] = what;
        last[place + 1] = low;
        last[place + 2] = high;
        isLast = false;
      }
    }
    return isLast;
  }

  /** What the values that `isLast` kept came to. */
  set text(text: string | undefined) {
    this.#bytes = text === undefined ? null : viewOf(Buffer.from(text, 'utf16le'));
  }

  /** UTF-16LE, null where there is none. */
  get bytes(): DataView | null {
    return this.#bytes;
  }
}
