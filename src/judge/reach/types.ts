/**
 * Did it reach the plant (OT)? The second line of every result. It is told in three states like any other visibility, by the roles
 * and zones of the site file, or, where there is none, by what logs show plainly.
 */
import type { Evidence } from '../types.ts';

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
  readonly evidence: readonly { readonly intrusion: string; readonly evidence: Evidence }[];
  /** What the line unfolds into: sentences, the weightiest first. */
  readonly reasons: readonly string[];
  /** What to do at the plant, in order: never to isolate, reboot or block. */
  readonly first: readonly string[];
};
