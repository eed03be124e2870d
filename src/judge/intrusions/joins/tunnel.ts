/**
 * What a tunnel's inner address did while the tunnel was up, linked to the event that opened it. Tunnels that one account
 * opened from one address outside are one party's, whatever lies between them: what was done in the one belongs to what
 * was done in the next, where both are more than weak and no habit.
 */

import type { Item } from '../item.ts';
import { type Tunnel, tunnelOf } from '../tunnels.ts';
import { hex, type Joiner, type Pair } from './join.ts';
import { isOutside } from './source.ts';

export const joinTunnels: Joiner = function* ({ items, context, tunnels }) {
  if (tunnels.size === 0) return;
  const byTunnel = new Map<Tunnel, number[]>();
  const openings = new Map<string, number>();
  for (const [position, item] of items.entries()) {
    const { type, values, micros } = item.fact;
    if (type === 'tunnel' && values.action === 'up')
      openings.set(`${values.target?.toLowerCase()} ${micros}`, position);
    else {
      const tunnel = tunnelOf(item, context, tunnels);
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
  yield* sameDoor(items, byTunnel);
};

function* sameDoor(
  items: readonly Item[],
  byTunnel: ReadonlyMap<Tunnel, readonly number[]>,
): Generator<Pair> {
  const last = new Map<string, { readonly at: number; readonly tunnel: Tunnel }>();
  const carrying = [...byTunnel]
    .flatMap(([tunnel, positions]) => {
      const at = positions.find(position => items[position]!.gravity !== 'weak');
      return at === undefined ? [] : [{ at, tunnel }];
    })
    .sort((a, b) => a.at - b.at);
  for (const each of carrying) {
    const { account, sourceIp } = each.tunnel.up.values;
    if (account === undefined || sourceIp === undefined || !isOutside(sourceIp)) continue;
    const key = `${account.toLowerCase()}\n${sourceIp}`;
    const before = last.get(key);
    last.set(key, each);
    if (before === undefined) continue;
    const [from, to] = [items[before.at]!, items[each.at]!];
    const reason = (): string =>
      `${saidTunnel([from], before.tunnel)}; ${saidTunnel([to], each.tunnel)}: the same account from the same address`;
    yield { from: before.at, to: each.at, join: 'source', ifUnusual: true, reason };
  }
}

function saidTunnel(inside: readonly Item[], { up, inner }: Tunnel): string {
  const { account, sourceIp } = up.values;
  const what = inside.map(({ host, logons }) => {
    return logons.length === 0 ? `what happened on ${host}` : `logon ${hex(logons[0]!)} on ${host}`;
  });
  return `${what.join(' and ')} came from ${inner}, the inner address of the tunnel that ${account ?? 'somebody'} had opened from ${sourceIp ?? 'an unknown source'}`;
}
