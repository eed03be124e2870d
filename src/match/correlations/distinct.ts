/** How many different numbers a window holds: a count for each number, and how many counts are not zero. */
import type { Bound } from '../../know/sigma/index.ts';
import { keeps } from './bounds.ts';
import type { Window } from './window.ts';

export class Distinct implements Window {
  readonly #numbers: ArrayLike<number>;
  readonly #counts: Uint32Array;
  readonly #bounds: readonly Bound[];
  #different = 0;

  /** `numbers` holds the number of each position; they lie below `end`, and those below zero don't count. */
  constructor(numbers: ArrayLike<number>, end: number, bounds: readonly Bound[]) {
    this.#numbers = numbers;
    this.#counts = new Uint32Array(end);
    this.#bounds = bounds;
  }

  enter(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const number = this.#numbers[position]!;
      if (number >= 0 && this.#counts[number]!++ === 0) this.#different++;
    }
  }

  leave(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const number = this.#numbers[position]!;
      if (number >= 0 && --this.#counts[number]! === 0) this.#different--;
    }
  }

  holds(): boolean {
    return keeps(this.#bounds, this.#different);
  }

  measure(): number {
    return this.#different;
  }
}
