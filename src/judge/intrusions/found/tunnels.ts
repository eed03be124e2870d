/**
 * The door: a tunnel whose inner address opened a logon in which evidence lies, while it was up. No rule can see it, for
 * what is wrong with it is only what was done inside.
 */
import type { Advisory } from '../../../know/advisories/index.ts';
import type { Context } from '../context.ts';
import type { Found } from '../gather.ts';
import type { Item } from '../item.ts';
import { saidTime } from '../time.ts';
import { type Tunnel, tunnelOf } from '../tunnels.ts';
import type { Weighed } from '../weigh.ts';
import { behaviourFor } from './behaviour.ts';

/** Tunnels in which something was done that is more than weak and not ordinary; each once. */
export function findTunnels(
  items: readonly Item[],
  weighed: readonly Weighed[],
  context: Context,
  tunnels: ReadonlyMap<string, readonly Tunnel[]>,
  advisories: readonly Advisory[],
): Found[] {
  const carrying = new Map<Tunnel, Item>();
  for (const [at, item] of items.entries()) {
    if (item.gravity === 'weak' || weighed[at]!.ordinary !== null) continue;
    const tunnel = tunnelOf(item, context, tunnels);
    if (tunnel !== null && !carrying.has(tunnel)) carrying.set(tunnel, item);
  }
  return [...carrying].map(([{ up, inner }, item]) => {
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
