/**
 * Findings of correlations as JSON lines: what fired, over which group, and the events behind it by host, channel,
 * record number, file and offset, so that each can be read again (`huntaway rules explain`, `dump`). There are few of
 * them, so they are plain objects.
 */
import type { Correlation } from '../../know/sigma/index.ts';
import { ruleId } from '../../know/sigma/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { writeJson } from '../bytes/json-value.ts';
import { duration } from '../terminal/index.ts';
import type { CorrelatedEvent, CorrelationFinding } from './finding.ts';
import { aboutRule, levelOf, severities, techniques } from './rule-parts.ts';

/** A correlation that fired, in the words of whoever correlated. */
export type FiredCorrelation = {
  /** Microseconds: when the condition first held; first and last event. */
  readonly micros: number;
  readonly start: number;
  readonly end: number;
  /** Fields of `group-by` and their values, secrets hidden as `maskedValue` does. */
  readonly group: readonly (readonly [field: string, value: string])[];
  /** What the condition was asked about: a count, a sum, a number of rules. */
  readonly measure: number;
  /** By position in `rules`. */
  readonly rules: readonly { readonly id: string; readonly name: string; readonly count: number }[];
  /** Hosts of its events, each once. */
  readonly hosts: readonly string[];
  /** How many events are behind it, and the first of them in order of time. */
  readonly count: number;
  /** Whether some of its events matched only in the normal form of their command lines. */
  readonly isNormal: boolean;
  readonly events: readonly CorrelatedEvent[];
};

/** Writes one finding as one line, escaped as everywhere in our output. */
export function writeCorrelation(out: ByteWriter, correlation: Correlation, fired: FiredCorrelation): void {
  writeJson(out, correlationFinding(correlation, fired));
  out.ascii('\n');
}

function correlationFinding(correlation: Correlation, fired: FiredCorrelation): CorrelationFinding {
  const level = levelOf(correlation);
  const ids = techniques(correlation.tags);
  const [host] = fired.hosts;
  return {
    '@timestamp': formatMicros(fired.micros),
    message: `${correlation.title ?? ruleId(correlation)}${placeText(fired.hosts)}: ${summaryOf(correlation, fired)}`,
    rule: aboutRule(correlation),
    event: {
      severity: severities[level],
      start: formatMicros(fired.start),
      end: formatMicros(fired.end),
    },
    ...(fired.hosts.length === 1 ? { host: { name: host! } } : {}),
    ...(ids.length > 0 ? { threat: { technique: { id: ids } } } : {}),
    huntaway: {
      kind: 'correlation',
      level,
      status: correlation.status,
      tags: correlation.tags,
      ...(fired.isNormal ? { form: 'normal' as const } : {}),
      correlation: {
        type: correlation.type,
        group: Object.fromEntries(fired.group),
        timespan: correlation.timespan / 1e6,
        measure: fired.measure,
        rules: fired.rules,
        hosts: fired.hosts,
        count: fired.count,
        events: fired.events,
      },
    },
  };
}

/** Hosts named in a sentence; more are counted. */
const NAMED_HOSTS = 3;

function placeText(hosts: readonly string[]): string {
  if (hosts.length === 0) return '';
  const named = hosts.slice(0, NAMED_HOSTS).join(', ');
  return ` on ${named}${hosts.length > NAMED_HOSTS ? ` and ${hosts.length - NAMED_HOSTS} more` : ''}`;
}

/**
 * `12 events in 4 min · User adm.hollis · Copied → Packed`, in one line, for the message and the table: the group but for
 * the host, which stands beside it anyway, and for temporal types the rules that occurred.
 */
export function summaryOf({ type }: Correlation, fired: FiredCorrelation): string {
  const { count, start, end, group, hosts, rules } = fired;
  const parts = [
    `${count} ${count === 1 ? 'event' : 'events'}${end > start ? ` in ${duration(end - start)}` : ''}`,
  ];
  const isHost = (value: string): boolean =>
    hosts.length === 1 && value.toLowerCase() === hosts[0]!.toLowerCase();
  const about = group.filter(([, value]) => !isHost(value)).map(([field, value]) => `${field} ${value}`);
  if (about.length > 0) parts.push(about.join(', '));
  const between = type === 'temporal_ordered' ? ' → ' : type === 'temporal' ? ' + ' : null;
  if (between !== null)
    parts.push(rules.flatMap(({ name, count }) => (count > 0 ? [name] : [])).join(between));
  return parts.join(' · ');
}
