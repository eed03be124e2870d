/**
 * Values that a correlation needs of a base rule's event: read under the names that the rule uses, so through the view
 * by which it matched (`User` of a Security 4688 is what Sysmon would call it). Where they are is decided once for a
 * kind of event and a rule; reading is a look into a slot. Cost: nothing for rules that no correlation refers to.
 */
import { routesOf, type View, views } from '../know/logsources/index.ts';
import type { Rule } from '../know/sigma/index.ts';
import { type EventKind, fold, type LazyEvent, slotText, ValueType } from '../read/events/index.ts';
import { type Access, accessOf, accessTexts } from './plan/access.ts';

/** What is asked of each event that matches `rule`, an index into the rules. */
export type HitValueRequest = { readonly rule: number; readonly fields: readonly string[] };

const nothingSettled: ReadonlyMap<string, string> = new Map();

export class HitValueReader {
  readonly #rules: readonly Rule[];
  /** By rule. */
  readonly #fields: (readonly string[] | undefined)[] = [];
  readonly #texts: (string | undefined)[][] = [];
  /** By kind's id, then by rule. */
  readonly #access: (Map<number, readonly Access[]> | undefined)[] = [];

  constructor(rules: readonly Rule[], requests: readonly HitValueRequest[]) {
    this.#rules = rules;
    for (const { rule, fields } of requests) {
      this.#fields[rule] = fields;
      this.#texts[rule] = new Array<string | undefined>(fields.length);
    }
  }

  /** True where something is asked of events that match the rule, be it only that they do. */
  wants(rule: number): boolean {
    return this.#fields[rule] !== undefined;
  }

  /**
   * The text of each field asked for, in order, undefined where the event lacks it. A field with several values has one
   * text: equal lists are equal. The array is reused for the rule's next event.
   */
  read(event: LazyEvent, rule: number): readonly (string | undefined)[] {
    const access = this.#accessOf(event.kind, rule);
    const into = this.#texts[rule]!;
    for (let i = 0; i < access.length; i++) into[i] = textOf(event, access[i]!);
    return into;
  }

  #accessOf(kind: EventKind, rule: number): readonly Access[] {
    let byRule = this.#access[kind.id];
    if (byRule === undefined) {
      byRule = new Map();
      this.#access[kind.id] = byRule;
    }
    let access = byRule.get(rule);
    if (access === undefined) {
      const view = viewOf(this.#rules[rule]!, kind);
      access = this.#fields[rule]!.map(name => accessOf(kind.shape, view, name, nothingSettled));
      byRule.set(rule, access);
    }
    return access;
  }
}

function textOf(event: LazyEvent, access: Access): string | undefined {
  if (access.kind === 'slot' && event.types[access.slot]! < ValueType.Array)
    return slotText(event, access.slot);
  const texts = accessTexts(event, access);
  return texts.length <= 1 ? texts[0] : texts.join(', ');
}

/** The view of the first of the rule's routes that leads to events of this kind. */
function viewOf({ logSource }: Rule, { channel, eventId }: EventKind): View | null {
  const folded = fold(channel);
  const route = routesOf(logSource)?.find(
    each => (each.channel === null || each.channel === folded) && (each.eventIds?.includes(eventId) ?? true),
  );
  return route === undefined ? null : (views.get(route.view) ?? null);
}
