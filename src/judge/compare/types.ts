/**
 * What is new since a former hunt: intrusions and evidence, known again by the events behind them, and what can be seen now
 * that could not be seen then. What is no longer there is told as well, because logs roll over and an intruder clears them.
 */
import type { EvidenceName } from '../cases/index.ts';
import type { Verdict } from '../types.ts';
import type { Cell } from '../visibility/index.ts';

/** A hunt as far as a comparison asks: this one, or one read from what it wrote. */
export type Compared = {
  readonly intrusions: readonly {
    readonly id: string;
    readonly verdict: Verdict;
    readonly summary: string;
    readonly evidence: readonly EvidenceName[];
  }[];
  /** Null = it wrote none. */
  readonly cells: readonly Cell[] | null;
};

export const changes = ['new', 'stronger', 'grown', 'weaker', 'shrunk', 'same'] as const;
/** `grown`: more evidence; `shrunk`: less, the verdict being what it was. */
export type Change = (typeof changes)[number];

export type ComparedIntrusion = {
  readonly id: string;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly change: Change;
  /** Ids in the former hunt; more than one where stories have been joined. */
  readonly before: readonly { readonly id: string; readonly verdict: Verdict }[];
  /** Ids of evidence that is new here. */
  readonly fresh: readonly string[];
  /** Pieces of evidence of the former hunt that are not here any more. */
  readonly lost: number;
};

/** What changed for one host in what can be seen of it. */
export type ComparedSight = {
  readonly host: string | null;
  /** Ids of behaviours that could not be seen at all then and can on some day now, and the other way round. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
};

export type Comparison = {
  /** What changed first, then as the hunt has them. */
  readonly intrusions: readonly ComparedIntrusion[];
  /** Intrusions of the former hunt of which nothing is left. */
  readonly gone: readonly { readonly id: string; readonly verdict: Verdict; readonly summary: string }[];
  /** Null where one of the two says nothing of it. */
  readonly visibility: readonly ComparedSight[] | null;
};
