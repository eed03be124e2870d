/**
 * The hosts of the plant, and of the way to it: those that the site file names, whether or not they log, those that other
 * logs speak of, and those that their own logs show to be the plant's. A host without a log of its own could not show
 * anything, so it is never left out.
 */
import {
  isPlant,
  matchesHost,
  namedJumps,
  namedPlant,
  rolesOf,
  type Site,
  zoneOf,
} from '../../know/site/index.ts';
import { canonicalAddress, type FactSource, type FactType, HostNames } from '../../read/entities/index.ts';
import { isOfPlant } from './roles.ts';
import type { PlantHost, ReachInput } from './types.ts';

/** Names that logs speak of and that are kept: a network that is scanned speaks of thousands. */
const MOST_MENTIONED = 20_000;

const speaking: readonly FactType[] = [
  'remote-session-out',
  'explicit-credentials',
  'ticket',
  'logon',
  'remote-session',
];

/** In order of name, hosts with logs of their own first. */
export function plantHosts({ site, facts, hosts, roles }: ReachInput): PlantHost[] {
  const names = new HostNames(hosts);
  const logged = [...new Set(hosts.map(host => names.canonical(host)))].filter(host => host !== '');
  const found: PlantHost[] = [];
  for (const host of logged) {
    const named = site !== null && isPlant(site, host);
    const inferred = (roles.get(host) ?? []).filter(isOfPlant);
    if (named) found.push({ ...bySite(site, host), isLogged: true });
    else if (inferred.length > 0) {
      found.push({
        host,
        roles: inferred.map(({ role }) => role),
        because: inferred.map(({ because }) => because).join('; '),
        isInferred: true,
        isLogged: true,
      });
    }
  }
  if (site !== null) {
    for (const host of [...namedPlant(site), ...mentionedPlant(site, facts, names)]) {
      if (!found.some(other => isSame(other.host, host)))
        found.push({ ...bySite(site, host), isLogged: false });
    }
  }
  return found.sort((a, b) => Number(b.isLogged) - Number(a.isLogged) || (a.host < b.host ? -1 : 1));
}

/** Jump hosts that the site file names and that have no logs; those before the plant, where it says which these are. */
export function silentJumps({ site, hosts }: ReachInput): string[] {
  if (site === null) return [];
  const jumps = namedJumps(site);
  const near = jumps.filter(name => ['dmz', 'ot'].includes(zoneOf(site, name) ?? ''));
  const names = new HostNames(hosts);
  const logged = hosts.map(host => names.canonical(host));
  return (near.length > 0 ? near : jumps).filter(name => !logged.some(host => isSame(host, name))).sort();
}

function bySite(site: Site, host: string): Omit<PlantHost, 'isLogged'> {
  const roles = rolesOf(site, host);
  const zone = zoneOf(site, host);
  const said = [...(zone === null ? [] : [`zone ${zone}`]), ...roles.map(role => `role ${role}`)];
  return { host, roles, because: `the site file says so: ${said.join(', ')}`, isInferred: false };
}

/** Hosts that other logs speak of, by name, and that fit what the site file says of the plant. */
function mentionedPlant(site: Site, facts: FactSource, names: HostNames): string[] {
  const asked = new Set<string>();
  const found = new Set<string>();
  facts.scan(view => {
    for (const role of ['target', 'sourceHost'] as const) {
      const written = view.text(role);
      if (written === undefined || asked.has(written) || asked.size >= MOST_MENTIONED) continue;
      asked.add(written);
      const host = hostIn(written, names);
      if (host !== null && isPlant(site, host)) found.add(host);
    }
  }, speaking);
  return [...found].sort();
}

/** `TERMSRV/HMI1`, `HMI1$` and `\\HMI1` name the same host; null = an address, or no name of a host. */
export function hostIn(written: string, names: HostNames): string | null {
  const name = written.slice(written.lastIndexOf('/') + 1).replace(/\$$/, '');
  const host = names.canonical(name);
  return host === '' || canonicalAddress(host) !== null || /[\s@:]/.test(host) ? null : host;
}

function isSame(a: string, b: string): boolean {
  return matchesHost(a, b);
}
