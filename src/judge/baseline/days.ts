/**
 * On which days something was seen. A day is the unit of counting, not an event: what happened once happens again within
 * the hour (a loop, a retry, a person trying), and a hundred repetitions say no more about what is usual than one. In
 * texts the same is known as burstiness, and counting documents instead of words is the remedy (K. Church, "Empirical
 * estimates of adaptation: the chance of two Noriegas is closer to p/2 than p²", COLING 2000).
 *
 * A list holds day × 2, plus 1 where something that is no evidence was seen that day; sorted, the earliest `MOST_DAYS`.
 */

export const DAY_MICROS = 86_400e6;

/** More days than these make nothing more usual. Keeping the earliest makes the list the same in any order of facts. */
export const MOST_DAYS = 64;

export function dayOf(micros: number): number {
  return Math.floor(micros / DAY_MICROS);
}

/** Adds a sighting; by how many days the list grew: 0 or 1. */
export function addDay(days: number[], day: number, isEvidence: boolean): number {
  let at = days.length;
  const mark = isEvidence ? 0 : 1;
  // The day that was seen last, nearly always.
  if (at > 0 && days[at - 1] === day * 2 + 1) return 0;
  while (at > 0 && days[at - 1]! >> 1 > day) at--;
  if (at > 0 && days[at - 1]! >> 1 === day) {
    days[at - 1] = days[at - 1]! | mark;
    return 0;
  }
  if (at >= MOST_DAYS) return 0;
  days.splice(at, 0, day * 2 + mark);
  if (days.length <= MOST_DAYS) return 1;
  days.pop();
  return 0;
}

/**
 * How many of the days say something of an event on `day`: not that day itself, and not its neighbours where all that was
 * seen on them is evidence; an intruder at work before and after midnight does not vouch for himself.
 */
export function otherDays(days: readonly number[], day: number): number {
  let count = 0;
  for (const each of days) {
    const distance = Math.abs((each >> 1) - day);
    if (distance > 1 || (distance === 1 && (each & 1) === 1)) count++;
  }
  return count;
}
