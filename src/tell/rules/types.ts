/** A rule document as lists show it. */
import type { CorrelationType, Level, LogSource, RuleDocument, Status } from '../../know/sigma/index.ts';

export type ListedRoute = {
  /** As Windows writes it; null = any channel. */
  readonly channel: string | null;
  /** null = any event id. */
  readonly eventIds: readonly number[] | null;
  /** `native`, or the name of a view. */
  readonly view: string;
  /** Fields without which the rule can't fire there and which are never there; none where it can. */
  readonly needs: readonly string[];
};

/** What a correlation asks for, and what it is fed with. */
export type ListedCorrelation = {
  readonly type: CorrelationType;
  /** Seconds. */
  readonly timespan: number;
  readonly groupBy: readonly string[];
  readonly inputs: readonly {
    readonly kind: 'rule' | 'correlation';
    readonly id: string;
    readonly title: string | null;
  }[];
  /** True where the findings of its rules are shown as well. */
  readonly generate: boolean;
};

export type ListedRule = {
  readonly kind: RuleDocument['kind'];
  /** Sigma id, else `sha256:` and a hash, as in findings. */
  readonly id: string;
  readonly title: string | null;
  readonly level: Level | null;
  readonly status: Status | null;
  /** Null for correlations and what was refused. */
  readonly logSource: LogSource | null;
  readonly path: string;
  readonly line: number;
  /** Why it was refused; null where it loaded. */
  readonly refused: string | null;
  /** Of a correlation. */
  readonly correlation?: ListedCorrelation;
  /** Of a filter: how many rules it narrows. */
  readonly narrows?: number;
  /** Set where its findings are not shown, because it only feeds correlations. */
  readonly hidden?: true;
  /** Of a correlation those of all rules that feed it. Absent where nobody asked, and for filters; null where this version knows no such log source. */
  readonly routes?: readonly ListedRoute[] | null;
};
