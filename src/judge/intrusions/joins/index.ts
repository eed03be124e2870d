/** The joins between items of whatever step, strongest first: one file each. */
import type { Join } from '../../../know/advisories/index.ts';
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

/** Every pair that some join finds. */
export function joinAll(evidenced: Evidenced): Pair[] {
  const pairs: Pair[] = [];
  const known = new Map<number, Join[]>();
  for (const joiner of joiners) {
    for (const pair of joiner(evidenced)) {
      if (pair.from === pair.to) continue;
      const key = pair.from * evidenced.items.length + pair.to;
      const before = known.get(key);
      if (before === undefined) known.set(key, [pair.join]);
      else if (lesser.has(pair.join) || before.includes(pair.join)) continue;
      else before.push(pair.join);
      pairs.push(pair);
    }
  }
  return pairs;
}
