/** What is usual at this site, and how unusual one event is against it. */
import type { Fact } from '../../read/entities/index.ts';

/** Recurrence of one shape under one account on one host. */
export type Regularity = {
  readonly times: number;
  /** Median of the gaps between them, seconds. */
  readonly period: number;
  readonly first: number;
  readonly last: number;
};

export type Unusual = {
  /** Surprise: bits, with the evidence itself left out of what is counted; capped where there is little history. */
  readonly bits: number;
  /** How often the shape was seen by this account, on this host, anywhere, evidence left out. */
  readonly seen: { readonly account: number; readonly host: number; readonly anywhere: number };
  /** Set where it recurs on a schedule. */
  readonly regular: Regularity | null;
  /** Sentences for people: `first time this command was seen on dc1 in 34 days`. */
  readonly reasons: readonly string[];
};

export interface Baseline {
  /** Days between the first and the last event that it rests on. */
  readonly days: number;
  /** True under 30 days: surprise is capped, and whoever shows it says so. */
  readonly isShort: boolean;
  /** Of a process start by its command shape; other facts by type, account and host. */
  unusual(fact: Fact): Unusual;
  /** Of a logon by account, source and type; null where the fact is none or names no account. */
  logon(fact: Fact): (Unusual & { readonly isFirst: boolean }) | null;
}
