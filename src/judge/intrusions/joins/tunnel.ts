/** What a tunnel's inner address did while the tunnel was up, linked to the event that opened it. */
import { type Tunnel, tunnelOf } from '../tunnels.ts';
import type { Joiner } from './join.ts';

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
      yield { from: all[at - 1]!, to: all[at]!, join: 'tunnel', reason: () => saidTunnel(tunnel) };
    }
  }
};

function saidTunnel({ up, inner }: Tunnel): string {
  const { account, sourceIp } = up.values;
  return `came from ${inner}, the inner address of the tunnel that ${account ?? 'somebody'} had opened from ${sourceIp ?? 'an unknown source'}`;
}
