/**
 * `value_median` and `value_percentile`. Numbers are ranked once; a window holds ranks, and which one stands at a
 * place is asked of a tree of counts.
 */
import { exactOf, nearestDouble } from '../values/index.ts';
import { keepsExactly, type Numbers, numbersOf, plus, type Whole } from './numbers.ts';
import { OrderStatistic } from './order-statistic.ts';
import type { Stream } from './stream.ts';
import type { Family, Window } from './window.ts';

/** Of so many numbers the place, from 1, of the one that is asked for. */
type Place = (count: number) => number;

export const median: Family = (pattern, stream) => {
  const numbers = numbersOf(pattern, stream, 2);
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
  const numbers = numbersOf(pattern, stream, 2);
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
  readonly numbers: readonly Whole[];
};

function ranksOf({ values }: Numbers, { value, length }: Stream): Ranks {
  const ranks = new Int32Array(values.length).fill(-1);
  const numbers: Whole[] = [];
  for (const each of ascending(values)) {
    const number = values[each]!;
    if (numbers.length === 0 || number > numbers[numbers.length - 1]!) numbers.push(number);
    ranks[each] = numbers.length - 1;
  }
  const at = new Int32Array(length);
  for (let position = 0; position < length; position++) at[position] = ranks[value[position]!] ?? -1;
  return { at, numbers };
}

/** The places of all numbers, by number. Doubles compare faster, and mislead only where they are equal. */
function ascending(values: readonly (Whole | null)[]): Uint32Array {
  const near = Float64Array.from(values, number => Number(number ?? 0n));
  const places = new Uint32Array(values.length);
  let count = 0;
  for (let place = 0; place < values.length; place++) if (values[place] !== null) places[count++] = place;
  return places.subarray(0, count).sort((a, b) => {
    if (near[a]! < near[b]!) return -1;
    if (near[a]! > near[b]!) return 1;
    return values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : 0;
  });
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
    return this.#inside.size > 0 && keepsExactly(this.#numbers, this.#twice(), 2);
  }

  measure(): number {
    return nearestDouble(BigInt(this.#twice()), this.#numbers.scale) / 2;
  }

  /** Twice what is asked about, in units. */
  #twice(): Whole {
    const count = this.#inside.size;
    const [low, high] = [this.#low(count), this.#high(count)];
    const rank = this.#inside.at(low);
    const number = this.#ranks.numbers[rank]!;
    return plus(number, high === low ? number : this.#ranks.numbers[this.#inside.at(high)]!);
  }
}
