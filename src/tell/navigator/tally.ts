/**
 * Techniques from behaviours: a technique was found if one of its behaviours was, would have shown if one could have been
 * seen anywhere, and could not be seen otherwise. Hosts and days are counted once, however many behaviours share the
 * technique: on a host and day the best sight counts. Cost: the cells of its behaviours, sorted once.
 */
import type { Blind, Cell, Period, Sight, Visibility } from '../../judge/index.ts';
import type { Advisory, Behaviour } from '../../know/advisories/index.ts';

/** A technique and what became of it. */
export type TechniqueTally = {
  /** ATT&CK v18. */
  readonly id: string;
  /** What v19 calls it; null = the same. */
  readonly replaced: string | null;
  readonly sight: Sight;
  readonly behaviours: readonly { readonly behaviour: Behaviour; readonly sight: Sight }[];
  readonly counts: Readonly<Record<Sight, Count>>;
  /** Hosts with logs of their own or without, on which it was looked for. */
  readonly hosts: number;
  /** Where it was found, in order of name. */
  readonly foundOn: readonly string[];
  /** True where only some of its forms could have shown, even at best. */
  readonly isPartial: boolean;
  /** Why it could not be seen: what hides it on most hosts first. */
  readonly reasons: readonly Reason[];
};

export type Reason = {
  readonly kind: Blind['kind'];
  /** 0 = of the site as a whole. */
  readonly hosts: number;
  readonly settings: readonly string[];
};

/** Hosts on which a sight was the best of some day, and the sum of these days over all hosts. */
export type Count = { readonly hosts: number; readonly days: number };

export function techniqueTallies(advisories: readonly Advisory[], visibility: Visibility): TechniqueTally[] {
  const cells = groupedByBehaviour(visibility.cells);
  const byTechnique = new Map<string, Behaviour[]>();
  for (const behaviour of advisories.flatMap(({ behaviours }) => behaviours)) {
    for (const id of new Set(behaviour.attack)) {
      const known = byTechnique.get(id);
      if (known === undefined) byTechnique.set(id, [behaviour]);
      else known.push(behaviour);
    }
  }
  return [...byTechnique]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, behaviours]) => tallyOf(id, behaviours, cells, visibility.blinds));
}

function tallyOf(
  id: string,
  behaviours: readonly Behaviour[],
  byBehaviour: ReadonlyMap<string, readonly Cell[]>,
  blinds: readonly Blind[],
): TechniqueTally {
  const cells = behaviours.flatMap(behaviour => byBehaviour.get(behaviour.id) ?? []);
  const hosts = byHost(cells);
  // A cell of the site as a whole is no host's: its reasons are told, its days would count for none.
  hosts.delete(SITE);
  const days = [...hosts.values()].map(daysOf);
  const counts = {
    found: countOf(days, each => each.found),
    'would-have-shown': countOf(days, each => each.shown),
    'could-not-see': countOf(days, each => each.blind),
  };
  const seen = cells.filter(({ sight }) => sight !== 'could-not-see');
  return {
    id,
    replaced:
      behaviours.map(({ attackReplaced }) => attackReplaced[id]).find(each => each !== undefined) ?? null,
    sight: sightOf(cells),
    behaviours: behaviours.map(behaviour => ({
      behaviour,
      sight: sightOf(byBehaviour.get(behaviour.id) ?? []),
    })),
    counts,
    hosts: hosts.size,
    foundOn: [
      ...new Set(cells.flatMap(each => (each.sight === 'found' && each.host !== null ? [each.host] : []))),
    ].sort(),
    isPartial: seen.length > 0 && seen.every(each => each.isPartial),
    reasons: reasonsOf(cells, blinds),
  };
}

function sightOf(cells: readonly Cell[]): Sight {
  if (cells.some(({ sight }) => sight === 'found')) return 'found';
  return cells.some(({ sight }) => sight === 'would-have-shown') ? 'would-have-shown' : 'could-not-see';
}

/** The site as a whole, beside its hosts: no host is called so. */
const SITE = '';

function byHost(cells: readonly Cell[]): Map<string, Cell[]> {
  const hosts = new Map<string, Cell[]>();
  for (const cell of cells) {
    const known = hosts.get(cell.host ?? SITE);
    if (known === undefined) hosts.set(cell.host ?? SITE, [cell]);
    else known.push(cell);
  }
  return hosts;
}

function groupedByBehaviour(cells: readonly Cell[]): Map<string, Cell[]> {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const known = groups.get(cell.behaviour);
    if (known === undefined) groups.set(cell.behaviour, [cell]);
    else known.push(cell);
  }
  return groups;
}

type HostDays = { readonly found: number; readonly shown: number; readonly blind: number };

function daysOf(cells: readonly Cell[]): HostDays {
  const found = unionDays(cells.filter(({ sight }) => sight === 'found'));
  const seen = unionDays(cells.filter(({ sight }) => sight !== 'could-not-see'));
  const all = unionDays(cells);
  return { found, shown: seen - found, blind: all - seen };
}

/** Days that at least one of the periods covers. */
function unionDays(cells: readonly { readonly period: Period }[]): number {
  const periods = cells.map(({ period }) => period).sort((left, right) => left.from - right.from);
  let days = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { from, to } of periods) {
    days += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return days;
}

function countOf(days: readonly HostDays[], of: (each: HostDays) => number): Count {
  const counted = days.map(of).filter(each => each > 0);
  return { hosts: counted.length, days: counted.reduce((sum, each) => sum + each, 0) };
}

function reasonsOf(cells: readonly Cell[], blinds: readonly Blind[]): Reason[] {
  const reasons = new Map<Blind['kind'], { hosts: Set<string>; settings: Set<string> }>();
  for (const { host, blinds: positions } of cells) {
    for (const position of positions) {
      const blind = blinds[position];
      if (blind === undefined) continue;
      const reason = reasons.get(blind.kind) ?? { hosts: new Set(), settings: new Set() };
      reasons.set(blind.kind, reason);
      const where = blind.host ?? host;
      if (where !== null) reason.hosts.add(where);
      for (const setting of blind.settings) reason.settings.add(setting);
    }
  }
  return [...reasons]
    .map(([kind, { hosts, settings }]) => ({ kind, hosts: hosts.size, settings: [...settings] }))
    .sort((left, right) => right.hosts - left.hosts || (left.kind < right.kind ? -1 : 1));
}
