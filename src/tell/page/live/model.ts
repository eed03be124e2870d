/** The page's data as the script asks for it: in order of time, with words and times, and the text that a search looks through. */
import { second } from '../../terminal/index.ts';
import type { PageData, PageEvidence, PageLink } from '../data.ts';
import { siteTimes } from '../times.ts';

export type Model = {
  readonly data: PageData;
  /** Positions of the evidence in order of time; what has no time comes last. */
  readonly inOrder: readonly number[];
  readonly byId: ReadonlyMap<string, number>;
  /** A moment in UTC, with site time beside it where there is any. */
  readonly timeOf: (micros: number | null) => string;
  /** Site time alone; null = there is none. */
  readonly siteOf: (micros: number) => string | null;
  readonly hostOf: (each: PageEvidence) => string;
  /** Null where the event names none. */
  readonly accountOf: (each: PageEvidence) => string | null;
  /** What it is taken for: its behaviour, or the stage alone. */
  readonly titleOf: (each: PageEvidence) => string;
  /** All that a search looks through, in small letters; made when first asked for. */
  readonly textOf: (position: number) => string;
  readonly linksOf: (position: number) => readonly PageLink[];
};

export function createModel(data: PageData): Model {
  const { evidence, hosts, accounts, sources, stages, behaviours, links } = data;
  const inOrder = evidence.map((_, i) => i);
  inOrder.sort((a, b) => (evidence[a]!.at ?? Infinity) - (evidence[b]!.at ?? Infinity) || a - b);
  const site = siteClock(data.siteTimeZone);
  const texts: string[] = [];
  let linked: Map<number, PageLink[]> | null = null;
  const hostOf = (each: PageEvidence): string => hosts[each.host]?.name ?? 'an unnamed host';
  const accountOf = (each: PageEvidence): string | null => accounts[each.account] ?? null;
  const titleOf = (each: PageEvidence): string =>
    (each.behaviour === null ? undefined : behaviours[each.behaviour]) ??
    stages[each.stage]?.title ??
    'Found beside it';
  return {
    data,
    inOrder,
    byId: new Map(evidence.map(({ id }, i) => [id, i])),
    timeOf: micros => {
      if (micros === null) return 'no time';
      const local = site?.(micros);
      return `${second(micros)} UTC${local === undefined || local === null ? '' : ` (${local})`}`;
    },
    siteOf: micros => site?.(micros) ?? null,
    hostOf,
    accountOf,
    titleOf,
    textOf: at => {
      const each = evidence[at]!;
      texts[at] ??= [
        each.id,
        each.said,
        titleOf(each),
        each.behaviour,
        hostOf(each),
        accountOf(each),
        sources[each.source],
        stages[each.stage]?.title,
        each.channel,
        each.record,
        each.file,
        ...each.reasons,
        each.raw,
      ]
        .join('\n')
        .toLowerCase();
      return texts[at];
    },
    linksOf: at => {
      linked ??= byEnd(links);
      return linked.get(at) ?? [];
    },
  };
}

/** A browser may know fewer zones than the program that made the page: then times are said in UTC alone. */
function siteClock(zone: string | null): ((micros: number) => string | null) | null {
  if (zone === null) return null;
  try {
    return siteTimes(zone);
  } catch {
    return null;
  }
}

function byEnd(links: readonly PageLink[]): Map<number, PageLink[]> {
  const found = new Map<number, PageLink[]>();
  for (const link of links) {
    for (const end of [link.from, link.to]) {
      const known = found.get(end);
      if (known === undefined) found.set(end, [link]);
      else known.push(link);
    }
  }
  return found;
}
