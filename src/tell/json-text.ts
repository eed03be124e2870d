/**
 * Whole JSON documents for people and programs, escaped as all our JSON: what a terminal obeys, what hides or turns
 * text, and half surrogates. For documents of a few thousand values; findings are written as bytes.
 */
import { isPlainUnit } from './bytes/escapes.ts';

/** Anything but printable ASCII and the line breaks between lines. */
const special = /[^\n\x20-\x7e]/gu;
/** With the u flag, halves of pairs only. */
const halves = /\p{Surrogate}/gu;

/** `value` as JSON, indented by `indent`, without a line break at its end. */
export function jsonText(value: unknown, indent = 2): string {
  const whole = JSON.stringify(
    value,
    (_, each: unknown) => (typeof each === 'string' ? each.replace(halves, '\ufffd') : each),
    indent,
  );
  return whole.replace(special, escaped);
}

function escaped(char: string): string {
  const point = char.codePointAt(0)!;
  if (point > 0xffff ? point < 0xe0000 || point > 0xe0fff : isPlainUnit(point)) return char;
  let out = '';
  for (let i = 0; i < char.length; i++) out += `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return out;
}
