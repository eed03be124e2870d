/**
 * Times as text, read from UTF-16 without a string. Logs write the same hour by the thousand, so the part up to the hour
 * is worth something only where it differs from the last one's: a time costs some twenty comparisons.
 */
import { parseTime, utf16Text } from '../../events/index.ts';

/** Bytes of `2026-04-17T05`. */
const HOUR = 26;
const COLON = 0x3a;

export class TextTimes {
  /** True if the last time that was read says its zone. */
  zoned = false;
  /** The last date and hour, and the microseconds of its beginning. */
  readonly #hour = new DataView(new ArrayBuffer(HOUR));
  #start = Number.NaN;

  /**
   * Microseconds since 1970 of the UTF-16 text at `at`, NaN where it is no time. Without a zone it is taken as UTC. A
   * number alone counts seconds, milliseconds or microseconds since 1970, by its size.
   */
  read(bytes: Buffer, view: DataView, at: number, size: number): number {
    const micros = this.#common(view, at, size);
    return Number.isNaN(micros) ? this.#any(utf16Text(bytes, at, size).trim()) : micros;
  }

  /** `2026-04-17T05:24:53.0888490Z`, also with a blank in the middle and without fraction or `Z`. */
  #common(view: DataView, at: number, size: number): number {
    if (size < 38 || size > 64) return Number.NaN;
    if (view.getUint16(at + 26, true) !== COLON || view.getUint16(at + 32, true) !== COLON) return Number.NaN;
    const minute = two(view, at + 28);
    const second = two(view, at + 34);
    if (minute < 0 || minute > 59 || second < 0 || second > 59) return Number.NaN;
    const end = at + size;
    let next = at + 38;
    let micros = 0;
    if (next < end && view.getUint16(next, true) === 0x2e) {
      next += 2;
      let digits = 0;
      for (; next < end; next += 2, digits++) {
        const digit = view.getUint16(next, true) - 0x30;
        if (digit < 0 || digit > 9) break;
        if (digits < 6) micros = micros * 10 + digit;
      }
      if (digits === 0) return Number.NaN;
      for (; digits < 6; digits++) micros *= 10;
    }
    if (next < end && (view.getUint16(next, true) !== 0x5a || next + 2 !== end)) return Number.NaN;
    if (!this.#isHour(view, at) && !this.#learn(view, at)) return Number.NaN;
    this.zoned = next < end;
    return this.#start + (minute * 60 + second) * 1_000_000 + micros;
  }

  #isHour(view: DataView, at: number): boolean {
    const hour = this.#hour;
    // What differs, differs at the end.
    for (let i = HOUR - 2; i >= 0; i -= 2) {
      if (hour.getUint16(i, true) !== view.getUint16(at + i, true)) return false;
    }
    return true;
  }

  #learn(view: DataView, at: number): boolean {
    let text = '';
    for (let i = 0; i < HOUR; i += 2) text += String.fromCharCode(view.getUint16(at + i, true));
    const start = parseTime(`${text}:00:00Z`);
    if (start === undefined) return false;
    for (let i = 0; i < HOUR; i += 2) this.#hour.setUint16(i, view.getUint16(at + i, true), true);
    this.#start = start;
    return true;
  }

  #any(text: string): number {
    const epoch = /^(\d{9,16})(?:\.(\d{1,9}))?$/.exec(text);
    if (epoch !== null) {
      this.zoned = true;
      const whole = epoch[1]!;
      const fraction = Number((epoch[2] ?? '').slice(0, 6).padEnd(6, '0'));
      if (whole.length <= 11) return Number(whole) * 1_000_000 + fraction;
      return whole.length <= 14 ? Number(whole) * 1000 : Number(whole);
    }
    this.zoned = /:\d\d(?::\d\d(?:[.,]\d{1,20})?)? ?(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/.test(text);
    return parseTime(text) ?? Number.NaN;
  }
}

function two(view: DataView, at: number): number {
  const tens = view.getUint16(at, true) - 0x30;
  const ones = view.getUint16(at + 2, true) - 0x30;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}
