/** The joins between items of whatever step, strongest first: one file each. */
import { joinFiles } from './file.ts';
import type { Evidenced, Joiner, Pair } from './join.ts';
import { joinLogons } from './logon.ts';
import { joinProcesses } from './process.ts';
import { joinRemotes } from './remote.ts';
import { joinShareFiles } from './share-file.ts';
import { joinSources } from './source.ts';
import { joinTunnels } from './tunnel.ts';

export { byKey, type Evidenced, hex, type Pair, saidPid } from './join.ts';
export { isOutside } from './source.ts';

const joiners: readonly Joiner[] = [
  joinLogons,
  joinProcesses,
  joinFiles,
  joinShareFiles,
  joinRemotes,
  joinTunnels,
  joinSources,
];

/** Every pair that some join finds; of several reasons for one pair, those of the two strongest joins. */
export function joinAll(evidenced: Evidenced): Pair[] {
  const pairs: Pair[] = [];
  const reasons = new Map<number, number>();
  for (const joiner of joiners) {
    for (const pair of joiner(evidenced)) {
      if (pair.from === pair.to) continue;
      const key = pair.from * evidenced.items.length + pair.to;
      const count = reasons.get(key) ?? 0;
      if (count >= 2) continue;
      reasons.set(key, count + 1);
      pairs.push(pair);
    }
  }
  return pairs;
}
