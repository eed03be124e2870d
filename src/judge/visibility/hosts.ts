/**
 * The hosts of a site as a hunt knows them: those whose logs are at hand, those that other logs or the site file speak of,
 * and what their roles rest on.
 */
import { isDeviceChannel } from '../../know/logsources/index.ts';
import { rolesOf, type Site, zoneOf } from '../../know/site/index.ts';
import { type Coverage, mergeCoverage } from '../../read/coverage/index.ts';
import { HostNames } from '../../read/entities/index.ts';
import { fold } from '../../read/events/index.ts';
import { periodOf, SeenLog } from './log.ts';
import type { Period, ViewedHost } from './types.ts';

export type SeenHost = ViewedHost & {
  /** By folded channel. */
  readonly logs: ReadonlyMap<string, SeenLog>;
  /** Whether it is a device and no Windows. */
  readonly isDevice: boolean;
  /** Null = nothing says. */
  readonly isController: boolean | null;
};

/** Logs of their own first, then by name. */
export function seenHosts(coverage: Coverage, mentioned: readonly string[], site: Site | null): SeenHost[] {
  const own = coverage.kinds.map(({ host }) => host);
  const names = new HostNames(own);
  const hosts = [...logsByHost(named(coverage, names))].map(([host, logs]) => loggedHost(host, logs, site));
  const known = new Set(hosts.flatMap(({ host }) => [host, host.includes('.') ? host : `${host}.`]));
  const isKnown = (name: string): boolean =>
    name === '' || known.has(name) || known.has(`${name.split('.')[0]}.`);
  const written = [...mentioned, ...(site === null ? [] : namesOf(site))];
  const spoken = new HostNames([...own, ...written]);
  const others = new Set(written.map(name => spoken.canonical(name)));
  const bare = [...others].filter(name => !isKnown(name) && !isKnown(names.canonical(name)));
  return [...hosts, ...bare.map(host => bareHost(host, site))].sort(
    (a, b) => Number(a.period === null) - Number(b.period === null) || (a.host < b.host ? -1 : 1),
  );
}

function named(coverage: Coverage, names: HostNames): Coverage {
  const named = <T extends { readonly host: string }>(each: T): T => ({
    ...each,
    host: names.canonical(each.host),
  });
  return mergeCoverage([
    {
      kinds: coverage.kinds.map(named),
      records: coverage.records.map(named),
      clearings: coverage.clearings.map(named),
    },
  ]);
}

function logsByHost({ kinds, records, clearings }: Coverage): Map<string, Map<string, SeenLog>> {
  const dated = kinds.filter(({ days }) => periodOf(days) !== null);
  const kindsOf = groupedBy(dated, logOf);
  const recordsOf = new Map(records.map(each => [logOf(each), each]));
  const clearingsOf = groupedBy(clearings, logOf);
  const hosts = new Map<string, Map<string, SeenLog>>();
  for (const [key, own] of kindsOf) {
    const { host, channel } = own[0]!;
    const log = new SeenLog(channel, own, recordsOf.get(key), clearingsOf.get(key) ?? []);
    const logs = hosts.get(host);
    if (logs === undefined) hosts.set(host, new Map([[fold(channel), log]]));
    else logs.set(fold(channel), log);
  }
  return hosts;
}

function groupedBy<T>(all: readonly T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return groups;
}

function logOf({ host, channel }: { readonly host: string; readonly channel: string }): string {
  return `${host}\0${fold(channel)}`;
}

function loggedHost(host: string, logs: ReadonlyMap<string, SeenLog>, site: Site | null): SeenHost {
  const periods = [...logs.values()].map(({ period }) => period);
  const period: Period = {
    from: Math.min(...periods.map(({ from }) => from)),
    to: Math.max(...periods.map(({ to }) => to)),
  };
  const isDevice = [...logs.keys()].every(isDeviceChannel);
  return { ...placeOf(host, controllerByLogs(logs), site), period, logs, isDevice };
}

function bareHost(host: string, site: Site | null): SeenHost {
  return { ...placeOf(host, null, site), period: null, logs: new Map(), isDevice: false };
}

/** Events that only a domain controller writes, and daily. */
const CONTROLLER_EVENTS = [4768, 4769, 4662];

/**
 * True where it writes what only controllers write. False where its Security log is there without any of it, because
 * controllers audit tickets unless somebody switched that off. Null where there is no Security log to ask.
 */
function controllerByLogs(logs: ReadonlyMap<string, SeenLog>): boolean | null {
  if (logs.has('directory service')) return true;
  const security = logs.get('security');
  if (security === undefined) return null;
  return security.holds(CONTROLLER_EVENTS);
}

type Place = Pick<SeenHost, 'host' | 'roles' | 'zone' | 'basis' | 'isController'>;

function placeOf(host: string, byLogs: boolean | null, site: Site | null): Place {
  const roles = site === null ? [] : rolesOf(site, host);
  const zone = site === null ? null : zoneOf(site, host);
  const isSaid = roles.length > 0 || zone !== null;
  // A site file that names its controllers names all of them.
  const isController = roles.includes('dc') ? true : isSaid && namesControllers(site) ? false : byLogs;
  if (isSaid) return { host, roles, zone, basis: 'site', isController };
  if (byLogs === true) return { host, roles: ['dc'], zone, basis: 'logs', isController };
  return { host, roles, zone, basis: 'none', isController };
}

function namesControllers(site: Site | null): boolean {
  return site?.hosts.some(({ roles }) => roles.includes('dc')) ?? false;
}

/** Hosts that the site file names one by one. */
function namesOf({ hosts }: Site): string[] {
  return hosts.flatMap(({ name }) => (/[*?[{]/.test(name) ? [] : [name]));
}
