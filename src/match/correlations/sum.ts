/** `value_sum` and `value_avg`. The mean is never divided: the sum is compared with the bound times the count. */
import { nearestDouble } from '../values/index.ts';
import { keepsExactly, minus, type Numbers, numbersOf, plus, type Whole } from './numbers.ts';
import { largestGroup, type Stream } from './stream.ts';
import type { Family, Window } from './window.ts';

export const sum: Family = (pattern, stream) => {
  const numbers = numbersOf(pattern, stream, largestGroup(stream));
  return () => new Sum(numbers, stream, false);
};

export const average: Family = (pattern, stream) => {
  const numbers = numbersOf(pattern, stream, largestGroup(stream));
  return () => new Sum(numbers, stream, true);
};

class Sum implements Window {
  readonly #numbers: Numbers;
  readonly #value: Int32Array;
  readonly #mean: boolean;
  #sum: Whole;
  #count = 0;

  constructor(numbers: Numbers, { value }: Stream, mean: boolean) {
    this.#numbers = numbers;
    this.#value = value;
    this.#mean = mean;
    this.#sum = numbers.zero;
  }

  enter(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const number = this.#at(position);
      if (number === null) continue;
      this.#sum = plus(this.#sum, number);
      this.#count++;
    }
  }

  leave(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const number = this.#at(position);
      if (number === null) continue;
      this.#sum = minus(this.#sum, number);
      this.#count--;
    }
  }

  holds(): boolean {
    return this.#count > 0 && keepsExactly(this.#numbers, this.#sum, this.#mean ? this.#count : 1);
  }

  measure(): number {
    return nearestDouble(BigInt(this.#sum), this.#numbers.scale) / (this.#mean ? this.#count : 1);
  }

  #at(position: number): Whole | null {
    const value = this.#value[position]!;
    return value < 0 ? null : this.#numbers.values[value]!;
  }
}
