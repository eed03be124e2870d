/** The values of a stream as exact numbers of one unit: whole numbers that add and compare without rounding. */
import type { BoundOp } from '../../know/sigma/index.ts';
import { type Exact, exactOf, inUnits, parseExact } from '../values/index.ts';
import { fits } from './bounds.ts';
import type { Stream } from './stream.ts';
import type { Pattern } from './types.ts';

export type ExactBound = { readonly op: BoundOp; readonly value: bigint };

export type Numbers = {
  /** Numbers and bounds are in units of 10^-`scale`. */
  readonly scale: number;
  /** By number of the value; null where it is not numeric or no hit has it. */
  readonly values: readonly (bigint | null)[];
  readonly bounds: readonly ExactBound[];
};

export function numbersOf({ condition }: Pattern, { value, texts }: Stream): Numbers {
  const exact = new Array<Exact | null>(texts.length).fill(null);
  const seen = new Uint8Array(texts.length);
  for (const number of value) {
    if (number < 0 || seen[number] === 1) continue;
    seen[number] = 1;
    exact[number] = parseExact(texts[number]!);
  }
  const bounds = condition.bounds.map(({ op, value }) => ({ op, exact: exactOf(value) }));
  let scale = 0;
  for (const number of exact) if (number !== null && number.scale > scale) scale = number.scale;
  for (const bound of bounds) if (bound.exact.scale > scale) scale = bound.exact.scale;
  return {
    scale,
    values: exact.map(number => (number === null ? null : inUnits(number, scale))),
    bounds: bounds.map(({ op, exact }) => ({ op, value: inUnits(exact, scale) })),
  };
}

/** True if `of` / `parts` keeps all bounds. */
export function keepsExactly(bounds: readonly ExactBound[], of: bigint, parts: bigint): boolean {
  for (const { op, value } of bounds) if (!fits(op, of, parts === 1n ? value : value * parts)) return false;
  return true;
}
