/**
 * A Sigma rule as typed data. Text is parsed once, at the edge, into these types; from there on nobody looks
 * at YAML, modifiers or escapes again. Everything here is plain JSON, so that compiled rules can be cached
 * and handed to workers.
 */
import type { Plan } from './plan.ts';

/** Where something stands in a rule file; line and column count from 1. */
export type Place = {
  readonly path: string;
  /** Index of the YAML document in the file, from 0. */
  readonly document: number;
  readonly line: number;
  readonly column: number;
};

export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof levels)[number];

export const statuses = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'] as const;
export type Status = (typeof statuses)[number];

export type LogSource = {
  readonly product: string | null;
  readonly category: string | null;
  readonly service: string | null;
};

/** What is said of every rule document, whether it runs or not. */
export type RuleHead = {
  /** Sigma id, else null. */
  readonly id: string | null;
  /** SHA-256 of the document's text, hexadecimal. */
  readonly sha256: string;
  readonly title: string | null;
  /** Sigma's `name`, by which correlations and filters refer to it. */
  readonly name: string | null;
  readonly level: Level | null;
  readonly status: Status | null;
  readonly place: Place;
};

/** Something odd that did not stop the rule from loading. */
export type Warning = { readonly message: string; readonly place: Place };

/** What a document that runs says about itself beyond its head. */
export type About = {
  readonly description: string | null;
  readonly author: string | null;
  readonly license: string | null;
  /** `modified`, else `date`, as written. */
  readonly version: string | null;
  readonly references: readonly string[];
  /** As written: `attack.t1003.001`. */
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  readonly warnings: readonly Warning[];
};

export type Rule = RuleHead &
  About & {
    readonly kind: 'rule';
    readonly logSource: LogSource;
    readonly plan: Plan;
    /** Present where it was made of a published indicator, and not written as a rule. */
    readonly origin?: 'indicator';
  };

/** Narrows other rules: its condition is added to theirs with AND (specification, "Filters"). */
export type Filter = RuleHead &
  About & {
    readonly kind: 'filter';
    /** Must contain the log source of a rule for the filter to concern it. */
    readonly logSource: LogSource;
    /** Ids or names as written; null = any rule of the log source. */
    readonly rules: readonly string[] | null;
    readonly plan: Plan;
  };

/** Why a rule cannot run. Codes are stable: they stand in ledgers. */
export const rejectionReasons = [
  'yaml',
  'not-a-rule',
  'logsource',
  'detection',
  'condition',
  'unknown-identifier',
  'unknown-modifier',
  'modifier',
  'value',
  'regex',
  'legacy-aggregation',
  'placeholder-unresolved',
  'too-large',
  'unreadable',
  'correlation',
  'filter',
  'reference',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

export type Rejection = RuleHead & {
  readonly kind: 'rejection';
  readonly reason: RejectionReason;
  /** One sentence with the offending text and, where there is one, the remedy. */
  readonly message: string;
};

/** The id a finding carries: the Sigma id, else the hash. */
export function ruleId(head: RuleHead): string {
  return head.id ?? `sha256:${head.sha256}`;
}
