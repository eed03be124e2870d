/**
 * What may stand between events without being worth a word: blanks, the declaration, comments, a document type, the
 * `Events` element around it all. Everything else is text that somebody took for an event or that lost its event.
 */
import { DOUBLE, GT, isBlank, LT, pastAside, QUESTION, SINGLE, SLASH, startsWith } from './units.ts';

const BYTE_ORDER_MARK = 0xfeff;

export class Gap {
  /** The input has begun an `Events` element that has not ended. */
  open = false;

  /**
   * Looks through the units from `from` to `to`; where the first one stands that has no place there, -1 where all have
   * one.
   */
  stray(units: Uint16Array, from: number, to: number): number {
    let at = from;
    while (at < to) {
      const unit = units[at]!;
      if (isBlank(unit) || unit === BYTE_ORDER_MARK) at++;
      else {
        const next = unit === LT ? this.#markup(units, at, to) : at;
        if (next === at) return at;
        at = next;
      }
    }
    return -1;
  }

  /** Behind the markup at `at` that may stand here, `at` itself where it may not. */
  #markup(units: Uint16Array, at: number, to: number): number {
    const aside = pastAside(units, at, to);
    if (aside > at) return isClosed(units, at, aside) ? aside : at;
    if (startsWith(units, at, to, '<!DOCTYPE')) return documentType(units, at, to);
    const closing = units[at + 1] === SLASH;
    const name = closing ? '</Events' : '<Events';
    const behind = at + name.length;
    if (!startsWith(units, at, to, name) || behind >= to) return at;
    if (units[behind] !== GT && units[behind] !== SLASH && !isBlank(units[behind]!)) return at;
    let end = behind;
    while (end < to && units[end] !== GT && units[end] !== LT) end++;
    if (units[end] !== GT || end >= to) return at;
    this.open = !closing && units[end - 1] !== SLASH;
    return end + 1;
  }
}

/** True if the comment or instruction from `at` to `end` ends there with its own mark, and not where the gap does. */
function isClosed(units: Uint16Array, at: number, end: number): boolean {
  const mark = units[at + 1] === QUESTION ? '?>' : '-->';
  return end - at >= 4 && startsWith(units, end - mark.length, end, mark);
}

/** Behind a document type declaration, with what it declares between brackets; nobody ever looks into it. */
function documentType(units: Uint16Array, at: number, to: number): number {
  let quote = 0;
  let brackets = 0;
  for (let i = at; i < to; i++) {
    const unit = units[i]!;
    if (quote !== 0) {
      if (unit === quote) quote = 0;
    } else if (unit === DOUBLE || unit === SINGLE) quote = unit;
    else if (unit === 0x5b) brackets++;
    else if (unit === 0x5d) brackets--;
    else if (unit === GT && brackets <= 0) return i + 1;
  }
  return at;
}
