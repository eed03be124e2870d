/** Comparing a count with the bounds of a condition. */
import type { Bound } from '../../know/sigma/index.ts';
import { compares } from '../values/index.ts';

/** True if a count keeps all bounds. */
export function keeps(bounds: readonly Bound[], count: number): boolean {
  for (const { op, value } of bounds) if (!compares(op, count, value)) return false;
  return true;
}
