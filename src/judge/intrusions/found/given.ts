/**
 * Credentials of another account that a logon with strong evidence gave to a server (4648), and the logon there that they
 * opened within seconds (4624): one act, seen from both sides (notes, section 4, "admin share <-> operator"). Where the
 * account was exposed by a theft, it is the stolen credential in use.
 */
import type { Advisory } from '../../../know/advisories/index.ts';
import type { Fact, FactSource } from '../../../read/entities/index.ts';
import { type Context, sourceOf } from '../context.ts';
import type { Found } from '../gather.ts';
import { compareFacts, type Item } from '../item.ts';
import { hex } from '../joins/index.ts';
import { isAddress, serverOf } from '../names.ts';
import { HOUR, near, SECOND, saidSpan } from '../time.ts';
import type { Weighed } from '../weigh.ts';
import { behaviourFor } from './behaviour.ts';
import type { Exposed } from './exposed.ts';
import type { Return } from './returns.ts';

/** Notes, "Joins": the two lie within 2 s; ten times that for slow links and clocks. */
const AT_ONCE = 20 * SECOND;
/** Credentials given half a day from the evidence are another visit's. */
const SAME_VISIT = 12 * HOUR;
const MOST_GIVEN = 10_000;

/** A 4648, and what it should have opened. */
export type Given = {
  readonly fact: Fact;
  readonly logonId: number;
  /** The logon's own host. */
  readonly from: string;
  readonly to: string;
  readonly accountKey: string;
};

/** What logons with strong evidence gave to servers of these logs, each once. */
export function givenBy(items: readonly Item[], weighed: readonly Weighed[], context: Context): Given[] {
  const given = new Map<Fact, Given>();
  for (const [at, item] of items.entries()) {
    if (item.gravity === 'weak' || weighed[at]!.ordinary !== null) continue;
    for (const logonId of item.logons) {
      for (const fact of context.explicit(item.host, logonId)) {
        if (given.size >= MOST_GIVEN || given.has(fact) || !near(fact.micros, item.micros, SAME_VISIT))
          continue;
        const { target, account, sid } = fact.values;
        const to = target === undefined ? null : context.names.known(serverOf(target));
        const accountKey = context.names.account(account, sid).key;
        if (to === null || to === item.host || accountKey === null || accountKey === item.accountKey)
          continue;
        given.set(fact, { fact, logonId, from: item.host, to, accountKey });
      }
    }
  }
  return [...given.values()];
}

/** The logons that were opened with them: the nearest in time from the host that gave them; one scan. */
export function findGiven(
  given: readonly Given[],
  facts: FactSource,
  context: Context,
  exposed: Exposed | null,
  advisories: readonly Advisory[],
): Return[] {
  if (given.length === 0) return [];
  const wanted = new Map<string, Given[]>();
  for (const each of given) {
    const key = `${each.to}\n${each.accountKey}`;
    const same = wanted.get(key);
    if (same === undefined) wanted.set(key, [each]);
    else same.push(each);
  }
  const hosts = new Set(given.map(({ to }) => to));
  const opened = new Map<Given, Fact>();
  facts.scan(
    view => {
      const host = context.names.host(view.host);
      if (!hosts.has(host)) return;
      const { key } = context.names.account(view.text('account'), view.text('sid'));
      for (const each of wanted.get(`${host}\n${key}`) ?? []) {
        if (!near(each.fact.micros, view.micros, AT_ONCE)) continue;
        const fact = view.keep();
        const before = opened.get(each);
        if (!isFrom(fact, each.from, context) || (before !== undefined && !isNearer(fact, before, each)))
          continue;
        opened.set(each, fact);
      }
    },
    ['logon'],
  );
  return given.flatMap(each => {
    const fact = opened.get(each);
    return fact === undefined ? [] : [foundOf(each, fact, exposed, advisories)];
  });
}

function isFrom(fact: Fact, host: string, context: Context): boolean {
  const source = sourceOf(fact, context.names);
  if (source === null) return false;
  if (!isAddress(source)) return source === host;
  const { sourceHost } = fact.values;
  if (sourceHost !== undefined && context.names.known(sourceHost) === host) return true;
  const hosts = context.hostsAt(source);
  // An address that nobody knows is as good as the seconds between them.
  return hosts.length === 0 || hosts.includes(host);
}

function isNearer(a: Fact, b: Fact, { fact }: Given): boolean {
  const gaps = Math.abs(a.micros - fact.micros) - Math.abs(b.micros - fact.micros);
  return gaps < 0 || (gaps === 0 && compareFacts(a, b) < 0);
}

function foundOf(
  { fact: given, logonId, from, to, accountKey }: Given,
  fact: Fact,
  exposed: Exposed | null,
  advisories: readonly Advisory[],
): Return {
  const thefts = exposed?.of(accountKey, fact.micros).slice(0, 1) ?? [];
  const isStolen = thefts.length > 0;
  const account = fact.values.account ?? accountKey;
  const behaviour = isStolen ? behaviourFor(advisories, ['return'], fact) : null;
  const found: Found = {
    fact,
    behaviour,
    stage: behaviour?.stage ?? 'lateral-movement',
    step: isStolen ? 'return' : 'move',
    gravity: isStolen ? 'strong' : 'weak',
    example: `${account} · ${from} · ${to}`,
    surprise: null,
    reasons: [
      `logon ${hex(logonId)} on ${from} gave credentials of ${account} to ${to}, ${saidSpan(fact.micros - given.micros)} from this logon`,
      ...thefts.map(({ said }) => `an account exposed by ${said}`),
    ],
  };
  // What else ran in the logon says whose doing it is.
  return { found, thefts, ties: () => false, isFromNew: false };
}
