/**
 * Whose credentials were taken, and when: by the thefts of this hunt, and by those that memory holds. An account leaves at
 * its own next password change; a date that nobody knows keeps it.
 */
import { type AccountTable, domainOf, type Theft as Exposure, type Memory } from '../../memory/index.ts';
import { type Item, isTheft } from '../item.ts';
import type { Names } from '../names.ts';
import { saidTime } from '../time.ts';
import { type Weighed, worth } from '../weigh.ts';
import { keptIn } from './profiles.ts';
import type { Uses } from './uses.ts';

export type Theft = {
  /** The item that shows it; null = memory holds it. */
  readonly item: Item | null;
  readonly since: number;
  /** For people: what shows it. */
  readonly said: string;
  readonly covers: (account: string) => boolean;
};

export class Exposed {
  readonly #thefts: readonly Theft[];
  readonly #uses: Uses;
  readonly #set: ReadonlyMap<string, number>;
  readonly #shares = new Map<Theft, number>();

  constructor(thefts: readonly Theft[], uses: Uses, set: ReadonlyMap<string, number>) {
    this.#thefts = thefts.toSorted((a, b) => a.since - b.since);
    this.#uses = uses;
    this.#set = set;
  }

  get isEmpty(): boolean {
    return this.#thefts.length === 0;
  }

  get since(): number {
    return this.#thefts[0]?.since ?? Number.POSITIVE_INFINITY;
  }

  /** Thefts that expose an account at a moment, the latest first; none where its password was changed since. */
  of(account: string, micros: number): Theft[] {
    return this.#thefts
      .filter(
        theft =>
          theft.since < micros && theft.covers(account) && !this.#changed(account, theft.since, micros),
      )
      .reverse();
  }

  /** Whether a theft exposed so few that it says more than 3 to 1 whose doing the use of one of them is. */
  isOfFew(theft: Theft): boolean {
    let share = this.#shares.get(theft);
    if (share === undefined) {
      const accounts = [...this.#uses.byAccount.keys()];
      share = accounts.filter(theft.covers).length / accounts.length;
      this.#shares.set(theft, share);
    }
    return -Math.log2(share) > worth.weak;
  }

  #changed(account: string, since: number, until: number): boolean {
    const set = this.#set.get(account);
    if (set !== undefined && set > since && set < until) return true;
    return this.#uses.passwords.get(account)?.some(time => time > since && time < until) ?? false;
  }
}

/** Thefts that expose something: unusual ones of this hunt, and all of memory's. */
export function exposedBy(
  items: readonly Item[],
  weighed: readonly Weighed[],
  uses: Uses,
  names: Names,
  memory: Memory | null,
  accounts: AccountTable | null,
): Exposed {
  const thefts = items.flatMap((item, at): Theft[] => {
    if (!isTheft(item) || item.micros === 0 || weighed[at]!.ordinary !== null) return [];
    const covers = coverOf(item, uses, names);
    const said = `${item.behaviour!.title} on ${item.host}, ${saidTime(item.micros)}`;
    return [{ item, since: item.micros, said, covers }];
  });
  for (const { account, since, evidence } of memory?.exposed ?? []) {
    const covers = (key: string): boolean => (account === '*' ? isOfDomain(key) : account === key);
    thefts.push({ item: null, since, said: evidence, covers });
  }
  const set = new Map<string, number>();
  for (const { name, sid, passwordSet } of accounts?.rows ?? []) {
    const { key } = names.account(name ?? undefined, sid ?? undefined);
    if (key !== null && passwordSet !== null) set.set(key, passwordSet);
  }
  return new Exposed(thefts, uses, set);
}

/** What memory keeps of the thefts of this hunt. */
export function rememberThefts(items: readonly Item[], uses: Uses | null, names: Names): Exposure[] {
  return items
    .filter(item => isTheft(item) && item.micros !== 0)
    .map(item => {
      const how = item.behaviour!.exposes!;
      const covers = uses === null ? null : coverOf(item, uses, names);
      const accounts =
        covers === null || how === 'domain' ? null : [...uses!.byAccount.keys()].filter(covers);
      const { record } = item.fact.place;
      return {
        how,
        scope: how === 'domain' ? domainOf(item.host) : item.host,
        since: item.micros,
        accounts:
          uses === null && how === 'profile' && item.accountKey !== null ? [item.accountKey] : accounts,
        evidence: `${item.behaviour!.id} on ${item.host}${record < 0 ? '' : `, record ${record} of ${item.fact.channel}`}`,
      };
    });
}

/** The account's key names a host where it is local to one. */
const isOfDomain = (key: string): boolean => !key.includes('\\');

/** Logons in these ways leave credentials in the memory of a host. */
const leaving: ReadonlySet<string> = new Set(['interactive', 'remote', 'batch', 'service']);

function coverOf(item: Item, uses: Uses, names: Names): (account: string) => boolean {
  const { byAccount } = uses;
  switch (item.behaviour!.exposes!) {
    case 'domain':
      return isOfDomain;
    case 'local':
      return account => account.startsWith(`${item.host}\\`);
    case 'profile': {
      const kept = keptIn(item, uses, names);
      return account => kept.has(account);
    }
    case 'host':
      return account => {
        for (const { host, way, first } of byAccount.get(account)?.uses.values() ?? []) {
          if (host === item.host && first <= item.micros && leaving.has(way)) return true;
        }
        return false;
      };
  }
}
