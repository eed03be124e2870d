/**
 * What each rule was offered: the honest half of "nothing found". A rule is blind where every kind of event of
 * its log source that it met lacks a field it can't do without (an operator without Sysmon should learn that
 * 100 rules need a file version that Security 4688 never has). Kinds that a rule is not about (another event
 * id of its channel) say nothing of it. Cost: nothing per event; bindings are remembered and read at the end.
 */

import { reachable } from '../know/logsources/index.ts';
import type { Rule } from '../know/sigma/index.ts';
import { ALIVE, type Binding, BLIND } from './plan/bind.ts';
import type { Variants } from './plan/variants.ts';
import type { Blindness, RuleActivity } from './types.ts';

type Bound = { readonly binding: Binding; readonly source: string };

export class Activity {
  readonly #rules: readonly Rule[];
  readonly #variants: Variants;
  /** Rules that could hold on events of some kind met. */
  readonly #able: Uint8Array;
  /** Channel → event ids. */
  readonly #met = new Map<string, Set<number>>();
  readonly #blindBindings: Bound[] = [];

  constructor(rules: readonly Rule[], variants: Variants) {
    this.#rules = rules;
    this.#variants = variants;
    this.#able = new Uint8Array(rules.length);
  }

  /** Events of this channel and event id were met. */
  offer(channel: string, eventId: number): void {
    let ids = this.#met.get(channel);
    if (ids === undefined) {
      ids = new Set();
      this.#met.set(channel, ids);
    }
    ids.add(eventId);
  }

  /** A group was bound to a shape. */
  bound(binding: Binding, channel: string, eventId: number): void {
    let blind = false;
    for (const [index, { rule }] of binding.group.members.entries()) {
      if (binding.states[index] === ALIVE) this.#able[rule] = 1;
      else if (binding.states[index] === BLIND) blind = true;
    }
    if (blind) this.#blindBindings.push({ binding, source: binding.view?.label ?? `${channel} ${eventId}` });
  }

  /** `failed`: by rule how often its condition could not be evaluated. */
  result(failed: ReadonlyMap<number, number>): RuleActivity[] {
    const blindness = this.#blindness();
    const offered = new Set<number>();
    for (const [channel, ids] of this.#met) {
      for (const id of ids) for (const rule of this.#variants.offered(channel, id)) offered.add(rule);
    }
    return this.#rules.map((_, rule) => ({
      routable: this.#variants.routable[rule] === 1,
      offered: offered.has(rule),
      able: this.#able[rule] === 1,
      blind: this.#able[rule] === 1 ? null : (blindness.get(rule) ?? null),
      ...(failed.has(rule) ? { failed: failed.get(rule)! } : {}),
    }));
  }

  /**
   * Of each rule that is blind everywhere the source whose label comes first, and the fields that all its
   * shapes lack; so it does not depend on the order of events.
   */
  #blindness(): Map<number, Blindness> {
    const found = new Map<
      number,
      { readonly source: string; fields: Set<string>; readonly every: Set<string> }
    >();
    for (const { binding, source } of this.#blindBindings) {
      const lacking = new Set(
        binding.group.fields.filter((_, field) => binding.access[field]!.kind === 'absent'),
      );
      for (const [index, { rule }] of binding.group.members.entries()) {
        if (binding.states[index] !== BLIND || this.#able[rule] === 1) continue;
        const before = found.get(rule);
        if (before !== undefined && before.source < source) continue;
        const fields = new Set(reachable(this.#rules[rule]!.plan, { absent: lacking }).missing);
        if (before === undefined || before.source > source) {
          found.set(rule, { source, fields, every: new Set(fields) });
        } else {
          for (const field of before.fields) if (!fields.has(field)) before.fields.delete(field);
          for (const field of fields) before.every.add(field);
        }
      }
    }
    return new Map(
      [...found].map(([rule, { source, fields, every }]) => [
        rule,
        {
          source,
          fields: [...(fields.size > 0 ? fields : every)].sort(),
          common: [...fields].sort(),
          every: [...every].sort(),
        },
      ]),
    );
  }
}
