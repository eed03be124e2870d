/**
 * Visibility: for each behaviour, host and day, whether it was found, would have shown, or could not be seen, and why.
 * "Nothing found" is never said without it. Days that are alike are one cell, so that a quiet year of a host costs a line
 * and not a year.
 */
import type { Advisory } from '../../know/advisories/index.ts';
import type { Site, Zone } from '../../know/site/index.ts';
import type { Coverage, Day } from '../../read/coverage/index.ts';
import type { Judgement } from '../types.ts';

export const sights = ['found', 'would-have-shown', 'could-not-see'] as const;
export type Sight = (typeof sights)[number];

/** Days from `from` up to, not including, `to`. */
export type Period = { readonly from: Day; readonly to: Day };

/** Why something could not be seen. */
export const blindKinds = [
  /** Other hosts' logs speak of the host; of its own there are none. */
  'no-logs',
  /** No device that ends tunnels, or no other source of that kind, is among the logs at all. */
  'no-source',
  'channel-absent',
  /** The channel is there, the event never is, and it would be daily if it were switched on. */
  'event-absent',
  /** The event is there without the field that shows it (4688 without command line). */
  'field-absent',
  'log-cleared',
  /** Record numbers are missing. */
  'record-gap',
  /** The host wrote nothing in a time in which it should have, and no numbers prove that it was merely quiet. */
  'silent',
  /** The logs begin only then. */
  'before-first',
  'after-last',
  /** No log at hand shows this behaviour at all; the advisory says so. */
  'not-observable',
] as const;
export type BlindKind = (typeof blindKinds)[number];

/** A blind spot: one reason of one host for one time. */
export type Blind = {
  readonly kind: BlindKind;
  /** Canonical; null = of the site as a whole. */
  readonly host: string | null;
  /** Null where it is not about one. */
  readonly channel: string | null;
  readonly eventIds: readonly number[];
  readonly field: string | null;
  readonly period: Period;
  /** One sentence, inert text: `4688 on fs1 carries no command line from 2026-10-01 to 2026-11-02`. */
  readonly said: string;
  /** Ids of the settings that mend it, the cheapest first; empty where none does. */
  readonly settings: readonly string[];
  /** Ids of the behaviours that it hides. */
  readonly behaviours: readonly string[];
};

/** One behaviour on one host over days that are alike. */
export type Cell = {
  readonly behaviour: string;
  /** Canonical; null = the site as a whole (a source that is not there at all). */
  readonly host: string | null;
  readonly sight: Sight;
  readonly period: Period;
  /** True where some of its forms would show and others not (scripts alone, programs without command lines). */
  readonly isPartial: boolean;
  /** Positions in `blinds`; empty unless it could not be seen, or only in part. */
  readonly blinds: readonly number[];
};

export type ViewedHost = {
  readonly host: string;
  readonly roles: readonly string[];
  readonly zone: Zone | null;
  /** What the roles and the zone rest on: the site file, or what the logs show. */
  readonly basis: 'site' | 'logs' | 'none';
  /** Null = the host has no log of its own. */
  readonly period: Period | null;
};

/** Something to switch on or to fetch, and what it would open. */
export type Fix = {
  /** Id of a setting (`know/logging`). */
  readonly setting: string;
  readonly hosts: readonly string[];
  readonly behaviours: readonly string[];
  /** Behaviours × hosts × days that it would have opened here. */
  readonly gain: number;
};

export type Visibility = {
  /** First and last day of all logs; null = no event says a time. */
  readonly span: Period | null;
  /** Logs of their own first, then by name. */
  readonly hosts: readonly ViewedHost[];
  readonly cells: readonly Cell[];
  readonly blinds: readonly Blind[];
  /** The most for the least first. */
  readonly fixes: readonly Fix[];
  /** Behaviours × hosts × days. */
  readonly counts: Readonly<Record<Sight, number>>;
  /** Sentences for the reader, the weightiest first: `Nothing found on 3 of 60 hosts, back 31 hours. This does not show absence.` */
  readonly said: readonly string[];
};

export type VisibilityInput = {
  readonly advisories: readonly Advisory[];
  readonly coverage: Coverage;
  readonly judgement: Judgement;
  /** Names of hosts that logs speak of, beside those that write them; as written. */
  readonly mentioned: readonly string[];
  readonly site: Site | null;
};
