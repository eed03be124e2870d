/**
 * Who is who: one name for each host and account, whatever the logs call them. Joins ask for keys, people for names.
 *
 * An account's key leaves the domain out unless it is a host (`JUMP1\Administrator` is not the domain's): a VPN knows
 * `adm.hollis`, Kerberos `adm.hollis@WAIRUA.TEST`, and Windows `WAIRUA\adm.hollis`. Accounts of the machine itself are
 * nobody's, and join nothing.
 */
import type { FactValues } from '../../read/entities/index.ts';

/** Well-known security identifiers that stand for a machine, not for a person. */
const nobodySids: ReadonlySet<string> = new Set(['s-1-5-18', 's-1-5-19', 's-1-5-20', 's-1-5-7', 's-1-0-0']);
const nobody: ReadonlySet<string> = new Set([
  'system',
  'local service',
  'network service',
  'anonymous logon',
  'iusr',
  '-',
  '',
]);
const nobodyDomains: ReadonlySet<string> = new Set(['window manager', 'font driver host', 'iis apppool']);

export type Who = {
  /** `DOMAIN\user`, else UPN, else SID; null = the event names nobody. */
  readonly name: string | null;
  /** What joins compare; null = nobody in particular. */
  readonly key: string | null;
};

export interface Names {
  /** Canonical: lower-case FQDN, else short name. */
  host(written: string): string;
  /** The canonical host behind a name, with or without leading backslashes; null where the logs hold no such host. */
  known(written: string): string | null;
  account(written: string | undefined, sid?: string): Who;
}

export function makeNames(hosts: readonly string[]): Names {
  const full = fullNames(hosts);
  const canonical = new Map<string, string>();
  const known = new Set<string>();
  const host = (written: string): string => {
    let name = canonical.get(written);
    if (name === undefined) {
      const folded = written.toLowerCase();
      name = full.get(folded) ?? folded;
      canonical.set(written, name);
    }
    return name;
  };
  for (const written of hosts) known.add(host(written));
  const lookUp = (written: string): string | null => {
    const folded = written.replace(/^\\+/, '').toLowerCase();
    if (folded === '' || isAddress(folded)) return null;
    const name = full.get(folded) ?? full.get(shortOf(folded)) ?? folded;
    return known.has(name) ? name : null;
  };
  return { host, known: lookUp, account: (written, sid) => accountOf(written, sid, lookUp) };
}

/** Short names that belong to exactly one full name of the logs. */
function fullNames(hosts: readonly string[]): Map<string, string> {
  const full = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const written of hosts) {
    const folded = written.toLowerCase();
    if (!folded.includes('.') || isAddress(folded)) continue;
    const short = shortOf(folded);
    const before = full.get(short);
    if (before !== undefined && before !== folded) ambiguous.add(short);
    full.set(short, folded);
    full.set(folded, folded);
  }
  for (const short of ambiguous) full.delete(short);
  return full;
}

const shortOf = (folded: string): string => {
  const dot = folded.indexOf('.');
  return dot < 0 ? folded : folded.slice(0, dot);
};

/** Whether a name is an address: digits and dots, or anything with a colon. */
export function isAddress(text: string): boolean {
  return text.includes(':') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text);
}

function accountOf(
  written: string | undefined,
  sid: string | undefined,
  knownHost: (written: string) => string | null,
): Who {
  const text = written?.trim() ?? '';
  const slash = text.indexOf('\\');
  const at = text.lastIndexOf('@');
  const user = slash >= 0 ? text.slice(slash + 1) : at > 0 ? text.slice(0, at) : text;
  const domain = slash > 0 ? text.slice(0, slash) : '';
  const folded = user.toLowerCase();
  if (nobody.has(folded) || (sid !== undefined && nobodySids.has(sid.toLowerCase()))) {
    return folded === '' || folded === '-'
      ? { name: sid ?? null, key: sidKey(sid) }
      : { name: text, key: null };
  }
  if (nobodyDomains.has(domain.toLowerCase())) return { name: text, key: null };
  const ofHost = domain === '' ? null : knownHost(domain);
  const name = domain === '' ? text : `${domain.toUpperCase()}\\${user}`;
  return { name, key: ofHost === null ? folded : `${ofHost}\\${folded}` };
}

function sidKey(sid: string | undefined): string | null {
  const folded = sid?.toLowerCase();
  return folded === undefined || nobodySids.has(folded) ? null : folded;
}

/** Logons that every service of a machine shares: SYSTEM, NETWORK SERVICE, LOCAL SERVICE; 0 is none at all. */
export function isSharedLogon(id: number | undefined): boolean {
  return id === undefined || id === 0 || id === 0x3e7 || id === 0x3e4 || id === 0x3e5 || id === 0x3e6;
}

/** The logons that an event acts in or opens. */
export function logonsOf({ logonId, byLogonId }: FactValues): number[] {
  const ids: number[] = [];
  if (logonId !== undefined && !isSharedLogon(logonId)) ids.push(logonId);
  if (byLogonId !== undefined && byLogonId !== logonId && !isSharedLogon(byLogonId)) ids.push(byLogonId);
  return ids;
}
