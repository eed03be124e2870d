/**
 * What a correlation works on and what it gives, as columns of numbers: a hunt may hold a million hits of base rules.
 * Names, fields and files are somebody else's; here a rule is a position, a group and a value are numbers.
 */
import type { CorrelationCondition, CorrelationType } from '../../know/sigma/index.ts';

export type Pattern = {
  readonly type: CorrelationType;
  /** Number of rules referred to; hits name them by position in `rules`. */
  readonly rules: number;
  /** Microseconds; an event exactly so long after a window's first is inside. */
  readonly timespan: number;
  readonly condition: CorrelationCondition;
};

/** Hits of all rules that a correlation refers to, ascending by time; equal times in the order of findings. */
export type Hits = {
  readonly length: number;
  /** Microseconds since 1970. */
  readonly micros: Float64Array;
  /** Position of the rule. An event that matched two of the rules is two hits. */
  readonly rule: Uint32Array;
  /** Number of the group, from 0; -1 where the event lacks a field of `group-by` and joins none. */
  readonly group: Int32Array;
  /** Number of the value (of the tuple, where there are several fields) in `texts`, -1 where the event lacks it. */
  readonly value: Int32Array;
  /** Values by number, folded; none for types without a field. */
  readonly texts: readonly string[];
};

/** A correlation that fired. */
export type Firing = {
  readonly group: number;
  /** The moment at which the condition first held: what a chain of correlations goes by. */
  readonly micros: number;
  /** Indices of the hits that belong to it, ascending. */
  readonly hits: Uint32Array;
  /** What the condition was asked about in the first window that fulfilled it: a count, a sum, … */
  readonly measure: number;
};
