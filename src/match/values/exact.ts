/**
 * Decimal numbers as they are written, without the rounding of doubles: sums of a million of them must meet a
 * threshold exactly, and must not depend on the order of adding. A number is what `parseDecimal` takes, with one more
 * limit: all its digits that are not zero lie between 10^-100 and 10^100. A double that a log holds by mistake or
 * malice (`1e308`, `4.9e-324`) is then no number; else each would cost hundreds of digits in every sum.
 */
import { parseDecimal } from './compare.ts';

/** The number `digits` × 10^-`scale`; the same number may be written with more than one scale. */
export type Exact = { readonly digits: bigint /** 0 or more. */; readonly scale: number };

/** Places of the highest and the lowest digit of a number in a log. */
const highest = 99;
const lowest = -100;

const parts = /^([+-]?)([0-9]+)(?:\.([0-9]+))?(?:e([+-]?[0-9]+))?$/i;
/** No exponent. Where it has at most 15 digits, a double holds them exactly. */
const plain = /^-?[0-9]+(?:\.[0-9]+)?$/;

/** The number that a text of `parseDecimal`'s form is; null where a digit lies above or below the places. */
function fromText(text: string, above: number, below: number): Exact | null {
  const [, sign, whole, fraction = '', exponent = '0'] = parts.exec(text)!;
  const all = `${whole}${fraction}`;
  let first = 0;
  let end = all.length;
  while (first < end && all.charCodeAt(first) === 0x30) first++;
  while (first < end && all.charCodeAt(end - 1) === 0x30) end--;
  if (first === end) return { digits: 0n, scale: 0 };
  // The place of the last digit, 0 = ones.
  const place = Number(exponent) - fraction.length + (all.length - end);
  if (place < below || place + (end - first) - 1 > above) return null;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${all.slice(first, end)}`);
  return place < 0 ? { digits, scale: -place } : { digits: digits * 10n ** BigInt(place), scale: 0 };
}

/** The number that a text of a log is, exactly; null where it is none. */
export function parseExact(text: string): Exact | null {
  if (text.length <= 15 && plain.test(text)) {
    const point = text.indexOf('.');
    if (point < 0) return { digits: BigInt(Number(text)), scale: 0 };
    const digits = Number(text.slice(0, point) + text.slice(point + 1));
    return { digits: BigInt(digits), scale: text.length - point - 1 };
  }
  return Number.isFinite(parseDecimal(text)) ? fromText(text, highest, lowest) : null;
}

/**
 * A number of a rule, as its author wrote it: 0.1 is a tenth, not the double beside it. JavaScript's shortest text of
 * a double is what was written, up to 15 digits. Throws a `RangeError` where it is not finite.
 */
export function exactOf(value: number): Exact {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a decimal number`);
  return fromText(String(value), Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) as Exact;
}

/** The number in units of 10^-`scale`, which is not below its own. */
export function inUnits(exact: Exact, scale: number): bigint {
  return scale === exact.scale ? exact.digits : exact.digits * 10n ** BigInt(scale - exact.scale);
}

/** The double nearest to `digits` × 10^-`scale`. */
export function nearestDouble(digits: bigint, scale: number): number {
  return Number(scale === 0 ? digits : `${digits}e-${scale}`);
}
