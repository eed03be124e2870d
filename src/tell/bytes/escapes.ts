/**
 * Which characters are escaped in JSON output, and how.
 *
 * JSON asks for quotes, backslashes and the C0 controls. We also escape DEL and the C1 controls (a terminal
 * obeys U+009B as it does ESC [), the line separators U+2028 and U+2029, and the invisible and directional
 * characters with which text can be made to look like other text. A half surrogate cannot be written
 * in UTF-8 and strict readers refuse a whole line for `\ud800`, so it becomes U+FFFD: rather one character lost
 * (the record number leads to the original) than a finding.
 */
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** 1 for each byte that is an ASCII character written as it is. */
export const plainBytes: Uint8Array = Uint8Array.from({ length: 256 }, (_, unit) =>
  unit >= 0x20 && unit < 0x7f && unit !== 0x22 && unit !== BACKSLASH ? 1 : 0,
);

/** The other way round: 0 for each byte that is written as it is. */
export const specialBytes: Uint8Array = plainBytes.map(plain => 1 - plain);

/** The letter of the two-character escapes, 0 where there is none. */
export const shortEscapeBytes: Uint8Array = new Uint8Array(256);
for (const [unit, letter] of [
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x22, '"'],
  [BACKSLASH, '\\'],
] as const) {
  shortEscapeBytes[unit] = letter.charCodeAt(0);
}

const hexDigits = Buffer.from('0123456789abcdef', 'latin1');

/** Zero-width, directional, filling and separating characters: harmless to a parser, deceiving to an eye. */
export function isDeceiving(unit: number): boolean {
  if (unit < 0x200b) {
    return (
      unit === 0xad ||
      unit === 0x034f ||
      unit === 0x061c ||
      unit === 0x115f ||
      unit === 0x1160 ||
      unit === 0x17b4 ||
      unit === 0x17b5 ||
      (unit >= 0x180b && unit <= 0x180f)
    );
  }
  return (
    unit <= 0x200f ||
    (unit >= 0x2028 && unit <= 0x202e) ||
    (unit >= 0x2060 && unit <= 0x206f) ||
    unit === 0x3164 ||
    (unit >= 0xfe00 && unit <= 0xfe0f) ||
    unit === 0xfeff ||
    unit === 0xffa0 ||
    (unit >= 0xfff0 && unit <= 0xfffb)
  );
}

/** True where a code unit stands for itself in JSON output; false for surrogates too. */
export function isPlainUnit(unit: number): boolean {
  if (unit < 0x80) return plainBytes[unit] === 1;
  return unit > 0x9f && (unit < 0xd800 || unit > 0xdfff) && !isDeceiving(unit);
}

/**
 * Writes one character that is not plain ASCII at `at` and returns where it ended; `next` is the unit after
 * it (0 at the end), used where `unit` opens a surrogate pair. Needs six bytes of room for each unit.
 */
export function escapeRest(out: Uint8Array, at: number, unit: number, next: number): number {
  if (unit < 0xa0) {
    const short = shortEscapeBytes[unit]!;
    if (short === 0) return writeUnicodeEscape(out, at, unit);
    out[at] = BACKSLASH;
    out[at + 1] = short;
    return at + 2;
  }
  if (isDeceiving(unit)) return writeUnicodeEscape(out, at, unit);
  if (unit < 0x800) {
    out[at] = 0xc0 | (unit >> 6);
    out[at + 1] = 0x80 | (unit & 0x3f);
    return at + 2;
  }
  if (unit >= 0xd800 && unit <= 0xdfff) {
    if (unit > 0xdbff || next < 0xdc00 || next > 0xdfff) return writeThree(out, at, 0xfffd);
    return writePair(out, at, unit, next);
  }
  return writeThree(out, at, unit);
}

/** True where two code units are one character. */
export function isPair(unit: number, next: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff;
}

function writePair(out: Uint8Array, at: number, high: number, low: number): number {
  const point = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
  // Plane 14 tags repeat ASCII invisibly.
  if (point >= 0xe0000 && point <= 0xe0fff) {
    return writeUnicodeEscape(out, writeUnicodeEscape(out, at, high), low);
  }
  out[at] = 0xf0 | (point >> 18);
  out[at + 1] = 0x80 | ((point >> 12) & 0x3f);
  out[at + 2] = 0x80 | ((point >> 6) & 0x3f);
  out[at + 3] = 0x80 | (point & 0x3f);
  return at + 4;
}

function writeThree(out: Uint8Array, at: number, unit: number): number {
  out[at] = 0xe0 | (unit >> 12);
  out[at + 1] = 0x80 | ((unit >> 6) & 0x3f);
  out[at + 2] = 0x80 | (unit & 0x3f);
  return at + 3;
}

function writeUnicodeEscape(out: Uint8Array, at: number, unit: number): number {
  out[at] = BACKSLASH;
  out[at + 1] = LETTER_U;
  out[at + 2] = hexDigits[unit >> 12]!;
  out[at + 3] = hexDigits[(unit >> 8) & 15]!;
  out[at + 4] = hexDigits[(unit >> 4) & 15]!;
  out[at + 5] = hexDigits[unit & 15]!;
  return at + 6;
}
