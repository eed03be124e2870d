/** Times of a drill: microseconds since 1970, UTC, and how the site's own clock reads them. */

export const second = 1_000_000;
export const minute: number = 60 * second;
export const hour: number = 60 * minute;
export const day: number = 24 * hour;

/** The days of a drill as people at the site count them. */
export class Calendar {
  /** Midnight at the site on the first day, UTC. */
  readonly first: number;
  readonly days: number;
  /** How far the site's clock is ahead of UTC, in hours. */
  readonly offset: number;

  constructor(first: number, days: number, offset: number) {
    this.first = first - offset * hour;
    this.days = days;
    this.offset = offset;
  }

  get end(): number {
    return this.first + this.days * day;
  }

  /** The moment at which the site's clock shows this time (hours, with fractions) on that day; the first is 0. */
  at(dayNumber: number, hours: number): number {
    return this.first + dayNumber * day + Math.round(hours * hour);
  }

  dayOf(time: number): number {
    return Math.floor((time - this.first) / day);
  }

  /** 0 = Sunday. */
  weekday(dayNumber: number): number {
    // 1970-01-01 was a Thursday.
    return (Math.floor((this.first + this.offset * hour) / day) + dayNumber + 4) % 7;
  }

  isWorkday(dayNumber: number): boolean {
    const weekday = this.weekday(dayNumber);
    return weekday !== 0 && weekday !== 6;
  }

  /** The next working day at or after this one. */
  workday(dayNumber: number): number {
    let at = dayNumber;
    while (!this.isWorkday(at)) at++;
    return at;
  }
}
