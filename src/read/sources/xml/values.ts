/**
 * Decodes text and attribute values that are not written as they are: references, CDATA, line ends. Nothing that a log
 * declares is ever expanded: there are the five entities of XML and references to characters, and what else looks like
 * a reference stays as it is written. So a value is never longer than what it was written with.
 */
import {
  AMP,
  CDATA,
  CR,
  HASH,
  isBlank,
  isCut,
  isStart,
  LF,
  LT,
  pastAside,
  SEMICOLON,
  SPACE,
  startsWith,
} from './units.ts';

const entities: readonly (readonly [written: string, unit: number])[] = [
  ['&amp;', 0x26],
  ['&lt;', 0x3c],
  ['&gt;', 0x3e],
  ['&quot;', 0x22],
  ['&apos;', 0x27],
];
const MAX_CODE = 0x10_ffff;
/** Digits of a reference that are looked at: the largest code has seven, and zeros may stand before it. */
const MAX_DIGITS = 16;

export class Values {
  /** Where the value ended. */
  position = 0;
  /** Behind what was written. */
  written = 0;
  #units: Uint16Array = new Uint16Array(0);
  #end = 0;

  /** Turns to the memory that is read and written to. */
  turnTo(units: Uint16Array): void {
    this.#units = units;
  }

  /** Decodes the text at `at` to `to`, up to the tag that ends it. False where `end` comes first. */
  text(at: number, end: number, to: number): boolean {
    const units = this.#units;
    this.#end = end;
    this.position = at;
    this.written = to;
    while (this.position < end) {
      const from = this.position;
      const unit = units[from]!;
      if (unit === LT) {
        if (isCut(units, from, end)) return false;
        const aside = pastAside(units, from, end);
        if (aside > from) this.position = aside;
        else if (startsWith(units, from, end, CDATA)) this.#cdata();
        else return true;
        if (this.position < end && isStart(units, this.position, end)) return true;
      } else if (unit === AMP) this.#reference();
      else this.#copy(unit);
    }
    return false;
  }

  /**
   * Decodes the attribute value at `at` to `to`, up to the unit `delimiter`, or to a `<`, which no value may have. False
   * where `end` comes first.
   */
  attribute(at: number, end: number, delimiter: number, to: number): boolean {
    const units = this.#units;
    this.#end = end;
    this.position = at;
    this.written = to;
    while (this.position < end) {
      const unit = units[this.position]!;
      if (unit === delimiter || unit === LT) return true;
      if (unit === AMP) this.#reference();
      else {
        this.#copy(unit);
        if (isBlank(unit)) units[this.written - 1] = SPACE;
      }
    }
    return false;
  }

  /** Copies a unit; a line end of two units becomes one, as XML has it. */
  #copy(unit: number): void {
    this.position++;
    if (unit === CR && this.position < this.#end && this.#units[this.position] === LF) this.position++;
    this.#units[this.written++] = unit === CR ? LF : unit;
  }

  /** Copies what stands in a CDATA section, up to its end or the start of a record. */
  #cdata(): void {
    this.position += CDATA.length;
    while (this.position < this.#end) {
      const unit = this.#units[this.position]!;
      if (unit === 0x5d && startsWith(this.#units, this.position, this.#end, ']]>')) {
        this.position += 3;
        return;
      }
      if (unit === LT && isStart(this.#units, this.position, this.#end)) return;
      this.#copy(unit);
    }
  }

  #reference(): void {
    const units = this.#units;
    const at = this.position;
    if (units[at + 1] === HASH && this.#character()) return;
    for (const [written, unit] of entities) {
      if (!startsWith(units, at, this.#end, written)) continue;
      units[this.written++] = unit;
      this.position = at + written.length;
      return;
    }
    this.#copy(AMP);
  }

  /** A reference to a character, `&#9;` or `&#x9;`; false where it is none, and stays as it is written. */
  #character(): boolean {
    const units = this.#units;
    let at = this.position + 2;
    const base = units[at] === 0x78 ? 16 : 10;
    if (base === 16) at++;
    let code = 0;
    const first = at;
    for (; at < this.#end && at < first + MAX_DIGITS; at++) {
      const digit = digitOf(units[at]!);
      if (digit >= base) break;
      code = code * base + digit;
    }
    if (at === first || at >= this.#end || units[at] !== SEMICOLON || code === 0 || code > MAX_CODE)
      return false;
    if (code > 0xffff) {
      units[this.written++] = 0xd7c0 + (code >> 10);
      units[this.written++] = 0xdc00 + (code & 0x3ff);
    } else units[this.written++] = code;
    this.position = at + 1;
    return true;
  }
}

/** The value of a hexadecimal digit; 16 for what is none. */
function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 16;
}
