/**
 * A password that somebody sets for another account, in a tunnel through which that account then comes in: a theft and a
 * return at once, for a reset gives the account to whoever made it. The helpdesk sets passwords all day, and those whom it
 * helped log on at their own desks; hardly ever does the helped one come out of the helper's own tunnel.
 *
 * What counts is how unusual both halves are (the estimator of `AccountUses`, over the days before): that this account sets
 * passwords from that address outside, and that the other one comes from another's tunnel. Of all resets in the logs chance
 * brings one with log2 of their number in bits. Only doors are asked: who helps at his own desk, or at somebody
 * else's, logs on there in many names. An account without a past is new, and tried by who made it.
 *
 * One scan of password changes; one of logons where there are any; two more where one was made through a tunnel.
 */
import type { Advisory } from '../../../know/advisories/index.ts';
import type { Fact, FactSource } from '../../../read/entities/index.ts';
import { NO_TIME } from '../../../read/events/index.ts';
import { countBelow } from '../../days.ts';
import { type Context, sourceOf } from '../context.ts';
import type { Found } from '../gather.ts';
import { compareFacts } from '../item.ts';
import { isAddress } from '../names.ts';
import { DAY, MINUTE, saidSpan, saidTime } from '../time.ts';
import { type Tunnel, tunnelAt, tunnelsOf } from '../tunnels.ts';
import { worth } from '../weigh.ts';
import { behaviourFor } from './behaviour.ts';
import type { Uses } from './uses.ts';

const PASSWORD_SET = 4724;
const MOST_RESETS = 10_000;
const MOST_PER_KEY = 1000;

type Change = {
  readonly fact: Fact;
  readonly host: string;
  readonly logonId: number;
  readonly account: string;
  readonly by: string;
  /** The tunnel that it was made through. */
  tunnel: Tunnel | null;
};

/** A reset, and the first logon of the account that came out of the same tunnel. */
export type Reset = {
  readonly change: Fact;
  readonly account: string;
  readonly by: string;
  readonly tunnel: Tunnel;
  readonly use: Fact;
  /** Days before on which its maker set passwords, and those of them from that address outside. */
  readonly days: number;
  readonly daysFromThere: number;
  /** Resets in all logs: so many chances there were. */
  readonly trials: number;
};

export function resetsOf(facts: FactSource, context: Context): Reset[] {
  const changes = changesIn(facts, context);
  if (changes.length === 0) return [];
  const sources = sourcesOfLogons(changes, facts, context);
  const tunnels = tunnelsIn(new Set(sources.values()), facts);
  for (const change of changes) {
    const source = sources.get(change);
    if (source !== undefined) change.tunnel = tunnelAt(tunnels.get(source), change.fact.micros);
  }
  const through = changes.filter(({ tunnel, by }) => {
    const { account, sid } = tunnel?.up.values ?? {};
    return tunnel !== null && context.names.account(account, sid).key === by;
  });
  const uses = usesIn(through, facts, context);
  return through.flatMap(change => {
    const use = uses.get(change);
    return use === undefined ? [] : [resetOf(change, use, changes)];
  });
}

function changesIn(facts: FactSource, { names }: Context): Change[] {
  const changes: Change[] = [];
  facts.scan(
    view => {
      const logonId = view.number('byLogonId');
      const isSet = view.eventId === PASSWORD_SET && view.text('action') !== 'refused';
      if (!isSet || logonId === undefined || view.micros === NO_TIME || changes.length >= MOST_RESETS) return;
      const account = names.account(view.text('account'), view.text('sid')).key;
      const by = names.account(view.text('byAccount')).key;
      if (account === null || by === null || account === by) return;
      changes.push({ fact: view.keep(), host: names.host(view.host), logonId, account, by, tunnel: null });
    },
    ['password-change'],
  );
  return changes.sort((a, b) => compareFacts(a.fact, b.fact));
}

