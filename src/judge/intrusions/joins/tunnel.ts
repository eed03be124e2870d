/** What a tunnel's inner address did while the tunnel was up, linked to the event that opened it. */

import type { Item } from '../item.ts';
import { type Tunnel, tunnelOf } from '../tunnels.ts';
import { hex, type Joiner } from './join.ts';

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
};

function saidTunnel(inside: readonly Item[], { up, inner }: Tunnel): string {
  const { account, sourceIp } = up.values;
  const what = inside.map(({ host, logons }) => {
    return logons.length === 0 ? `what happened on ${host}` : `logon ${hex(logons[0]!)} on ${host}`;
  });
  return `${what.join(' and ')} came from ${inner}, the inner address of the tunnel that ${account ?? 'somebody'} had opened from ${sourceIp ?? 'an unknown source'}`;
}
