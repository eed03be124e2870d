/**
 * The values of a stream as whole numbers of one unit, so that they add and compare without rounding. They are
 * doubles where no sum of theirs can pass 2^53, and big integers where one could: five times slower, and as exact.
 */
import type { BoundOp } from '../../know/sigma/index.ts';
import { compares, exactOf, inUnits, parseExact } from '../values/index.ts';

import type { Stream } from './stream.ts';
import type { Pattern } from './types.ts';

/** A whole number. The values of one `Numbers` are all of one kind. */
export type Whole = number | bigint;

export type Numbers = {
  /** Values and bounds are in units of 10^-`scale`. */
  readonly scale: number;
  /** By number of the value; null where it is not numeric or no hit has it. */
  readonly values: readonly (Whole | null)[];
  readonly zero: Whole;
  readonly bounds: readonly { readonly op: BoundOp; readonly value: Whole }[];
};

/** The numbers of a stream of which `terms` may be added, and by which a bound may be multiplied. */
export function numbersOf({ condition }: Pattern, stream: Stream, terms: number): Numbers {
  const { digits, scales } = parsed(stream);
  const bounds = condition.bounds.map(({ op, value }) => ({ op, exact: exactOf(value) }));
  const scale = Math.max(scales.reduce(greater, 0), ...bounds.map(({ exact }) => exact.scale));
  const limit = BigInt(Math.floor(Number.MAX_SAFE_INTEGER / Math.max(1, terms)));
  const isSmall = (number: bigint): boolean => number <= limit && number >= -limit;
  let small = true;
  const values = digits.map((each, number) => {
    if (each === null) return null;
    const whole = inUnits({ digits: each, scale: scales[number]! }, scale);
    small &&= isSmall(whole);
    return whole;
  });
  return {
    scale,
    values: small ? values.map(whole => (whole === null ? null : Number(whole))) : values,
    zero: small ? 0 : 0n,
    bounds: bounds.map(({ op, exact }) => {
      const whole = inUnits(exact, scale);
      return { op, value: isSmall(whole) ? Number(whole) : whole };
    }),
  };
}

/** Each value that a hit has, read once; columns by number of the value. */
function parsed({ value, texts }: Stream): { digits: (bigint | null)[]; scales: Uint16Array } {
  const digits = new Array<bigint | null>(texts.length).fill(null);
  const scales = new Uint16Array(texts.length);
  const seen = new Uint8Array(texts.length);
  for (let position = 0; position < value.length; position++) {
    const number = value[position]!;
    if (number < 0 || seen[number] === 1) continue;
    seen[number] = 1;
    const exact = parseExact(texts[number]!);
    if (exact === null) continue;
    digits[number] = exact.digits;
    scales[number] = exact.scale;
  }
  return { digits, scales };
}

const greater = (left: number, right: number): number => (left > right ? left : right);

/** The sum of two of one kind. */
export function plus(left: Whole, right: Whole): Whole {
  // JavaScript adds two of a kind; TypeScript can't say that they are.
  return (left as number) + (right as number);
}

/** The difference of two of one kind. */
export function minus(left: Whole, right: Whole): Whole {
  return (left as number) - (right as number);
}

/** True if `whole` / `parts` keeps all bounds. */
export function keepsExactly({ bounds }: Numbers, whole: Whole, parts: number): boolean {
  for (const { op, value } of bounds) {
    const bound = typeof value === 'number' ? value * parts : value * BigInt(parts);
    if (!compares(op, whole, bound)) return false;
  }
  return true;
}
