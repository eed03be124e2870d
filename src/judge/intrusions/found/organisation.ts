/**
 * How the organisation as a whole uses accounts: the measure for an account that has no past of its own, because it slept
 * until somebody woke it. How often does an account appear that was never seen, and how often does anybody come in that
 * way from inside or outside? The same estimator as for one account, over the days of all.
 */
import { countBelow } from '../../days.ts';
import type { Uses } from './uses.ts';

export class Organisation {
  /** One entry for each day of each account, in order. */
  readonly #days: readonly number[];
  /** The same for one way and kind of source. */
  readonly #classes = new Map<string, number[]>();
  /** First days of accounts that were not there on the first day of all, in order. */
  readonly #newcomers: readonly number[];

  constructor({ byAccount }: Uses) {
    const days: number[] = [];
    const firsts: number[] = [];
    for (const account of byAccount.values()) {
      for (const day of account.days) days.push(day);
      firsts.push(account.days[0] ?? 0);
      for (const [kind, own] of account.classes) {
        const all = this.#classes.get(kind);
        if (all === undefined) this.#classes.set(kind, [...own]);
        else for (const day of own) all.push(day);
      }
    }
    const byDay = (a: number, b: number): number => a - b;
    this.#days = days.sort(byDay);
    for (const own of this.#classes.values()) own.sort(byDay);
    const first = this.#days[0] ?? 0;
    this.#newcomers = firsts.filter(day => day > first).sort(byDay);
  }

  /** Days of accounts at or after `day`: so many chances there are to meet something new. */
  chancesFrom(day: number): number {
    return this.#days.length - countBelow(this.#days, day);
  }

  /** Bits of an account that was never seen before `day`. */
  newcomer(day: number): number {
    return bits(countBelow(this.#newcomers, day), countBelow(this.#days, day));
  }

  /** Bits of anybody coming in that way from there, and on how many days of accounts before somebody did. */
  kind(kind: string, day: number): { readonly bits: number; readonly seen: number } {
    const seen = countBelow(this.#classes.get(kind) ?? [], day);
    return { bits: bits(seen, countBelow(this.#days, day)), seen };
  }
}

function bits(seen: number, of: number): number {
  return -Math.log2((Math.min(seen, of) + 0.5) / (of + 1));
}
