/**
 * The logons that items act in, each once: how it was opened, by whom and from where. Joins between hosts go over these,
 * because a session may be opened long before what it is found for.
 */

import { isHere } from './addresses.ts';
import type { Context, Opened } from './context.ts';
import { sourceOf } from './context.ts';
import type { Item } from './item.ts';
import { isAddress } from './names.ts';
import { near, SECOND } from './time.ts';

export type Session = {
  readonly host: string;
  readonly logonId: number;
  readonly opened: Opened;
  /** Who opened it; null = nobody in particular. */
  readonly accountKey: string | null;
  /** Positions of its items, in their order. */
  readonly items: readonly number[];
};

/** Sessions by host, in order of opening; only those whose opening the logs hold. */
export function sessionsByHost(items: readonly Item[], context: Context): Map<string, Session[]> {
  const sessions = new Map<string, Session & { items: number[] }>();
  for (const [position, item] of items.entries()) {
    for (const logonId of item.logons) {
      const opened = context.opened(item.host, logonId, item.micros);
      if (opened === null) continue;
      const key = `${item.host} ${logonId} ${opened.fact.micros}`;
      const session = sessions.get(key);
      if (session !== undefined) {
        session.items.push(position);
        continue;
      }
      const { account, sid } = opened.fact.values;
      const accountKey = context.names.account(account, sid).key;
      sessions.set(key, { host: item.host, logonId, opened, accountKey, items: [position] });
    }
  }
  const byHost = new Map<string, Session[]>();
  for (const session of sessions.values()) {
    const list = byHost.get(session.host);
    if (list === undefined) byHost.set(session.host, [session]);
    else list.push(session);
  }
  for (const list of byHost.values()) list.sort((a, b) => a.opened.fact.micros - b.opened.fact.micros);
  return byHost;
}

/** Reads of an output file by who started the command lie so near to it; others come later. */
const OWN_READ = 10 * SECOND;

/**
 * Where an item came from, nearest first: what the event says itself, what opened its logon, and, for a command that
 * writes its output to a share of its own host (wmiexec), who read that.
 */
export function sourcesOf(item: Item, context: Context): readonly string[] {
  return context.sources(item, () => readSources(item, context));
}

function readSources(item: Item, context: Context): string[] {
  const sources = new Set<string>();
  const add = (source: string | null): void => {
    if (source !== null) sources.add(source);
  };
  add(sourceOf(item.fact, context.names));
  for (const id of item.logons) add(context.opened(item.host, id, item.micros)?.source ?? null);
  for (const access of outputReads(item, context)) add(sourceOf(access, context.names));
  return [...sources];
}

/** Accesses from elsewhere to the file that a command sent its output to. */
export function outputReads(item: Item, context: Context): Opened['fact'][] {
  const { commandLine } = item.fact.values;
  if (commandLine === undefined || !/>\s*\\\\/.test(commandLine)) return [];
  return context
    .paths(item)
    .flatMap(({ host, path }) => [...context.shareAccesses(host, path.slice(path.lastIndexOf('\\') + 1))])
    .filter(({ micros, values: { sourceIp } }) => {
      return near(micros, item.micros, OWN_READ) && sourceIp !== undefined && !isHere(sourceIp);
    });
}

/** A logon that another was opened from: the visit went on from its host. */
export type Hop = { readonly host: string; readonly logonId: number; readonly opened: Opened };

/** Hosts that a visit went over one after the other; more is a loop, or a log that lies. */
const MOST_HOPS = 4;

/**
 * The way to a logon, backwards: where the same account sat at the host that it was opened from, that was opened from
 * somewhere in turn. Over a jump host the tunnel and the theft share no address; this way they are two steps of one visit.
 */
export function hopsTo(opened: Opened, context: Context): Hop[] {
  const hops: Hop[] = [];
  for (let at: Opened | null = opened; at !== null && hops.length < MOST_HOPS; ) {
    const hop = hopBefore(at, context);
    if (hop === null) break;
    hops.push(hop);
    at = hop.opened;
  }
  return hops;
}

/** Where an item came from, and where the logons before its own were opened from: nearest first. */
export function originsOf(item: Item, context: Context): readonly string[] {
  const origins = new Set(sourcesOf(item, context));
  for (const id of item.logons) {
    const opened = context.opened(item.host, id, item.micros);
    if (opened === null) continue;
    for (const hop of hopsTo(opened, context)) if (hop.opened.source !== null) origins.add(hop.opened.source);
  }
  return [...origins];
}

function hopBefore({ fact, source }: Opened, context: Context): Hop | null {
  const { key } = context.names.account(fact.values.account, fact.values.sid);
  if (source === null || key === null) return null;
  const here = context.names.host(fact.host);
  for (const host of isAddress(source) ? context.hostsAt(source) : [source]) {
    if (host === here) continue;
    for (const logonId of context.sitting(host, key, fact.micros) ?? []) {
      const opened = context.opened(host, logonId, fact.micros);
      if (opened !== null) return { host, logonId, opened };
    }
  }
  return null;
}
