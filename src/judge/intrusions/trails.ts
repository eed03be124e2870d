/**
 * What one visit tells of others. Most days of somebody who stays for weeks hold nothing that is strong by itself: he comes
 * in, looks around and leaves. Once one of his visits is known, six things about it say which others are his:
 *
 * - the place: the same account came in from the same address outside, and that is not where it comes from as a rule;
 * - the account: after it came back in a stranger's hands, and in a way that was never its owner's, it came in from yet another
 *   network that had never been its own;
 * - the door: the device was changed in favour of the account that then came in through it;
 * - the host: from where strong evidence lies, an account went on that had never come from there. What passes a port proxy
 *   or a relay comes under the address of its host, in whatever name;
 * - the guest: in the tunnel of one account another one sat down at a host at which it never sat down from inside;
 * - the relay: desktops whose caller is the host itself, where a tunnelling tool runs that is strong evidence.
 *
 * What is told so stays weak, and its link never makes one story of two thefts.
 */
import { type Fact, isLoopback } from '../../read/entities/index.ts';
import { networkOf } from '../sources.ts';
import { type Context, sourceOf } from './context.ts';
import type { EventKeys } from './events.ts';
import type { Carrying, Return, Uses } from './found/index.ts';
import { noveltiesOf, Organisation, significance } from './found/index.ts';
import type { Item } from './item.ts';
import type { Pair } from './joins/index.ts';
import { isAddress } from './names.ts';
import { DAY, HOUR, near, saidTime } from './time.ts';
import { HABIT_DAYS, type Weighed } from './weigh.ts';

/** A device is made ready days before it is used (chain: what enters leads to a theft within a week). */
const MADE_READY = 7 * DAY;
/** An administrator's session at a device. */
const SITTING = HOUR;
/** What a host held explains where accounts went on from it for a month; later comings are their own (a convention). */
const ONWARD_LASTS = 30 * DAY;
const MOST_TRAILS = 10_000;

export type Trail = {
  readonly from: Fact;
  readonly to: Item;
  readonly reason: string;
};

export type Visits = {
  /** All that may be evidence, ordinary or not. */
  readonly items: readonly Item[];
  readonly weighed: readonly Weighed[];
  readonly context: Context;
  readonly carrying: readonly Carrying[];
  /** Accounts that came back, with or without doubt. */
  readonly back: readonly Return[];
  /** Null where no theft exposed anybody. */
  readonly uses: Uses | null;
};

export function trailsOf(visits: Visits): Trail[] {
  const entries = entriesBy(visits.items);
  const trails = [
    ...samePlace(visits, entries),
    ...backAgain(visits, entries),
    ...madeReady(visits),
    ...wentOnward(visits),
    ...sameGuest(visits),
    ...throughRelay(visits),
  ];
  return trails.slice(0, MOST_TRAILS);
}

/** The trails as links of items that are judged; what trails from one event to itself is none. */
export function trailPairs(trails: readonly Trail[], keys: EventKeys, items: readonly Item[]): Pair[] {
  if (trails.length === 0) return [];
  const positions = new Map(items.map((item, at) => [keys.of(item.fact), at]));
  return trails.flatMap(({ from, to, reason }): Pair[] => {
    const a = positions.get(keys.of(from));
    const b = positions.get(keys.of(to.fact));
    if (a === undefined || b === undefined || a === b) return [];
    return [{ from: Math.min(a, b), to: Math.max(a, b), join: 'source', reason: () => reason }];
  });
}

/** Tunnels that were opened, by account, in order of time. */
function entriesBy(items: readonly Item[]): Map<string, Item[]> {
  const entries = new Map<string, Item[]>();
  for (const item of items) {
    const { type, values } = item.fact;
    if (type !== 'tunnel' || values.action !== 'up' || item.accountKey === null) continue;
    const same = entries.get(item.accountKey);
    if (same === undefined) entries.set(item.accountKey, [item]);
    else same.push(item);
  }
  return entries;
}

