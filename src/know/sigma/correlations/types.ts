/** What each type of correlation asks for; a new type is a line here and an evaluator in `match/correlations`. */
import type { CorrelationType } from '../correlation.ts';

export type TypeTraits = {
  /** Its condition names a field. */
  readonly field: 'none' | 'one' | 'some';
  /** It must say what the number has to be; else all rules must occur. */
  readonly needsBounds: boolean;
  /** Its condition may be an expression over rules. */
  readonly occurrence: boolean;
  readonly percentile: boolean;
};

const count: TypeTraits = { field: 'none', needsBounds: true, occurrence: false, percentile: false };
const numeric: TypeTraits = { ...count, field: 'one' };
const temporal: TypeTraits = { ...count, needsBounds: false, occurrence: true };

export const typeTraits: Readonly<Record<CorrelationType, TypeTraits>> = {
  event_count: count,
  value_count: { ...count, field: 'some' },
  temporal,
  temporal_ordered: temporal,
  value_sum: numeric,
  value_avg: numeric,
  value_percentile: { ...numeric, percentile: true },
  value_median: numeric,
};
