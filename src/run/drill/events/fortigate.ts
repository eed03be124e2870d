/**
 * Lines of a FortiGate's event log as it sends them over syslog: `key=value`, texts in quotes, and a time that counts in
 * seconds, milli-, micro- or nanoseconds, depending on the firmware.
 */
import type { Edge } from '../world/site.ts';

export type LineFields = readonly (readonly [key: string, value: string | number])[];

const perSecond = { s: 1, ms: 1_000, us: 1_000_000, ns: 1_000_000_000 } as const;

/** `+0200` of an offset in hours. */
function zoneText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) * 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

function eventTime(unit: Edge['unit'], time: number): string {
  return String((BigInt(Math.floor(time)) * BigInt(perSecond[unit])) / 1_000_000n);
}

/** Keys whose values FortiOS writes without quotes. */
const bare = new Set([
  'date',
  'time',
  'eventtime',
  'tunnelid',
  'remip',
  'tunnelip',
  'srcip',
  'dstip',
  'duration',
  'sentbyte',
  'rcvdbyte',
  'cfgtid',
]);

/** One line; what does not depend on the kind of event is added here. */
export function edgeLine(
  edge: Edge,
  offset: number,
  time: number,
  logid: string,
  subtype: string,
  level: string,
  fields: LineFields,
): string {
  const local = new Date(Math.floor(time / 1000) + offset * 3_600_000).toISOString();
  const head: LineFields = [
    ['date', local.slice(0, 10)],
    ['time', local.slice(11, 19)],
    ['devname', edge.name],
    ['devid', edge.serial],
    ['eventtime', eventTime(edge.unit, time)],
    ['tz', zoneText(offset)],
    ['logid', logid],
    ['type', 'event'],
    ['subtype', subtype],
    ['level', level],
    ['vd', 'root'],
  ];
  const text = [...head, ...fields]
    .map(([key, value]) => (bare.has(key) ? `${key}=${value}` : `${key}="${value}"`))
    .join(' ');
  return edge.priority ? `<189>${text}` : text;
}