/** Tunnels of an account from the address that a tunnel with strong evidence inside came from. */
function* samePlace({ carrying, context }: Visits, entries: ReadonlyMap<string, Item[]>): Generator<Trail> {
  const places = new Map<string, Carrying[]>();
  for (const each of carrying) {
    const { account, sid, sourceIp } = each.tunnel.up.values;
    const { key } = context.names.account(account, sid);
    if (key === null || sourceIp === undefined || isOwn(entries.get(key) ?? [], sourceIp)) continue;
    const place = `${key}\n${sourceIp}`;
    const same = places.get(place);
    if (same === undefined) places.set(place, [each]);
    else same.push(each);
  }
  for (const [place, known] of places) {
    const [key, address] = place.split('\n') as [string, string];
    for (const entry of entries.get(key) ?? []) {
      if (entry.fact.values.sourceIp !== address) continue;
      const { tunnel, item } = nearest(known, entry.micros);
      const reason = `same account ${entry.account ?? key} from the same source ${address}: evidence ran in its tunnel of ${saidTime(tunnel.from)}, on ${item.host}`;
      yield { from: tunnel.up, to: entry, reason };
    }
  }
}

/**
 * Whether an account comes from an address as a rule: on more days than make a habit, and on half of its days at least. Not
 * asked of the network around it, for this actor's way in is a router in the neighbourhood (notes, "Home and office routers").
 */
function isOwn(entries: readonly Item[], address: string): boolean {
  const all = new Set<number>();
  const own = new Set<number>();
  for (const { micros, fact } of entries) {
    const day = Math.floor(micros / DAY);
    all.add(day);
    if (fact.values.sourceIp === address) own.add(day);
  }
  return own.size > HABIT_DAYS && own.size * 2 >= all.size;
}

function nearest(known: readonly Carrying[], micros: number): Carrying {
  const apart = ({ tunnel }: Carrying): number => Math.abs(tunnel.from - micros);
  return known.reduce((best, each) => (apart(each) < apart(best) ? each : best));
}

/** Tunnels of an account that has come back, from networks that it had never come from before it was exposed. */
function* backAgain({ back, uses, context }: Visits, entries: ReadonlyMap<string, Item[]>): Generator<Trail> {
  const last = new Map<string, Return[]>();
  for (const each of back) {
    // Who comes in as the account's owner always did leaves the owner his travels.
    if (each.found.gravity === 'weak' || !each.thefts.some(each.ties)) continue;
    const { account, sid } = each.found.fact.values;
    const { key } = context.names.account(account, sid);
    if (key === null) continue;
    last.set(key, [...(last.get(key) ?? []), each]);
  }
  for (const [key, returns] of last) {
    for (const entry of entries.get(key) ?? []) {
      const before = returns
        .filter(({ found }) => found.fact.micros < entry.micros)
        .sort((a, b) => b.found.fact.micros - a.found.fact.micros)[0];
      if (before === undefined) continue;
      const network = networkOf(entry.fact.values.sourceIp ?? '');
      const since = Math.min(...before.thefts.map(theft => theft.since));
      if (network === null || cameFrom(key, network, uses) < since) continue;
      const reason = `same account ${entry.account ?? key}: it had come back in other hands at ${saidTime(before.found.fact.micros)}, and came from a network that was never its own before`;
      yield { from: before.found.fact, to: entry, reason };
    }
  }
}

/** When an account was first seen from a network. */
function cameFrom(account: string, network: string, uses: Uses | null): number {
  let first = Number.POSITIVE_INFINITY;
  for (const use of uses?.byAccount.get(account)?.uses.values() ?? []) {
    if (use.network === network) first = Math.min(first, use.first);
  }
  return first;
}

/** Changes of a device that name the account whose tunnel then held evidence, and what else their maker did then. */
function* madeReady({ items, carrying, context: { names } }: Visits): Generator<Trail> {
  if (carrying.length === 0) return;
  const changes = new Map<string, Item[]>();
  for (const item of items) {
    const { type, channel, values } = item.fact;
    if (type !== 'event' || values.account === undefined) continue;
    const key = `${item.host}\n${channel.toLowerCase()}`;
    const same = changes.get(key);
    if (same === undefined) changes.set(key, [item]);
    else same.push(item);
  }
  for (const { tunnel } of carrying) {
    const { up } = tunnel;
    const user = userOf(up.values.account);
    const here = changes.get(`${names.host(up.host)}\n${up.channel.toLowerCase()}`) ?? [];
    for (const change of here) {
      if (change.micros > tunnel.to || !near(change.micros, up.micros, MADE_READY)) continue;
      if (user === null || !namesUser(change.fact, user)) continue;
      const reason = `${change.account ?? 'somebody'} changed ${change.host} in favour of ${up.values.account} at ${saidTime(change.micros)}, whose tunnel it then let in`;
      yield { from: up, to: change, reason };
      for (const other of here) {
        if (other === change || other.accountKey !== change.accountKey) continue;
        if (!near(other.micros, change.micros, SITTING)) continue;
        if (other.fact.values.sourceIp !== change.fact.values.sourceIp) continue;
        yield {
          from: change.fact,
          to: other,
          reason: `done by the same ${change.account} on ${change.host}`,
        };
      }
    }
  }
}

