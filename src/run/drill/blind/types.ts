/**
 * Blinding: taking away from a drill what a real site would not have logged, kept or collected. A spot says what becomes
 * of the records, in the two moments that Windows knows: what was never written leaves no hole in the numbers of its log,
 * what was lost later does.
 */
import type { BlindKind } from '../../../judge/index.ts';
import type { Random } from '../random.ts';
import type { Recorder, WindowsRecord } from '../record.ts';
import type { Host, Site } from '../world/site.ts';

/** Days since 1970, UTC. */
export type Day = number;

/** Days from `from` up to, not including, `to`. */
export type Days = { readonly from: Day; readonly to: Day };

/** What cannot be seen in a drill. */
export type Hidden = Days & {
  readonly kind: BlindKind;
  /** Null = the edge device. */
  readonly host: Host | null;
  /** Null = every channel of the host. */
  readonly channel: string | null;
  /** Null = all of them. */
  readonly eventIds: readonly number[] | null;
  readonly field: string | null;
  /** Days on which only a part is missing, or which end in the hole: no log can say that they are whole. */
  readonly partial: readonly Day[];
};

/** How many records a channel of a host has on each day. */
export type Counts = ReadonlyMap<Day, number>;

export type SceneHost = {
  readonly host: Host;
  readonly channels: ReadonlyMap<string, Counts>;
  /** Of Security 4688 with a command line. */
  readonly lines: Counts;
};

/** What a blinding chooses from: hosts that log, and to which nothing was done yet. */
export type Scene = Days & {
  readonly site: Site;
  readonly hosts: readonly SceneHost[];
  readonly recorder: Recorder;
  readonly random: Random;
};

/** One blinding of one host. */
export type Spot = {
  /** Null = the edge device. */
  readonly host: Host | null;
  /** One line for people. */
  readonly said: string;
  /** Records that were never written: the numbers close over them. */
  readonly unwritten?: (record: WindowsRecord) => boolean;
  /** Records that were written otherwise. */
  readonly changed?: (record: WindowsRecord) => WindowsRecord;
  /** Records that were written besides. */
  readonly added?: WindowsRecord;
  /** Records that were written and are gone: their numbers are missing. */
  readonly lost?: (record: WindowsRecord) => boolean;
  /** True where what is left has no record numbers. */
  readonly isUnnumbered?: true;
  /** True where the edge device's log is missing. */
  readonly isEdgeLost?: true;
  /** Empty where nothing is hidden: a host that slept. */
  readonly hides: readonly Hidden[];
};

export type Blinding = {
  /** `records-cut`. */
  readonly name: string;
  /** Null where nothing in this drill can be blinded so. */
  readonly blind: (scene: Scene) => Spot | null;
};
