/**
 * A finding as formats meet it: what a line holds, whichever kind of finding it is. A finding of one event has a
 * record; one of a correlation has a span of time, a group and a list of events instead, and perhaps no host.
 */
import type { CorrelationFinding, EventFinding, Finding } from '../finding.ts';
import { eachLine } from './formatter.ts';

/** What either kind of finding says, with what only one of them has as optional. */
export type FindingLine = Omit<EventFinding, 'event' | 'host' | 'winlog' | 'log' | 'huntaway'> &
  Partial<Pick<EventFinding, 'host' | 'winlog' | 'log'>> & {
    readonly event: Partial<EventFinding['event']> & Partial<CorrelationFinding['event']>;
    readonly huntaway: Omit<EventFinding['huntaway'], 'kind'> & {
      readonly kind: Finding['huntaway']['kind'];
      readonly correlation?: CorrelationFinding['huntaway']['correlation'];
    };
  };

/** Calls `each` with every finding in `lines`. */
export function eachFinding(lines: Uint8Array, each: (finding: FindingLine) => void): void {
  eachLine(lines, line => {
    const text = Buffer.from(line.buffer, line.byteOffset, line.length).toString('utf8');
    each(JSON.parse(text) as FindingLine);
  });
}

/** `DOMAIN\name`, the name, or else the SID. */
export function accountText(user: FindingLine['user']): string | undefined {
  if (user?.name === undefined) return user?.id;
  return user.domain === undefined ? user.name : `${user.domain}\\${user.name}`;
}

/** `Name=value | Name=value`: every field of the event in one text; undefined where there is no event. */
export function dataText(winlog: FindingLine['winlog']): string | undefined {
  return winlog === undefined ? undefined : pairsText(Object.entries(winlog.event_data));
}

/** The same of what the events of a correlation share; undefined where there is none. */
export function groupText(finding: FindingLine): string | undefined {
  const group = finding.huntaway.correlation?.group;
  return group === undefined ? undefined : pairsText(Object.entries(group));
}

function pairsText(pairs: readonly (readonly [string, string | readonly string[]])[]): string {
  return pairs
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : value.join(', ')}`)
    .join(' | ');
}

/** Microseconds since 1970 of a time as findings write it (`2024-01-02T03:04:05.000006Z`, years to six digits). */
export function microsOf(time: string): number {
  const [, year = '1970', rest = '', micros = '0'] = /^(-?\d{4,6})-(.{14})\.(\d{6})Z$/.exec(time) ?? [];
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = rest.split(/[-T:]/).map(Number);
  // Set apart, because Date.UTC takes the years 0 to 99 for those after 1900.
  const date = new Date(0);
  date.setUTCFullYear(Number(year), month - 1, day);
  return date.setUTCHours(hour, minute, second) * 1000 + Number(micros);
}
