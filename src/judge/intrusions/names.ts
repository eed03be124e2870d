/**
 * Who is who: one name for each host and account, whatever the logs call them. Joins ask for keys, people for names.
 *
 * An account's key leaves the domain out unless it is a host (`JUMP1\Administrator` is not the domain's): a VPN knows
 * `adm.hollis`, Kerberos `adm.hollis@WAIRUA.TEST`, and Windows `WAIRUA\adm.hollis`. Accounts of the machine itself and of
 * its services are nobody's, and join nothing.
 */
import {
  AccountNames,
  type Fact,
  type FactSource,
  type FactType,
  type FactValues,
  HostNames,
  isServiceAccount,
} from '../../read/entities/index.ts';
import type { Naming } from '../naming.ts';

export type Who = ReturnType<Naming['account']>;

export interface Names extends Naming {
  /** The canonical host behind a name, with or without leading backslashes; null where the logs hold no such host. */
  known(written: string): string | null;
}

/** Events that say an account's name and its SID together, without being as many as process starts. */
const teaching: readonly FactType[] = ['logon', 'ticket', 'privileges', 'password-change'];
/** Different notations that are remembered. */
const MOST_REMEMBERED = 200_000;

const nothing = (): void => {};

/** Learns which names belong together in one scan of the facts, and from the facts of evidence, of whatever type. */
export function makeNames(
  hosts: readonly string[],
  facts: FactSource | null = null,
  evidence: readonly { readonly fact: Fact }[] = [],
): Names {
  const hostNames = new HostNames(hosts);
  const accounts = new AccountNames();
  facts?.scanAlike(['account', 'sid'], view => accounts.learn(view), nothing, teaching);
  for (const { fact } of evidence) accounts.learn(fact);
  const met = new Met();
  return {
    host: written => hostNames.canonical(written),
    known: written => (isAddress(written) ? null : hostNames.known(written)),
    account: (written, sid) =>
      met.get(written, sid) ?? met.set(written, sid, whoIs(written, sid, accounts, hostNames)),
  };
}

/** Who was asked for before, by SID and name: joining the two to one key would cost more than the look-ups. */
class Met {
  readonly #bySid = new Map<string, Map<string, Who>>();
  #size = 0;

  get(written: string | undefined, sid: string | undefined): Who | undefined {
    return this.#bySid.get(sid ?? '')?.get(written ?? '');
  }

  set(written: string | undefined, sid: string | undefined, who: Who): Who {
    if (this.#size >= MOST_REMEMBERED) {
      this.#bySid.clear();
      this.#size = 0;
    }
    const byName = this.#bySid.get(sid ?? '');
    if (byName === undefined) this.#bySid.set(sid ?? '', new Map([[written ?? '', who]]));
    else byName.set(written ?? '', who);
    this.#size++;
    return who;
  }
}

function whoIs(
  account: string | undefined,
  sid: string | undefined,
  accounts: AccountNames,
  hosts: HostNames,
): Who {
  const values: FactValues = {
    ...(account === undefined ? {} : { account }),
    ...(sid === undefined ? {} : { sid }),
  };
  const name = accounts.name(values);
  if (name === null || isServiceAccount(values)) return { name, key: null };
  const slash = name.indexOf('\\');
  if (slash < 0) return { name, key: withoutRealm(name.toLowerCase()) };
  const user = name.slice(slash + 1).toLowerCase();
  const host = hosts.known(name.slice(0, slash));
  return { name, key: host === null ? user : `${host}\\${user}` };
}

function withoutRealm(name: string): string {
  const at = name.lastIndexOf('@');
  return at > 0 ? name.slice(0, at) : name;
}

/** Whether a name is an address: digits and dots, or anything with a colon. */
export function isAddress(text: string): boolean {
  return text.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text);
}

/** Logons that every service of a machine shares: SYSTEM, NETWORK SERVICE, LOCAL SERVICE; 0 is none at all. */
export function isSharedLogon(id: number | undefined): boolean {
  return id === undefined || id === 0 || (id >= 0x3e3 && id <= 0x3e7);
}

/** The logons that an event acts in or opens. */
export function logonsOf({ logonId, byLogonId }: FactValues): number[] {
  const ids: number[] = [];
  if (logonId !== undefined && !isSharedLogon(logonId)) ids.push(logonId);
  if (byLogonId !== undefined && byLogonId !== logonId && !isSharedLogon(byLogonId)) ids.push(byLogonId);
  return ids;
}

/** `RPCSS/dc1.example` and `dc1.example` name the same server. */
export function serverOf(target: string): string {
  return target.slice(target.lastIndexOf('/') + 1);
}
