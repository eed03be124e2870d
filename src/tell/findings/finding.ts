/**
 * A finding as JSON: ECS names, one nested object per (event, rule), or per correlation that fired. Field order is the
 * order of these types, so that output is byte-identical from run to run. Absent things are left out, not null.
 */
import type { CorrelationType, Level, Status } from '../../know/sigma/index.ts';

export type Finding = EventFinding | CorrelationFinding;

/** What every finding says of its rule. */
export type FoundRule = {
  /** Sigma id, else `sha256:` of the rule. */
  readonly id: string;
  readonly name: string;
  readonly reference?: string;
  readonly author?: string;
  readonly license?: string;
  readonly version?: string;
};

/** One event that matched one rule. */
export type EventFinding = {
  /** UTC, six digits, `Z`. */
  readonly '@timestamp': string;
  /** One sentence for people: rule title and what was seen. */
  readonly message: string;
  readonly rule: FoundRule;
  readonly event: { readonly code: string; readonly provider: string; readonly severity: number };
  readonly host: { readonly name: string };
  readonly user?: { readonly name?: string; readonly domain?: string; readonly id?: string };
  readonly process?: {
    readonly pid?: number;
    readonly executable?: string;
    readonly name?: string;
    readonly command_line?: string;
    readonly working_directory?: string;
    readonly entity_id?: string;
    readonly parent?: {
      readonly pid?: number;
      readonly executable?: string;
      readonly name?: string;
      readonly command_line?: string;
      readonly entity_id?: string;
    };
  };
  readonly source?: { readonly ip?: string; readonly port?: number; readonly domain?: string };
  readonly destination?: { readonly ip?: string; readonly port?: number; readonly domain?: string };
  readonly winlog: {
    readonly channel: string;
    readonly record_id: string;
    /** Every field of EventData or UserData, as text; a repeated name is a list. */
    readonly event_data: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly log: { readonly file: { readonly path: string }; readonly offset: number };
  readonly threat?: { readonly technique: { readonly id: readonly string[] } };
  readonly huntaway: {
    readonly kind: 'rule' | 'indicator' | 'anomaly';
    readonly level: Level;
    readonly status: Status | null;
    readonly tags: readonly string[];
    /** Present where the event holds what `--look-for` asked for, or the id of a logon that it touches. */
    readonly look?: {
      /** Fields that hold it. */
      readonly fields: readonly string[];
      /** Present where it is an account of which the event says the name and no domain. */
      readonly name_only?: true;
      /** Present where the event lies around the time that was asked about, and not in it. */
      readonly around?: true;
    };
    /** Present where the rule holds only for the normal form of the event's command lines. */
    readonly form?: 'normal';
    /** Present where the record was salvaged from a damaged or unused part of a log. */
    readonly salvaged?: true;
    /** Present where the event is a trace of the very collection that brought these logs, by its manifest. */
    readonly collection?: true;
  };
};

/** An event behind a correlation, by what it can be read again with. */
export type CorrelatedEvent = {
  readonly time: string;
  readonly host: string;
  readonly channel: string;
  readonly record_id?: string;
  readonly file: string;
  readonly offset: number;
  /** Id of the rule that it matched. */
  readonly rule: string;
  /** Present where that rule holds only for the normal form of the event's command lines. */
  readonly form?: 'normal';
};

/** Events that together fulfilled a correlation. */
export type CorrelationFinding = {
  /** When its condition first held. */
  readonly '@timestamp': string;
  readonly message: string;
  readonly rule: FoundRule;
  /** Times of the first and the last event. */
  readonly event: { readonly severity: number; readonly start: string; readonly end: string };
  /** Present where all events are of one host. */
  readonly host?: { readonly name: string };
  readonly threat?: { readonly technique: { readonly id: readonly string[] } };
  readonly huntaway: {
    readonly kind: 'correlation';
    readonly level: Level;
    readonly status: Status | null;
    readonly tags: readonly string[];
    /** Present where some of its events matched only in the normal form of their command lines. */
    readonly form?: 'normal';
    readonly correlation: {
      readonly type: CorrelationType;
      /** Fields of `group-by` and their values. */
      readonly group: Readonly<Record<string, string>>;
      /** Seconds. */
      readonly timespan: number;
      /** What the condition was asked about in the first window that fulfilled it: a count, a sum, … */
      readonly measure: number;
      readonly rules: readonly { readonly id: string; readonly name: string; readonly count: number }[];
      readonly hosts: readonly string[];
      /** All of its events, listed or not. */
      readonly count: number;
      /** The first of them, in order of time. */
      readonly events: readonly CorrelatedEvent[];
    };
  };
};
