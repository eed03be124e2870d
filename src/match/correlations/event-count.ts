/** `event_count`: how many hits a window holds. */
import type { Bound } from '../../know/sigma/index.ts';
import { keeps } from './bounds.ts';
import type { Family, Window } from './window.ts';

export const eventCount: Family =
  ({ condition }) =>
  () =>
    new EventCount(condition.bounds);

class EventCount implements Window {
  readonly #bounds: readonly Bound[];
  #count = 0;

  constructor(bounds: readonly Bound[]) {
    this.#bounds = bounds;
  }

  enter(from: number, to: number): void {
    this.#count += to - from;
  }

  leave(from: number, to: number): void {
    this.#count -= to - from;
  }

  holds(): boolean {
    return keeps(this.#bounds, this.#count);
  }

  measure(): number {
    return this.#count;
  }
}
