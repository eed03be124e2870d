/**
 * Times on the page: in UTC to the second, and beside it as the clocks of the site showed it. The site's time carries its
 * distance from UTC (`+13:00`) and not a zone's letters, for in the hour that the end of summer time repeats only that tells two
 * moments apart, and letters mean one thing here and another there.
 */
import { formatMicros, NO_TIME, parseTime } from '../../read/events/index.ts';
import { duration, second } from '../terminal/index.ts';
import { type Html, html } from './html.ts';

/** Says times of one page. */
export type Clock = {
  /** IANA name as given; null = UTC alone. */
  readonly zone: string | null;
  /** The site's time of a moment as text; null where there is none. */
  readonly site: (micros: number) => string | null;
  /** A moment in microseconds, with site time beside it. */
  readonly at: (micros: number) => Html;
  /** From first to last, and how long that is. */
  readonly span: (first: number, last: number) => Html;
  /** A sentence in which moments said in UTC get their site time. */
  readonly sentence: (text: string) => Html;
};

/** False for `NO_TIME` and for what lies outside the years that a calendar says. */
export function isTime(micros: number): boolean {
  return micros !== NO_TIME && Number.isFinite(micros) && Math.abs(micros) < 253_402_300_800e6;
}

/** True where `zone` is a time zone that this program knows. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** A zone that is not known counts as none; `isZone` lets the page say so. */
export function createClock(siteTimeZone: string | null): Clock {
  const zone = siteTimeZone !== null && isZone(siteTimeZone) ? siteTimeZone : null;
  const site = zone === null ? (): null => null : siteTimes(zone);
  const at = (micros: number): Html => {
    if (!isTime(micros)) return html`<span class="none">no time</span>`;
    const local = site(micros);
    return html`<time datetime="${formatMicros(micros)}">${second(micros)} UTC</time>${
      local !== null && html` <span class="site">(${local})</span>`
    }`;
  };
  return {
    zone,
    site: micros => (isTime(micros) ? site(micros) : null),
    at,
    span: (first, last) => {
      if (!isTime(first) || !isTime(last)) return at(isTime(first) ? first : last);
      if (first === last) return at(first);
      return html`${at(first)} to ${at(last)}, ${duration(last - first)}`;
    },
    sentence: text => (zone === null ? html`${text}` : withSiteTimes(text, site)),
  };
}

type SiteTime = (micros: number) => string | null;

/** The site's clock in `zone`; throws where it is none. */
export function siteTimes(zone: string): SiteTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  return micros => {
    const part: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(micros / 1000)) part[type] = value;
    const offset = part['timeZoneName']!.replace('GMT', '') || '+00:00';
    const clock = `${part['hour']}:${part['minute']}:${part['second']} ${offset}`;
    const day = `${part['year']}-${part['month']}-${part['day']}`;
    return day === second(micros).slice(0, 10) ? clock : `${day} ${clock}`;
  };
}

/** `2026-10-08 01:52:13 UTC`, `2026-10-08 01:52:13 to 02:05:11 UTC`: as stories say moments. Of other digits nothing is known. */
const moment = /\b(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?: to (\d\d:\d\d:\d\d))? UTC\b/g;

function withSiteTimes(text: string, site: SiteTime): Html {
  const parts: (Html | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(moment)) {
    const [said, day, from, to] = match;
    const first = parseTime(`${day} ${from}`);
    const last = to === undefined ? undefined : parseTime(`${day} ${to}`);
    if (first === undefined) continue;
    const local = last === undefined ? site(first) : `${site(first)} to ${site(last)}`;
    parts.push(text.slice(end, match.index + said.length), html` <span class="site">(${local})</span>`);
    end = match.index + said.length;
  }
  return html`${parts}${text.slice(end)}`;
}
