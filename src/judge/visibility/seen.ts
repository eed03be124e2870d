/** Days on which something was seen, in order: what lies before and after a day costs a few comparisons. */
import { type Day, type Days, eachDay } from '../../read/coverage/index.ts';

/** Days of a long weekend: so long may a host that is used be without its daily events at either end of a log. */
export const WEEKEND = 3;

export class Seen {
  readonly #days: readonly Day[];

  constructor(sets: readonly Days[]) {
    this.#days = [...new Set(sets.flatMap(days => [...eachDay(days)]))].sort((a, b) => a - b);
  }

  has(day: Day): boolean {
    return this.#days[this.#position(day)] === day;
  }

  /** The last day before and the first after. */
  neighbours(day: Day): Day[] {
    const at = this.#position(day);
    return [this.#days[at - 1], this.#days[at]].filter(each => each !== undefined);
  }

  /** Seen that day, or before and after it, or within a weekend of the first or the last. */
  isAround(day: Day): boolean {
    const first = this.#days[0];
    const last = this.#days.at(-1);
    return first !== undefined && first - day <= WEEKEND && day - last! <= WEEKEND;
  }

  /** Of the first day that is not before. */
  #position(day: Day): number {
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#days[middle]! < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
