/** A value as JSON for people and machines: indented, and as harmless to a terminal as everything else we print. */
import { isPlainUnit } from './bytes/escapes.ts';

/**
 * `value` as indented JSON with a newline at its end. What is escaped besides JSON's own is what findings escape:
 * controls of all kinds and characters that hide or turn others.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(/[\x7f-\uffff]/g, unit =>
    isHarmless(unit.charCodeAt(0)) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${text}\n`;
}

/** Tags (U+E0000 and on) hide text in text; their first half is that of nothing else. */
function isHarmless(unit: number): boolean {
  if (unit >= 0xd800 && unit <= 0xdfff) return unit < 0xdb40 || unit > 0xdb43;
  return isPlainUnit(unit);
}
