/**
 * `temporal_ordered` without bounds: all rules in their order. For each rule is kept where the latest row that leads
 * from the first rule up to it began; a hit takes over the beginning that its predecessor has. One step a hit. The
 * latest beginning decides: if the row that ends at the last rule began inside the window, the window holds a row.
 */
import type { Stream } from './stream.ts';
import type { Family, Window } from './window.ts';

export const ordered: Family =
  ({ rules }, stream) =>
  () =>
    new Row(rules, stream);

class Row implements Window {
  readonly #rule: Uint32Array;
  /** By rule: position at which the latest row up to it began. What left the window lies before `#first`. */
  readonly #began: Int32Array;
  #first = 0;

  constructor(rules: number, { rule }: Stream) {
    this.#rule = rule;
    this.#began = new Int32Array(rules).fill(-1);
  }

  enter(from: number, to: number): void {
    // Positions of equal time stand by rule, so a row may run through them.
    for (let position = from; position < to; position++) {
      const rule = this.#rule[position]!;
      this.#began[rule] = rule === 0 ? position : this.#began[rule - 1]!;
    }
  }

  leave(_from: number, to: number): void {
    this.#first = to;
  }

  holds(): boolean {
    return this.#began[this.#began.length - 1]! >= this.#first;
  }

  measure(): number {
    return this.#began.length;
  }
}
