/**
 * What the objects of an input have in common: their keys, in the order in which they are written. The order is a path in a
 * tree, so a reader goes down it key by key, and the shape of the event lies at its end. Logs write one structure after
 * the other, so each place guesses that the key taken last comes next and compares it as it is written.
 *
 * Places are bounded, because the author of an input chooses its keys: what one input may add is a share of what is left, so
 * that no input leaves nothing to the ones after it.
 */
import type { KindFinder } from '../windows/index.ts';
import type { Fixups } from './draft.ts';

/** How a place in the tree is reached from the one before. */
export const Step = {
  /** The root: the outermost object is open. */
  Root: 0,
  /** A key was read; if nothing else follows from it, its value is a value. */
  Key: 1,
  /** The value of the key is an object, now open. */
  Open: 2,
  /** The value of the key is a list whose first item is an object, now open; `Item`: the next one. */
  List: 3,
  Item: 4,
  /** The innermost object ends; the list ends. */
  Close: 5,
  EndList: 6,
  /** The value of the key names the element, as in `{"@Name": "Image", "#text": …}`. */
  Named: 7,
} as const;

/** What is known of events that end at a place. */
export type Settled = (
  | { readonly finder: KindFinder; readonly fixups: Fixups; readonly refusal: '' }
  | { readonly finder: null; readonly refusal: string }
) & {
  /** Slot of the event's own text, -1 where it has none. */
  readonly raw: number;
};

/** An open object: the key whose value it is, or its list is; empty for the outermost. */
type Scope = { readonly key: string; readonly up: Scope | null };

const outermost: Scope = { key: '', up: null };

export class Place {
  readonly step: number;
  readonly parent: Place | null;
  /** The key as it is read, without quotes and escapes; the name, where the step is `Named`. */
  readonly text: string;
  /** Slot of the value, if this is a key with a value; slots before it otherwise. */
  readonly slot: number;
  /** The key as it is written, with the quote behind it, in `Structures.written`. */
  readonly start: number;
  readonly size: number;
  /** True where the value of this key names the element that it stands in. */
  readonly naming: boolean;
  /** The innermost object that is open here. */
  readonly scope: Scope;
  /** The key that followed last. */
  last: Place | null = null;
  /** All keys that followed; where they are many, by text as well. */
  readonly keys: Place[] = [];
  byText: Map<string, Place> | null = null;
  open: Place | null = null;
  list: Place | null = null;
  item: Place | null = null;
  close: Place | null = null;
  endList: Place | null = null;
  named: Map<string, Place> | null = null;
  lastName: Place | null = null;
  /** Set at the first event that ends here. */
  settled: Settled | null = null;

  constructor(
    step: number,
    parent: Place | null,
    text: string,
    slot: number,
    start: number,
    size: number,
    scope: Scope,
  ) {
    this.step = step;
    this.parent = parent;
    this.text = text;
    this.slot = slot;
    this.start = start;
    this.size = size;
    this.scope = scope;
    this.naming = step === Step.Key && scope.key === 'Data' && isName(text);
  }

  /** Slots that are taken if this place is a key with a value, or no key. */
  get slots(): number {
    return this.step === Step.Key ? this.slot + 1 : this.slot;
  }
}

/** Places and units of keys of all inputs of a reader. A place is some 200 bytes. */
const MAX_PLACES = 500_000;
const MAX_WRITTEN = 8_000_000;
/** What any input may add, and the share of the rest that it may. */
const LEAST = 20_000;
const SHARE = 4;

/** Keys that are looked through one by one. */
const FEW = 24;
/** Units of the longest key; real ones have under 100. */
export const MAX_KEY = 4096;

export class Structures {
  readonly root: Place = new Place(Step.Root, null, '', 0, 0, 0, outermost);
  /** Keys as they are written, one behind the other. */
  written: Uint16Array = new Uint16Array(16 * 1024);
  view: DataView = new DataView(this.written.buffer);
  #used = 0;
  /** Units of names. */
  #named = 0;
  #places = 0;
  #quota = 0;

  /** An input begins, which may add its share. */
  begin(): void {
    this.#quota = Math.max(LEAST, Math.floor((MAX_PLACES - this.#places) / SHARE));
  }

  /**
   * The way on by the key that is written from `from` to the quote at `to`, and is called `text` where that differs; null
   * where there is no room for another.
   */
  key(place: Place, units: Uint16Array, from: number, to: number, text: string | null): Place | null {
    let next = this.#known(place, units, from, to + 1 - from);
    if (next === null) {
      if (to - from >= MAX_KEY || this.#used + to - from >= MAX_WRITTEN || !this.#room()) return null;
      const start = this.#keep(units, from, to + 1);
      const name = text ?? String.fromCharCode(...units.subarray(from, to));
      next = new Place(Step.Key, place, name, place.slots, start, to + 1 - from, place.scope);
      place.keys.push(next);
      if (place.keys.length > FEW) {
        place.byText ??= new Map(place.keys.map(key => [this.#textOf(key), key]));
        place.byText.set(this.#textOf(next), next);
      }
    }
    place.last = next;
    return next;
  }

  #known(place: Place, units: Uint16Array, from: number, size: number): Place | null {
    if (place.byText !== null) {
      if (size > MAX_KEY) return null;
      return place.byText.get(String.fromCharCode(...units.subarray(from, from + size))) ?? null;
    }
    const { written } = this;
    for (const key of place.keys) {
      if (key.size !== size) continue;
      let i = 0;
      while (i < size && written[key.start + i] === units[from + i]) i++;
      if (i === size) return key;
    }
    return null;
  }

  #textOf(key: Place): string {
    return String.fromCharCode(...this.written.subarray(key.start, key.start + key.size));
  }

  /** The way on by `step`, which is no key; null where there is no room for another. */
  step(place: Place, step: number, text: string): Place | null {
    if (!this.#room()) return null;
    // A key whose value is an object has no slot itself.
    const opens = step === Step.Open || step === Step.List;
    const slot = opens || step === Step.Named ? place.slot : place.slots;
    // A place behind an object that was closed keeps that object's key, for the next item of its list.
    const scope =
      opens || step === Step.Item
        ? { key: place.text, up: place.scope }
        : step === Step.Close
          ? (place.scope.up ?? outermost)
          : place.scope;
    return new Place(step, place, step === Step.Close ? place.scope.key : text, slot, 0, 0, scope);
  }

  /** The way on by the name `text`. */
  named(place: Place, text: string): Place | null {
    if (place.lastName?.text === text) return place.lastName;
    place.named ??= new Map();
    let next = place.named.get(text) ?? null;
    if (next === null) {
      if (this.#named + text.length > MAX_WRITTEN) return null;
      this.#named += text.length;
      next = this.step(place, Step.Named, text);
      if (next === null) return null;
      place.named.set(text, next);
    }
    place.lastName = next;
    return next;
  }

  #room(): boolean {
    if (this.#quota <= 0 || this.#places >= MAX_PLACES) return false;
    this.#quota--;
    this.#places++;
    return true;
  }

  #keep(units: Uint16Array, from: number, to: number): number {
    const size = to - from;
    if (this.#used + size > this.written.length) {
      const written = new Uint16Array(Math.max(this.written.length * 2, this.#used + size));
      written.set(this.written.subarray(0, this.#used));
      this.written = written;
      this.view = new DataView(written.buffer);
    }
    this.written.set(units.subarray(from, to), this.#used);
    this.#used += size;
    return this.#used - size;
  }
}

function isName(text: string): boolean {
  return text === '@Name' || text === 'Name' || text === '-Name';
}
