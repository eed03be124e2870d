/**
 * Which items stand at one of the steps, or show one of the behaviours, that a link of the chain names. Items of one rule
 * share their steps, so there are few kinds of them: each is asked once for each link.
 */
import type { Item } from './item.ts';

export class Kinds {
  readonly #of: Int32Array;
  readonly #examples: Item[] = [];

  constructor(items: readonly Item[]) {
    const known = new Map<readonly string[], Map<Item['behaviour'], number>>();
    this.#of = Int32Array.from(items, item => {
      let kinds = known.get(item.steps);
      if (kinds === undefined) {
        kinds = new Map();
        known.set(item.steps, kinds);
      }
      let kind = kinds.get(item.behaviour);
      if (kind === undefined) {
        kind = this.#examples.push(item) - 1;
        kinds.set(item.behaviour, kind);
      }
      return kind;
    });
  }

  /** Answers by position. */
  at(names: readonly string[]): (position: number) => boolean {
    const answers = this.#examples.map(({ steps, behaviour }) => {
      return names.includes(behaviour?.id ?? '') || steps.some(step => names.includes(step));
    });
    return position => answers[this.#of[position]!]!;
  }
}
