/**
 * What a tunnel's inner address did while the tunnel was up, linked to the event that opened it. Tunnels that one account
 * opened from one address outside are one party's, whatever lies between them: what was done in the one, over however many
 * hosts, belongs to what was done in the next, where both are more than weak and no habit.
 */
import type { Item } from '../item.ts';
import { type Tunnel, tunnelBehind, tunnelOf } from '../tunnels.ts';
import { hex, type Joiner, type Pair } from './join.ts';
import { isOutside } from './source.ts';

export const joinTunnels: Joiner = function* ({ items, context, tunnels }) {
  if (tunnels.size === 0) return;
  const byTunnel = new Map<Tunnel, number[]>();
  const openings = new Map<string, number>();
  /** Of each tunnel the first that is more than weak. */
  const carrying = new Map<Tunnel, number>();
  for (const [position, item] of items.entries()) {
    const { type, values, micros } = item.fact;
    if (type === 'tunnel' && values.action === 'up')
      openings.set(`${values.target?.toLowerCase()} ${micros}`, position);
    else {
      const tunnel = tunnelOf(item, context, tunnels);
      const door = item.gravity === 'weak' ? null : (tunnel ?? tunnelBehind(item, context, tunnels));
      if (door !== null && !carrying.has(door)) carrying.set(door, position);
      if (tunnel === null) continue;
      const positions = byTunnel.get(tunnel);
      if (positions === undefined) byTunnel.set(tunnel, [position]);
      else positions.push(position);
    }
  }
  for (const [tunnel, positions] of byTunnel) {
    const opening = openings.get(`${tunnel.inner} ${tunnel.from}`);
    const all = opening === undefined ? positions : [opening, ...positions].sort((a, b) => a - b);
    for (let at = 1; at < all.length; at++) {
      const [from, to] = [all[at - 1]!, all[at]!];
      const inside = [from, to].filter(position => position !== opening).map(position => items[position]!);
      yield { from, to, join: 'tunnel', reason: () => saidTunnel(inside, tunnel) };
    }
  }
  yield* sameDoor(items, carrying);
};

/** Tunnels of one account from one address, each with the next in which something was done. */
function* sameDoor(items: readonly Item[], carrying: ReadonlyMap<Tunnel, number>): Generator<Pair> {
  const last = new Map<string, readonly [Tunnel, number]>();
  for (const each of carrying) {
    const [{ up }, to] = each;
    const { account, sourceIp } = up.values;
    if (account === undefined || sourceIp === undefined || !isOutside(sourceIp)) continue;
    const key = `${account.toLowerCase()}\n${sourceIp}`;
    const before = last.get(key);
    last.set(key, each);
    if (before === undefined) continue;
    const [tunnel, from] = before;
    const reason = (): string =>
      `${saidInside([items[from]!])} and ${saidInside([items[to]!])} go back to tunnels that ${account} had opened from ${sourceIp}, with the inner addresses ${tunnel.inner} and ${each[0].inner}`;
    yield { from, to, join: 'source', ifUnusual: true, reason };
  }
}

function saidTunnel(inside: readonly Item[], { up, inner }: Tunnel): string {
  const { account, sourceIp } = up.values;
  return `${saidInside(inside)} came from ${inner}, the inner address of the tunnel that ${account ?? 'somebody'} had opened from ${sourceIp ?? 'an unknown source'}`;
}

function saidInside(inside: readonly Item[]): string {
  return inside
    .map(({ host, logons }) => {
      return logons.length === 0 ? `what happened on ${host}` : `logon ${hex(logons[0]!)} on ${host}`;
    })
    .join(' and ');
}
