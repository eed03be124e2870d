/**
 * A command line written as plainly as it can be: what `cmd.exe`, the C runtime and people put into it without changing
 * what it runs is undone. It is for matching and not for running: where arguments begin and end is lost.
 *
 * Undone: quotes and carets wherever they stand (`"nt"d^sutil`), escaped quotes, doubled and odd blanks, the dashes, letters
 * and invisible characters of `characters.ts`, the variables and short names of `well-known.ts` and parts of such
 * variables (`%comspec:~0,1%`), `\\?\C:\`, `\.\`, `\..\`, doubled backslashes behind a name, and slashes in a path that
 * begins with a drive and a slash. Abbreviated words of netsh and ntdsutil: `abbreviations.ts`.
 *
 * Not undone, because it needs what the line does not say or an interpreter: variables that the line sets itself, delayed
 * expansion (`!x!`), `%x:a=b%`, FOR and its variables, commas and semicolons for blanks, brackets around commands, slashes
 * behind backslashes, backticks, joined strings and encoded commands of PowerShell.
 *
 * What makes it idempotent: whether something is undone depends only on what has been written up to there, and is asked at
 * the last character of it. So nothing that could be undone is ever left behind, and a second run writes what it reads.
 * Cost: one step for each character, and for each that is written off again.
 */
import { expandAbbreviations } from './abbreviations.ts';
import { BLANK, DROPPED, sameAs } from './characters.ts';
import { LONGEST_NAME, LONGEST_PART, shortNames, variables } from './well-known.ts';

const QUOTE = 0x22;
const PERCENT = 0x25;
const DOT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;

/** How many times longer than the text its normal form may be: `%pathext%` has nine characters and means 53. */
export const MOST_GROWTH = 6;

/** The normal form of a command line. At most `MOST_GROWTH` times as long as `text`. */
export function normalCommandLine(text: string): string {
  const line = new Line();
  line.read(text);
  return expandAbbreviations(line.finish());
}

/** Where lines are written, one after the other: to make and clear room for each would cost a quarter of all. */
let scratch: Uint16Array = new Uint16Array(1024);

/** Units that are kept for the next line: Windows' own limit is 32,767. */
const MOST_KEPT = 65_536;

class Line {
  #units: Uint16Array = scratch;
  #length = 0;
  /** The word began with a drive and a slash, so its slashes are backslashes. */
  #slashed = false;
  /** A quote behind a backslash has begun something, so the next one ends it. */
  #escaped = false;

