/** Which findings stand beside the stories that were told: groups less the events that are in a story, and their copies. */

import type { Evidence } from '../../judge/index.ts';
import { SEVERAL_HOSTS } from './correlations/index.ts';
import type { Judged } from './judging.ts';
import type { Group } from './tallies.ts';

/** What of a judgement is needed to know what its stories hold. */
export type Stories = Pick<Judged, 'judgement' | 'gathered'>;

/** Groups as they are shown, with what no intrusion holds; those that are told whole are left out. */
export function groupsBeside(groups: readonly Group[], { judgement, gathered }: Stories): Group[] {
  const told = new Set<string>();
  const tellOf = ({ place, copies }: Evidence): void => {
    told.add(placeKey(place));
    for (const copy of copies) told.add(placeKey(copy));
  };
  for (const { evidence } of judgement.intrusions) {
    for (const each of evidence) tellOf(each);
  }
  for (const { evidence } of judgement.suppressed) tellOf(evidence);
  const counts = new Map<string, number>();
  const count = (rule: number, host: string): void => {
    const key = `${rule}\0${host}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const firings = new Map<number, { rule: number; hosts: Set<string> }>();
  for (const { rule, fact, firing } of gathered.findings) {
    if (!told.has(placeKey(fact.place))) continue;
    if (firing === undefined) {
      count(rule, fact.host);
      continue;
    }
    const fired = firings.get(firing) ?? { rule, hosts: new Set() };
    fired.hosts.add(fact.host);
    firings.set(firing, fired);
  }
  for (const { rule, hosts } of firings.values()) {
    count(rule, hosts.size === 1 ? [...hosts][0]! : SEVERAL_HOSTS);
  }
  return groups.flatMap(group => {
    const left = group.count - (counts.get(`${group.rule}\0${group.host}`) ?? 0);
    return left > 0 ? [{ ...group, count: left }] : [];
  });
}

function placeKey({ input, offset }: { readonly input: number; readonly offset: number }): string {
  return `${input}:${offset}`;
}
