/** What is explained: a rule, a correlation or a filter, and with an event how it came out on it. */
import type { Correlation, Filter, Rule } from '../../know/sigma/index.ts';
import type { Explanation } from '../../match/index.ts';

/** An event as the explanation names it. */
export type EventLabel = {
  /** Of the input, as for findings. */
  readonly path: string;
  readonly offset: number;
  /** -1 where it has none. */
  readonly recordId: number;
  /** Microseconds since 1970, UTC. */
  readonly micros: number;
  readonly host: string;
  readonly channel: string;
  readonly eventId: number;
};

export type ExplainedDocument = Rule | Correlation | Filter;

export type DocumentExplanation = RuleExplanation | CorrelationExplanation | FilterExplanation;

/**
 * How a rule came out on an event. Where it holds only for the normal form of the event's command lines, what that is, and
 * whether a hunt asks this rule for it: of rules in advisories it does, and then the outcome is that of the normal form.
 */
export type RuleOutcome = Explanation & {
  readonly normal?: { readonly lines: readonly string[]; readonly isAsked: boolean };
};

export type RuleExplanation = {
  /** As it runs: with its filters. */
  readonly rule: Rule;
  /** Those that narrow it. */
  readonly filters?: readonly Filter[];
  /** Correlations that it feeds. */
  readonly feeds?: readonly Correlation[];
  /** False where its findings are not shown, because it only feeds correlations. */
  readonly isShown?: boolean;
  /** Null where only the rule is explained. */
  readonly on: { readonly event: EventLabel; readonly explanation: RuleOutcome } | null;
};

export type FilterExplanation = {
  readonly filter: Filter;
  /** The rules of the set that it narrows. */
  readonly narrows: readonly Rule[];
  readonly on: {
    readonly event: EventLabel;
    /** One for each view through which those rules read the event; empty where none of them is asked of it. */
    readonly outcomes: readonly FilterOutcome[];
  } | null;
};

/** How the condition of a filter comes out on an event as some rules read it, and how many these are. */
export type FilterOutcome = { readonly explanation: Explanation; readonly asked: number };

export type CorrelationExplanation = {
  readonly correlation: Correlation;
  /** False where its findings are not shown, because it only feeds correlations. */
  readonly isShown: boolean;
  /** By position in its `rules`. */
  readonly inputs: readonly Feed[];
  readonly on: { readonly event: EventLabel; readonly outcome: CorrelationOutcome } | null;
};

/** What a correlation is fed with. */
export type Feed = {
  /** As it runs: a rule with its filters. */
  readonly document: Rule | Correlation;
  /** Whether its findings are shown by themselves, or it only feeds correlations. */
  readonly isShown: boolean;
  /** By name in the correlation's `group-by` and condition: the field here, null where it means nothing here. */
  readonly fields: ReadonlyMap<string, string | null>;
  /** Of a correlation what feeds it in turn; empty where that was said before. */
  readonly inputs: readonly Feed[];
  /** Null where only the correlation is explained. */
  readonly on: FeedOutcome | null;
};

export type FeedOutcome = {
  /** Of a rule how it came out on the event; of a correlation whether the event alone makes it fire. */
  readonly outcome: RuleOutcome | CorrelationOutcome;
  /** By name in the correlation that it feeds: the value; missing where the event lacks it, or the name means nothing. */
  readonly values: ReadonlyMap<string, string>;
};

/** What one event alone does to a correlation. */
export type CorrelationOutcome = {
  readonly fires: boolean;
  /** Positions in `rules` of what it is a hit of. */
  readonly hits: readonly number[];
  /** Those of `hits` that join no group, because a field of `group-by` is missing. */
  readonly ungrouped: readonly number[];
};

export type ExplanationOptions = {
  readonly width: number;
  readonly color: boolean;
  /** Show secrets on command lines. */
  readonly reveal: boolean;
};
