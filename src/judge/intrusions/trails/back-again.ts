/**
 * The account: after it came back in a stranger's hands, and in a way that was never its owner's, it came in from yet another
 * network that had never been its own.
 */

import { networkOf } from '../../sources.ts';
import type { Return, Uses } from '../found/index.ts';
import { saidTime } from '../time.ts';
import { append, entriesBy, type Trailer } from './trail.ts';

/** Tunnels of an account that has come back, from networks that it had never come from before it was exposed. */
export const backAgain: Trailer = function* ({ items, back, uses, context }) {
  const entries = entriesBy(items);
  const last = new Map<string, Return[]>();
  for (const each of back) {
    // Who comes in as the account's owner always did leaves the owner his travels.
    if (each.found.gravity === 'weak' || !each.thefts.some(each.ties)) continue;
    const { account, sid } = each.found.fact.values;
    const { key } = context.names.account(account, sid);
    if (key === null) continue;
    append(last, key, each);
  }
  for (const [key, returns] of last) {
    for (const entry of entries.get(key) ?? []) {
      const before = returns
        .filter(({ found }) => found.fact.micros < entry.micros)
        .sort((a, b) => b.found.fact.micros - a.found.fact.micros)[0];
      if (before === undefined) continue;
      const network = networkOf(entry.fact.values.sourceIp ?? '');
      const since = Math.min(...before.thefts.map(theft => theft.since));
      if (network === null || cameFrom(key, network, uses) < since) continue;
      const reason = `same account ${entry.account ?? key}: it had come back in other hands at ${saidTime(before.found.fact.micros)}, and came from a network that was never its own before`;
      yield { from: before.found.fact, to: entry, reason };
    }
  }
};

/** When an account was first seen from a network. */
function cameFrom(account: string, network: string, uses: Uses | null): number {
  let first = Number.POSITIVE_INFINITY;
  for (const use of uses?.byAccount.get(account)?.uses.values() ?? []) {
    if (use.network === network) first = Math.min(first, use.first);
  }
  return first;
}
