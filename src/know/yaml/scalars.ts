/** Scalars that several files write alike. */

/** A day as `2026-11-24`. */
export type Day = string;

/** The day that `text` names, else null: 30 February is none. */
export function dayOf(text: string): Day | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const time = new Date(Date.UTC(year, month - 1, day));
  const isDay = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && year >= 1000;
  return isDay ? text.trim() : null;
}