/** Where the logons that changes were made in came from, where that is an address. */
function sourcesOfLogons(
  changes: readonly Change[],
  facts: FactSource,
  { names }: Context,
): Map<Change, string> {
  const wanted = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.host} ${change.logonId}`;
    const same = wanted.get(key);
    if (same === undefined) wanted.set(key, [change]);
    else if (same.length < MOST_PER_KEY) same.push(change);
  }
  const ids = new Set(changes.map(({ logonId }) => logonId));
  const opened = new Map<Change, Fact>();
  facts.scan(
    view => {
      const id = view.number('logonId');
      if (id === undefined || !ids.has(id)) return;
      for (const change of wanted.get(`${names.host(view.host)} ${id}`) ?? []) {
        if (view.micros > change.fact.micros + MINUTE) continue;
        const before = opened.get(change);
        const fact = view.keep();
        if (before === undefined || compareFacts(before, fact) < 0) opened.set(change, fact);
      }
    },
    ['logon'],
  );
  const sources = new Map<Change, string>();
  for (const [change, fact] of opened) {
    const source = sourceOf(fact, names);
    if (source !== null && isAddress(source)) sources.set(change, source);
  }
  return sources;
}

function tunnelsIn(wanted: ReadonlySet<string>, facts: FactSource): Map<string, Tunnel[]> {
  const events = new Map<string, Fact[]>();
  if (wanted.size === 0) return new Map();
  facts.scan(
    view => {
      const inner = view.text('target')?.toLowerCase();
      if (inner === undefined || view.micros === NO_TIME || !wanted.has(inner)) return;
      const same = events.get(inner);
      if (same === undefined) events.set(inner, [view.keep()]);
      else if (same.length < MOST_RESETS) same.push(view.keep());
    },
    ['tunnel'],
  );
  return new Map([...events].map(([inner, list]) => [inner, tunnelsOf(inner, list.sort(compareFacts))]));
}

/** The first logon of each account out of the tunnel after its password was set through it. */
function usesIn(changes: readonly Change[], facts: FactSource, { names }: Context): Map<Change, Fact> {
  const byAccount = new Map<string, Change[]>();
  for (const change of changes) {
    const same = byAccount.get(change.account);
    if (same === undefined) byAccount.set(change.account, [change]);
    else if (same.length < MOST_PER_KEY) same.push(change);
  }
  const uses = new Map<Change, Fact>();
  if (changes.length === 0) return uses;
  facts.scan(
    view => {
      const key = names.account(view.text('account'), view.text('sid')).key;
      for (const change of (key === null ? undefined : byAccount.get(key)) ?? []) {
        const { inner, to } = change.tunnel!;
        if (view.text('sourceIp')?.toLowerCase() !== inner) continue;
        if (view.micros < change.fact.micros || view.micros > to) continue;
        const fact = view.keep();
        const before = uses.get(change);
        if (before === undefined || compareFacts(fact, before) < 0) uses.set(change, fact);
      }
    },
    ['logon'],
  );
  return uses;
}

function resetOf({ fact, account, by, tunnel }: Change, use: Fact, changes: readonly Change[]): Reset {
  const day = Math.floor(fact.micros / DAY);
  const days = new Set<number>();
  const fromThere = new Set<number>();
  const outer = tunnel!.up.values.sourceIp;
  for (const other of changes) {
    const when = Math.floor(other.fact.micros / DAY);
    if (other.by !== by || when >= day) continue;
    days.add(when);
    if (outer !== undefined && other.tunnel?.up.values.sourceIp === outer) fromThere.add(when);
  }
  return {
    change: fact,
    account,
    by,
    tunnel: tunnel!,
    use,
    days: days.size,
    daysFromThere: fromThere.size,
    trials: changes.length,
  };
}

/** Each reset that chance does not explain, and what is found of it: the reset, and the logon after it. */
export function findResets(
  resets: readonly Reset[],
  { byAccount }: Uses,
  advisories: readonly Advisory[],
): { readonly reset: Reset; readonly change: Found; readonly use: Found }[] {
  return resets.flatMap(reset => {
    const { account, by, tunnel, change, use, days, daysFromThere, trials } = reset;
    const own = byAccount.get(account);
    const before = own === undefined ? 0 : countBelow(own.days, Math.floor(change.micros / DAY));
    const hasCome = [...(own?.uses.values() ?? [])].some(
      ({ source, first }) => source === tunnel.inner && first < change.micros,
    );
    if (before === 0 || hasCome) return [];
    const bits = -Math.log2((daysFromThere + 0.5) / (days + 1)) - Math.log2(0.5 / (before + 1));
    const chance = Math.log2(trials);
    if (bits < chance) return [];
    const who = change.values.byAccount ?? by;
    const whose = change.values.account ?? account;
    const behaviour = behaviourFor(advisories, ['return'], change);
    const shared = { stage: behaviour?.stage ?? 'persistence', surprise: bits } as const;
    const said = `${who} set the password of ${whose} at ${saidTime(change.micros)} through the tunnel ${tunnel.inner}`;
    return [
      {
        reset,
        change: {
          ...shared,
          fact: change,
          behaviour,
          step: null,
          gravity: 'weak',
          example: `${who} · ${whose}`,
          reasons: [
            `${said} from ${tunnel.up.values.sourceIp ?? 'an unknown source'}, from where it did so on ${daysFromThere} of ${days} days before`,
          ],
        },
        use: {
          ...shared,
          fact: use,
          behaviour: behaviourFor(advisories, ['return'], use),
          step: 'return',
          gravity: bits >= chance + worth.strong ? 'strong' : 'weak',
          example: `${whose} · ${tunnel.inner}`,
          reasons: [
            `${said}, and ${whose} came out of that tunnel ${saidSpan(use.micros - change.micros)} later, after ${before} days of use without (${Math.round(bits)} bits)`,
          ],
        },
      },
    ];
  });
}
