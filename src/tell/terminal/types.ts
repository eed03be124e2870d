/** What the terminal shows: plain data, so that whoever counts needs to know nothing of layout. */
import type { Level } from '../../know/sigma/index.ts';

/** Findings of one rule on one host. */
export type FindingGroup = {
  /** Index of the rule in the rules given to `renderTable`. */
  readonly rule: number;
  readonly host: string;
  readonly count: number;
  /** Microseconds since 1970, UTC; Infinity and -Infinity where no event says a time. */
  readonly first: number;
  readonly last: number;
  /** Text of one event, as `exampleText` gave it. */
  readonly example: string;
  /** Present where all its events are traces of the collection of the logs. */
  readonly collection?: true;
};

/** The few properties of a rule that the terminal shows; every `Rule` has them. */
export type RuleLabel = { readonly title: string | null; readonly level: Level | null };

export type TableOptions = {
  /** Columns of the terminal; 80 where it is not one. */
  readonly width: number;
  readonly color: boolean;
};

/** A file of which something or everything was not read, and why: one line for a person. */
export type FileTrouble = { readonly path: string; readonly message: string };

/** How many rules and files ended in which state; every rule and file is in exactly one of the parts. */
export type LedgerCounts = {
  readonly rules: {
    readonly total: number;
    /** Ran on events (matched or not); `matched` of them found something. */
    readonly ran: number;
    readonly matched: number;
    /** No events of their log source in the input. */
    readonly withoutLog: number;
    /** Log source unknown to this version. */
    readonly noSource: number;
    /** Filters that narrow no rule of the set. */
    readonly withoutRule: number;
    /** Offered events that all lack a field the rule needs. */
    readonly blind: number;
    readonly refused: number;
    /** Left out by level, status, id or tag; not part of `total`. */
    readonly filtered: number;
    /** Known to the cache and gone since; not part of `total`. */
    readonly vanished: number;
  };
  readonly files: {
    readonly total: number;
    readonly read: number;
    readonly damaged: number;
    readonly unread: number;
    /** Not logs of a kind that this version reads. */
    readonly unknown: number;
  };
};

export type Summary = {
  readonly events: number;
  /** Of them, those that stand in the input more than once. */
  readonly duplicates: number;
  readonly salvaged: number;
  /** Findings that are traces of the collection of the logs. */
  readonly traces: number;
  readonly bytes: number;
  /** Wall time in seconds; left out of the text where null (a re-run must print the same). */
  readonly seconds: number | null;
  /** Earliest and latest event in microseconds; null without events. */
  readonly span: { readonly first: number; readonly last: number } | null;
  /** Findings by level; rules without one count as informational. */
  readonly findings: Readonly<Record<Level, number>>;
  /** Findings by rule index, and by host as written; any order. */
  readonly byRule: readonly { readonly rule: number; readonly count: number }[];
  readonly byHost: readonly { readonly host: string; readonly count: number }[];
  readonly troubles: readonly FileTrouble[];
  readonly ledger: LedgerCounts;
};
