/** The joins between items of whatever step, strongest first: one file each. */
import { type Join, joins } from '../../../know/advisories/index.ts';
import { joinFiles } from './file.ts';
import type { Evidenced, Joiner, Pair } from './join.ts';
import { joinLogons } from './logon.ts';
import { joinProcesses } from './process.ts';
import { joinRemotes } from './remote.ts';
import { joinSameActs } from './same-act.ts';
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
  joinSameActs,
];

/** Told only of pairs that nothing stronger links. */
const lesser: ReadonlySet<Join> = new Set(['source', 'account-host', 'host']);

/** Every pair that some join finds, once for each join. */
export function joinAll(evidenced: Evidenced): Pair[] {
  const pairs: Pair[] = [];
  /** By pair: a bit for each join that found it. */
  const known = new Map<number, number>();
  const { length } = evidenced.items;
  for (const joiner of joiners) {
    for (const pair of joiner(evidenced)) {
      const { from, to, join } = pair;
      if (from === to) continue;
      const key = from * length + to;
      const before = known.get(key) ?? 0;
      const bit = 1 << joins.indexOf(join);
      if ((before & bit) !== 0 || (before !== 0 && lesser.has(join))) continue;
      known.set(key, before | bit);
      pairs.push(pair);
    }
  }
  return pairs;
}
