/**
 * Finds the records of a JSON input: one object a line, the items of a list, or documents printed over several lines one after
 * the other, as evtx_dump prints them (with `Record 12` between).
 *
 * An input is read on after anything that is wrong in it. A broken record is named where it begins; then the next beginning
 * is looked for: the next line where a record is a line, a line that begins with a brace among documents, and in a list a
 * brace behind a comma behind a brace. Each unit is looked at twice at most.
 */
import { type LazyEvent, type ReadContext, ValueType } from '../../events/index.ts';
import type { Beginning, RecordOutput, TextParser, TextWindow } from '../text/index.ts';
import { Texts } from '../windows/index.ts';
import { Fixer } from './fixups.ts';
import { type Form, formOf } from './form.ts';
import { ObjectReader } from './object.ts';
import type { RawEvents } from './raw.ts';
import { Settler } from './settle.ts';
import { Structures } from './structure.ts';

const LINE_FEED = 0x0a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** Units that are shown of a line that is no record. */
const SHOWN = 40;

export class JsonParser implements TextParser {
  readonly #structures = new Structures();
  readonly #objects = new ObjectReader(this.#structures);
  readonly #settler: Settler;
  readonly #fixer: Fixer;
  readonly #raw: RawEvents | null;
  #form: Form = 'lines';
  /** Looking for the next beginning of a record. */
  #lost = false;
  /** In a list: how much of `},` was seen while lost. */
  #seen = 0;
  /** A list is open. */
  #inList = false;

  /** `raw` reads events whose own text is a value. */
  constructor(context: ReadContext, raw: RawEvents | null = null) {
    this.#settler = new Settler(context, new Texts());
    this.#fixer = new Fixer(context);
    this.#raw = raw;
  }

  begin(head: string, where: Beginning): 'lines' | 'whole' {
    this.#form = formOf(head);
    this.#lost = false;
    this.#seen = 0;
    this.#inList = false;
    this.#structures.begin();
    this.#settler.begin();
    if (where === 'record') this.#inList = this.#form === 'list';
    return this.#form === 'lines' ? 'lines' : 'whole';
  }

  read(window: TextWindow, most: number, output: RecordOutput): void {
    const { units, end } = window;
    this.#objects.event.bytes = window.bytes;
    let left = most;
    while (left > 0) {
      if (this.#lost && !this.#find(window)) return;
      const unit = units[window.at]!;
      if (unit === OPEN) {
        if (!this.#record(window, output)) return;
        left--;
      } else if (window.at >= end) {
        break;
      } else if (isBlank(unit) || (this.#form === 'list' && this.#isList(unit))) {
        window.at++;
      } else if (!this.#garbage(window, output)) {
        return;
      } else left--;
    }
    if (window.last && window.at >= end && this.#inList && most > 1) {
      this.#inList = false;
      output.damaged(end, end, 'the file ends inside its list');
    }
  }

  skip(window: TextWindow, output: RecordOutput): void {
    if (!this.#lost) output.unparsed(window.at, null, 'the record is longer than 32 MiB');
    this.#lose();
    window.at = window.end;
  }

  /** Reads the object at `window.at`; false where more text is needed. */
  #record(window: TextWindow, output: RecordOutput): boolean {
    const start = window.at;
    const objects = this.#objects;
    const outcome = objects.read(window, start, this.#form !== 'lines');
    if (outcome === 'more') return false;
    if (outcome === 'broken') {
      output.unparsed(start, null, objects.reason);
      // What ends the record may be what the next one begins behind.
      window.at = Math.max(start + 1, objects.end - 1);
      this.#lose();
      return true;
    }
    window.at = objects.end;
    const { place, event } = objects;
    const settled = place.settled ?? this.#settler.settle(place);
    const own = settled.raw < 0 ? null : this.#ownText(settled.raw, window);
    if (own !== null) {
      output.event(own, start);
      return true;
    }
    if (settled.finder === null) {
      output.unparsed(start, null, settled.refusal);
      return true;
    }
    const { finder, fixups } = settled;
    event.shape = finder.shape;
    if (finder.shape.slotCount > event.offsets.length) event.reserve(finder.shape.slotCount);
    this.#fixer.apply(fixups, event, window);
    const kind = finder.find(event, window.view, -1);
    if (kind === null) {
      output.unparsed(start, null, 'too many different kinds of events');
      return true;
    }
    event.kind = kind;
    event.recordId = finder.recordId(event, window.view);
    output.event(event, start);
    return true;
  }

  /** The event that the text in `slot` says, null where it says none. */
  #ownText(slot: number, window: TextWindow): LazyEvent | null {
    const { offsets, sizes, types } = this.#objects.event;
    if (this.#raw === null || types[slot] !== ValueType.String) return null;
    const from = offsets[slot]! >> 1;
    return this.#raw.read(window, from, from + (sizes[slot]! >> 1));
  }

  /** A mark of the list around records: a comma, or one of its brackets. */
  #isList(unit: number): boolean {
    if (unit === OPEN_LIST) this.#inList = true;
    else if (unit === CLOSE_LIST) this.#inList = false;
    else return unit === COMMA;
    return true;
  }

  /** Names what stands at `window.at` in place of a record; false where more text is needed to say. */
  #garbage(window: TextWindow, output: RecordOutput): boolean {
    const { units, end } = window;
    const start = window.at;
    let at = start;
    while (at - start < SHOWN && units[at] !== LINE_FEED) at++;
    if (at >= end && !window.last) return false;
    const text = window.text(start, Math.min(at, end)).trimEnd();
    // evtx_dump prints such a line before each document.
    if (!/^Record \d+$/.test(text))
      output.unparsed(start, null, 'no JSON object where a record should begin');
    this.#lose();
    return true;
  }

  #lose(): void {
    this.#lost = true;
    this.#seen = 0;
  }

  /** Moves to where the next record may begin; false where that needs more text. */
  #find(window: TextWindow): boolean {
    const { units, end } = window;
    let { at } = window;
    if (this.#form === 'list') {
      for (; at < end; at++) {
        const unit = units[at]!;
        if (unit === CLOSE) this.#seen = 1;
        else if (unit === COMMA && this.#seen === 1) this.#seen = 2;
        else if (unit === OPEN && this.#seen === 2) break;
        else if (!isBlank(unit)) this.#seen = 0;
      }
    } else {
      for (; at < end; at++) {
        if (units[at] !== LINE_FEED) continue;
        if (this.#form === 'lines') break;
        // What stands behind the line feed is in the next window, if it is not in this one.
        if (at + 1 >= end && !window.last) break;
        if (units[at + 1] === OPEN || units[at + 1] === 0x52) break;
      }
    }
    window.at = at;
    if (at >= end) return false;
    if (this.#form === 'documents' && at + 1 >= end && !window.last) return false;
    this.#lost = false;
    return true;
  }
}

/** Blank, a control character, or a byte order mark. */
function isBlank(unit: number): boolean {
  return unit <= 0x20 || unit === 0xfeff;
}
