/**
 * A Sigma correlation as typed data (specification 2.1, appendix on correlation rules; pySigma's additions where the
 * text is silent). As for rules, text is parsed once into this; names are resolved to rules only when all files of a
 * set are there (`link/`), because a reference may lead into another file.
 */
import type { About, Place, RuleHead } from './rule.ts';

export const correlationTypes = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const;
export type CorrelationType = (typeof correlationTypes)[number];

export const bounds = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;
export type BoundOp = (typeof bounds)[number];

/** A number compares so with `value`; several bounds of one condition must all hold (a range). */
export type Bound = { readonly op: BoundOp; readonly value: number };

/** What may be said of the rules that occur in a window: pySigma's extended condition of the temporal types. */
export type Occurrence =
  | { readonly op: 'and' | 'or'; readonly nodes: readonly Occurrence[] }
  | { readonly op: 'not'; readonly node: Occurrence }
  /** Index into the correlation's `rules`. */
  | { readonly op: 'rule'; readonly rule: number };

export type CorrelationCondition = {
  /** On the count, sum, … or, for temporal types, on the number of different rules; empty = all rules. */
  readonly bounds: readonly Bound[];
  /** Fields whose values are counted or calculated with; several = tuples (`value_count` only). */
  readonly fields: readonly string[];
  /** 0 to 100, of `value_percentile`; null for other types. */
  readonly percentile: number | null;
  /** Extended condition of temporal types in place of `bounds`; null where it is none. */
  readonly occurrence: Occurrence | null;
};

/** A name in `group-by` that stands for another field in each rule. */
export type Alias = {
  readonly name: string;
  /** Rule id or name, as in `rules`, and its field. */
  readonly fields: readonly (readonly [rule: string, field: string])[];
};

export type Correlation = RuleHead &
  About & {
    readonly kind: 'correlation';
    readonly type: CorrelationType;
    /** Ids or names, as written, each once. Of rules, or of correlations (chains). */
    readonly rules: readonly string[];
    /** Where each of them is written. */
    readonly rulePlaces: readonly Place[];
    readonly groupBy: readonly string[];
    readonly aliases: readonly Alias[];
    /** Microseconds. */
    readonly timespan: number;
    readonly condition: CorrelationCondition;
    /** True where the findings of the rules referred to are shown as well. */
    readonly generate: boolean;
  };
