/** What the matcher gives to whoever runs it. */
import type { AccountName, Session } from '../know/terms/index.ts';
import type { LazyEvent } from '../read/events/index.ts';

/** Why a rule could not fire on the events seen, where that is known without looking at values. */
export type Blindness = {
  /** Label of the source it was offered (`Security 4688`). */
  readonly source: string;
  /** Fields without which its condition can't be true there: those that all shapes lack, or else any of them. */
  readonly fields: readonly string[];
  /** Fields that all shapes met lack, and that any lacks: what `fields` is made of when accounts are merged. */
  readonly common: readonly string[];
  readonly every: readonly string[];
};

export type RuleActivity = {
  /** Log source known to this version; false = `no-source`. */
  readonly routable: boolean;
  /** Events of its log source were seen. */
  readonly offered: boolean;
  /** Some kind of event met could satisfy it: then it is not blind, whatever `blind` says of other kinds. */
  readonly able: boolean;
  /** Set where every event kind it was offered lacks a field it needs: it was offered, yet could never fire. */
  readonly blind: Blindness | null;
  /**
   * Events on which it ran into a limit of the platform and was taken not to match; one that it was asked for in two
   * forms or by two routes counts for each. Absent where there were none.
   */
  readonly failed?: number;
};

/** Where in an event a term stands that was looked for. */
export type Sighting = {
  /** Names of the fields that hold it, each once, in the order of the event. */
  readonly fields: readonly string[];
  /** True where it is an account of which the event says the name and no domain. */
  readonly isNameOnly: boolean;
};

/** Another name of the account that the term at index `term` names, and in how many records it stands beside a known one. */
export type LearnedName = { readonly term: number; readonly name: AccountName; readonly records: number };

/** What was learned of terms from the records that hold them. */
export type Learned = {
  readonly names: readonly LearnedName[];
  /** Logons that they touch; of a term of which there are more than are followed, one more than that. */
  readonly sessions: readonly { readonly term: number; readonly session: Session }[];
};

/** Finds the rules that an event matches. One per worker; not thread-safe, keeps state per event kind. */
export interface EventMatcher {
  /**
   * Matches one event; returns the number of rules that hold, their indices ascending in `hits[0…n)`. `hits` is
   * reused (and may be replaced by a larger array) by the next call.
   */
  match(event: LazyEvent): number;
  readonly hits: Uint32Array;
  /**
   * Beside each hit: 1 where the rule holds only for the normal form of the event's command lines, 0 where it holds
   * for the event as written. Reused as `hits` is.
   */
  readonly forms: Uint8Array;
  /** Beside each hit, where a term that was looked for stands; null beside those of rules, absent without terms. */
  readonly sightings?: readonly (Sighting | null)[];
  /** What was learned of terms up to now. */
  learned?(): Learned;
  /** What each rule saw up to now, by rule index. */
  activity(): readonly RuleActivity[];
}
