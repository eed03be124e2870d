/** A rule document as lists show it. */
import type { Level, LogSource, RuleDocument, Status } from '../../know/sigma/index.ts';

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

export type ListedRule = {
  readonly kind: RuleDocument['kind'];
  /** Sigma id, else `sha256:` and a hash, as in findings. */
  readonly id: string;
  readonly title: string | null;
  readonly level: Level | null;
  readonly status: Status | null;
  /** Null for what is no rule or was refused. */
  readonly logSource: LogSource | null;
  readonly path: string;
  readonly line: number;
  /** Why it was refused; null where it loaded. */
  readonly refused: string | null;
  /** Absent where nobody asked; null where this version knows no such log source. */
  readonly routes?: readonly ListedRoute[] | null;
};
