/** The place: the same account came in from the same address outside, and that is not where it comes from as a rule. */
import type { Carrying } from '../found/index.ts';
import type { Item } from '../item.ts';
import { DAY, saidTime } from '../time.ts';
import { HABIT_DAYS } from '../weigh.ts';
import { entriesBy, type Trailer } from './trail.ts';

/** Tunnels of an account from the address that a tunnel with strong evidence inside came from. */
export const samePlace: Trailer = function* ({ items, carrying, context }) {
  const entries = entriesBy(items);
  const places = new Map<string, Carrying[]>();
  for (const each of carrying) {
    const { account, sid, sourceIp } = each.tunnel.up.values;
    const { key } = context.names.account(account, sid);
    if (key === null || sourceIp === undefined || isOwn(entries.get(key) ?? [], sourceIp)) continue;
    const place = `${key}\n${sourceIp}`;
    const same = places.get(place);
    if (same === undefined) places.set(place, [each]);
    else same.push(each);
  }
  for (const [place, known] of places) {
    const [key, address] = place.split('\n') as [string, string];
    for (const entry of entries.get(key) ?? []) {
      if (entry.fact.values.sourceIp !== address) continue;
      const { tunnel, item } = nearest(known, entry.micros);
      const reason = `same account ${entry.account ?? key} from the same source ${address}: evidence ran in its tunnel of ${saidTime(tunnel.from)}, on ${item.host}`;
      yield { from: tunnel.up, to: entry, reason };
    }
  }
};

/**
 * Whether an account comes from an address as a rule: on more days than make a habit, and on half of its days at least. Not
 * asked of the network around it, for this actor's way in is a router in the neighbourhood (notes, "Home and office routers").
 */
function isOwn(entries: readonly Item[], address: string): boolean {
  const all = new Set<number>();
  const own = new Set<number>();
  for (const { micros, fact } of entries) {
    const day = Math.floor(micros / DAY);
    all.add(day);
    if (fact.values.sourceIp === address) own.add(day);
  }
  return own.size > HABIT_DAYS && own.size * 2 >= all.size;
}

function nearest(known: readonly Carrying[], micros: number): Carrying {
  const apart = ({ tunnel }: Carrying): number => Math.abs(tunnel.from - micros);
  return known.reduce((best, each) => (apart(each) < apart(best) ? each : best));
}
