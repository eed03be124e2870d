/** What a UTF-16 unit may be in XML. Names are taken broadly: what can not end one belongs to it. */

export const LT = 0x3c;
export const GT = 0x3e;
export const AMP = 0x26;
export const SLASH = 0x2f;
export const BANG = 0x21;
export const QUESTION = 0x3f;
export const EQUALS = 0x3d;
export const CR = 0x0d;
export const LF = 0x0a;
export const SPACE = 0x20;
export const DOUBLE = 0x22;
export const SINGLE = 0x27;
export const SEMICOLON = 0x3b;
export const HASH = 0x23;

/** White space between elements and attributes. */
export function isBlank(unit: number): boolean {
  return unit === SPACE || unit === LF || unit === CR || unit === 0x09;
}

/** True if the unit can be part of a name: anything above a blank that markup does not use otherwise. */
export function isName(unit: number): boolean {
  return (
    unit > SPACE &&
    unit !== LT &&
    unit !== GT &&
    unit !== AMP &&
    unit !== SLASH &&
    unit !== EQUALS &&
    unit !== DOUBLE &&
    unit !== SINGLE &&
    unit !== BANG &&
    unit !== QUESTION
  );
}

/** True if `text` stands at `at` of the units before `end`. */
export function startsWith(units: Uint16Array, at: number, end: number, text: string): boolean {
  if (at + text.length > end) return false;
  for (let i = 0; i < text.length; i++) if (units[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/**
 * True if an `Event` element begins at `at`, or can't be told not to before `end`: its name is followed by a blank, `>`
 * or `/`. Wherever that stands, in a comment or another event, a record begins: so files can be cut anywhere, and an
 * event that was cut off never takes the next one with it.
 */
export function isStart(units: Uint16Array, at: number, end: number): boolean {
  if (at + 6 >= end || units[at] !== LT || units[at + 1] !== 0x45) return false;
  if (units[at + 2] !== 0x76 || units[at + 3] !== 0x65 || units[at + 4] !== 0x6e || units[at + 5] !== 0x74) {
    return false;
  }
  const after = units[at + 6]!;
  return after === GT || after === SLASH || isBlank(after);
}

/** Behind `close`, where it comes before `end` and before the start of a record; else where that is. */
function behind(units: Uint16Array, from: number, end: number, close: string): number {
  const last = close.charCodeAt(0);
  for (let at = from; at < end; at++) {
    const unit = units[at]!;
    if (unit === last && startsWith(units, at, end, close)) return at + close.length;
    if (unit === LT && isStart(units, at, end)) return at;
  }
  return end;
}

/** Behind the comment or processing instruction that begins at `at`; `at` itself where neither does. */
export function pastAside(units: Uint16Array, at: number, end: number): number {
  if (units[at] !== LT || at + 1 >= end) return at;
  if (units[at + 1] === QUESTION) return behind(units, at + 2, end, '?>');
  return startsWith(units, at, end, '<!--') ? behind(units, at + 4, end, '-->') : at;
}

/** Passes over blanks, comments and processing instructions; where the first other unit is, or `end`. */
export function skipBlank(units: Uint16Array, from: number, end: number): number {
  let at = from;
  for (;;) {
    while (at < end && isBlank(units[at]!)) at++;
    const next = at < end ? pastAside(units, at, end) : at;
    if (next === at) return at;
    at = next;
  }
}

export const CDATA = '<![CDATA[';

/** True if so little is left behind the `<` at `at` that nobody can say what begins there. */
export function isCut(units: Uint16Array, at: number, end: number): boolean {
  return at + 1 >= end || (units[at + 1] === BANG && at + CDATA.length > end);
}

/**
 * True if text begins at `at`, false if elements or the end tag follow (or `end`, so that nobody knows). Blanks between
 * elements are no text; in a leaf (`field`) blanks or nothing at all are its text if the end tag follows them.
 */
export function isText(units: Uint16Array, at: number, end: number, field: boolean): boolean {
  const first = at < end ? units[at]! : LT;
  if (first > SPACE && first !== LT) return true;
  const next = skipBlank(units, at, end);
  if (next + 1 >= end) return false;
  if (units[next] !== LT) return true;
  return units[next + 1] === SLASH ? field : startsWith(units, next, end, CDATA);
}
