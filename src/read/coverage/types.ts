/**
 * Coverage: of which host which log was there on which day. It is what a hunt knows of its own eyes. An event that no rule
 * asks for still proves that its host was logging, and the numbers of the records around it prove that nothing between
 * them is missing.
 *
 * It costs per host and kind of event a bit for each day, and per host and channel a few runs of record numbers; nothing
 * per event remains.
 */

/** Days since 1970, UTC. */
export type Day = number;

/** Days as bits: day `base` is bit 0 of word 0. */
export type Days = { readonly base: Day; readonly words: Uint32Array };

/** Events alike in channel, provider, event id and host, as the ledger counts them. */
export type KindCoverage = {
  readonly host: string;
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly days: Days;
  /** Of fields that a setting switches on apart from their event (`CommandLine` of 4688): days on which one had a value. */
  readonly fields: Readonly<Record<string, Days>>;
};

/** Record numbers that follow one another without a hole. Times are of its first and last record, in microseconds. */
export type RecordRun = {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
};

export type RecordCoverage = {
  readonly host: string;
  readonly channel: string;
  /** Ascending by number. Numbers that begin anew after a clearing give a run of their own. */
  readonly runs: readonly RecordRun[];
  /** True where there were more holes than are kept: an export by query, whose numbers say nothing. */
  readonly isSparse: boolean;
};

/** A log that was emptied (Security 1102, System 104, and the like), by the record that says so. */
export type Clearing = {
  readonly host: string;
  /** The log that was cleared. */
  readonly channel: string;
  readonly micros: number;
};

export type Coverage = {
  readonly kinds: readonly KindCoverage[];
  readonly records: readonly RecordCoverage[];
  readonly clearings: readonly Clearing[];
};
