/**
 * Finds the events of a text: an event is `<Event` and what follows up to its end tag. Wherever `<Event` stands, an event
 * begins, so one that was cut off costs nothing but itself. What stands between events is looked through; what can't be
 * read is named and passed over up to the next beginning or end of an event. Each unit is passed a bounded number of
 * times, whatever the text.
 */
import type { ReadContext } from '../../events/index.ts';
import {
  type Beginning,
  MAX_RECORD,
  type RecordOutput,
  type TextParser,
  type TextWindow,
} from '../text/index.ts';
import { Texts } from '../windows/index.ts';
import { EventElementReader } from './element-reader.ts';
import { Gap } from './gap.ts';
import { isBlank, isStart, startsWith } from './units.ts';

const START = Buffer.from('<Event', 'utf16le');
const CLOSE = '</Event>';
/** `Event`: in beginnings and ends alike. */
const NAME = Buffer.from('Event', 'utf16le');
/** Units of the longest of both, but one: as many may belong to one that is not whole. */
const TAIL = CLOSE.length - 1;

export class XmlParser implements TextParser {
  readonly #elements: EventElementReader;
  #gap = new Gap();
  /** The text belongs to an event that could not be read, up to the next beginning or end. */
  #skipping = false;
  #single = false;

  constructor(context: ReadContext) {
    this.#elements = new EventElementReader(context, new Texts());
  }

  begin(_head: string, where: Beginning): 'whole' {
    this.#single = where === 'record';
    if (!this.#single) this.#elements.begin();
    this.#gap = new Gap();
    this.#skipping = false;
    return 'whole';
  }

  read(window: TextWindow, most: number, output: RecordOutput): void {
    for (let left = most; left > 0; left--) {
      if (!this.#toStart(window, output) || !this.#event(window, output)) break;
    }
    if (!window.last || window.at < window.end || !this.#gap.open) return;
    output.damaged(window.end, window.end, 'the input ends before its Events element does');
    this.#gap.open = false;
  }

  skip(window: TextWindow, output: RecordOutput): void {
    const { units, at, end } = window;
    const to = end - TAIL;
    if (isStart(units, at, end)) {
      output.unparsed(at, null, `an event of more than ${MAX_RECORD} characters`);
      this.#skipping = true;
    } else output.damaged(at, to, 'text that is no event');
    window.at = to;
  }

  /** Moves to where the next event begins, naming what stands before it; false where none does in the window. */
  #toStart(window: TextWindow, output: RecordOutput): boolean {
    if (this.#skipping && !this.#resume(window)) return false;
    const { units, end, last } = window;
    let at = window.at;
    while (!this.#single && at < end && isBlank(units[at]!)) at++;
    if (!isStart(units, at, end)) {
      // A record that is read again is where it was, or not at all.
      if (this.#single && (last || end - window.at > TAIL)) window.at = end;
      if (this.#single) return false;
      at = nextStart(window, at);
    }
    if (at < 0 && !last) return false;
    const to = at < 0 ? end : at;
    const stray = this.#gap.stray(units, window.at, to);
    if (stray >= 0) output.damaged(stray, to, 'text that is no event');
    window.at = to;
    return at >= 0;
  }

  /** Reads the event that begins at `window.at`; false where the window ends before it does. */
  #event(window: TextWindow, output: RecordOutput): boolean {
    const elements = this.#elements;
    const start = window.at;
    window.scratchAt = window.scratch;
    if (elements.read(window, start, window.end)) {
      window.at = elements.position;
      output.event(elements.event, start);
      return true;
    }
    if (elements.cut && !window.last) return false;
    output.unparsed(start, null, elements.reason);
    // Once is enough: what encloses an event that is cut off does not end either.
    if (elements.cut) this.#gap.open = false;
    window.at = elements.cut ? window.end : Math.max(start + 1, elements.position);
    this.#skipping = !elements.cut && !startsWith(window.units, window.at - CLOSE.length, window.at, CLOSE);
    return true;
  }

  /** Passes over what is left of an event that could not be read; false where the window ends before it does. */
  #resume(window: TextWindow): boolean {
    const { units, end } = window;
    const bytes = window.bytes.subarray(0, end * 2);
    for (let from = window.at; ; ) {
      const at = find(bytes, NAME, from);
      if (at < 0) break;
      const start = Math.max(window.at, at - 2);
      if (isStart(units, at - 1, end) && at > window.at) {
        window.at = at - 1;
        this.#skipping = false;
        return true;
      }
      if (at - 2 >= window.at && startsWith(units, start, end, CLOSE)) {
        window.at = start + CLOSE.length;
        this.#skipping = false;
        return true;
      }
      from = at + 1;
    }
    window.at = window.last ? end : Math.max(window.at, end - TAIL);
    return false;
  }
}

/** Where the next event begins from unit `from` on, -1 where none does. */
function nextStart(window: TextWindow, from: number): number {
  const bytes = window.bytes.subarray(0, window.end * 2);
  for (let at = find(bytes, START, from); at >= 0; at = find(bytes, START, at + 1)) {
    if (isStart(window.units, at, window.end)) return at;
  }
  return -1;
}

/** The first unit from `from` on where `what` stands, -1 where it does nowhere. */
function find(bytes: Buffer, what: Buffer, from: number): number {
  for (let at = bytes.indexOf(what, from * 2); at >= 0; at = bytes.indexOf(what, at + 1)) {
    if (at % 2 === 0) return at / 2;
  }
  return -1;
}