function userOf(account: string | undefined): string | null {
  const user = account?.slice(account.lastIndexOf('\\') + 1).toLowerCase() ?? '';
  return user.length < 3 ? null : user;
}

/** Whether a change names a user as a word of its own. */
function namesUser({ values: { text, target } }: Fact, user: string): boolean {
  return `${target ?? ''} ${text ?? ''}`
    .toLowerCase()
    .split(/[^\w.@-]+/)
    .includes(user);
}

/** First uses of accounts that came from hosts with strong evidence, of accounts that had never come from there. */
function* wentOnward({ items, weighed, context, uses }: Visits): Generator<Trail> {
  if (uses === null) return;
  const strong = new Map<string, Item[]>();
  for (const [at, item] of items.entries()) {
    if (item.gravity === 'weak' || weighed[at]!.ordinary !== null) continue;
    const same = strong.get(item.host);
    if (same === undefined) strong.set(item.host, [item]);
    else same.push(item);
  }
  if (strong.size === 0) return;
  const strangers = new Strangers(uses);
  for (const item of items) {
    const { fact, accountKey, host } = item;
    if (fact.type !== 'logon' && fact.type !== 'remote-session') continue;
    const source = accountKey === null ? null : sourceOf(fact, context.names);
    if (source === null) continue;
    const origins = isAddress(source) ? context.hostsAt(source) : [source];
    const origin = origins.length === 1 ? origins[0]! : null;
    const before = origin === null || origin === host ? null : lastBefore(strong.get(origin), item.micros);
    if (before === null || !strangers.isNew(accountKey!, origin!, strong.get(origin!)![0]!.micros)) continue;
    const reason = `${item.account ?? accountKey} came to ${host} from ${origin}${source === origin ? '' : ` (${source})`}, where ${before.behaviour?.title ?? 'evidence'} lies since ${saidTime(before.micros)} and from where it had never come before`;
    yield { from: before.fact, to: item, reason };
  }
}

/** An inner address stands for the last account that was given it, for a day where no end was logged. */
const TUNNEL_LASTS = DAY;

/** A session at a host, and the tunnel that it came through. */
type Guest = { readonly session: Item; readonly entry: Item };

/**
 * Sessions of an account that sits at a host only through the tunnel of another, where strong evidence ran in one of them.
 * Who keeps an account of the own for a host comes to it from inside as well, or on more days than a few.
 */
function* sameGuest({ items, carrying }: Visits): Generator<Trail> {
  if (carrying.length === 0) return;
  const byInner = new Map<string, Item[]>();
  for (const item of items) {
    const { type, values } = item.fact;
    const inner = type === 'tunnel' && values.action === 'up' ? values.target?.toLowerCase() : undefined;
    if (inner === undefined) continue;
    const same = byInner.get(inner);
    if (same === undefined) byInner.set(inner, [item]);
    else same.push(item);
  }
  const guests = new Map<string, Guest[]>();
  const atHome = new Set<string>();
  for (const session of items) {
    const { host, accountKey, fact, micros } = session;
    const source = fact.values.sourceIp?.toLowerCase();
    if (accountKey === null || source === undefined || isLoopback(source) || !isDesktop(fact)) continue;
    const entry = byInner
      .get(source)
      ?.findLast(each => each.micros <= micros && near(each.micros, micros, TUNNEL_LASTS));
    if (entry === undefined || entry.accountKey === accountKey) atHome.add(`${accountKey}\n${host}`);
    else {
      const who = `${entry.accountKey}\n${accountKey}\n${host}`;
      guests.set(who, [...(guests.get(who) ?? []), { session, entry }]);
    }
  }
  for (const [who, visits] of guests) {
    if (atHome.has(who.slice(who.indexOf('\n') + 1))) continue;
    const known = carrying.find(({ tunnel: { up, inner } }) =>
      visits.some(
        ({ entry }) => entry.micros === up.micros && entry.fact.values.target?.toLowerCase() === inner,
      ),
    );
    if (known === undefined || daysOf(visits.map(({ session }) => session)) > HABIT_DAYS) continue;
    const { tunnel, item } = known;
    for (const { session, entry } of visits) {
      if (entry.micros === tunnel.up.micros) continue;
      const reason = `${session.account} came to ${session.host} through a tunnel of ${entry.account}, as in that of ${saidTime(tunnel.from)}, in which evidence ran on ${item.host}, and never from inside`;
      yield { from: tunnel.up, to: session, reason };
      yield { from: session.fact, to: entry, reason: `${reason}: from ${session.fact.values.sourceIp}` };
    }
  }
}

