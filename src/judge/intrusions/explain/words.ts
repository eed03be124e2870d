/** Sentences about items: who did what where and when. They are plain text; whoever prints them escapes them. */
import type { Item } from '../item.ts';
import { saidTime } from '../time.ts';

/** What it was: the behaviour's title, else the rule's. */
export function titleOf({ behaviour, rule, fact, reasons }: Item): string {
  const found = fact.type === 'logon' ? 'Logon from another host' : reasons[0];
  return behaviour?.title ?? rule?.title ?? found ?? 'evidence';
}

/** `Directory database copied on dc1 by WAIRUA\adm.hollis, 2026-10-08 01:52:33 UTC`. */
export function saidItem(item: Item): string {
  return `${titleOf(item)} on ${item.host}${saidBy(item)}, ${saidTime(item.micros)}`;
}

export function saidBy({ account }: Item): string {
  return account === null ? '' : ` by ${account}`;
}

/** Each once, in the order they come. */
export function distinct<T>(values: Iterable<T | null>): T[] {
  const set = new Set<T>();
  for (const value of values) if (value !== null) set.add(value);
  return [...set];
}

/** A sentence: a capital in front, a full stop behind. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const head = trimmed[0]!.toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(head) ? head : `${head}.`;
}
