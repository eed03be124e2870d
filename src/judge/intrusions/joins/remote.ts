/**
 * From host to host: a command that names another host, and what began there within seconds; credentials given to another
 * host (4648), and the logon there; a logon that was opened from a host where the same account had just acted.
 * Each fact between the two items is named in the reason.
 */
import type { FactType } from '../../../read/entities/index.ts';
import { isHere } from '../addresses.ts';
import { type Context, sourceOf } from '../context.ts';
import type { Item } from '../item.ts';
import { isAddress, serverOf } from '../names.ts';
import { type Session, sessionsByHost } from '../sessions.ts';
import { DAY, gap, MINUTE, near, SECOND, saidSpan } from '../time.ts';
import { type Evidenced, hex, type Joiner, type Pair } from './join.ts';

/** Notes, "Joins": 4648 on the origin and 4624 on the target lie within 2 s; ten times that for slow links. */
const AT_ONCE = 20 * SECOND;
/** Where the command itself is seen on both hosts, clocks may differ by as much as attackers' clocks did (notes: 8.5 min). */
const SAME_COMMAND = 10 * MINUTE;
/** How long after somebody acted on a host a logon from there is taken for the same visit. */
const SAME_VISIT = DAY / 2;
/** Items of the other host that are looked at for one command. */
const MOST_LOOKED_AT = 64;
/** A remote command shorter than that may be anybody's. */
const TELLING_COMMAND = 8;

export const joinRemotes: Joiner = function* (evidenced) {
  const byHost = positionsByHost(evidenced.items);
  const sessions = sessionsByHost(evidenced.items, evidenced.context);
  const everywhere = [...evidenced.items.keys()];
  const allSessions = [...sessions.values()].flat().sort(byOpening);
  for (const [position, item] of evidenced.items.entries()) {
    const named = namedHosts(item, evidenced.context);
    for (const target of named.hosts) {
      yield* sameCommand(evidenced, byHost.get(target) ?? [], position, target);
      yield* openedAtOnce(evidenced, sessions.get(target) ?? [], position, target, false);
    }
    for (const address of named.unknown) {
      yield* sameCommand(evidenced, everywhere, position, address);
      yield* openedAtOnce(evidenced, allSessions, position, address, true);
    }
    yield* credentialsGiven(evidenced, sessions, position);
    yield* wentOn(evidenced, byHost, position);
  }
  yield* openedFrom(evidenced, byHost, sessions);
};

const byOpening = (a: Session, b: Session): number => a.opened.fact.micros - b.opened.fact.micros;

function positionsByHost(items: readonly Item[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const [position, { host }] of items.entries()) {
    const positions = index.get(host);
    if (positions === undefined) index.set(host, [position]);
    else positions.push(position);
  }
  return index;
}

const MOST_WORDS = 200;
const MOST_NAMED = 16;

type Named = { readonly hosts: ReadonlySet<string>; readonly unknown: readonly string[] };

/** Hosts of these logs that a command line names, and addresses of which nobody knows whose they are. */
function namedHosts(item: Item, { names, hostsAt }: Context): Named {
  const hosts = new Set<string>();
  const unknown = new Set<string>();
  const { commandLine, target } = item.fact.values;
  const words = commandLine === undefined ? [] : (commandLine.match(/[\w.-]{2,255}/g) ?? []);
  for (const word of target === undefined ? words : [...words.slice(0, MOST_WORDS), target]) {
    if (isAddress(word)) {
      const known = hostsAt(word);
      if (known.length === 0 && !isHere(word)) unknown.add(word);
      for (const host of known) hosts.add(host);
    } else {
      const host = names.known(word);
      if (host !== null) hosts.add(host);
    }
    if (hosts.size >= MOST_NAMED || unknown.size >= MOST_NAMED) break;
  }
  hosts.delete(item.host);
  return { hosts, unknown: [...unknown] };
}

