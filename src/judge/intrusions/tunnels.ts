/**
 * Tunnels of remote access: which inner address stood for whom, and when. Read for the addresses that evidence came from;
 * one lasts from `up` to the next event of its address, or a day where none was logged.
 */
import type { Fact, FactSource } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import type { Context } from './context.ts';
import { compareFacts, type Item } from './item.ts';
import { hopsTo, originsOf, sourcesOf } from './sessions.ts';
import { DAY, MINUTE } from './time.ts';

export type Tunnel = {
  readonly up: Fact;
  readonly inner: string;
  readonly from: number;
  readonly to: number;
};

/** A tunnel that never went down in the logs. */
const UNKNOWN_END = DAY;
/** Clocks of a firewall and a domain controller. */
const LEEWAY = 5 * MINUTE;
const MOST_PER_ADDRESS = 10_000;

/** More inner addresses than any network hands out: beyond it nobody knows whether an address had a tunnel. */
const MOST_ADDRESSES = 100_000;

/** The tunnels of some facts: scanned for the addresses that items came from, and again only where that gives more. */
export class TunnelLog {
  readonly #facts: FactSource;
  /** By inner address that was asked for, in order of time. */
  readonly #known = new Map<string, readonly Tunnel[]>();
  /** All inner addresses of the facts; null before the first scan, or where there are too many. */
  #inner: ReadonlySet<string> | null = null;

  constructor(facts: FactSource) {
    this.#facts = facts;
  }

  /** Tunnels by inner address, for the addresses that items came from, over however many hosts; one scan at most. */
  of(items: readonly Item[], context: Context): Map<string, readonly Tunnel[]> {
    const wanted = new Set(
      items.flatMap(item => (item.gravity === 'weak' ? sourcesOf : originsOf)(item, context)),
    );
    const unknown = new Set<string>();
    for (const source of wanted) {
      if (!this.#known.has(source) && this.#inner?.has(source) !== false) unknown.add(source);
    }
    if (unknown.size > 0) this.#read(unknown);
    const tunnels = new Map<string, readonly Tunnel[]>();
    for (const source of wanted) {
      const known = this.#known.get(source);
      if (known !== undefined) tunnels.set(source, known);
    }
    return tunnels;
  }

  #read(wanted: ReadonlySet<string>): void {
    const inners = new Set<string>();
    const byInner = new Map<string, Fact[]>();
    this.#facts.scan(
      view => {
        const inner = view.text('target')?.toLowerCase();
        if (inner === undefined || view.micros === NO_TIME) return;
        if (inners.size <= MOST_ADDRESSES) inners.add(inner);
        if (!wanted.has(inner)) return;
        const list = byInner.get(inner);
        if (list === undefined) byInner.set(inner, [view.keep()]);
        else if (list.length < MOST_PER_ADDRESS) list.push(view.keep());
      },
      ['tunnel'],
    );
    for (const [inner, list] of byInner) this.#known.set(inner, tunnelsOf(inner, list.sort(compareFacts)));
    this.#inner = inners.size > MOST_ADDRESSES ? null : inners;
  }
}

/** Of the events of one inner address, in order. */
export function tunnelsOf(inner: string, events: readonly Fact[]): Tunnel[] {
  const tunnels: Tunnel[] = [];
  for (const [at, up] of events.entries()) {
    if (up.values.action !== 'up' || isCopy(up, events[at - 1])) continue;
    // The next event of the address ends it: its own down, or somebody else's up.
    const end = events.slice(at + 1, at + 9).find(event => !isCopy(event, up));
    const to = Math.min(end?.micros ?? Number.POSITIVE_INFINITY, up.micros + UNKNOWN_END);
    tunnels.push({ up, inner, from: up.micros, to });
  }
  return tunnels;
}

function isCopy(a: Fact, b: Fact | undefined): boolean {
  return b !== undefined && a.micros === b.micros && a.values.action === b.values.action;
}

/** The tunnel that an address stood for at a moment; null = none that the logs show. */
export function tunnelAt(tunnels: readonly Tunnel[] | undefined, micros: number): Tunnel | null {
  if (tunnels === undefined || micros === NO_TIME) return null;
  let low = 0;
  let high = tunnels.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tunnels[middle]!.from <= micros + LEEWAY) low = middle + 1;
    else high = middle;
  }
  // The latest that was up; clocks that differ may make it the one before.
  for (let at = low - 1; at >= 0 && at >= low - 2; at--) {
    const tunnel = tunnels[at]!;
    if (micros >= tunnel.from - LEEWAY && micros <= tunnel.to + LEEWAY) return tunnel;
  }
  return null;
}

/** The tunnel in which an item was done, if any: by when its logon was opened, else by its own time. */
export function tunnelOf(
  item: Item,
  context: Context,
  tunnels: ReadonlyMap<string, readonly Tunnel[]>,
): Tunnel | null {
  for (const source of sourcesOf(item, context)) {
    const list = tunnels.get(source);
    if (list === undefined) continue;
    for (const id of item.logons) {
      const opened = context.opened(item.host, id, item.micros);
      const tunnel = opened === null ? null : tunnelAt(list, opened.fact.micros);
      if (tunnel !== null) return tunnel;
    }
    const tunnel = tunnelAt(list, item.micros);
    if (tunnel !== null) return tunnel;
  }
  return null;
}

/** The tunnel at the other end of the way that led to an item, over however many hosts. */
export function tunnelBehind(
  item: Item,
  context: Context,
  tunnels: ReadonlyMap<string, readonly Tunnel[]>,
): Tunnel | null {
  const direct = tunnelOf(item, context, tunnels);
  if (direct !== null) return direct;
  for (const id of item.logons) {
    const opened = context.opened(item.host, id, item.micros);
    if (opened === null) continue;
    for (const { opened: before } of hopsTo(opened, context)) {
      const tunnel = before.source === null ? null : tunnelAt(tunnels.get(before.source), before.fact.micros);
      if (tunnel !== null) return tunnel;
    }
  }
  return null;
}
