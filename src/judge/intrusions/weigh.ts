/**
 * What a piece of evidence weighs, in bits: what its behaviour is worth, and how unusual it is here.
 *
 * Worth follows the scale of Bayes factors of Kass and Raftery (1995, "Bayes Factors", J. Am. Stat. Assoc. 90): odds of 3
 * to 1 are worth mentioning, 20 to 1 strong, 150 to 1 very strong. Which behaviour is which is the advisory's to say
 * (notes, "Evidence classes"). Surprise is the baseline's, with the evidence itself left out.
 *
 * What recurs is ordinary here: it keeps its worth only as support. That lowers a verdict and never clears it, because an
 * intruder of five years is part of the baseline.
 */
import type { Gravity } from '../../know/advisories/index.ts';
import type { Fact, FactType } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import type { Baseline, Unusual } from '../baseline/index.ts';
import type { Item } from './item.ts';
import { DAY, saidDay } from './time.ts';

export const worth: Readonly<Record<Gravity, number>> = {
  weak: Math.log2(3),
  strong: Math.log2(20),
  grave: Math.log2(150),
};

export type Weighed = {
  readonly bits: number;
  readonly unusual: Unusual | null;
  /** Why it is ordinary here: a sentence; null = it is not. */
  readonly ordinary: string | null;
  readonly reasons: readonly string[];
};

/** Whether it can carry a verdict. */
export function carries(item: Item, { ordinary }: Weighed): boolean {
  return item.gravity !== 'weak' && item.decides && ordinary === null;
}

/** A habit is what was done on so many other days: a working week of it. */
export const HABIT_DAYS = 5;
/** Days around an item that are its own visit and not habit. */
const OWN_DAYS = 1;
/** Fewer repetitions are chance, not a schedule: two gaps can agree by luck, so three must. */
const SCHEDULE_TIMES = 4;

/** Of these the baseline counts that they come, not what they are about: that shares are opened daily excuses no file. */
const everyday: ReadonlySet<FactType> = new Set(['share-access', 'logon', 'privileges', 'ticket']);

/** Weighs items; the habits are those of the items that it is made of. */
export class Scales {
  readonly #baseline: Baseline;
  readonly #habits: Habits;
  readonly #weighed = new Map<Item, Weighed>();

  constructor(items: readonly Item[], baseline: Baseline) {
    this.#baseline = baseline;
    this.#habits = new Habits(items);
  }

  weigh(item: Item): Weighed {
    let weighed = this.#weighed.get(item);
    if (weighed === undefined) {
      weighed = this.#weigh(item);
      this.#weighed.set(item, weighed);
    }
    return weighed;
  }

  #weigh(item: Item): Weighed {
    const asked = item.micros !== NO_TIME && item.surprise === null;
    const unusual = asked ? this.#baseline.unusual(item.fact) : null;
    // What was found by being new is no habit, however often its rule matches.
    const isNew = item.surprise !== null;
    const ordinary = isNew ? null : (saidSchedule(unusual, item.fact) ?? this.#habits.said(item));
    const base = ordinary !== null || !item.decides ? worth.weak : worth[item.gravity];
    const surprise = ordinary === null ? (item.surprise ?? unusual?.bits ?? 0) : 0;
    return new Weight(base + surprise, unusual, ordinary);
  }
}

/** Its reasons are made when they are told: of most evidence nobody reads them. */
class Weight implements Weighed {
  readonly bits: number;
  readonly unusual: Unusual | null;
  readonly ordinary: string | null;

  constructor(bits: number, unusual: Unusual | null, ordinary: string | null) {
    this.bits = bits;
    this.unusual = unusual;
    this.ordinary = ordinary;
  }

  get reasons(): readonly string[] {
    return this.ordinary === null ? (this.unusual?.reasons ?? []) : [this.ordinary];
  }
}

function saidSchedule(unusual: Unusual | null, fact: Fact): string | null {
  if (unusual === null || everyday.has(fact.type)) return null;
  const { regular } = unusual;
  if (regular === null) return null;
  return `recurs on a schedule: ${regular.times} times since ${saidDay(regular.first)}, every ${saidPeriod(regular.period)}`;
}

/** `7 days`: for people. */
export function saidPeriod(seconds: number): string {
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

/** The days of one habit, in order, each once. */
type Days = {
  readonly days: number[];
  /** Undefined = not worked out yet. */
  isSchedule: boolean | undefined;
};

/** On which days one rule matched for one account; on one host for what is grave, for it must not hide behind others. */
class Habits {
  /** By what was done, then by who did it and where: to join the two costs more than to look up both. */
  readonly #byKey = new Map<string, Map<string, Days>>();

  constructor(items: readonly Item[]) {
    for (const item of items) {
      const habit = this.#of(item, true);
      const day = Math.floor(item.micros / DAY);
      if (habit !== undefined && habit.days.at(-1) !== day) habit.days.push(day);
    }
  }

  said(item: Item): string | null {
    const habit = this.#of(item, false);
    if (habit === undefined) return null;
    const { days } = habit;
    habit.isSchedule ??= isSchedule(days);
    const own = Math.floor(item.micros / DAY);
    const others = habit.isSchedule ? 0 : days.filter(day => Math.abs(day - own) > OWN_DAYS).length;
    if (!habit.isSchedule && others < HABIT_DAYS) return null;
    const who = item.accountKey === null ? 'the same' : (item.account ?? 'the same account');
    const where = item.gravity === 'grave' ? ` on ${item.host}` : '';
    return habit.isSchedule
      ? `${who} does this${where} every ${periodOf(days)} days, ${days.length} times in these logs`
      : `${who} does this${where} on ${others} other days in these logs`;
  }

  #of(item: Item, isNew: boolean): Days | undefined {
    const { rule, behaviour, micros } = item;
    const doer = rule === null || micros === NO_TIME ? null : doerOf(item);
    if (rule === null || doer === null) return undefined;
    const what = behaviour?.id ?? rule.id;
    let byDoer = this.#byKey.get(what);
    if (byDoer === undefined) {
      if (!isNew) return undefined;
      byDoer = new Map();
      this.#byKey.set(what, byDoer);
    }
    let habit = byDoer.get(doer);
    if (habit === undefined && isNew) {
      habit = { days: [], isSchedule: undefined };
      byDoer.set(doer, habit);
    }
    return habit;
  }
}

/**
 * Null where nothing says who did it and to what. An event that names no account (ESENT) is told by its files; numbers in
 * them are folded, for a snapshot's folder bears the time.
 */
function doerOf({ accountKey, host, gravity, fact }: Item): string | null {
  if (accountKey !== null) return gravity === 'grave' ? `${accountKey}\n${host}` : accountKey;
  const { file } = fact.values;
  return file === undefined ? null : `\n${host}\n${file.toLowerCase().replace(/\d+/g, '#')}`;
}

/** Days in order that lie equally far apart; one more or less where a run by night falls on either side of midnight. */
function isSchedule(days: readonly number[]): boolean {
  if (days.length < SCHEDULE_TIMES) return false;
  const period = periodOf(days);
  const leeway = period >= 5 ? 1 : 0;
  return days.every((day, at) => at === 0 || Math.abs(day - days[at - 1]! - period) <= leeway);
}

/** The mean of the gaps, which a night's shift by a day moves least. */
function periodOf(days: readonly number[]): number {
  return Math.round((days.at(-1)! - days[0]!) / (days.length - 1));
}
