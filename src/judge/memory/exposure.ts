/**
 * Which accounts somebody may have the credentials of. A theft exposes accounts from its moment on:
 *
 * - of the directory (NTDS): every account of the domain, until its own next password change; and, because the key of
 *   krbtgt lies in the directory, everybody's tickets until krbtgt was reset twice (each reset keeps the key before it);
 * - of a host's memory or hives: the accounts that had logged on there, or its own;
 * - of a profile: the account whose stored passwords were read.
 *
 * What is not known keeps an account exposed: no date of a password change means none.
 */
import { formatMicros } from '../../read/events/index.ts';
import type { Naming } from '../naming.ts';
import { isDrill, MOST_TEXT, tidy } from './memory.ts';
import type { AccountTable, Exposed, Memory } from './types.ts';

/** A theft that was seen. */
export type Theft = {
  readonly how: Exposed['how'];
  /** Domain (`domainOf` its host) or host, lower case. */
  readonly scope: string;
  readonly since: number;
  /** Keys of accounts; null = every account of the domain, or of the host. */
  readonly accounts: readonly string[] | null;
  readonly evidence: string;
};

/** The memory with what a theft exposed; that of a site remembers none of a drill. */
export function expose(memory: Memory, theft: Theft): Memory {
  const { how, scope, since, accounts, evidence } = theft;
  if (isDrill(scope, evidence) && !memory.drill) return memory;
  const rows = (accounts ?? ['*']).map(account => ({
    account,
    scope: scope.toLowerCase(),
    since,
    how,
    evidence: evidence.slice(0, MOST_TEXT),
  }));
  return tidy({ ...memory, exposed: [...memory.exposed, ...rows] });
}

/** The domain of a host by its full name; empty where the name is short. */
export function domainOf(host: string): string {
  const dot = host.indexOf('.');
  return dot < 0 || /^[\d.]+$/.test(host) ? '' : host.slice(dot + 1).toLowerCase();
}

export type Exposure = {
  readonly exposed: Exposed;
  /** What can still be used: the password (or its hash), or only tickets made with the domain's key. */
  readonly by: 'password' | 'tickets';
  /** Why it is exposed still: a clause for people. */
  readonly reason: string;
};

/** Answers for many accounts; made once for a run. */
export class Exposures {
  readonly #byAccount = new Map<string, Exposed[]>();
  /** Latest known change by account. */
  readonly #changes = new Map<string, number>();
  readonly #krbtgt: Memory['krbtgt'];

  constructor(memory: Memory, accounts: AccountTable | null, names: Naming) {
    for (const each of memory.exposed) {
      const list = this.#byAccount.get(each.account);
      if (list === undefined) this.#byAccount.set(each.account, [each]);
      else list.push(each);
    }
    for (const list of this.#byAccount.values()) list.sort((a, b) => a.since - b.since);
    for (const { account, micros } of memory.passwords) this.#learn(account, micros);
    for (const { name, sid, passwordSet } of accounts?.rows ?? []) {
      if (passwordSet === null) continue;
      for (const key of [names.account(name ?? undefined, sid ?? undefined).key, sid?.toLowerCase()]) {
        if (key !== null && key !== undefined) this.#learn(key, passwordSet);
      }
    }
    this.#krbtgt = memory.krbtgt;
  }

  /** What `account` (a key) is exposed by at that moment, the earliest theft first; empty where it is not. */
  of(account: string, micros: number): readonly Exposure[] {
    const own = this.#byAccount.get(account) ?? [];
    const everybody = (this.#byAccount.get('*') ?? []).filter(each => isCovered(account, each));
    return [...own, ...everybody]
      .filter(({ since }) => since <= micros)
      .sort((a, b) => a.since - b.since)
      .flatMap(exposed => this.#still(exposed, account, micros) ?? []);
  }

  #learn(account: string, micros: number): void {
    const known = this.#changes.get(account);
    if (known === undefined || micros > known) this.#changes.set(account, micros);
  }

  #still(exposed: Exposed, account: string, micros: number): Exposure | null {
    const { since, how, scope } = exposed;
    const change = this.#changes.get(account);
    if (change === undefined || change <= since || change > micros) {
      const known =
        change === undefined
          ? 'no password change of it is known'
          : `its last known password change, ${dayText(change)}, ${change <= since ? 'lies before the theft' : 'came later'}`;
      return { exposed, by: 'password', reason: `${whatText(exposed)}; ${known}` };
    }
    if (how !== 'domain') return null;
    const resets = this.#krbtgt.filter(
      each => each.micros > since && each.micros <= micros && areOne(each.domain, scope),
    );
    if (resets.length >= 2) return null;
    const times = resets.length === 0 ? 'was not reset' : 'was reset only once';
    return {
      exposed,
      by: 'tickets',
      reason: `${whatText(exposed)}; its password was changed on ${dayText(change)}, but krbtgt ${times} since, as far as is known`,
    };
  }
}

/**
 * A key without a host is one of the domain, whichever that is called; a key behind a name is one of that machine, unless
 * the name is the domain's.
 */
function isCovered(account: string, { how, scope }: Exposed): boolean {
  const slash = account.lastIndexOf('\\');
  const owner = slash < 0 ? null : account.slice(0, slash);
  if (how !== 'domain') return owner === scope;
  return owner === null || owner === scope || owner === scope.split('.')[0];
}

function areOne(domain: string, scope: string): boolean {
  return domain === '' || scope === '' || domain === scope;
}

function whatText({ how, scope, since, evidence }: Exposed): string {
  const whose = {
    domain: `all accounts of ${scope === '' ? 'the domain' : scope} were taken`,
    host: `accounts with logons on ${scope} were taken`,
    local: `accounts of ${scope} were taken`,
    profile: `stored passwords on ${scope} were taken`,
  }[how];
  return `${whose} on ${dayText(since)} (${evidence})`;
}

function dayText(micros: number): string {
  return formatMicros(micros).slice(0, 10);
}
