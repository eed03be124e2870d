/**
 * The OT line: evidence that the plant was reached, or was on the way to be; that nothing was found where it would have
 * shown; or that it could not be seen. Weak leads alone are no evidence here, for at a plant they are what vendors and
 * engineers leave every day; they are named, so that somebody looks. What rests on silence must be seen: one host of the
 * plant without logs, and nobody can say that nothing was found.
 */

import { firstAtPlant } from './advice.ts';
import { type Borne, bornOnPlant } from './evidence.ts';
import { plantHosts, silentJumps } from './hosts.ts';
import { sentencesFor } from './reasons.ts';
import { blindness } from './sight.ts';
import type { PlantHost, Reach, ReachInput, ReachState } from './types.ts';
import { counted, listed, shortNames, sinceDay } from './words.ts';

const MOST_NAMED = 3;

/** What the line rests on. */
export type Grounds = {
  readonly plant: readonly PlantHost[];
  /** Of what tells more than a lead. */
  readonly strong: readonly Borne[];
  readonly weak: readonly Borne[];
  readonly silent: readonly PlantHost[];
  readonly jumps: readonly string[];
  /** Hosts that log and could not have shown it, and why. */
  readonly blind: readonly { readonly host: string; readonly why: string }[];
};

export function stateReach(input: ReachInput): Reach {
  const plant = plantHosts(input);
  const borne = bornOnPlant(input, plant);
  const blindOf = blindness(input);
  const grounds: Grounds = {
    plant,
    strong: borne.filter(({ intrusion }) => intrusion.verdict !== 'lead'),
    weak: borne.filter(({ intrusion }) => intrusion.verdict === 'lead'),
    silent: plant.filter(({ isLogged }) => !isLogged),
    jumps: silentJumps(input),
    blind: plant.flatMap(({ host, isLogged }) => {
      const why = isLogged ? blindOf(host) : null;
      return why === null ? [] : [{ host, why }];
    }),
  };
  const state = stateOf(grounds);
  return {
    state,
    said: `Reached OT: ${said[state](grounds)}`,
    hosts: plant,
    evidence: grounds.strong.map(each => ({
      intrusion: each.intrusion.id,
      evidence: each.evidence,
      host: hostOf(each),
    })),
    reasons: sentencesFor(grounds),
    first: firstSteps(state, grounds),
  };
}

function stateOf({ plant, strong, silent, jumps, blind }: Grounds): ReachState {
  if (strong.length > 0) return 'evidence';
  const isSeen = plant.length > 0 && silent.length === 0 && jumps.length === 0 && blind.length === 0;
  return isSeen ? 'nothing-found' : 'could-not-see';
}

const said: Readonly<Record<ReachState, (grounds: Grounds) => string>> = {
  evidence: saidEvidence,
  'nothing-found': saidNothing,
  'could-not-see': saidBlind,
};

function saidEvidence({ strong }: Grounds): string {
  const on = strong.filter(({ bearing }) => bearing === 'on');
  if (on.length > 0) return `evidence: on ${named(towardsOf(on))}${since(on)}`;
  const ways = [
    ...wayTo(strong, 'session', 'sessions to'),
    ...wayTo(strong, 'relay', 'a relay to'),
    ...(strong.some(({ bearing }) => bearing === 'projects') ? ['project files read'] : []),
  ];
  return `evidence of the way there: ${ways.join('; ')}${since(strong)}`;
}

function wayTo(borne: readonly Borne[], bearing: Borne['bearing'], words: string): string[] {
  const hosts = towardsOf(borne.filter(each => each.bearing === bearing));
  return hosts.length === 0 ? [] : [`${words} ${named(hosts)}`];
}

function saidNothing({ plant, weak }: Grounds): string {
  const inferred = plant.every(({ isInferred }) => isInferred) ? ' that the logs give away' : '';
  const where = `on ${counted(plant.length, 'plant host')}${inferred}`;
  if (weak.length === 0) return `nothing found, would have shown, ${where}`;
  return `nothing found but weak evidence (${named(hostsOf(weak))}), would have shown, ${where}`;
}

function saidBlind({ plant, silent, jumps, blind }: Grounds): string {
  if (plant.length === 0) return 'could not see: no plant host is known (name them in huntaway.yml)';
  if (silent.length > 0) {
    const have = silent.length === 1 ? 'has' : 'have';
    const hosts = named(silent.map(({ host }) => host));
    return `could not see: ${silent.length} of ${counted(plant.length, 'plant host')} ${have} no logs: ${hosts}`;
  }
  if (jumps.length > 0)
    return `could not see: no logs of ${jumps.length === 1 ? 'jump host' : 'jump hosts'} ${named(jumps)}`;
  const [first] = blind;
  const more = blind.length > 1 ? `, and ${counted(blind.length - 1, 'more host')}` : '';
  return `could not see: ${named([first!.host])} ${first!.why}${more}`;
}

function firstSteps(state: ReachState, { strong, silent, jumps }: Grounds): string[] {
  if (state === 'evidence') {
    const on = hostsOf(strong.filter(({ bearing }) => bearing === 'on'));
    return [
      firstAtPlant(
        on,
        hostsOf(strong).filter(host => !on.includes(host)),
      ),
    ];
  }
  if (state === 'nothing-found') return [];
  const missing = [...silent.map(({ host }) => host), ...jumps];
  return missing.length === 0
    ? []
    : [
        `Ask the control room to export the logs of ${listed(missing, 6)} by the plant's own procedure; install and change nothing there.`,
      ];
}

/** Hosts of the plant, each once, in the order of time. */
function hostsOf(borne: readonly Borne[]): string[] {
  return [...new Set(borne.flatMap(each => hostOf(each) ?? []))];
}

/** Null where a port is known and no host. */
function hostOf({ towards }: Borne): string | null {
  return towards?.startsWith('port ') === true ? null : towards;
}

function towardsOf(borne: readonly Borne[]): string[] {
  return [...new Set(borne.flatMap(({ towards }) => (towards === null ? [] : [towards])))];
}

function named(hosts: readonly string[]): string {
  return listed(shortNames(hosts), MOST_NAMED);
}

function since(borne: readonly Borne[]): string {
  return sinceDay(borne.find(({ evidence }) => evidence.micros !== 0)?.evidence.micros ?? 0);
}
