/** `value_sum` and `value_avg`. The mean is never divided: the sum is compared with the bound times the count. */
import { nearestDouble } from '../values/index.ts';
import { keepsExactly, type Numbers, numbersOf } from './numbers.ts';
import type { Stream } from './stream.ts';
import type { Family, Window } from './window.ts';

export const sum: Family = (pattern, stream) => {
  const numbers = numbersOf(pattern, stream);
  return () => new Sum(numbers, stream, false);
};

export const average: Family = (pattern, stream) => {
  const numbers = numbersOf(pattern, stream);
  return () => new Sum(numbers, stream, true);
};

class Sum implements Window {
  readonly #numbers: Numbers;
  readonly #value: Int32Array;
  readonly #mean: boolean;
  #sum = 0n;
  #count = 0;

  constructor(numbers: Numbers, { value }: Stream, mean: boolean) {
    this.#numbers = numbers;
    this.#value = value;
    this.#mean = mean;
  }

  enter(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const number = this.#numbers.values[this.#value[position]!] ?? null;
      if (number === null) continue;
      this.#sum += number;
      this.#count++;
    }
  }

  leave(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const number = this.#numbers.values[this.#value[position]!] ?? null;
      if (number === null) continue;
      this.#sum -= number;
      this.#count--;
    }
  }

  holds(): boolean {
    return (
      this.#count > 0 && keepsExactly(this.#numbers.bounds, this.#sum, this.#mean ? BigInt(this.#count) : 1n)
    );
  }

  measure(): number {
    return nearestDouble(this.#sum, this.#numbers.scale) / (this.#mean ? this.#count : 1);
  }
}