  read(text: string): void {
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80 && plain[unit] === 1) {
        this.#append(unit);
        continue;
      }
      const same = sameAs.get(unit) ?? unit;
      if (same !== DROPPED) this.#put(same);
      else if (unit === QUOTE) this.#quote();
    }
  }

  finish(): string {
    if (this.#last(1) === BLANK) this.#length--;
    this.#endOfName();
    return Buffer.from(this.#units.buffer, 0, this.#length * 2).toString('utf16le');
  }

  /** The unit that is `back`th from the end; 0 before the beginning. */
  #last(back: number): number {
    return back > this.#length ? 0 : this.#units[this.#length - back]!;
  }

  #append(unit: number): void {
    if (this.#length === this.#units.length) {
      const units = new Uint16Array(this.#length * 2);
      units.set(this.#units);
      this.#units = units;
      if (units.length <= MOST_KEPT) scratch = units;
    }
    this.#units[this.#length++] = unit;
  }

  #put(unit: number): void {
    if (unit === BLANK) {
      if (this.#length === 0 || this.#last(1) === BLANK) return;
      this.#endOfName();
      this.#slashed = false;
      this.#append(BLANK);
    } else if (unit === SLASH && (this.#slashed || this.#endsInDrive(0))) {
      this.#slashed = true;
      this.#backslash();
    } else if (unit === BACKSLASH) {
      this.#backslash();
    } else {
      this.#append(unit);
      if (unit === PERCENT) this.#variable();
    }
  }

  /**
   * A quote that a backslash escapes is there for the program that takes the line apart next, and so is the backslash. One
   * behind a name is a folder's (`"C:\dir\"`), unless another has been opened.
   */
  #quote(): void {
    if (this.#last(1) !== BACKSLASH) return;
    if (this.#escaped) this.#length--;
    else {
      let back = 2;
      while (this.#last(back) === BACKSLASH) back++;
      if (!opens(this.#last(back))) return;
      this.#length -= back - 1;
    }
    this.#escaped = !this.#escaped;
  }

  /** True if what is written, but for its last `but` units, ends in a drive: `C:`, and not in an option: `/d:`. */
  #endsInDrive(but: number): boolean {
    if (this.#last(but + 1) !== COLON || !isLetter(this.#last(but + 2))) return false;
    const before = this.#last(but + 3);
    return before !== SLASH && !isNameUnit(before);
  }

  /** True if what is written ends in `text`, which is lower case, `back` units before its end. */
  #endsIn(text: string, back: number): boolean {
    for (let i = 0; i < text.length; i++) {
      const unit = this.#last(back + text.length - i);
      if (lower(unit) !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  #backslash(): void {
    this.#endOfName();
    this.#append(BACKSLASH);
    while (this.#undoBackslash());
  }

  /** Undoes what the backslash at the end completes; true where there may be more. */
  #undoBackslash(): boolean {
    const before = this.#last(2);
    if (before === BACKSLASH) return this.#undoDouble();
    if (before === COLON) return this.#undoPrefix();
    if (before === DOT) return this.#undoDots();
    if (lower(before) === 0x63 && (this.#endsIn('\\\\?\\unc\\', 0) || this.#endsIn('\\??\\unc\\', 0))) {
      this.#length -= 6;
      this.#units[this.#length - 1] = BACKSLASH;
      return true;
    }
    return false;
  }

  /** `C:\\x`, `dir\\x`, and more than two where a share begins. */
  #undoDouble(): boolean {
    const name = this.#last(3);
    if (name === BACKSLASH || isNameUnit(name) || this.#endsInDrive(2)) this.#length--;
    return false;
  }

  /** `\\?\C:\` and `\??\C:\`. */
  #undoPrefix(): boolean {
    if (!isLetter(this.#last(3)) || isNameUnit(this.#last(8))) return false;
    if (!this.#endsIn('\\\\?\\', 3) && !this.#endsIn('\\??\\', 3)) return false;
    const end = this.#length;
    this.#units.copyWithin(end - 7, end - 3, end);
    this.#length -= 4;
    return true;
  }

  /** `\.\`, but not that of a device, and `name\..\` where the name is sure to be one. */
  #undoDots(): boolean {
    if (this.#last(3) === BACKSLASH) {
      if (this.#last(4) !== BACKSLASH && this.#last(4) !== 0) this.#length -= 2;
      return false;
    }
    if (this.#last(3) !== DOT || this.#last(4) !== BACKSLASH) return false;
    if (this.#endsInDrive(4)) {
      this.#length -= 3;
      return false;
    }
    let back = 5;
    while (isNameUnit(this.#last(back))) back++;
    const size = back - 5;
    // Up from a server leads nowhere, and `..` is no name.
    if (size === 0 || this.#last(back) !== BACKSLASH || this.#last(back + 1) === BACKSLASH) return false;
    if (size === 2 && this.#last(5) === DOT && this.#last(6) === DOT) return false;
    this.#length -= back - 1;
    return false;
  }

  /** Puts the long name for a short one that ends here. */
  #endOfName(): void {
    const extension = this.#endsIn('.exe', 0) ? 4 : 0;
    if (this.#last(extension + 2) !== TILDE) return;
    const short = this.#text(extension + 8, 8).toUpperCase();
    const name = shortNames.get(short);
    const before = extension + 9;
    if (name === undefined || isNameUnit(this.#last(before))) return;
    if (name.inRoot && !(this.#last(before) === BACKSLASH && this.#endsInDrive(before))) return;
    this.#length -= extension + 8;
    for (let i = 0; i < name.long.length; i++) this.#append(name.long.charCodeAt(i));
  }

  /** `size` units from `back` units before the end on. */
  #text(back: number, size: number): string {
    if (back > this.#length) return '';
    const start = (this.#length - back) * 2;
    return Buffer.from(this.#units.buffer, start, size * 2).toString('utf16le');
  }

  /** Puts the value for a well-known variable that the percent sign at the end completes. */
  #variable(): void {
    let size = 0;
    while (size <= LONGEST_NAME + LONGEST_PART && isVariableUnit(this.#last(size + 2))) size++;
    if (size === 0 || this.#last(size + 2) !== PERCENT) return;
    const value = meaningOf(this.#text(size + 1, size).toLowerCase());
    if (value === undefined) return;
    this.#length -= size + 2;
    for (let i = 0; i < value.length; i++) this.#put(value.charCodeAt(i));
    // A slash goes on with the path that the variable is.
    if (isLetter(value.charCodeAt(0)) && value.charCodeAt(1) === COLON) this.#slashed = true;
  }
}

const parted = /^([a-z0-9()]+):~(-?\d{1,4})(?:,(-?\d{1,4}))?$/;

/** What stands for `%name%`; undefined where that is not well known. */
function meaningOf(name: string): string | undefined {
  const part = parted.exec(name);
  if (part === null) return variables.get(name);
  const value = variables.get(part[1]!);
  if (value === undefined) return undefined;
  const from = Number(part[2]);
  const start = Math.max(0, from < 0 ? value.length + from : from);
  const size = part[3] === undefined ? value.length : Number(part[3]);
  return value.slice(start, size < 0 ? Math.max(start, value.length + size) : start + size);
}

/** By ASCII code: 1 where a character is itself and undoes nothing. */
const plain: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, unit) =>
  sameAs.has(unit) || unit === BLANK || unit === PERCENT || unit === SLASH || unit === BACKSLASH ? 0 : 1,
);

function units(text: string): Uint8Array {
  const table = new Uint8Array(0x80);
  for (const letter of text) table[letter.charCodeAt(0)] = 1;
  return table;
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** What names of files are made of, as far as that is sure: no blank, no bracket, no sign of an option or a list. */
const nameUnits = units(`${letters}0123456789_.-~$`);
const variableUnits = units(`${letters}0123456789()~:,-`);
/** Before an escaped quote that begins something: a blank, or what stands between an option and its value. */
const openers = units(" =:,;(&|'");

function isNameUnit(unit: number): boolean {
  return unit < 0x80 ? nameUnits[unit] === 1 : true;
}

function isVariableUnit(unit: number): boolean {
  return unit < 0x80 && variableUnits[unit] === 1;
}

function isLetter(unit: number): boolean {
  const small = unit | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

function lower(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit | 0x20 : unit;
}

/** True if an escaped quote behind `unit` begins something; 0 = the beginning of the line. */
function opens(unit: number): boolean {
  return unit === 0 || (unit < 0x80 && openers[unit] === 1);
}
