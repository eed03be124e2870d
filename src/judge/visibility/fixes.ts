/**
 * What would have opened what could not be seen. Of each blind behaviour, host and day the cheapest source counts, and of it
 * every setting that it lacks, because a process start without its command line opens nothing.
 */
import type { LogSetting } from '../../know/logging/index.ts';
import type { Fix } from './types.ts';

export class FixTally {
  readonly #fixes = new Map<
    string,
    { readonly cost: number; readonly hosts: Set<string>; readonly behaviours: Set<string>; gain: number }
  >();

  add(settings: readonly LogSetting[], host: string | null, behaviour: string, days: number): void {
    for (const { id, cost } of settings) {
      let fix = this.#fixes.get(id);
      if (fix === undefined) {
        fix = { cost, hosts: new Set(), behaviours: new Set(), gain: 0 };
        this.#fixes.set(id, fix);
      }
      if (host !== null) fix.hosts.add(host);
      fix.behaviours.add(behaviour);
      fix.gain += days;
    }
  }

  /** The most for the least first. */
  finish(): readonly Fix[] {
    return [...this.#fixes]
      .sort(([a, x], [b, y]) => y.gain / y.cost - x.gain / x.cost || x.cost - y.cost || (a < b ? -1 : 1))
      .map(([setting, { hosts, behaviours, gain }]) => ({
        setting,
        hosts: [...hosts].sort(),
        behaviours: [...behaviours].sort(),
        gain,
      }));
  }
}

/** Of several ways the one that costs least; null where none is open. */
export function cheapest(ways: readonly (readonly LogSetting[])[]): readonly LogSetting[] | null {
  let best: readonly LogSetting[] | null = null;
  for (const way of ways) {
    if (way.length > 0 && (best === null || costOf(way) < costOf(best))) best = way;
  }
  return best;
}

function costOf(settings: readonly LogSetting[]): number {
  return settings.reduce((sum, { cost }) => sum + cost, 0);
}
