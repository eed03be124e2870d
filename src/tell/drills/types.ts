/** What is told of drills: the kinds there are, and how a hunt did on one. */

export type DrillKind = {
  readonly name: string;
  readonly state: 'open' | 'frozen';
  /** Null for a frozen kind: nobody is told what it holds. */
  readonly summary: string | null;
  readonly quiet: boolean | null;
  readonly days: number | null;
};

export type ScoredIntrusion = {
  /** As the truth calls it. */
  readonly id: string;
  readonly summary: string;
  /** The strongest verdict of what was reported of it; null = not found. */
  readonly found: 'intrusion' | 'suspected' | null;
  /** Ids of the reported intrusions that hold core evidence of it. */
  readonly reported: readonly string[];
  /** Another true intrusion is in one of them too. */
  readonly merged: boolean;
  /** There are several of them. */
  readonly split: boolean;
  /** Core records, and those of them that were reported. */
  readonly core: number;
  readonly coreFound: number;
  /** Core records that were missed: behaviour, host, time. */
  readonly missed: readonly {
    readonly behaviour: string | null;
    readonly host: string;
    readonly channel: string;
    readonly recordId: number | null;
    readonly time: string;
  }[];
};

export type DrillScore = {
  readonly version: 1;
  readonly kind: string;
  readonly seed: number;
  readonly intrusions: readonly ScoredIntrusion[];
  /** Evidence of what was reported as intrusion or suspected of the true ones, and how much of it is theirs. */
  readonly evidence: number;
  readonly evidenceTrue: number;
  /** Reported without any record of a true intrusion. */
  readonly falseIntrusions: readonly string[];
  readonly falseSuspected: readonly string[];
  /** Shares; 1 where there is nothing to miss or to mistake. */
  readonly recall: number;
  readonly precision: number;
  /** All targets are met. */
  readonly passed: boolean;
};

/** What a hunt should reach on each drill. */
export const drillTargets = { recall: 0.9, precision: 0.9 } as const;
