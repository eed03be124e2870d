/**
 * A case: what people decided on an intrusion. Decisions are appended and never changed; what an intrusion's state is
 * follows from all of them and from the evidence of today, so that a re-hunt keeps what was decided, and new linked
 * evidence opens what was closed.
 */
import type { Verdict } from '../types.ts';

export const decisions = ['ask', 'confirm', 'dismiss'] as const;
export type Decision = (typeof decisions)[number];

/** One line of the file of cases. */
export type CaseEntry = {
  readonly version: 1;
  /** When it was decided: microseconds. Of the first `confirm` it is the time of awareness. */
  readonly at: number;
  readonly decision: Decision;
  /** Id of the intrusion as it was called then. */
  readonly intrusion: string;
  readonly verdict: Verdict;
  readonly summary: string;
  /** Keys of its evidence then (host, channel, record, time): by them it is known again whatever it is called. */
  readonly evidence: readonly string[];
  readonly by: string;
  readonly reason: string;
  /** Microseconds; a dismissal counts until then. Null = without end. */
  readonly until: number | null;
  /** What to ask, and of whom; only of `ask`. */
  readonly question: { readonly whom: string; readonly text: string } | null;
};

export const caseStates = ['open', 'asked', 'confirmed', 'dismissed', 'reopened'] as const;
export type CaseState = (typeof caseStates)[number];

/** An intrusion as far as a case asks: of this hunt, or read from what a former one wrote. */
export type CaseSubject = {
  readonly id: string;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly evidence: readonly EvidenceName[];
};

/** What names one event: the same in every export and in every hunt. */
export type EvidenceName = {
  readonly id: string;
  /** Canonical. */
  readonly host: string;
  readonly channel: string;
  /** Null where it has none. */
  readonly recordId: number | null;
  readonly micros: number;
};

/** Where an intrusion of today stands. */
export type CaseView = {
  readonly intrusion: string;
  readonly state: CaseState;
  /** Decisions on it, oldest first. */
  readonly entries: readonly CaseEntry[];
  /** Of the first `confirm`; null = nobody has confirmed it. Microseconds. */
  readonly aware: number | null;
  /** Keys of evidence that nobody had decided on; empty where nobody has decided anything. */
  readonly fresh: readonly string[];
  /** True where a dismissal has run out. */
  readonly isExpired: boolean;
};
