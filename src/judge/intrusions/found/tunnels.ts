/**
 * The door: a tunnel whose inner address opened a logon in which evidence lies, while it was up. No rule can see it, for
 * what is wrong with it is only what was done inside.
 *
 * An account that a theft exposed and that then comes in from a network never seen of it is weak alone, for people move
 * house. With strong evidence inside it is the stolen account come back: the tunnel, and the first logon in it.
 */
import type { Advisory } from '../../../know/advisories/index.ts';
import type { Fact } from '../../../read/entities/index.ts';
import { networkOf } from '../../sources.ts';
import type { Context } from '../context.ts';
import type { Found } from '../gather.ts';
import type { Item } from '../item.ts';
import { isOutside } from '../joins/index.ts';
import { DAY, saidTime } from '../time.ts';
import { type Tunnel, tunnelAt, tunnelBehind } from '../tunnels.ts';
import { type Weighed, worth } from '../weigh.ts';
import type { AccountUses } from './account-uses.ts';
import { behaviourFor } from './behaviour.ts';
import type { Exposed, Theft } from './exposed.ts';
import type { Opening } from './openings.ts';
import { latestOfEach, type Return } from './returns.ts';
import type { Uses } from './uses.ts';

export type Carrying = { readonly tunnel: Tunnel; readonly item: Item };

/** Tunnels in which something was done that is more than weak and not ordinary, each once, with the first of it. */
export function carryingTunnels(
  items: readonly Item[],
  weighed: readonly Weighed[],
  context: Context,
  tunnels: ReadonlyMap<string, readonly Tunnel[]>,
): Carrying[] {
  const carrying = new Map<Tunnel, Item>();
  for (const [at, item] of items.entries()) {
    if (item.gravity === 'weak' || weighed[at]!.ordinary !== null) continue;
    const tunnel = tunnelBehind(item, context, tunnels);
    if (tunnel !== null && !carrying.has(tunnel)) carrying.set(tunnel, item);
  }
  return [...carrying].map(([tunnel, item]) => ({ tunnel, item }));
}

export function findTunnels(carrying: readonly Carrying[], advisories: readonly Advisory[]): Found[] {
  return carrying.map(({ tunnel: { up, inner }, item }) => {
    const behaviour = behaviourFor(advisories, ['enter', 'return'], up);
    return {
      fact: up,
      behaviour,
      stage: behaviour?.stage ?? 'initial-access',
      step: 'enter',
      gravity: 'weak',
      example: `${up.values.account ?? 'somebody'} · ${up.values.sourceIp ?? 'unknown'} · ${inner}`,
      surprise: null,
      reasons: [
        `tunnel of ${up.values.account ?? 'an unknown account'} from ${up.values.sourceIp ?? 'an unknown source'}, inside as ${inner}`,
        `evidence on ${item.host} at ${saidTime(item.micros)} came from ${inner} while it was up`,
      ],
    };
  });
}

/** Tunnels and logons of exposed accounts from networks that were never theirs, in which strong evidence ran. */
export function findEntries(
  carrying: readonly Carrying[],
  openings: readonly Opening[],
  tunnels: ReadonlyMap<string, readonly Tunnel[]>,
  { exposed, uses }: { readonly exposed: Exposed; readonly uses: Uses },
  { names }: Context,
  advisories: readonly Advisory[],
): Return[] {
  const returns: Return[] = [];
  const back = new Map<Tunnel, readonly Theft[]>();
  const look = (fact: Fact): readonly Theft[] => {
    const { key } = names.account(fact.values.account, fact.values.sid);
    return key === null ? [] : strangeThefts(fact, key, exposed, uses);
  };
  // From a network that is new a stranger would come as well.
  const ties = (theft: Theft): boolean => exposed.isOfFew(theft);
  for (const { tunnel, item } of carrying) {
    const thefts = look(tunnel.up);
    if (thefts.length === 0) continue;
    back.set(tunnel, thefts);
    returns.push(entryOf(tunnel.up, item, thefts, advisories, ties));
  }
  const entered = new Set<Tunnel>();
  for (const { opened, item } of openings) {
    const source = opened.source!;
    const tunnel = tunnelAt(tunnels.get(source), opened.fact.micros);
    if (tunnel === null) {
      const thefts = isOutside(source) ? look(opened.fact) : [];
      if (thefts.length > 0) returns.push(entryOf(opened.fact, item, thefts, advisories, ties));
      continue;
    }
    const thefts = back.get(tunnel);
    if (thefts === undefined || entered.has(tunnel)) continue;
    entered.add(tunnel);
    returns.push(entryOf(opened.fact, item, thefts, advisories, ties));
  }
  return returns;
}

