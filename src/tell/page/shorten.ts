/**
 * Host names without the domain that all of them share: said once at the top, it need not stand behind every name. Only names
 * and our own sentences are shortened; what an event says, its raw form, accounts and paths stay as they were written.
 */
import type { Evidence, Intrusion, Reach, Visibility } from '../../judge/index.ts';
import type { PageInput } from './types.ts';

/** The input with short names, and the domain that was left out; null where hosts are of several, or of none. */
export function shortened(input: PageInput): { readonly input: PageInput; readonly domain: string | null } {
  const domain = sharedDomain(hostsOf(input));
  if (domain === null) return { input, domain };
  const tail = new RegExp(`\\.${domain.replace(/[^\w]/g, '\\$&')}(?![\\w-]|\\.\\w)`, 'gi');
  const short = (text: string): string => text.replace(tail, '');
  return {
    domain,
    input: {
      ...input,
      intrusions: input.intrusions.map(each => intrusionIn(each, short)),
      notes: input.notes.map(short),
      visibility: visibilityIn(input.visibility, short),
      reach: reachIn(input.reach, short),
      skews: input.skews.map(each => ({ ...each, host: short(each.host), because: short(each.because) })),
      rest: input.rest.map(each => ({ ...each, host: short(each.host) })),
    },
  };
}

function hostsOf({ intrusions, visibility, reach, rest }: PageInput): Set<string> {
  return new Set([
    ...intrusions.flatMap(({ hosts }) => hosts),
    ...[...visibility.hosts, ...reach.hosts, ...rest].map(({ host }) => host),
  ]);
}

/** Null too where two hosts would then be called the same. */
export function sharedDomain(hosts: ReadonlySet<string>): string | null {
  const domains = new Set<string>();
  for (const host of hosts) {
    const dot = host.indexOf('.');
    if (dot > 0) domains.add(host.slice(dot + 1).toLowerCase());
  }
  const [domain] = domains;
  if (domains.size !== 1 || domain === undefined || !/^(?=.*[a-z])[\w-]+(?:\.[\w-]+)*$/.test(domain))
    return null;
  const short = new Set([...hosts].map(host => host.split('.', 1)[0]!.toLowerCase()));
  return short.size === hosts.size ? domain : null;
}

type Short = (text: string) => string;

function intrusionIn(intrusion: Intrusion, short: Short): Intrusion {
  return {
    ...intrusion,
    summary: short(intrusion.summary),
    for: intrusion.for.map(short),
    against: intrusion.against.map(short),
    settle: intrusion.settle.map(short),
    hosts: intrusion.hosts.map(short),
    sources: intrusion.sources.map(short),
    story: intrusion.story.map(short),
    first: intrusion.first.map(short),
    evidence: intrusion.evidence.map(each => evidenceIn(each, short)),
    links: intrusion.links.map(each => ({ ...each, reason: short(each.reason) })),
  };
}

function evidenceIn(evidence: Evidence, short: Short): Evidence {
  return { ...evidence, host: short(evidence.host), reasons: evidence.reasons.map(short) };
}

function visibilityIn(visibility: Visibility, short: Short): Visibility {
  const named = <T extends { readonly host: string | null }>(each: T): T =>
    each.host === null ? each : { ...each, host: short(each.host) };
  return {
    ...visibility,
    hosts: visibility.hosts.map(named),
    cells: visibility.cells.map(named),
    blinds: visibility.blinds.map(each => ({ ...named(each), said: short(each.said) })),
    fixes: visibility.fixes.map(each => ({ ...each, hosts: each.hosts.map(short) })),
    said: visibility.said.map(short),
  };
}

function reachIn(reach: Reach, short: Short): Reach {
  return {
    ...reach,
    said: short(reach.said),
    hosts: reach.hosts.map(each => ({ ...each, host: short(each.host), because: short(each.because) })),
    evidence: reach.evidence.map(each => ({ ...each, evidence: evidenceIn(each.evidence, short) })),
    reasons: reach.reasons.map(short),
    first: reach.first.map(short),
  };
}
