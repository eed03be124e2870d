/** What is explained: a rule, and with an event how it came out on it. */
import type { Rule } from '../../know/sigma/index.ts';
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

export type RuleExplanation = {
  readonly rule: Rule;
  /** Null where only the rule is explained. */
  readonly on: { readonly event: EventLabel; readonly explanation: Explanation } | null;
};

export type ExplanationOptions = {
  readonly width: number;
  readonly color: boolean;
  /** Show secrets on command lines. */
  readonly reveal: boolean;
};
