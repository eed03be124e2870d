/** What is usual at this site, and how unusual one event is against it. */
import type { Fact } from '../../read/entities/index.ts';
import type { Naming } from '../naming.ts';

/** Recurrence of one shape under one account on one host (and under one parent, where it is known). */
export type Regularity = {
  readonly times: number;
  /** Median of the gaps between them, seconds. */
  readonly period: number;
  readonly first: number;
  readonly last: number;
};

export type Unusual = {
  /** Surprise: bits, with the evidence itself left out of what is counted; capped where there is little history. */
  readonly bits: number;
  /**
   * On how many other days the shape was seen by this account on this host, on this host, anywhere. A logon: from this source
   * in this way by this account, to this host, by anybody.
   */
  readonly seen: { readonly account: number; readonly host: number; readonly anywhere: number };
  /** Set where it recurs on a schedule. */
  readonly regular: Regularity | null;
  /** Sentences for people: `first time this command is seen anywhere in 34 days of logs`. */
  readonly reasons: readonly string[];
};

/** How much of a baseline may be the intruder's own doing. */
export type DwellOverlap = {
  /** Days with events on or after that moment, of `days` in all. */
  readonly after: number;
  readonly days: number;
  /** A sentence for people; null where nothing of it lies after. */
  readonly note: string | null;
};

export interface Baseline {
  /** Days with events that it rests on: days without any are a gap in the logs, not quiet. */
  readonly days: number;
  /** True under 30 days: surprise is capped, and whoever shows it says so. */
  readonly isShort: boolean;
  /** Of a process start by its command shape; other facts by type, account and host. */
  unusual(fact: Fact): Unusual;
  /** Of a logon by account, source and type; null where the fact is none or names no account. */
  logon(fact: Fact): (Unusual & { readonly isFirst: boolean }) | null;
}

/** What `buildBaseline` gives. */
export interface BuiltBaseline extends Baseline {
  /** Sightings below this are counted together as rare, because there were more different things than are counted; else 0. */
  readonly rareBelow: number;
  /** What whoever shows it must say: a short baseline, rare things counted together. */
  readonly notes: readonly string[];
  /** How much of it lies after the first sign of an intrusion (microseconds). */
  overlap(firstSeen: number): DwellOverlap;
}

/** Events by `eventKey`. */
export type EventSet = Pick<ReadonlySet<number>, 'has' | 'size'>;

export type BaselineOptions = {
  /** `eventKey` of each event that is evidence. */
  readonly evidence: EventSet;
  readonly names: Naming;
  /** Names of the site's hosts as written in the logs; folded in commands that name them. */
  readonly hosts: readonly string[];
  /** Different (account, host, shape) that are counted; tests set it low. */
  readonly most?: number;
};
