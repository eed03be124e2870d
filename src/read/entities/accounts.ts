/**
 * One name for each account. Windows says `EXAMPLE\jo`, Kerberos `jo@EXAMPLE.TEST`, a VPN `jo`, and some events only the
 * SID. `accountKey` brings one event's words into one form; `AccountNames` has learned from events that say SID and name
 * together, and so knows which domain is which realm, who was renamed, and whose SID it is.
 *
 * The key is `DOMAIN\user` (the domain's short name in capitals, the user in lower case), else `user@realm` in lower
 * case, else the SID; a name without any domain is itself. Nothing depends on the order in which it was learned.
 */
import type { Fact, FactValues, FactView } from './types.ts';

export type AccountValues = Pick<FactValues, 'account' | 'sid'>;

/** An account's name taken apart. */
type Parsed = { readonly domain: string; readonly user: string; readonly isRealm: boolean };

/** Undefined where the text names nobody. */
function parse(account: string | undefined): Parsed | undefined {
  const text = account?.trim() ?? '';
  if (text === '' || text === '-') return undefined;
  const slash = text.indexOf('\\');
  if (slash >= 0) {
    const user = text.slice(slash + 1);
    // `.` is the host itself, which this event knows and we do not.
    const domain = text.slice(0, slash) === '.' ? '' : text.slice(0, slash);
    return user === '' ? undefined : { domain, user, isRealm: domain.includes('.') };
  }
  const at = text.lastIndexOf('@');
  if (at > 0) return { domain: text.slice(at + 1), user: text.slice(0, at), isRealm: true };
  return { domain: '', user: text, isRealm: false };
}

function keyOf({ domain, user, isRealm }: Parsed): string {
  const name = user.toLowerCase();
  if (domain === '') return name;
  return isRealm ? `${name}@${domain.toLowerCase()}` : `${domain.toUpperCase()}\\${name}`;
}

/** The key of the account that these values name, by what they say alone; null where they name nobody. */
export function accountKey({ account, sid }: AccountValues): string | null {
  const parsed = parse(account);
  return parsed === undefined ? (sid?.toUpperCase() ?? null) : keyOf(parsed);
}

/** SIDs of the system, of services, of nobody who logged on, and of what Windows draws windows with. */
const serviceSid = /^S-1-5-(?:7|18|19|20|80|82|83|90|96)(?:-|$)/i;
/** What stands for them by name; the domain as in languages that write it otherwise. */
const serviceName = /^(?:system|local service|network service|anonymous logon|iusr|(?:dwm|umfd)-\d{1,9})$/i;
const serviceDomain =
  /^(?:window manager|font driver host|iis apppool|nt service|nt virtual machine|nt[ -]aut.*|autori\S* nt)$/i;
/** A computer's account: its short name and a dollar. */
const machineName = /^[^\\@\s$]{1,15}\$$/;

/**
 * True for accounts that no person logs on with: the system's, services', and those of machines. Whoever creates an
 * account that looks like a machine's is taken for one here; that it was created is an event of its own.
 */
export function isServiceAccount({ account, sid }: AccountValues): boolean {
  if (sid !== undefined && serviceSid.test(sid)) return true;
  const parsed = parse(account);
  if (parsed === undefined) return false;
  const { domain, user } = parsed;
  return serviceName.test(user) || serviceDomain.test(domain) || machineName.test(user);
}

/** Names and SIDs learned at most: beyond it accounts keep the names that events give them. */
const MOST_LEARNED = 500_000;
/** The SID of a domain's or a machine's own accounts: before its last number that of the domain. */
const ownSid = /^(S-1-5-21-\d{1,10}-\d{1,10}-\d{1,10})-(\d{1,10})$/;
/** Numbers below are of accounts that every domain and machine has. */
const FIRST_OWN = 1_000;

type Conclusions = {
  /** Realm → short name. */
  readonly shortOf: ReadonlyMap<string, string>;
  /** Short names of all domains. */
  readonly shorts: ReadonlySet<string>;
  /** By user: the SIDs of accounts of that name in any domain. */
  readonly sidsOfUser: Map<string, Set<string>>;
};

export class AccountNames {
  /** By SID: keys and, by key, how it is shown. */
  readonly #bySid = new Map<string, Map<string, string>>();
  readonly #sidsOfKey = new Map<string, Set<string>>();
  /** By SID of a domain: its short names, and its realms in lower case. */
  readonly #domains = new Map<string, { readonly short: Set<string>; readonly realms: Set<string> }>();
  /** What follows from all that was learned; made anew when something was. */
  #conclusions: Conclusions | null = null;
  #resolved = new Map<string, { key: string; name: string }>();
  #learned = 0;
  /** What the last fact said: logons and tickets come in runs. */
  #lastAccount: string | undefined;
  #lastSid: string | undefined;

