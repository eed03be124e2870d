/**
 * Test events as the text that a source reads: most as JSON, those of a device as the lines that it writes; so that a test
 * goes through the same reader as a log.
 */
import type { JsonValue } from '../../know/advisories/index.ts';
import { parseTime } from '../../read/events/index.ts';

export type TestEvent = Readonly<Record<string, JsonValue>>;

/** Text for one source. */
export type TestText = { readonly source: string; readonly text: string };

const fortigate = 'fortigate';

/** One text for each source that the events need. */
export function testTexts(events: readonly TestEvent[]): TestText[] {
  const own = events.filter(isFortiGate);
  const others = events.filter(event => !isFortiGate(event));
  return [
    ...(others.length === 0 ? [] : [{ source: 'ndjson', text: others.map(jsonLine).join('') }]),
    ...(own.length === 0 ? [] : [{ source: fortigate, text: own.map(fortigateLine).join('') }]),
  ];
}

/** The channel that events of a FortiGate have once they are read. */
function isFortiGate({ Channel: channel }: TestEvent): boolean {
  return typeof channel === 'string' && channel.toLowerCase() === fortigate;
}

function jsonLine(event: TestEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** What the reader gives an event besides its pairs. */
const given: ReadonlySet<string> = new Set(['Channel', 'Provider', 'Computer', 'EventID', 'EventTime']);

function fortigateLine(event: TestEvent): string {
  const { Computer: host, EventTime: time } = event;
  const micros = typeof time === 'string' ? parseTime(time) : undefined;
  const pairs = Object.entries(event).filter(([key]) => !given.has(key));
  const written = [
    ...(host === undefined || 'devname' in event ? [] : [['devname', host] as const]),
    ...(micros === undefined || 'eventtime' in event ? [] : [['eventtime', micros] as const]),
    ...pairs,
  ];
  return `${written.map(([key, value]) => `${key}=${quoted(value)}`).join(' ')}\n`;
}

function quoted(value: JsonValue | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return `"${text.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, '\\$&')}"`;
}
