/**
 * Numbers in event text. A number is decimal and nothing else: an optional sign, digits, an optional
 * fraction, an optional exponent (Windows prints real numbers so). Hexadecimal is not converted, because
 * Sigma does not; a blank, a unit or a thousands separator makes it text. Values beyond 2^53 compare as
 * doubles do.
 */
import type { BoundOp } from '../../know/sigma/index.ts';

const decimal = /^[+-]?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,3})?$/i;

/** The number that `text` is, else NaN. */
export function parseDecimal(text: string): number {
  return text.length <= 400 && decimal.test(text) ? Number(text) : Number.NaN;
}

/**
 * `left op right`; false where either is NaN. Numbers and big integers compare exactly with each other in
 * JavaScript.
 */
export function compares(op: BoundOp, left: number | bigint, right: number | bigint): boolean {
  switch (op) {
    case 'gt':
      return left > right;
    case 'gte':
      return left >= right;
    case 'lt':
      return left < right;
    case 'lte':
      return left <= right;
    case 'eq':
      return left >= right && left <= right;
    case 'neq':
      return left < right || left > right;
  }
}
