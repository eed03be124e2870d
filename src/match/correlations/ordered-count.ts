/**
 * `temporal_ordered` with bounds: the length of the longest row of hits whose rules ascend, in every window at once.
 *
 * Patience sorting finds the longest ascending row by keeping a set of rules: a hit joins the set and the next higher
 * rule in it gives way; the size of the set is the length. Started at different hits, the set of the later start is
 * always part of the set of the earlier one, so one number per rule holds them all: the latest start whose set has
 * the rule. A hit of rule r writes its own position there, and what it displaces travels upwards: each rule that a
 * later start has hands on its number. The one that falls off at the top leaves all sets; those that are inside the
 * window are counted.
 *
 * A hit costs as many steps as there are rules above its own: a nanosecond for each. Rows over all windows in n log n
 * are not known; for the handful of rules that correlations refer to this is faster than what is.
 */
import type { Bound } from '../../know/sigma/index.ts';
import { keeps } from './bounds.ts';
import type { Stream } from './stream.ts';
import type { Family, Window } from './window.ts';

export const orderedCount: Family =
  ({ rules, condition }, stream) =>
  () =>
    new LongestRow(rules, stream, condition.bounds);

class LongestRow implements Window {
  readonly #rule: Uint32Array;
  readonly #bounds: readonly Bound[];
  /** By rule: the latest start whose set holds it; -1 where none does. */
  readonly #latest: Int32Array;
  /** By position: 1 where it stands in `#latest` and has not left. */
  readonly #alive: Uint8Array;
  #length = 0;

  constructor(rules: number, { rule, length }: Stream, bounds: readonly Bound[]) {
    this.#rule = rule;
    this.#bounds = bounds;
    this.#latest = new Int32Array(rules).fill(-1);
    this.#alive = new Uint8Array(length);
  }

  enter(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const displaced = this.#insert(this.#rule[position]!, position);
      this.#alive[position] = 1;
      this.#length++;
      if (displaced >= 0) this.#drop(displaced);
    }
  }

  leave(from: number, to: number): void {
    for (let position = from; position < to; position++) this.#drop(position);
  }

  holds(): boolean {
    return keeps(this.#bounds, this.#length);
  }

  measure(): number {
    return this.#length;
  }

  #insert(rule: number, position: number): number {
    const latest = this.#latest;
    let carried = latest[rule]!;
    latest[rule] = position;
    // Nothing is later than the position before this one.
    for (let higher = rule + 1; higher < latest.length && carried < position - 1; higher++) {
      const start = latest[higher]!;
      if (start <= carried) continue;
      latest[higher] = carried;
      carried = start;
    }
    return carried;
  }

  #drop(position: number): void {
    this.#length -= this.#alive[position]!;
    this.#alive[position] = 0;
  }
}