/** The command that runs on the other host stands in the one that started it from here. */
function* sameCommand(
  { items }: Evidenced,
  there: readonly number[],
  position: number,
  target: string,
): Generator<Pair> {
  const here = items[position]!;
  const holder = squeezed(here.fact.values.commandLine);
  if (holder.length < TELLING_COMMAND) return;
  for (const other of around(items, there, here.micros, SAME_COMMAND)) {
    if (items[other]!.host === here.host) continue;
    const held = squeezed(items[other]!.fact.values.commandLine);
    if (held.length < TELLING_COMMAND || !holder.includes(held)) continue;
    const reason = (): string =>
      `the command on ${here.host} names ${target} and holds the one that ran there: ${items[other]!.example.slice(0, 80)}`;
    yield ordered(position, other, reason);
  }
}

/** Quotes, carets and blanks come and go on the way to the other host; what is left is compared. */
function squeezed(commandLine: string | undefined): string {
  return (commandLine ?? '')
    .slice(0, 4096)
    .toLowerCase()
    .replace(/[\s"'^\\]+/g, ' ')
    .trim();
}

/** Whether a command line names an account, with or without its domain. */
function namesAccount(line: string, accountKey: string): boolean {
  const user = accountKey.slice(accountKey.lastIndexOf('\\') + 1);
  const at = user.length < 3 ? -1 : line.indexOf(user);
  return at > 0 && !/[\w.-]/.test(line[at - 1]!) && !/[\w-]/.test(line[at + user.length] ?? ' ');
}

/** A logon on the named host within seconds of the command, by the same account, one that it names, or from here. */
function* openedAtOnce(
  { items, context }: Evidenced,
  sessions: readonly Session[],
  position: number,
  target: string,
  mustName: boolean,
): Generator<Pair> {
  const here = items[position]!;
  if (here.fact.type !== 'process-start') return;
  const line = here.fact.values.commandLine?.toLowerCase() ?? '';
  for (const session of openedNear(sessions, here.micros)) {
    if (session.host === here.host || session.accountKey === null) continue;
    const { source } = session.opened;
    const isNamed = namesAccount(line, session.accountKey);
    const fromHere = source !== null && isHost(source, here.host, context);
    // Where nobody knows whose address is named, only the account that is named with it tells.
    if (mustName ? !isNamed : !(isNamed || fromHere || session.accountKey === here.accountKey)) continue;
    const apart = gap(here.micros, session.opened.fact.micros);
    const reason = (): string =>
      `the command on ${here.host} names ${target}; there logon ${hex(session.logonId)} was opened ${saidSpan(apart)} away in time${source === null ? '' : `, from ${source}`}`;
    yield ordered(position, session.items[0]!, reason);
  }
}

/** 4648 in the logon of an item: who asks for what on which host, with a 4624 there within seconds. */
function* credentialsGiven(
  { items, context }: Evidenced,
  sessions: ReadonlyMap<string, Session[]>,
  position: number,
): Generator<Pair> {
  const here = items[position]!;
  for (const id of here.logons) {
    for (const given of context.explicit(here.host, id)) {
      if (!near(given.micros, here.micros, SAME_VISIT) || given.values.target === undefined) continue;
      const target = context.names.known(serverOf(given.values.target));
      if (target === null || target === here.host) continue;
      const who = context.names.account(given.values.account, given.values.sid);
      for (const session of openedNear(sessions.get(target) ?? [], given.micros)) {
        if (session.accountKey !== who.key || who.key === null) continue;
        const reason = (): string =>
          `logon ${hex(id)} on ${here.host} gave credentials of ${who.name} to ${target}, where logon ${hex(session.logonId)} was opened by them ${saidSpan(gap(given.micros, session.opened.fact.micros))} away in time`;
        yield ordered(position, session.items[0]!, reason);
      }
    }
  }
}

/** A session that was opened from a host where the same account is evidence shortly before. */
function* openedFrom(
  { items, context }: Evidenced,
  byHost: ReadonlyMap<string, readonly number[]>,
  sessions: ReadonlyMap<string, readonly Session[]>,
): Generator<Pair> {
  for (const list of sessions.values()) {
    for (const session of list) {
      const { source, fact } = session.opened;
      if (source === null || session.accountKey === null) continue;
      for (const host of isAddress(source) ? context.hostsAt(source) : [source]) {
        if (host === session.host) continue;
        const from = lastVisit(context, items, byHost.get(host), fact.micros + MINUTE, session.accountKey);
        if (from === null || !near(items[from]!.micros, fact.micros, SAME_VISIT)) continue;
        const who = items[from]!.account ?? session.accountKey;
        const reason = (): string =>
          `logon ${hex(session.logonId)} on ${session.host} was opened by ${who} from ${host}${host === source ? '' : ` (${source})`}, where the same account had acted ${saidSpan(gap(items[from]!.micros, fact.micros))} before`;
        yield ordered(from, session.items[0]!, reason);
      }
    }
  }
}

/**
 * A use of an account that is evidence itself (a remote session, a first use) and names where it came from, or, on the
 * client's side, where it led to: the same account was evidence on the host it came from shortly before.
 */
function* wentOn(
  { items, context }: Evidenced,
  byHost: ReadonlyMap<string, readonly number[]>,
  position: number,
): Generator<Pair> {
  const { fact, host, accountKey, account } = items[position]!;
  if (accountKey === null || !uses.has(fact.type)) return;
  const source = fact.type === 'remote-session-out' ? host : sourceOf(fact, context.names);
  if (source === null) return;
  for (const origin of isAddress(source) ? context.hostsAt(source) : [source]) {
    const from = lastVisit(context, items, byHost.get(origin), fact.micros, accountKey, position);
    if (from === null || !near(items[from]!.micros, fact.micros, SAME_VISIT)) continue;
    const to = fact.type === 'remote-session-out' ? (fact.values.target ?? 'another host') : host;
    const reason = (): string =>
      `${account} went on from ${origin} to ${to}, having acted there ${saidSpan(gap(items[from]!.micros, fact.micros))} before`;
    yield ordered(from, position, reason);
  }
}

const uses: ReadonlySet<FactType> = new Set(['logon', 'remote-session', 'remote-session-out', 'ticket']);

/**
 * What an account last did on a host. Weak evidence goes on with its own logon only, the one that the account sat in at that
 * moment: the day's work of somebody whose account is stolen is not the thief's.
 */
function lastVisit(
  context: Context,
  items: readonly Item[],
  positions: readonly number[] = [],
  micros: number,
  accountKey: string,
  but = -1,
): number | null {
  let at = firstFrom(items, positions, micros + 1) - 1;
  for (let looked = 0; at >= 0 && looked < MOST_LOOKED_AT; at--, looked++) {
    const item = items[positions[at]!]!;
    if (positions[at] === but || item.accountKey !== accountKey) continue;
    if (item.gravity !== 'weak') return positions[at]!;
    const sitting = context.sitting(item.host, accountKey, micros);
    if (sitting?.some(id => item.logons.includes(id))) return positions[at]!;
  }
  return null;
}

const isHost = (source: string, host: string, context: Context): boolean =>
  source === host || context.addressesOf(host).includes(source);

/** Sessions opened within seconds; they stand in order of opening. */
function* openedNear(sessions: readonly Session[], micros: number): Generator<Session> {
  let low = 0;
  let high = sessions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sessions[middle]!.opened.fact.micros < micros - AT_ONCE) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < sessions.length && at < low + MOST_LOOKED_AT; at++) {
    if (!near(sessions[at]!.opened.fact.micros, micros, AT_ONCE)) return;
    yield sessions[at]!;
  }
}

/** Positions of items within a span of time around `micros`, at most so many. */
function* around(
  items: readonly Item[],
  positions: readonly number[],
  micros: number,
  within: number,
): Generator<number> {
  const from = firstFrom(items, positions, micros - within);
  for (let at = from; at < positions.length && at < from + MOST_LOOKED_AT; at++) {
    if (!near(items[positions[at]!]!.micros, micros, within)) return;
    yield positions[at]!;
  }
}

/** The first of `positions` whose item is not before `micros`; items without a time stand behind all. */
function firstFrom(items: readonly Item[], positions: readonly number[], micros: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const time = items[positions[middle]!]!.micros;
    if (time !== 0 && time < micros) low = middle + 1;
    else high = middle;
  }
  return low;
}

function ordered(a: number, b: number, reason: () => string): Pair {
  return { from: Math.min(a, b), to: Math.max(a, b), join: 'remote-process', reason };
}
