/**
 * The zone of times that do not say theirs: exporters write what the clock on the wall said. A fixed offset, or a zone by
 * its name (`Pacific/Auckland`), whose summer time the platform knows. In the hour that a clock shows twice the earlier
 * moment is taken; one that it never shows counts on from before. Cost: one question to the platform for each hour of a log.
 */

export type TimeZone = {
  /** As given: `+12:00`, `Pacific/Auckland`, `UTC`. */
  readonly name: string;
  /** Microseconds since 1970, UTC, of a local time counted as if it were UTC. */
  toUtc(local: number): number;
};

const HOUR = 3_600_000_000;
const DAY = 24 * HOUR;

export const utc: TimeZone = { name: 'UTC', toUtc: local => local };

/** The zone that `text` names; undefined where it names none. */
export function parseTimeZone(text: string): TimeZone | undefined {
  const name = text.trim();
  if (/^(?:utc|z)$/i.test(name)) return utc;
  const offset = /^([+-])(\d\d):?(\d\d)$/.exec(name);
  if (offset === null) return namedZone(name);
  const [hours, minutes] = [Number(offset[2]), Number(offset[3])];
  if (hours > 14 || minutes > 59) return undefined;
  const ahead = (offset[1] === '-' ? -1 : 1) * (hours * HOUR + (minutes * HOUR) / 60);
  return { name, toUtc: local => local - ahead };
}

function namedZone(name: string): TimeZone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
  } catch {
    return undefined;
  }
  let hour = Number.NaN;
  let ahead = 0;
  return {
    name,
    toUtc(local) {
      const own = Math.floor(local / HOUR);
      if (own !== hour) {
        // Looked up a day before first: the offset that held then leads to the earlier of two moments.
        const before = aheadAt(format, own * HOUR - DAY);
        ahead = aheadAt(format, own * HOUR - before);
        if (own * HOUR - ahead + aheadAt(format, own * HOUR - ahead) !== own * HOUR) ahead = before;
        hour = own;
      }
      return local - ahead;
    },
  };
}

/** Microseconds by which the clocks of the zone are ahead of UTC at a moment. */
function aheadAt(format: Intl.DateTimeFormat, micros: number): number {
  const millis = Math.floor(micros / 1000);
  if (!(Math.abs(millis) <= 8.64e15)) return 0;
  const parts = new Map(format.formatToParts(millis).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const date = new Date(0);
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  date.setUTCFullYear(year, part('month') - 1, part('day'));
  const local = date.setUTCHours(part('hour'), part('minute'), part('second'));
  return (local - Math.floor(millis / 1000) * 1000) * 1000;
}
