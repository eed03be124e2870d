/**
 * Where in the input a unit of the window came from. The window is a row of stretches of three sorts: one byte a unit
 * (ASCII, and bytes that are no UTF-8), two bytes a unit (UTF-16), and valid UTF-8, where the bytes of a unit follow
 * from its value. A stretch of UTF-8 is short, so any unit is found by a search and a walk of a few thousand units;
 * asked in ascending order, as readers do, each unit is walked over once.
 */

/** Sorts of stretches; `Utf8` is counted unit by unit. */
export const Stretch = { One: 1, Two: 2, Utf8: 3 } as const;

/** Units after which a stretch of UTF-8 is begun anew. */
const LONG = 4096;

export class Offsets {
  /** By stretch: its first unit, the offset of that unit in the input, its sort. */
  #units = new Float64Array(64);
  #bytes = new Float64Array(64);
  #sorts = new Uint8Array(64);
  #count = 0;
  /** Where the last question was answered: its stretch, unit and byte. */
  #at = 0;
  #unit = 0;
  #byte = 0;

  /** Forgets all; the first unit will come from `byte`. */
  begin(byte: number): void {
    this.#count = 0;
    this.mark(0, byte, Stretch.One);
    this.#turn(0);
  }

  /** From `unit` on, the input goes on at `byte` in stretches of `sort`. Units come in ascending order. */
  mark(unit: number, byte: number, sort: number): void {
    const last = this.#count - 1;
    if (last >= 0) {
      const since = unit - this.#units[last]!;
      const same = this.#sorts[last] === sort;
      if (same && sort !== Stretch.Utf8 && this.#bytes[last]! + since * sort === byte) return;
      if (same && sort === Stretch.Utf8 && since < LONG) return;
    }
    if (this.#count === this.#units.length) this.#grow();
    this.#units[this.#count] = unit;
    this.#bytes[this.#count] = byte;
    this.#sorts[this.#count] = sort;
    this.#count++;
  }

  /** Offset in the input of `unit` of the window, whose text is `text`. */
  of(unit: number, text: Uint16Array): number {
    if (unit < this.#unit) this.#turn(this.#search(unit));
    while (this.#at + 1 < this.#count && this.#units[this.#at + 1]! <= unit) this.#turn(this.#at + 1);
    const sort = this.#sorts[this.#at]!;
    if (sort !== Stretch.Utf8) return this.#bytes[this.#at]! + (unit - this.#units[this.#at]!) * sort;
    let byte = this.#byte;
    for (let i = this.#unit; i < unit; i++) {
      const code = text[i]!;
      // A surrogate is half of a character of four bytes.
      byte += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
    }
    this.#unit = unit;
    this.#byte = byte;
    return byte;
  }

  /** The first `units` of the window go, and the rest moves to the front. */
  drop(units: number, text: Uint16Array): void {
    if (units === 0) return;
    const byte = this.of(units, text);
    const from = this.#at;
    let kept = 0;
    for (let i = from; i < this.#count; i++, kept++) {
      this.#units[kept] = this.#units[i]! - units;
      this.#bytes[kept] = this.#bytes[i]!;
      this.#sorts[kept] = this.#sorts[i]!;
    }
    this.#units[0] = 0;
    this.#bytes[0] = byte;
    this.#count = kept;
    this.#turn(0);
  }

  #turn(stretch: number): void {
    this.#at = stretch;
    this.#unit = this.#units[stretch]!;
    this.#byte = this.#bytes[stretch]!;
  }

  /** The last stretch that begins at or before `unit`. */
  #search(unit: number): number {
    let low = 0;
    let high = this.#count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#units[middle]! <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #grow(): void {
    const grow = <T extends Float64Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.#units = grow(this.#units, new Float64Array(this.#count * 2));
    this.#bytes = grow(this.#bytes, new Float64Array(this.#count * 2));
    this.#sorts = grow(this.#sorts, new Uint8Array(this.#count * 2));
  }
}
