/**
 * How accounts are used: from where, in which way, on which host, and since when. One scan of logons, remote sessions and
 * tunnels; what is kept is the first time of each value and each combination, and the days of use, so it costs some
 * hundred bytes for each way an account is used and nothing for the thousandth time.
 */
import type { Fact, FactRole, FactSource, FactType, FactView } from '../../../read/entities/index.ts';
import { NO_TIME } from '../../../read/events/index.ts';
import { EventKeys, type EventSet } from '../../baseline/index.ts';
import { daysIn } from '../../days.ts';
import type { Memory } from '../../memory/index.ts';
import { networkOf } from '../../sources.ts';
import { isHere } from '../addresses.ts';
import type { Context } from '../context.ts';
import { isAddress } from '../names.ts';
import { DAY } from '../time.ts';
import { AccountUses, TUNNEL, type Use } from './account-uses.ts';

/** Combinations that are kept; beyond that an organisation's habits are known well enough. */
const MOST_USES = 400_000;

const types: readonly FactType[] = [
  'logon',
  'tunnel',
  'remote-session',
  'remote-session-out',
  'ticket',
  'password-change',
];

export type Uses = {
  readonly byAccount: ReadonlyMap<string, AccountUses>;
  /** By account: times of password changes, in order. */
  readonly passwords: ReadonlyMap<string, readonly number[]>;
  /** True where there were more combinations than are kept. */
  readonly isCut: boolean;
};

/** All that a use depends on, beside its time and what kind of event it is. */
const askedRoles: readonly FactRole[] = [
  'account',
  'sid',
  'action',
  'logonType',
  'sourceIp',
  'sourceHost',
  'target',
];

/** What facts that are alike say of a use. */
type Told = {
  readonly account: string;
  /** Null for a new password. */
  readonly use: Omit<Use, 'first' | 'last' | 'input' | 'offset'> | null;
  /** Once it is known. */
  uses: AccountUses | null;
  kept: Use | null;
  /** Of the last that was counted. */
  day: number;
  since: number;
};

/** Null where the facts tell of no use. */
function toldOf(view: FactView, context: Context): Told | null {
  const account = view.text('action') === 'refused' ? null : accountOf(view, context);
  if (account === null) return null;
  const told = { account, use: null, uses: null, kept: null, day: Number.NaN, since: 0 };
  if (view.type === 'password-change') return told;
  const way = wayOf(view);
  if (way === null) return null;
  const here = context.names.host(view.host);
  const isOut = view.type === 'remote-session-out';
  const host = isOut ? targetOf(view, context) : here;
  if (host === null) return null;
  const source = isOut ? here : useSource(view, context);
  const network = isOut ? null : networkOf(view.text('sourceIp') ?? '');
  return { ...told, use: { account, source, way, host, network } };
}

/** `without` is what is left out. */
export function readUses(
  facts: FactSource,
  context: Context,
  memory: Memory | null,
  without: EventSet | null = null,
): Uses {
  const byAccount = new Map<string, AccountUses>();
  const passwords = new Map<string, number[]>();
  let count = 0;
  if (memory !== null) remember(byAccount, passwords, memory);
  const keys = new EventKeys();
  facts.scanAlike<Told | null>(
    askedRoles,
    view => toldOf(view, context),
    (view, told) => {
      const { micros } = view;
      if (told === null || micros === NO_TIME) return;
      if (without?.has(keys.of(view)) === true) return;
      const { account } = told;
      if (told.use === null) {
        const times = passwords.get(account);
        if (times === undefined) passwords.set(account, [micros]);
        else if (times.length < 1000) times.push(micros);
        return;
      }
      if (told.uses === null) {
        told.uses = byAccount.get(account) ?? new AccountUses();
        byAccount.set(account, told.uses);
      }
      const { source, way, host } = told.use;
      const day = Math.floor(micros / DAY);
      // What comes after one of the same day tells nothing new.
      if (day !== told.day || micros < told.since) {
        told.uses.count(source, way, host, micros);
        told.day = day;
        told.since = micros;
      }
      count += keepFirst(told, told.use, told.uses, view, count < MOST_USES);
    },
    types,
  );
  for (const times of passwords.values()) times.sort((a, b) => a - b);
  return { byAccount, passwords, isCut: count >= MOST_USES };
}

