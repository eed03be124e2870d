/** Which hosts are the plant's (OT), by what the operator wrote. The one place that decides it. */
import { rolesOf, zoneOf } from './lookups.ts';
import type { Site } from './types.ts';

/** Roles that only the plant has, whatever zone the site file forgot to say. */
export const plantRoles: ReadonlySet<string> = new Set(['hmi', 'engineering', 'historian']);

/** Whether a host or an address is the plant's: nothing that could stop it is ever advised there. */
export function isPlant(site: Site, hostOrAddress: string): boolean {
  return (
    zoneOf(site, hostOrAddress) === 'ot' || rolesOf(site, hostOrAddress).some(role => plantRoles.has(role))
  );
}

/** Whether the site says anything of where the plant is. */
export function namesPlant(site: Site): boolean {
  return (
    namesZone(site) || [...site.hosts, ...site.networks].some(each => each.roles.some(r => plantRoles.has(r)))
  );
}

/** Whether it draws the boundary, which crossings are measured by. */
export function namesZone(site: Site): boolean {
  return [...site.hosts, ...site.networks].some(({ zone }) => zone === 'ot');
}

/** Names of the plant's hosts that are written out, not as patterns: they are there whether or not they log. */
export function namedPlant(site: Site): readonly string[] {
  return site.hosts.map(({ name }) => name).filter(name => !/[*?]/.test(name) && isPlant(site, name));
}

/** The same of hosts that one goes through. */
export function namedJumps(site: Site): readonly string[] {
  return site.hosts
    .filter(({ name, roles }) => !/[*?]/.test(name) && roles.includes('jump'))
    .map(({ name }) => name);
}
