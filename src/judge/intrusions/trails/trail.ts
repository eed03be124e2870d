/** What a trail is, what all of them start from, and what several of them ask. */
import type { Fact } from '../../../read/entities/index.ts';
import type { Context } from '../context.ts';
import type { Carrying, Return, Uses } from '../found/index.ts';
import type { Item } from '../item.ts';
import { DAY, near } from '../time.ts';
import type { Weighed } from '../weigh.ts';

export type Trail = {
  readonly from: Fact;
  readonly to: Item;
  readonly reason: string;
};

export type Visits = {
  /** All that may be evidence, ordinary or not. */
  readonly items: readonly Item[];
  readonly weighed: readonly Weighed[];
  readonly context: Context;
  readonly carrying: readonly Carrying[];
  /** Accounts that came back, with or without doubt. */
  readonly back: readonly Return[];
  /** Null where no theft exposed anybody. */
  readonly uses: Uses | null;
};

/** One way in which a known visit tells of others. */
export type Trailer = (visits: Visits) => Generator<Trail>;

/** Tunnels that were opened, by account, in order of time. */
export function entriesBy(items: readonly Item[]): Map<string, Item[]> {
  const entries = new Map<string, Item[]>();
  for (const item of items) {
    const { type, values } = item.fact;
    if (type !== 'tunnel' || values.action !== 'up' || item.accountKey === null) continue;
    const same = entries.get(item.accountKey);
    if (same === undefined) entries.set(item.accountKey, [item]);
    else same.push(item);
  }
  return entries;
}

/** What a host held explains where accounts went on from it for a month; later comings are their own (a convention). */
const ONWARD_LASTS = 30 * DAY;

/** The last before a moment, within that month. */
export function lastBefore(items: readonly Item[] | undefined, micros: number): Item | null {
  const before = items?.filter(item => item.micros < micros && near(item.micros, micros, ONWARD_LASTS));
  return before?.at(-1) ?? null;
}

/** Whether somebody sits down at a screen. */
export const isDesktop = ({ type, values: { logonType } }: Fact): boolean =>
  type === 'remote-session' || (type === 'logon' && (logonType === 10 || logonType === 12));

/** Adds to the list of a key. */
export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
