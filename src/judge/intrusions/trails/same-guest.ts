/** The guest: in the tunnel of one account another one sat down at a host at which it never sat down from inside. */
import { isLoopback } from '../../../read/entities/index.ts';
import type { Item } from '../item.ts';
import { DAY, near, saidTime } from '../time.ts';
import { HABIT_DAYS } from '../weigh.ts';
import { append, isDesktop, type Trailer } from './trail.ts';

/** An inner address stands for the last account that was given it, for a day where no end was logged. */
const TUNNEL_LASTS = DAY;

/** A session at a host, and the tunnel that it came through. */
type Guest = { readonly session: Item; readonly entry: Item };

/**
 * Sessions of an account that sits at a host only through the tunnel of another, where strong evidence ran in one of them.
 * Who keeps an account of the own for a host comes to it from inside as well, or on more days than a few.
 */
export const sameGuest: Trailer = function* ({ items, carrying }) {
  if (carrying.length === 0) return;
  const byInner = new Map<string, Item[]>();
  for (const item of items) {
    const { type, values } = item.fact;
    const inner = type === 'tunnel' && values.action === 'up' ? values.target?.toLowerCase() : undefined;
    if (inner === undefined) continue;
    const same = byInner.get(inner);
    if (same === undefined) byInner.set(inner, [item]);
    else same.push(item);
  }
  const guests = new Map<string, Guest[]>();
  const atHome = new Set<string>();
  for (const session of items) {
    const { host, accountKey, fact, micros } = session;
    const source = fact.values.sourceIp?.toLowerCase();
    if (accountKey === null || source === undefined || isLoopback(source) || !isDesktop(fact)) continue;
    const entry = byInner
      .get(source)
      ?.findLast(each => each.micros <= micros && near(each.micros, micros, TUNNEL_LASTS));
    if (entry === undefined || entry.accountKey === accountKey) atHome.add(`${accountKey}\n${host}`);
    else {
      const who = `${entry.accountKey}\n${accountKey}\n${host}`;
      append(guests, who, { session, entry });
    }
  }
  for (const [who, visits] of guests) {
    if (atHome.has(who.slice(who.indexOf('\n') + 1))) continue;
    const known = carrying.find(({ tunnel: { up, inner } }) =>
      visits.some(
        ({ entry }) => entry.micros === up.micros && entry.fact.values.target?.toLowerCase() === inner,
      ),
    );
    if (known === undefined || daysOf(visits.map(({ session }) => session)) > HABIT_DAYS) continue;
    const { tunnel, item } = known;
    for (const { session, entry } of visits) {
      if (entry.micros === tunnel.up.micros) continue;
      const reason = `${session.account} came to ${session.host} through a tunnel of ${entry.account}, as in that of ${saidTime(tunnel.from)}, in which evidence ran on ${item.host}, and never from inside`;
      yield { from: tunnel.up, to: session, reason };
      yield { from: session.fact, to: entry, reason: `${reason}: from ${session.fact.values.sourceIp}` };
    }
  }
};

const daysOf = (items: readonly Item[]): number =>
  new Set(items.map(({ micros }) => Math.floor(micros / DAY))).size;