const isDesktop = ({ type, values: { logonType } }: Fact): boolean =>
  type === 'remote-session' || (type === 'logon' && (logonType === 10 || logonType === 12));

const daysOf = (items: readonly Item[]): number =>
  new Set(items.map(({ micros }) => Math.floor(micros / DAY))).size;

/** Protocol tunnelling, as ATT&CK calls what brings a caller in under the address of the host itself. */
const TUNNELLING = 'T1572';

/**
 * Desktops that a host opened to itself after a tunnelling tool began to run there. An account that did so before the tool
 * was there has a way of its own: a bastion's users come through its SSH server.
 */
function* throughRelay({ items, weighed }: Visits): Generator<Trail> {
  const relays = new Map<string, Item[]>();
  for (const [at, item] of items.entries()) {
    if (item.gravity === 'weak' || weighed[at]!.ordinary !== null) continue;
    if (item.behaviour?.attack.includes(TUNNELLING) !== true) continue;
    const same = relays.get(item.host);
    if (same === undefined) relays.set(item.host, [item]);
    else same.push(item);
  }
  if (relays.size === 0) return;
  const owners = new Set<string>();
  for (const item of items) {
    const { fact, accountKey, host } = item;
    const here = relays.get(host);
    const address = fact.values.sourceIp;
    if (here === undefined || accountKey === null || address === undefined || !isDesktop(fact)) continue;
    if (!isLoopback(address)) continue;
    if (item.micros < here[0]!.micros) owners.add(`${accountKey}\n${host}`);
    const before = owners.has(`${accountKey}\n${host}`) ? null : lastBefore(here, item.micros);
    if (before === null) continue;
    const reason = `${item.account} came to ${host} from ${address}, the host itself, on which ${before.behaviour!.title} runs since ${saidTime(here[0]!.micros)}`;
    yield { from: before.fact, to: item, reason };
  }
}

function lastBefore(items: readonly Item[] | undefined, micros: number): Item | null {
  const before = items?.filter(item => item.micros < micros && near(item.micros, micros, ONWARD_LASTS));
  return before?.at(-1) ?? null;
}

/** Accounts that were never seen from a host before a moment, and whose first coming from there chance hardly explains. */
class Strangers {
  readonly #uses: Uses;
  readonly #organisation: Organisation;
  readonly #known = new Map<string, boolean>();

  constructor(uses: Uses) {
    this.#uses = uses;
    this.#organisation = new Organisation(uses);
  }

  isNew(account: string, source: string, since: number): boolean {
    const key = `${account}\n${source}\n${since}`;
    let answer = this.#known.get(key);
    if (answer === undefined) {
      answer = this.#ask(account, source, since);
      this.#known.set(key, answer);
    }
    return answer;
  }

  #ask(account: string, source: string, since: number): boolean {
    const own = this.#uses.byAccount.get(account);
    if (own === undefined) return false;
    let first = Number.POSITIVE_INFINITY;
    for (const use of own.uses.values()) if (use.source === source) first = Math.min(first, use.first);
    if (first < since || first === Number.POSITIVE_INFINITY) return false;
    const trials = this.#organisation.chancesFrom(Math.floor(since / DAY));
    return noveltiesOf(own, since, this.#organisation).some(
      novelty => novelty.day === Math.floor(first / DAY) && significance(novelty, trials) !== null,
    );
  }
}
