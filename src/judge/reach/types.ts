/**
 * Did it reach the plant (OT)? The second line of every result. It is told in three states like any other visibility, by the roles
 * and zones of the site file, or, where there is none, by what logs show plainly.
 */
import type { Advisory } from '../../know/advisories/index.ts';
import type { Site } from '../../know/site/index.ts';
import type { FactSource } from '../../read/entities/index.ts';
import type { Evidence, Intrusion } from '../types.ts';
import type { Visibility } from '../visibility/index.ts';

export const reachStates = ['evidence', 'nothing-found', 'could-not-see'] as const;
export type ReachState = (typeof reachStates)[number];

export type PlantHost = {
  readonly host: string;
  readonly roles: readonly string[];
  /** Why it counts as the plant's: the site file, or a sentence on what the logs show. */
  readonly because: string;
  readonly isInferred: boolean;
  /** Whether it has logs of its own. */
  readonly isLogged: boolean;
};

export type Reach = {
  readonly state: ReachState;
  /** One line for people: `Reached OT: could not see: 4 of 6 plant hosts have no logs`. */
  readonly said: string;
  readonly hosts: readonly PlantHost[];
  /** Evidence on a plant host or of a crossing towards one, with the intrusion it belongs to, in order of time. */
  readonly evidence: readonly {
    readonly intrusion: string;
    readonly evidence: Evidence;
    /** The host of the plant that it is on or leads to, canonical or an address; null = the evidence names none. */
    readonly host: string | null;
  }[];
  /** What the line unfolds into: sentences, the weightiest first. */
  readonly reasons: readonly string[];
  /** What to do at the plant, in order: never to isolate, reboot or block. */
  readonly first: readonly string[];
};

/** Events alike, as coverage and ledger count them: host as written. */
export type LogKind = {
  readonly host: string;
  readonly channel: string;
  readonly eventId: number;
};

/** What the logs show a host to be, and the sentence that says why. */
export type InferredRole = { readonly role: string; readonly because: string };

/** By canonical host. */
export type InferredRoles = ReadonlyMap<string, readonly InferredRole[]>;

export type ReachInput = {
  readonly advisories: readonly Advisory[];
  readonly intrusions: readonly Intrusion[];
  readonly facts: FactSource;
  /** Every host's name in the logs, as written: those that have logs of their own. */
  readonly hosts: readonly string[];
  readonly kinds: readonly LogKind[];
  readonly site: Site | null;
  readonly roles: InferredRoles;
  /** Null = nobody asked what could be seen; then a log that tells of people counts as one that would have shown them. */
  readonly visibility: Visibility | null;
};