/**
 * Thefts that exposed an account before it came in, from a network that nothing of it came from until then. The way of this
 * actor is a router in the neighbourhood (notes, "Home and office routers"), so after a theft that exposed few the address
 * is asked, not only its network; unless the account comes in from new ones so often that another is not worth mentioning.
 */
function strangeThefts(fact: Fact, account: string, exposed: Exposed, { byAccount }: Uses): readonly Theft[] {
  const { sourceIp } = fact.values;
  const network = networkOf(sourceIp ?? '');
  const uses = byAccount.get(account);
  if (network === null || uses === undefined) return [];
  let fromNetwork = Number.POSITIVE_INFINITY;
  let fromAddress = Number.POSITIVE_INFINITY;
  for (const use of uses.uses.values()) {
    if (use.network !== network) continue;
    fromNetwork = Math.min(fromNetwork, uses.first('source', use));
    if (use.source === sourceIp) fromAddress = Math.min(fromAddress, use.first);
  }
  const isSteady = surpriseOfAddress(uses, Math.floor(fact.micros / DAY)) > worth.weak;
  const thefts = exposed.of(account, fact.micros);
  return latestOfEach(
    thefts.filter(theft => {
      if (theft.since < fromNetwork) return true;
      return isSteady && theft.since < fromAddress && exposed.isOfFew(theft);
    }),
  );
}

/**
 * Bits of one more address outside on `day`, by the days on which the account came from outside (the estimator of
 * `AccountUses.surprise`): addresses inside tunnels change daily and say nothing of who holds the account.
 */
function surpriseOfAddress({ uses, classes }: AccountUses, day: number): number {
  const firsts = new Map<string, number>();
  for (const { source, first } of uses.values()) {
    if (isOutside(source)) firsts.set(source, Math.min(first, firsts.get(source) ?? first));
  }
  const fresh = new Set(
    [...firsts.values()].map(first => Math.floor(first / DAY)).filter(each => each < day),
  );
  const days = new Set<number>();
  for (const [kind, own] of classes) {
    if (kind.endsWith(' outside')) for (const each of own) if (each < day) days.add(each);
  }
  return -Math.log2((Math.max(0, Math.min(fresh.size, days.size) - 1) + 0.5) / (days.size + 1));
}

function entryOf(
  fact: Fact,
  item: Item,
  thefts: readonly Theft[],
  advisories: readonly Advisory[],
  ties: Return['ties'],
): Return {
  const behaviour = behaviourFor(advisories, ['return', 'enter'], fact);
  const { account, sourceIp } = fact.values;
  return {
    thefts,
    ties,
    isFromNew: true,
    found: {
      fact,
      behaviour,
      stage: behaviour?.stage ?? 'persistence',
      step: 'return',
      gravity: 'strong',
      example: `${account ?? 'somebody'} · ${sourceIp ?? 'unknown'} · ${item.host}`,
      // That one of few comes in from elsewhere is not his habit of coming in; where all are exposed it may be a move.
      surprise: thefts.some(ties) ? 0 : null,
      reasons: [
        `an account exposed by ${thefts[0]!.said}`,
        `it came in from where it had never come from before the theft, and evidence ran inside: on ${item.host} at ${saidTime(item.micros)}`,
      ],
    },
  };
}