  /** Takes what a fact says of an account: its name and its SID together. Facts of type `event` may speak of two people. */
  learn(fact: Fact | FactView): void {
    if (fact.type === 'event') return;
    const isKept = 'values' in fact;
    const account = isKept ? fact.values.account : fact.text('account');
    const sid = isKept ? fact.values.sid : fact.text('sid');
    if (account === undefined || sid === undefined) return;
    if (account === this.#lastAccount && sid === this.#lastSid) return;
    this.#lastAccount = account;
    this.#lastSid = sid;
    this.#learn(account, sid.toUpperCase());
  }

  #learn(account: string, sid: string): void {
    const prefix = ownSid.exec(sid)?.[1];
    const parsed = parse(account);
    if (prefix === undefined || parsed === undefined) return;
    const key = keyOf(parsed);
    const shown = shownAs(parsed);
    const keys = this.#bySid.get(sid);
    const before = keys?.get(key);
    // Of two spellings the one that sorts last, which prefers small letters, whoever came first.
    if (before !== undefined && before >= shown) return;
    if (before === undefined && this.#learned++ >= MOST_LEARNED) return;
    if (keys === undefined) this.#bySid.set(sid, new Map([[key, shown]]));
    else keys.set(key, shown);
    add(this.#sidsOfKey, key, sid);
    if (parsed.domain !== '') this.#learnDomain(prefix, parsed);
    this.#conclusions = null;
  }

  #learnDomain(prefix: string, { domain, isRealm }: Parsed): void {
    let names = this.#domains.get(prefix);
    if (names === undefined) {
      names = { short: new Set(), realms: new Set() };
      this.#domains.set(prefix, names);
    }
    if (isRealm) names.realms.add(domain.toLowerCase());
    else names.short.add(domain.toUpperCase());
  }

  /** The key of the account that these values name, with all that was learned; null where they name nobody. */
  key(values: AccountValues): string | null {
    return this.#resolve(values)?.key ?? null;
  }

  /** How people read it: the key with the user as written; null where the values name nobody. */
  name(values: AccountValues): string | null {
    return this.#resolve(values)?.name ?? null;
  }

  #resolve({ account, sid }: AccountValues): { key: string; name: string } | undefined {
    if (this.#conclusions === null) {
      this.#conclusions = { shortOf: this.#shortNames(), shorts: this.#shorts(), sidsOfUser: new Map() };
      this.#resolved = new Map();
      this.#gatherUsers(this.#conclusions.sidsOfUser);
    }
    const asked = `${sid ?? ''}\n${account ?? ''}`;
    let found = this.#resolved.get(asked);
    if (found === undefined) {
      found = this.#find(account, sid?.toUpperCase());
      if (found === undefined) return undefined;
      if (this.#resolved.size >= MOST_LEARNED) this.#resolved.clear();
      this.#resolved.set(asked, found);
    }
    return found;
  }

  #find(account: string | undefined, sid: string | undefined): { key: string; name: string } | undefined {
    const known = sid === undefined ? undefined : this.#best(sid);
    if (known !== undefined) return known;
    const parsed = parse(account);
    if (parsed === undefined) return sid === undefined ? undefined : { key: sid, name: sid };
    const short = this.#shortened(parsed);
    // A name that two SIDs had (deleted and made anew) is a name, and no more.
    return this.#ofName(keyOf(parsed)) ?? this.#ofName(short.key) ?? this.#ofUser(parsed) ?? short;
  }

  /** The account whose name alone this is. */
  #ofName(key: string): { key: string; name: string } | undefined {
    const sids = this.#sidsOfKey.get(key);
    return sids?.size === 1 ? this.#best([...sids][0]!) : undefined;
  }

  /** The only account with this name in any domain, where the name says no domain. */
  #ofUser({ domain, user }: Parsed): { key: string; name: string } | undefined {
    const sids = domain === '' ? this.#conclusions!.sidsOfUser.get(user.toLowerCase()) : undefined;
    return sids?.size === 1 ? this.#best([...sids][0]!) : undefined;
  }

  /** SIDs by the user's part of their names; not of accounts that every domain has. */
  #gatherUsers(into: Map<string, Set<string>>): void {
    for (const [sid, keys] of this.#bySid) {
      if (Number(ownSid.exec(sid)![2]) < FIRST_OWN) continue;
      for (const shown of keys.values()) add(into, parse(shown)!.user.toLowerCase(), sid);
    }
  }

  /** With the domain's short name in the place of its realm. */
  #shortened(parsed: Parsed): { key: string; name: string } {
    const short = parsed.isRealm ? this.#shortName(parsed.domain.toLowerCase()) : undefined;
    const as = short === undefined ? parsed : { domain: short, user: parsed.user, isRealm: false };
    return { key: keyOf(as), name: shownAs(as) };
  }

  /** A realm's short name: learned, or else its first part where that is a domain of the logs. */
  #shortName(realm: string): string | undefined {
    const { shortOf, shorts } = this.#conclusions!;
    const label = realm.slice(0, realm.indexOf('.')).toUpperCase();
    return shortOf.get(realm) ?? (shorts.has(label) ? label : undefined);
  }

  /** Of all names that a SID had, the one it goes by: with a short domain before a realm, then the first in order. */
  #best(sid: string): { key: string; name: string } | undefined {
    const keys = this.#bySid.get(sid);
    if (keys === undefined) return undefined;
    let best: { key: string; name: string } | undefined;
    for (const shown of keys.values()) {
      const each = this.#shortened(parse(shown)!);
      if (best === undefined || isBetter(each, best)) best = each;
    }
    return best;
  }

  /** Realms of which the logs tell the short name, because one domain's SIDs come with both. */
  #shortNames(): Map<string, string> {
    const byRealm = new Map<string, Set<string>>();
    for (const { short, realms } of this.#domains.values()) {
      for (const realm of realms) for (const name of short) add(byRealm, realm, name);
    }
    const found = new Map<string, string>();
    for (const [realm, names] of byRealm) if (names.size === 1) found.set(realm, [...names][0]!);
    return found;
  }

  #shorts(): Set<string> {
    return new Set([...this.#domains.values()].flatMap(({ short }) => [...short]));
  }
}

function isBetter(a: { key: string; name: string }, b: { key: string; name: string }): boolean {
  const isShort = ({ key }: { key: string }): boolean => key.includes('\\');
  if (isShort(a) !== isShort(b)) return isShort(a);
  return a.key === b.key ? a.name > b.name : a.key < b.key;
}

function shownAs({ domain, user, isRealm }: Parsed): string {
  if (domain === '') return user;
  return isRealm ? `${user}@${domain.toLowerCase()}` : `${domain.toUpperCase()}\\${user}`;
}

function add<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}
