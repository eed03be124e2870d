/**
 * Evidence that bears on the plant: what happened on its hosts, and what leads there from outside: a session, a relay to
 * one of its ports, its projects read. Only what already belongs to an intrusion is looked at, never an engineer's day.
 */
import { isProjectFile, plantProtocol } from '../../know/plant/index.ts';
import { isPlant, type Site } from '../../know/site/index.ts';
import { HostNames } from '../../read/entities/index.ts';
import type { Evidence, Intrusion } from '../types.ts';
import { plantAddresses } from './addresses.ts';
import { hostIn } from './hosts.ts';
import type { PlantHost, ReachInput } from './types.ts';

/** `on`: at the plant itself; the others are ways there. */
export type Bearing = 'on' | 'session' | 'relay' | 'projects';

export type Borne = {
  readonly intrusion: Intrusion;
  readonly evidence: Evidence;
  readonly bearing: Bearing;
  /** The host of the plant that it is on or leads to, or what was reached for; null = not said. */
  readonly towards: string | null;
};

/** In order of time. */
export function bornOnPlant(
  { intrusions, hosts, site, facts }: ReachInput,
  plant: readonly PlantHost[],
): Borne[] {
  if (intrusions.length === 0) return [];
  const names = new HostNames([...hosts, ...plant.map(({ host }) => host)]);
  const reach = new Towards(names, plant, plantAddresses(plant, facts, names), site);
  const found = intrusions.flatMap(intrusion =>
    intrusion.evidence.flatMap((evidence): Borne[] => {
      const borne = bearingOf(evidence, reach);
      return borne === null ? [] : [{ intrusion, evidence, ...borne }];
    }),
  );
  return found.sort(
    (a, b) => a.evidence.micros - b.evidence.micros || (a.evidence.id < b.evidence.id ? -1 : 1),
  );
}

class Towards {
  readonly #names: HostNames;
  readonly #known: ReadonlySet<string>;
  readonly #addresses: ReadonlyMap<string, string>;
  readonly #site: Site | null;

  constructor(
    names: HostNames,
    plant: readonly PlantHost[],
    addresses: ReadonlyMap<string, string>,
    site: Site | null,
  ) {
    this.#names = names;
    this.#known = new Set(plant.map(({ host }) => host));
    this.#addresses = addresses;
    this.#site = site;
  }

  /** The host or address of the plant that is meant; null = another. */
  plant(written: string | undefined): string | null {
    if (written === undefined) return null;
    const host = hostIn(written, this.#names) ?? this.#names.canonical(written);
    if (this.#known.has(host)) return host;
    const owner = this.#addresses.get(host);
    if (owner !== undefined) return owner;
    return this.#site !== null && isPlant(this.#site, host) ? host : null;
  }
}

function bearingOf({ host, fact }: Evidence, reach: Towards): Pick<Borne, 'bearing' | 'towards'> | null {
  const { target, file } = fact.values;
  const at = reach.plant(host);
  if (at !== null) return { bearing: 'on', towards: at };
  const server =
    fact.type === 'tunnel' ? null : (reach.plant(target) ?? named(fact.values.commandLine, reach));
  if (server !== null) return { bearing: 'session', towards: server };
  const relay = relayOf([fact.values.commandLine, file, fact.values.text].join(' '), reach);
  if (relay !== null) return { bearing: 'relay', towards: relay };
  if (file !== undefined && isProjectFile(file)) return { bearing: 'projects', towards: null };
  return null;
}

/** A host of the plant that a command reaches for: `\\\\HMI1\\c$`, `/node:HMI1`, `mstsc /v:HMI1`. */
function named(command: string | undefined, reach: Towards): string | null {
  if (command === undefined) return null;
  for (const [, host] of command.slice(0, MOST_TEXT).matchAll(REMOTE)) {
    const towards = reach.plant(host);
    if (towards !== null) return towards;
  }
  return null;
}

const REMOTE = /(?:\\\\|\/(?:node|v|s):["']?|-ComputerName\s{1,8}["']?)([\w.-]{1,255})/gi;

/** Beyond this no command says where a relay leads. */
const MOST_TEXT = 8192;

/** Where a port proxy leads: by its command, or by the value that it leaves in the registry (`address/port`). */
function relayOf(text: string, reach: Towards): string | null {
  const shown = text.slice(0, MOST_TEXT);
  if (!/portproxy/i.test(shown)) return null;
  const address =
    /connectaddress=["']?([^\s"',]{1,255})/i.exec(shown)?.[1] ??
    /([^\s"'/\\]{1,255})\/\d{1,5}\s*$/.exec(shown)?.[1];
  const host = reach.plant(address);
  if (host !== null) return host;
  const port = /connectport=["']?(\d{1,5})/i.exec(shown)?.[1] ?? /\/(\d{1,5})\s*$/.exec(shown)?.[1];
  const protocol = port === undefined ? null : plantProtocol(Number(port));
  return protocol === null ? null : `port ${port} (${protocol})`;
}