/** Former runs count as if their logs were hunted with these: the same days, the same news, the same changes of passwords. */
function remember(
  byAccount: Map<string, AccountUses>,
  passwords: Map<string, number[]>,
  memory: Memory,
): void {
  const of = (account: string): AccountUses => {
    let uses = byAccount.get(account);
    if (uses === undefined) {
      uses = new AccountUses();
      byAccount.set(account, uses);
    }
    return uses;
  };
  const counted = new Set<string>();
  for (const { account, kind, days } of memory.days) {
    counted.add(account);
    of(account).rememberDays(kind, daysIn(days) ?? []);
  }
  for (const { account, source, network, way, host, first, last } of memory.uses) {
    const uses = of(account);
    uses.remember(source, way, host, first, network);
    // Memories of the first version held no days.
    if (counted.has(account)) continue;
    uses.count(source, way, host, first);
    uses.count(source, way, host, last);
  }
  for (const { account, micros } of memory.passwords) passwords.set(account, [micros]);
}

/** Keeps where a combination was first met; returns 1 if it is new. */
function keepFirst(
  told: Told,
  { account, source, way, host, network }: NonNullable<Told['use']>,
  { uses }: AccountUses,
  { micros, input, offset }: FactView,
  isRoom: boolean,
): number {
  if (told.kept === null) {
    const key = `${source}\n${way}\n${host}`;
    const known = uses.get(key);
    if (known === undefined) {
      if (!isRoom) return 0;
      told.kept = { account, source, way, host, network, first: micros, last: micros, input, offset };
      uses.set(key, told.kept);
      return 1;
    }
    told.kept = known;
  }
  const use = told.kept;
  if (micros > use.last) use.last = micros;
  const earlier =
    micros < use.first ||
    (micros === use.first && (input < use.input || (input === use.input && offset < use.offset)));
  if (earlier) {
    use.first = micros;
    use.input = input;
    use.offset = offset;
  }
  return 0;
}

/** Null for accounts of machines and of Windows' own services: they come from everywhere and are nobody's. */
function accountOf(view: FactView, { names }: Context): string | null {
  return names.account(view.text('account'), view.text('sid')).key;
}

const logonWays: Readonly<Record<number, string>> = {
  2: 'interactive',
  3: 'network',
  4: 'batch',
  5: 'service',
  7: 'interactive',
  8: 'network',
  10: 'remote',
  11: 'interactive',
  12: 'remote',
  13: 'interactive',
};

/** In which way an account is used; null where the event is no use of it. */
export function wayOf(view: FactView): string | null {
  switch (view.type) {
    case 'logon':
      return logonWays[view.number('logonType') ?? -1] ?? null;
    case 'tunnel':
      return view.text('action') === 'up' ? TUNNEL : null;
    case 'remote-session':
      return view.text('action') === 'connect' || view.text('action') === 'reconnect' ? 'remote' : null;
    case 'remote-session-out':
      return 'remote-out';
    case 'ticket':
      return view.eventId === 4768 ? 'ticket' : null;
    default:
      return null;
  }
}

/** From where: the host that has the address, else the address, else the name; `here` where it is the machine itself. */
export function useSource(view: FactView, context: Context): string {
  const address = view.text('sourceIp')?.toLowerCase();
  if (address !== undefined && isHere(address)) return 'here';
  if (address !== undefined && isAddress(address)) {
    const hosts = context.hostsAt(address);
    return hosts.length === 1 ? hosts[0]! : address;
  }
  const host = view.text('sourceHost') ?? address;
  return host === undefined ? 'here' : (context.names.known(host) ?? host.replace(/^\\+/, '').toLowerCase());
}

/** Where a remote session of this host's client leads to; null where that is no name or address. */
function targetOf(view: FactView, context: Context): string | null {
  const target = view.text('target')?.toLowerCase();
  if (target === undefined || target === '') return null;
  if (!isAddress(target)) return context.names.known(target) ?? target;
  const hosts = context.hostsAt(target);
  return hosts.length === 1 ? hosts[0]! : target;
}

/** Finds the facts of uses again; one scan. */
export function readFirsts(facts: FactSource, uses: readonly Use[]): Map<Use, Fact> {
  /** By time: few facts share a microsecond. */
  const wanted = new Map<number, Use[]>();
  for (const use of uses) {
    const same = wanted.get(use.first);
    if (same === undefined) wanted.set(use.first, [use]);
    else same.push(use);
  }
  const found = new Map<Use, Fact>();
  if (wanted.size === 0) return found;
  facts.scan(view => {
    for (const use of wanted.get(view.micros) ?? []) {
      const isThere = view.input === use.input && view.offset === use.offset;
      if (isThere && !found.has(use)) found.set(use, view.keep());
    }
  }, types);
  return found;
}
