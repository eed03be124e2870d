/**
 * Comparing with the bounds of a condition. Numbers and big integers compare exactly with each other in JavaScript.
 */
import type { Bound, BoundOp } from '../../know/sigma/index.ts';

/** `left op right`. */
export function fits(op: BoundOp, left: number | bigint, right: number | bigint): boolean {
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

/** True if a count keeps all bounds. */
export function keeps(bounds: readonly Bound[], count: number): boolean {
  for (const { op, value } of bounds) if (!fits(op, count, value)) return false;
  return true;
}
