/** What is said of a doing that recurs, beside what is said of it once: how often, since when, and that it is no excuse. */
import type { Habit } from '../recurring.ts';
import { saidDay, saidTime } from '../time.ts';
import { saidPeriod } from '../weigh.ts';
import { saidBy, sentence } from './words.ts';

/** Times that are named one by one. */
const MOST_NAMED = 5;

/** `82 times, every 7 days`. */
export function saidOften({ times, period }: Habit): string {
  return period === null ? `${times} times` : `${times} times, every ${saidPeriod(period)}`;
}

/** Against it: what recurs so is more often a job than an intruder, and may be both. */
export function saidHabit(habit: Habit): string[] {
  const { lead, first, last, beside, different } = habit;
  const { parentImage } = lead.fact.values;
  const parent = parentImage === undefined ? '' : `, started by ${parentImage}`;
  const lines = [
    `The same was done ${saidOften(habit)}, from ${saidDay(first)} to ${saidDay(last)} on ${lead.host}${saidBy(lead)}${parent}: so does a job, and so may somebody who stays`,
  ];
  if (beside > 0) lines.push(`${beside} of the ${habit.times} times lie beside its schedule`);
  if (different.length > 0) {
    const named = different.slice(0, MOST_NAMED).map(saidTime).join(', ');
    const more = different.length > MOST_NAMED ? `, and ${different.length - MOST_NAMED} more` : '';
    lines.push(`What began alike and was not the same throughout is told by itself: ${named}${more}`);
  }
  return lines.map(sentence);
}

/** What settles it: whose job it is, and how he says so. */
export function saidWhose({ lead }: Habit, approval: string | null): string {
  const whose = `Ask whoever looks after ${lead.host}${lead.account === null ? '' : ` and ${lead.account}`} whose job this is, and what becomes of its output`;
  return sentence(
    approval === null
      ? `${whose}; these logs do not say all that an approval must name (account, parent, host, path)`
      : `${whose}; if it is theirs, a named person can approve exactly this in huntaway.yml`,
  );
}

/** The first sentences of its story. */
export function saidRecurring({ first, last, left, ...habit }: Habit): string[] {
  const lines = [
    `${saidOften({ first, last, left, ...habit })}, from ${saidTime(first)} to ${saidTime(last)}: the first time and the last are told here.`,
  ];
  if (left > 0)
    lines.push(`The evidence of ${left} of the times, between the first and the last, is left out.`);
  return lines;
}
