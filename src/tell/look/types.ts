/** The answer to "did you ever see this?": plain data, so that whoever counts needs to know nothing of layout. */
import type { TermKind } from '../../know/terms/index.ts';

/** Another name of an account, inferred because records say both together. */
export type KnownAs = {
  readonly name: string;
  /** Records that say it beside a name that was known before. */
  readonly records: number;
  /** False where the logs could not be read once more to look for it. */
  readonly isSearched: boolean;
};

/** Logons that a term touches, and those whose other records were looked for. */
export type FollowedLogons = { readonly touched: number; readonly followed: number };

/** Times are microseconds, Infinity and -Infinity where no record says one. */
export type SeenOnHost = {
  readonly host: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
};

export type TermAnswer = {
  readonly kind: TermKind;
  readonly text: string;
  readonly count: number;
  /** How many of `count` lie around the time that was asked about. */
  readonly around: number;
  /** By name. */
  readonly hosts: readonly SeenOnHost[];
  readonly knownAs: readonly KnownAs[];
  /** True where it has too many other names for any to be looked for. */
  readonly isCommon: boolean;
  readonly logons: FollowedLogons;
  /** Records that do not hold it, of logons that it touches. */
  readonly inLogons: number;
};

export type ShownTerm = {
  readonly text: string;
  readonly fields: readonly string[];
  readonly isNameOnly: boolean;
  /** True where the record holds no more than the id of a logon that the term touches. */
  readonly isOfLogon: boolean;
};

/** One record of the timeline, inert text but not yet `plain`. */
export type ShownRecord = {
  /** As in the finding: UTC, six digits. */
  readonly time: string;
  readonly host: string;
  readonly channel: string;
  readonly code: string;
  readonly text: string;
  readonly terms: readonly ShownTerm[];
  readonly isAround: boolean;
  readonly notes: readonly string[];
};

/** A stretch of the timeline: records, or how many are left out. */
export type Stretch = ShownRecord | { readonly omitted: number };

/** First and last record of a channel of a host. */
export type LogSpan = {
  readonly host: string;
  readonly channel: string;
  readonly events: number;
  readonly first: number;
  readonly last: number;
};

/** A kind of event, by which logs are known that would show a term. */
export type SeenKind = { readonly host: string; readonly channel: string; readonly eventId: number };

export type LookAnswer = {
  /** How many rules are of terms and their logons; they come first. */
  readonly rules: number;
  readonly terms: readonly TermAnswer[];
  /** Microseconds; infinite where that end was not given. */
  readonly asked: { readonly from: number; readonly to: number };
  readonly timeline: readonly Stretch[];
  /** Records of the timeline that stand in the input more than once, beyond the first. */
  readonly duplicates: number;
  readonly logs: readonly LogSpan[];
  readonly kinds: readonly SeenKind[];
  readonly unread: number;
  readonly damaged: number;
  readonly timeless: number;
  readonly interrupted: boolean;
};
