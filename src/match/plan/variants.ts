/**
 * Which rules an event could concern: each rule's routes (its log source), laid out by channel and event id.
 *
 * A rule of a service names its event ids in its condition, not in its log source; where that can be read off
 * the condition it narrows the route, so that a Security 4624 meets the ten rules about it and not all 177 of
 * its channel. Cost: one walk of the plans of a channel when its first event comes, one table look-up per event kind.
 */
import { isDeviceChannel, type Route, routesOf, type View, views } from '../../know/logsources/index.ts';
import type { Plan, Rule } from '../../know/sigma/index.ts';
import { fold } from '../../read/events/index.ts';

/** One route of one rule. */
export type Variant = {
  /** Index of the rule. */
  readonly rule: number;
  readonly plan: Plan;
  readonly where: Plan | null;
  readonly view: View | null;
  /** Event ids of the route; null = any. */
  readonly routed: ReadonlySet<number> | null;
  /** Event ids with which the condition can hold, where it settles them; null = not known. */
  readonly conditioned: ReadonlySet<number> | null;
};

/** The field that says the event id; no view may give it another meaning for `conditioned` to be used. */
const EVENT_ID = 'EventID';

function common(a: ReadonlySet<number> | null, b: ReadonlySet<number> | null): ReadonlySet<number> | null {
  return a === null || b === null ? (a ?? b) : new Set([...a].filter(id => b.has(id)));
}

/** The event ids with which `plan` can hold, null where it does not say. */
export function eventIdsOf(plan: Plan): ReadonlySet<number> | null {
  switch (plan.op) {
    case 'false':
      return new Set();
    case 'true':
    case 'not':
    case 'keyword':
      return null;
    case 'named':
      return eventIdsOf(plan.node);
    case 'and':
      return plan.nodes.map(eventIdsOf).reduce(common, null);
    case 'or': {
      const ids = new Set<number>();
      for (const node of plan.nodes) {
        const more = eventIdsOf(node);
        if (more === null) return null;
        for (const id of more) ids.add(id);
      }
      return ids;
    }
    case 'field': {
      if (plan.field !== EVENT_ID || plan.test.kind !== 'text') return null;
      const ids = new Set<number>();
      for (const pattern of plan.test.any) {
        if (pattern.length !== 1 || typeof pattern[0] !== 'string') return null;
        // What is not the decimal form of a number equals no event id.
        const id = Number(pattern[0]);
        if (String(id) === pattern[0]) ids.add(id);
      }
      return ids;
    }
  }
}

function variantOf(index: number, rule: Rule, route: Route): Variant {
  const view = views.get(route.view) ?? null;
  const renamed = view !== null && (view.fields.has(EVENT_ID) || view.absent.has(EVENT_ID));
  return {
    rule: index,
    // Read when a group needs it: plans are unpacked by log source.
    get plan(): Plan {
      return rule.plan;
    },
    where: route.where,
    view,
    routed: route.eventIds === null ? null : new Set(route.eventIds),
    // A category says its event ids itself; looking for them in 2,000 conditions would be for nothing.
    conditioned: renamed || route.eventIds !== null ? null : eventIdsOf(rule.plan),
  };
}

type Waiting = { readonly index: number; readonly rule: Rule; readonly route: Route };

type Channel = {
  /** Routes not yet looked into, by ascending rule. */
  waiting: Waiting[];
  /** Variants that only some event ids concern, by event id. */
  readonly byId: Map<number, Variant[]>;
  /** Variants that any event id may concern. */
  readonly anyId: Variant[];
  readonly all: Variant[];
};

/** All variants of a rule set, found by channel and event id. */
export class Variants {
  /** By rule index: does this version know its log source? */
  readonly routable: Uint8Array;
  /** By folded channel name; those of any channel are in `#anywhere` and `#anywhereInWindows`. */
  readonly #channels = new Map<string, Channel>();
  readonly #anywhere: Channel = emptyChannel();
  readonly #anywhereInWindows: Channel = emptyChannel();

  constructor(rules: readonly Rule[]) {
    this.routable = new Uint8Array(rules.length);
    for (const [index, rule] of rules.entries()) {
      const routes = routesOf(rule.logSource);
      if (routes === null) continue;
      this.routable[index] = 1;
      for (const route of routes) this.#place(route).waiting.push({ index, rule, route });
    }
  }

  #place({ channel, ofWindows }: Route): Channel {
    if (channel === null) return ofWindows === true ? this.#anywhereInWindows : this.#anywhere;
    let place = this.#channels.get(channel);
    if (place === undefined) {
      place = emptyChannel();
      this.#channels.set(channel, place);
    }
    return place;
  }

  /** Looks into the routes of a channel when its first event comes: most logs meet few of the channels rules name. */
  #settle(place: Channel): void {
    if (place.waiting.length === 0) return;
    for (const { index, rule, route } of place.waiting) {
      const variant = variantOf(index, rule, route);
      place.all.push(variant);
      const ids = variant.routed ?? variant.conditioned;
      if (ids === null) {
        place.anyId.push(variant);
        continue;
      }
      for (const id of ids) {
        const list = place.byId.get(id);
        if (list === undefined) place.byId.set(id, [variant]);
        else list.push(variant);
      }
    }
    place.waiting = [];
  }

  /**
   * The variants that an event of this channel and event id could satisfy, each list by ascending rule: of any channel,
   * of any event id of the channel, and of this event id. The first two are the same lists for many events.
   * `settled`: the event's EventID field reads as `eventId`, so conditions on it count; else only the routes do.
   */
  concerning(channel: string, eventId: number, settled: boolean): readonly (readonly Variant[])[] {
    const lists: (readonly Variant[])[] = [];
    const folded = fold(channel);
    const windows = isDeviceChannel(folded) ? undefined : this.#anywhereInWindows;
    for (const place of [this.#anywhere, windows, this.#channels.get(folded)]) {
      if (place === undefined) continue;
      this.#settle(place);
      if (settled) lists.push(place.anyId, place.byId.get(eventId) ?? []);
      else lists.push(place.all.filter(({ routed }) => routed === null || routed.has(eventId)));
    }
    return lists.filter(list => list.length > 0);
  }

  /** Indices of the rules whose log source holds an event of this channel and event id. */
  offered(channel: string, eventId: number): number[] {
    return this.concerning(channel, eventId, false).flatMap(list => list.map(({ rule }) => rule));
  }
}

function emptyChannel(): Channel {
  return { waiting: [], byId: new Map(), anyId: [], all: [] };
}
