/**
 * Whether the bytes of a command line show that it is its own normal form, without decoding them: most lines are. It may
 * say no of one that is, never yes of one that is not. Cost: one look into a table for each character.
 */
import { sameAs } from './characters.ts';

const BLANK = 0x20;
const PERCENT = 0x25;
const SLASH = 0x2f;
const COLON = 0x3a;
const DOT = 0x2e;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;

const PLAIN = 0;
/** Plain or not by what stands around it. */
const LOOK = 1;
const ODD = 2;

/** By ASCII code. */
const classes: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, unit) => (sameAs.has(unit) ? ODD : PLAIN));
for (const sign of ' %/\\~nN') classes[sign.charCodeAt(0)] = LOOK;

/**
 * True if the text of `size` bytes at `start` is certainly its own normal form. `width`: bytes of a character, 2 for
 * UTF-16LE, 1 for text of bytes, of which only ASCII is judged.
 */
export function isPlainLine(bytes: Uint8Array, start: number, size: number, width: 1 | 2): boolean {
  let end = start + (size & -width);
  // Values may have NULs behind them, which are no part of their text.
  while (end > start && bytes[end - 1] === 0 && (width === 1 || bytes[end - 2] === 0)) end -= width;
  const unit = (at: number): number =>
    at < start || at >= end ? 0 : width === 1 ? bytes[at]! : bytes[at]! | (bytes[at + 1]! << 8);
  let percents = 0;
  for (let at = start; at < end; at += width) {
    const code = width === 1 ? bytes[at]! : bytes[at]! | (bytes[at + 1]! << 8);
    const kind = code < 0x80 ? classes[code]! : width === 1 || sameAs.has(code) ? ODD : PLAIN;
    if (kind === PLAIN) continue;
    if (kind === ODD) return false;
    const before = unit(at - width);
    switch (code) {
      case BLANK:
        if (at === start || at + width >= end || before === BLANK) return false;
        break;
      case PERCENT:
        if (++percents > 1) return false;
        break;
      case SLASH:
        if (before === COLON) return false;
        break;
      case TILDE: {
        const next = unit(at + width);
        if (next >= 0x30 && next <= 0x39) return false;
        break;
      }
      case BACKSLASH:
        if (before === DOT || before === 0x3f) return false;
        if (before === BACKSLASH) {
          const beyond = unit(at - 2 * width);
          if (beyond !== 0 && beyond !== BLANK) return false;
        } else if ((before | 0x20) === 0x63 && unit(at - 4 * width) === BACKSLASH) return false;
        break;
      default:
        if (begins(unit, at, width)) return false;
    }
  }
  return true;
}

/** True if the name of a tool that takes abbreviations begins behind the n at `at`. */
function begins(unit: (at: number) => number, at: number, width: number): boolean {
  const rest = (unit(at + width) | 0x20) === 0x65 ? 'etsh' : 'tdsutil';
  for (let i = 0; i < rest.length; i++) {
    if ((unit(at + (i + 1) * width) | 0x20) !== rest.charCodeAt(i)) return false;
  }
  return true;
}
