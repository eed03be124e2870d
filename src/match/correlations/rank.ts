/**
 * `value_median` and `value_percentile`. Numbers are ranked once; a window holds ranks, and which one stands at a place
 * is asked of a tree of counts.
 */
import { exactOf, nearestDouble } from '../values/index.ts';
import { keepsExactly, type Numbers, numbersOf } from './numbers.ts';
import { OrderStatistic } from './order-statistic.ts';
import type { Stream } from './stream.ts';
import type { Family, Window } from './window.ts';

/** Of so many numbers the place, from 1, of the one that is asked for. */
type Place = (count: number) => number;

export const median: Family = (pattern, stream) => {
  const numbers = numbersOf(pattern, stream);
  const ranks = ranksOf(numbers, stream);
  return () =>
    new Middle(
      numbers,
      ranks,
      count => (count + 1) >>> 1,
      count => (count >>> 1) + 1,
    );
};

export const percentile: Family = (pattern, stream) => {
  const numbers = numbersOf(pattern, stream);
  const ranks = ranksOf(numbers, stream);
  const place = nearestRank(pattern.condition.percentile ?? 0);
  return () => new Middle(numbers, ranks, place, place);
};

/** The place of the smallest number such that at least `percent` % of all are not above it. */
export function nearestRank(percent: number): Place {
  const { digits, scale } = exactOf(percent);
  const all = 100n * 10n ** BigInt(scale);
  if (digits * 2n ** 32n < 2n ** 53n) {
    const [share, whole] = [Number(digits), Number(all)];
    return count => {
      const rest = (count * share) % whole;
      return Math.max(1, (count * share - rest) / whole + (rest > 0 ? 1 : 0));
    };
  }
  return count => Math.max(1, Number((BigInt(count) * digits + all - 1n) / all));
}

type Ranks = {
  /** By position; -1 where the hit has no number. */
  readonly at: Int32Array;
  /** The different numbers, ascending. */
  readonly numbers: readonly bigint[];
};

function ranksOf({ values }: Numbers, { value, length }: Stream): Ranks {
  const numbers = sortedNumbers(values);
  const byNumber = new Map(numbers.map((number, rank) => [number, rank]));
  const ranks = values.map(number => (number === null ? -1 : byNumber.get(number)!));
  const at = new Int32Array(length);
  for (let position = 0; position < length; position++) at[position] = ranks[value[position]!] ?? -1;
  return { at, numbers };
}

function sortedNumbers(values: readonly (bigint | null)[]): bigint[] {
  const different = new Set(values);
  different.delete(null);
  return ([...different] as bigint[]).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Asks about the mean of the numbers at two places, which may be one and the same. */
class Middle implements Window {
  readonly #numbers: Numbers;
  readonly #ranks: Ranks;
  readonly #inside: OrderStatistic;
  readonly #low: Place;
  readonly #high: Place;

  constructor(numbers: Numbers, ranks: Ranks, low: Place, high: Place) {
    this.#numbers = numbers;
    this.#ranks = ranks;
    this.#inside = new OrderStatistic(ranks.numbers.length);
    this.#low = low;
    this.#high = high;
  }

  enter(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const rank = this.#ranks.at[position]!;
      if (rank >= 0) this.#inside.add(rank);
    }
  }

  leave(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const rank = this.#ranks.at[position]!;
      if (rank >= 0) this.#inside.remove(rank);
    }
  }

  holds(): boolean {
    return this.#inside.size > 0 && keepsExactly(this.#numbers.bounds, this.#twice(), 2n);
  }

  measure(): number {
    return nearestDouble(this.#twice(), this.#numbers.scale) / 2;
  }

  /** Twice what is asked about, in units. */
  #twice(): bigint {
    const count = this.#inside.size;
    const [low, high] = [this.#low(count), this.#high(count)];
    const rank = this.#inside.at(low);
    const number = this.#ranks.numbers[rank]!;
    return number + (high === low ? number : this.#ranks.numbers[this.#inside.at(high)]!);
  }
}
