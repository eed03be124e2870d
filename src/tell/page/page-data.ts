/** What the page's script reads, made of what the page shows: the same evidence in the same order, by positions. */
import { stages } from '../../know/advisories/index.ts';
import { plain } from '../terminal/index.ts';
import type { PageData, PageEvidence, PageLink } from './data.ts';
import { isTime } from './times.ts';
import { clipped, MOST_LINKS, MOST_REST, type Shown, type View } from './view.ts';
import { stageTitles } from './words.ts';

/** Every text is made plain, so that what the script shows is what the page says. */
export function pageData(view: View): PageData {
  const { input } = view;
  const intrusions = view.stories.map(({ intrusion }) => intrusion);
  const rest = input.rest.slice(0, MOST_REST);
  const hosts = new Names([
    ...intrusions.flatMap(each => each.hosts),
    ...view.evidence.map(({ evidence }) => evidence.host),
    ...input.visibility.hosts.map(({ host }) => host),
    ...input.reach.hosts.map(({ host }) => host),
    ...rest.map(({ host }) => host),
  ]);
  const accounts = new Names(view.evidence.flatMap(({ evidence }) => evidence.account ?? []));
  const sources = new Names(intrusions.flatMap(each => each.sources));
  const zones = new Map(input.visibility.hosts.map(({ host, zone }) => [host, zone]));
  const behaviours = input.advisories.flatMap(advisory => advisory.behaviours);
  return {
    version: 1,
    siteTimeZone: view.clock.zone,
    hosts: hosts.all.map(name => ({
      name: plain(name),
      zone: zones.get(name) ?? null,
      isPlant: view.plant.has(name),
    })),
    accounts: accounts.all.map(plain),
    sources: sources.all.map(plain),
    stages: stages.map(id => ({ id, title: stageTitles[id] })),
    behaviours: Object.fromEntries(behaviours.map(({ id, title }) => [plain(id), plain(title)])),
    intrusions: view.stories.map(({ intrusion: { id, verdict, summary }, case: decided }) => ({
      id: plain(id),
      verdict,
      title: plain(summary),
      state: decided?.state ?? 'open',
    })),
    evidence: view.evidence.map(shown => evidenceOf(shown, hosts, accounts, sources, input.inputs)),
    links: linksOf(view),
    rest: rest.map(({ title, level, host, count, first, last, example }) => ({
      rule: plain(title),
      level: plain(level),
      host: hosts.at(host),
      count,
      first: isTime(first) ? first : 0,
      last: isTime(last) ? last : 0,
      said: plain(clipped(example, 500)),
    })),
    left: { evidence: view.left.evidence, raw: view.left.raw, rest: view.left.rest },
  };
}

/** Where the evidence came from, as far as its story names it. */
export function sourceOf(shown: Shown, known: (name: string) => boolean): string | null {
  const { sourceIp, sourceHost } = shown.evidence.fact.values;
  for (const each of [sourceIp, sourceHost]) {
    if (each === undefined) continue;
    if (known(each)) return each;
    if (known(each.toLowerCase())) return each.toLowerCase();
  }
  return null;
}

/** Distinct names in the order in which they are first named. */
class Names {
  readonly all: readonly string[];
  readonly #at: ReadonlyMap<string, number>;

  constructor(names: readonly string[]) {
    this.all = [...new Set(names)];
    this.#at = new Map(this.all.map((name, at) => [name, at]));
  }

  at(name: string | null): number {
    return name === null ? -1 : (this.#at.get(name) ?? -1);
  }
}

function evidenceOf(
  shown: Shown,
  hosts: Names,
  accounts: Names,
  sources: Names,
  files: readonly string[],
): PageEvidence {
  const { evidence, of, raw, parent, row } = shown;
  return {
    id: row.slice(2),
    of,
    at: isTime(evidence.micros) ? evidence.micros : null,
    host: hosts.at(evidence.host),
    account: accounts.at(evidence.account),
    source: sources.at(sourceOf(shown, name => sources.at(name) >= 0)),
    stage: stages.indexOf(evidence.stage),
    behaviour: evidence.behaviour === null ? null : plain(evidence.behaviour.id),
    said: plain(evidence.example),
    weight: Math.round(evidence.weight * 10) / 10,
    channel: plain(evidence.channel),
    record: evidence.place.record >= 0 ? evidence.place.record : null,
    file: plain(files[evidence.place.input] ?? ''),
    reasons: evidence.reasons.map(plain),
    parent,
    raw: raw === null ? null : plain(raw),
  };
}

function linksOf(view: View): PageLink[] {
  let start = 0;
  return view.stories.flatMap(({ intrusion, shown }) => {
    const at = new Map(shown.map(({ evidence }, i) => [evidence.id, start + i]));
    start += shown.length;
    return intrusion.links.slice(0, MOST_LINKS).flatMap(({ from, to, reason }) => {
      const [a, b] = [at.get(from), at.get(to)];
      return a === undefined || b === undefined ? [] : [{ from: a, to: b, reason: plain(reason) }];
    });
  });
}
