/**
 * Weak evidence supports only where it is unusual: what the same account does on a schedule, or on many days, belongs to no
 * story (it stays a finding). Three things make it unusual all the same.
 *
 * Where it was done from: an administrator's daily remote session from his desk is ordinary, the same one from an address
 * that he hardly ever came from is not. And what went before: once something strong has run in a logon, nobody knows
 * that it is still its owner's, so where it was opened and where it led to is part of the story, habit or not.
 *
 * And what it was: that somebody lists accounts every morning does not make every way of listing them his habit. A command
 * in the logon of strong evidence that the account did not use to give there is told.
 */

import type { Fact, FactType } from '../../read/entities/index.ts';
import { type Baseline, eventKey } from '../baseline/index.ts';
import type { Context } from './context.ts';
import type { Item } from './item.ts';
import { DAY, near } from './time.ts';
import { HABIT_DAYS, type Scales } from './weigh.ts';

/** Facts that may say how somebody came. */
const comings: ReadonlySet<FactType> = new Set(['logon', 'remote-session', 'tunnel']);

/** Whether an account had come that way from there on fewer other days than make a habit. */
export class Ways {
  readonly #baseline: Baseline;
  readonly #unusual = new Map<Fact, boolean>();

  constructor(baseline: Baseline) {
    this.#baseline = baseline;
  }

  /** False too where the fact does not say how somebody came. */
  isUnusual(fact: Fact): boolean {
    if (!comings.has(fact.type)) return false;
    let answer = this.#unusual.get(fact);
    if (answer === undefined) {
      const logon = this.#baseline.logon(fact);
      answer = logon !== null && logon.seen.account < HABIT_DAYS;
      this.#unusual.set(fact, answer);
    }
    return answer;
  }
}

/** What is judged: all that is not weak and ordinary, and of that what strong evidence makes unusual. */
export function unusualOf(items: readonly Item[], scales: Scales, context: Context, ways: Ways): Item[] {
  const left = new Set<Item>();
  const strong = new StrongLogons();
  for (const item of items) {
    const isOrdinary = scales.weigh(item).ordinary !== null;
    if (item.gravity !== 'weak' && !isOrdinary) strong.add(item, context);
    if (item.gravity === 'weak' && isOrdinary && !cameUnusually(item, context, ways)) left.add(item);
  }
  return items.filter(item => {
    return !left.has(item) || strong.isWay(item, context) || (isNewHere(item, scales) && strong.holds(item));
  });
}

/** A command of a kind that the account gives on many days, and that it hardly ever gave in this form on this host. */
function isNewHere(item: Item, scales: Scales): boolean {
  const { unusual } = scales.weigh(item);
  if (item.fact.type !== 'process-start' || item.fact.values.commandLine === undefined) return false;
  return unusual !== null && unusual.regular === null && unusual.seen.account < HABIT_DAYS;
}

function cameUnusually(item: Item, context: Context, ways: Ways): boolean {
  if (ways.isUnusual(item.fact)) return true;
  return item.logons.some(id => {
    const opened = context.opened(item.host, id, item.micros);
    return opened !== null && ways.isUnusual(opened.fact);
  });
}

/** Logons in which strong evidence ran. */
class StrongLogons {
  readonly #times = new Map<string, number[]>();
  readonly #openings = new Set<number>();

  add({ host, logons, micros }: Item, context: Context): void {
    for (const id of logons) {
      const times = this.#times.get(`${host} ${id}`);
      if (times === undefined) this.#times.set(`${host} ${id}`, [micros]);
      else times.push(micros);
      const opened = context.opened(host, id, micros);
      if (opened?.source != null && near(opened.fact.micros, micros, DAY))
        this.#openings.add(eventKey(opened.fact));
    }
  }

  /** Whether an item opened such a logon from elsewhere, or led on to another host from it. */
  isWay(item: Item, context: Context): boolean {
    if (item.behaviour?.step !== 'move') return false;
    if (item.fact.type === 'logon' && this.#openings.has(eventKey(item.fact))) return true;
    if (item.fact.type === 'process-start') return item.logons.some(id => this.#ran(item, id));
    if (item.fact.type !== 'remote-session-out' || item.accountKey === null) return false;
    return context.sitting(item.host, item.accountKey, item.micros)?.some(id => this.#ran(item, id)) ?? false;
  }

  /** Whether it was done in such a logon. */
  holds(item: Item): boolean {
    return item.logons.some(id => this.#ran(item, id));
  }

  #ran({ host, micros }: Item, id: number): boolean {
    return this.#times.get(`${host} ${id}`)?.some(time => near(time, micros, DAY)) ?? false;
  }
}
