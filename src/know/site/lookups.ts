/**
 * Which roles and zone a host or address has, by what the operator wrote. All entries that fit give their roles; of zones
 * the narrowest network's counts, and the first host's. Costs one comparison for each entry.
 */
import { matchesGlob } from './glob.ts';
import { bitsOf, prefixOf } from './networks.ts';
import type { Site, Zone } from './types.ts';

/** Roles of a host or an address, each once, in the order of the file. */
export function rolesOf(site: Site, hostOrAddress: string): readonly string[] {
  const bits = bitsOf(hostOrAddress);
  const fitting = bits === null ? hostsOf(site, hostOrAddress) : networksOf(site, bits);
  return [...new Set(fitting.flatMap(({ roles }) => roles))];
}

/** Null where the site file does not say. */
export function zoneOf(site: Site, hostOrAddress: string): Zone | null {
  const bits = bitsOf(hostOrAddress);
  if (bits !== null) return networksOf(site, bits)[0]?.zone ?? null;
  return hostsOf(site, hostOrAddress).find(({ zone }) => zone !== null)?.zone ?? null;
}

export function isVendor(site: Site, account: string): boolean {
  return site.vendorAccounts.some(pattern => matchesAccount(pattern, account));
}

export function isService(site: Site, account: string): boolean {
  return site.serviceAccounts.some(pattern => matchesAccount(pattern, account));
}

/** A pattern without a domain means the user of any. */
export function matchesAccount(pattern: string, account: string): boolean {
  if (matchesGlob(pattern, account)) return true;
  if (/[\\@]/.test(pattern)) return false;
  const user = account.slice(account.lastIndexOf('\\') + 1).replace(/@.*$/, '');
  return matchesGlob(pattern, user);
}

/** A pattern without a dot means the host by its short name; a name without one is compared with either. */
export function matchesHost(pattern: string, host: string): boolean {
  if (matchesGlob(pattern, host)) return true;
  if (pattern.includes('.') === host.includes('.')) return false;
  return matchesGlob(pattern.split('.')[0]!, host.split('.')[0]!);
}

function hostsOf(site: Site, host: string): Site['hosts'] {
  return site.hosts.filter(({ name }) => matchesHost(name, host));
}

/** The networks that hold the address, the narrowest first. */
function networksOf(site: Site, bits: string): Site['networks'] {
  return site.networks
    .map(network => ({ network, prefix: prefixOf(network.cidr) }))
    .filter(({ prefix }) => prefix !== null && bits.startsWith(prefix))
    .sort((a, b) => b.prefix!.length - a.prefix!.length)
    .map(({ network }) => network);
}
