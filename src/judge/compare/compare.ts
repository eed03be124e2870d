/** Compares two hunts by their events. Linear in the evidence of both. */
import { evidenceKey } from '../cases/index.ts';
import { type Verdict, verdicts } from '../types.ts';
import type { Cell } from '../visibility/index.ts';
import {
  type Change,
  type Compared,
  type ComparedIntrusion,
  type ComparedSight,
  type Comparison,
  changes,
} from './types.ts';

export function compareHunts(now: Compared, before: Compared): Comparison {
  const byKey = new Map<string, number>();
  for (const [at, { evidence }] of before.intrusions.entries()) {
    for (const each of evidence) byKey.set(evidenceKey(each), at);
  }
  const met = new Set<number>();
  const intrusions = now.intrusions.map(each => {
    const own = comparedIntrusion(each, before.intrusions, byKey);
    for (const at of own.positions) met.add(at);
    return own.compared;
  });
  const gone = before.intrusions
    .filter((_, at) => !met.has(at))
    .map(({ id, verdict, summary }) => ({ id, verdict, summary }));
  return {
    intrusions: intrusions.sort((a, b) => changes.indexOf(a.change) - changes.indexOf(b.change)),
    gone,
    visibility: now.cells === null || before.cells === null ? null : sights(now.cells, before.cells),
  };
}

type Story = Compared['intrusions'][number];

function comparedIntrusion(
  { id, verdict, summary, evidence }: Story,
  before: readonly Story[],
  byKey: ReadonlyMap<string, number>,
): { readonly compared: ComparedIntrusion; readonly positions: ReadonlySet<number> } {
  const positions = new Set<number>();
  const fresh: string[] = [];
  for (const each of evidence) {
    const at = byKey.get(evidenceKey(each));
    if (at === undefined) fresh.push(each.id);
    else positions.add(at);
  }
  const stories = [...positions].sort((a, b) => a - b).map(at => before[at]!);
  const had = stories.reduce((sum, story) => sum + story.evidence.length, 0);
  const lost = Math.max(0, had - (evidence.length - fresh.length));
  const change = changeOf(
    verdict,
    stories.map(story => story.verdict),
    fresh.length,
    lost,
  );
  const told = stories.map(story => ({ id: story.id, verdict: story.verdict }));
  return { compared: { id, verdict, summary, change, before: told, fresh, lost }, positions };
}

function changeOf(verdict: Verdict, before: readonly Verdict[], fresh: number, lost: number): Change {
  if (before.length === 0) return 'new';
  const rank = verdicts.indexOf(verdict);
  const best = Math.min(...before.map(each => verdicts.indexOf(each)));
  if (rank < best) return 'stronger';
  if (fresh > 0) return 'grown';
  if (rank > best) return 'weaker';
  return lost > 0 ? 'shrunk' : 'same';
}

/** Hosts of which more or less can be seen than before, in order of their names; the site as a whole first. */
function sights(now: readonly Cell[], before: readonly Cell[]): ComparedSight[] {
  const [here, there] = [seenByHost(now), seenByHost(before)];
  // A host that is in one of the two alone is gained or lost whole, which its name says better than a list.
  const hosts = [...new Set([...here.keys(), ...there.keys()])].sort((a, b) =>
    a === null ? -1 : b === null ? 1 : a < b ? -1 : 1,
  );
  return hosts.flatMap(host => {
    const [a, b] = [here.get(host) ?? new Set<string>(), there.get(host) ?? new Set<string>()];
    const gained = [...a].filter(id => !b.has(id)).sort();
    const lost = [...b].filter(id => !a.has(id)).sort();
    return gained.length + lost.length === 0 ? [] : [{ host, gained, lost }];
  });
}

/** By host: behaviours that showed, or would have, on some day. */
function seenByHost(cells: readonly Cell[]): Map<string | null, Set<string>> {
  const hosts = new Map<string | null, Set<string>>();
  for (const { host, behaviour, sight } of cells) {
    let seen = hosts.get(host);
    if (seen === undefined) {
      seen = new Set();
      hosts.set(host, seen);
    }
    if (sight !== 'could-not-see') seen.add(behaviour);
  }
  return hosts;
}
