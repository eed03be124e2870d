/**
 * An item is a piece of evidence while it is judged: one event, whatever number of rules matched it and however often
 * it was exported, with the entities that joins ask for. Items stand in one order (time, host, channel, record, id), so
 * that everything after does not depend on the order in which findings came.
 */
import type { Behaviour, Gravity, Stage } from '../../know/advisories/index.ts';
import type { EventPlace, Fact } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import type { JudgedRule } from '../types.ts';

export type Item = {
  /** Stable for the same input: of host, channel, record, time and rule. */
  readonly id: string;
  readonly fact: Fact;
  /** Where else the event stands, if it was exported more than once. */
  readonly copies: readonly EventPlace[];
  readonly micros: number;
  /** Canonical. */
  readonly host: string;
  /** As people read it; null = unknown. */
  readonly account: string | null;
  /** What is the same for all notations of the account; null = unknown, or an account that is nobody's (SYSTEM). */
  readonly accountKey: string | null;
  readonly behaviour: Behaviour | null;
  readonly rule: JudgedRule | null;
  readonly stage: Stage;
  /** Step of the chain; null = beside it. */
  readonly step: string | null;
  /** Steps at which rules that decide place the event with more than weak evidence: an archive started over WMI has two. */
  readonly steps: readonly string[];
  readonly gravity: Gravity;
  /** False where only an expired indicator speaks: it supports, and never decides. */
  readonly decides: boolean;
  readonly example: string;
  /** Bits, where it was found by being unusual and not by a rule; null = the baseline says. */
  readonly surprise: number | null;
  /** Why it counts, before it is weighed. */
  readonly reasons: readonly string[];
  /** Logon ids that it acts in or opens, shared service logons left out. */
  readonly logons: readonly number[];
  /** Process that acted or started; absent where the event names none. */
  readonly pid: number | undefined;
};

/** A theft is what exposes somebody's credentials, and more than a hint. */
export function isTheft(item: Item): boolean {
  return item.decides && item.gravity !== 'weak' && item.behaviour?.exposes != null;
}

const gravityRank: Readonly<Record<Gravity, number>> = { grave: 0, strong: 1, weak: 2 };

/** Gravest first. */
export function compareGravity(a: Gravity, b: Gravity): number {
  return gravityRank[a] - gravityRank[b];
}

/** The one order of items; those without a time come last. */
export function compareItems(a: Item, b: Item): number {
  return (
    compareTimes(a.micros, b.micros) ||
    compareTexts(a.host, b.host) ||
    compareTexts(a.fact.channel, b.fact.channel) ||
    a.fact.place.record - b.fact.place.record ||
    compareTexts(a.id, b.id)
  );
}

export function compareTimes(a: number, b: number): number {
  if (a === b) return 0;
  if (a === NO_TIME) return 1;
  return b === NO_TIME ? -1 : a - b;
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order of facts where no item wraps them; equal only for one and the same place. */
export function compareFacts(a: Fact, b: Fact): number {
  return (
    compareTimes(a.micros, b.micros) ||
    compareTexts(a.host, b.host) ||
    compareTexts(a.channel, b.channel) ||
    a.place.record - b.place.record ||
    a.place.input - b.place.input ||
    a.place.offset - b.place.offset
  );
}
