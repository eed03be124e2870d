/**
 * What enterprise logs are made of in bulk, as EVTX: process accesses, registry writes, loaded images, handles, the
 * filtering platform. The mix is that of the recordings of OTRF/Security-Datasets, event for event with their own values:
 * every kind (channel and event id) that is at least one in five hundred of all recorded events. Left out are rare kinds, which
 * are what the recorded attacks consist of, and starts of processes and logons, of which the drills beside have as
 * many as a site has. Each copy is another host's, spread evenly over the days, with records of its own number and time.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type EvtxEvent, type EvtxValue, writeEvtx } from '../src/read/sources/index.ts';

type Recorded = Readonly<Record<string, unknown>>;

const LEAST_SHARE = 1 / 500;
const DAY = 86_400e6;

/** Made by the drills at a site's own rate. */
const drilled: ReadonlySet<number> = new Set([4624, 4627, 4634, 4672, 4688, 4689]);
const drilledBySysmon: ReadonlySet<number> = new Set([1, 5]);

/** What shippers put beside the event's own values. */
const beside: ReadonlySet<string> = new Set(
  (
    'SourceName ProviderGuid Level Keywords Channel Hostname TimeCreated @timestamp EventID Message Task Version Opcode ' +
    'OpcodeValue EventType ExecutionProcessID ExecutionThreadID ThreadID SourceModuleType SourceModuleName Severity SeverityValue RecordNumber host ' +
    'port @version Category EventReceivedTime EventTime tags Domain AccountName UserID AccountType ActivityID'
  ).split(' '),
);

function isBulk(channel: string, eventId: number): boolean {
  return channel.includes('sysmon') ? !drilledBySysmon.has(eventId) : !drilled.has(eventId);
}

/** Text as the type that Windows would have written. */
function typed(value: unknown): EvtxValue {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32)
    return { type: 'uint32', value };
  const text = String(value);
  if (/^\d{1,9}$/.test(text)) return { type: 'uint32', value: Number(text) };
  if (/^0x[0-9a-f]{1,16}$/i.test(text)) return { type: 'hex64', value: BigInt(text) };
  if (/^S-1-\d+(?:-\d+)+$/.test(text)) return { type: 'sid', value: text };
  if (/^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i.test(text)) return { type: 'guid', value: text };
  return text;
}

/** The recorded events of bulk kinds, without host, time and number; `recordings` is one file of JSON lines. */
function bulkOf(recordings: string): EvtxEvent[] {
  const events = readFileSync(recordings, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Recorded)
    .filter(({ Channel, EventID }) => typeof Channel === 'string' && typeof EventID === 'number');
  const kindOf = ({ Channel, EventID }: Recorded): string => `${String(Channel).toLowerCase()} ${EventID}`;
  const counts = new Map<string, number>();
  for (const event of events) counts.set(kindOf(event), (counts.get(kindOf(event)) ?? 0) + 1);
  return events
    .filter(event => counts.get(kindOf(event))! >= events.length * LEAST_SHARE)
    .filter(({ Channel, EventID }) => isBulk(String(Channel).toLowerCase(), Number(EventID)))
    .map(event => ({
      provider: { name: String(event.SourceName) },
      eventId: Number(event.EventID),
      channel: event.Channel === 'security' ? 'Security' : String(event.Channel),
      computer: '',
      time: 0,
      data: {
        kind: 'named',
        fields: Object.entries(event)
          .filter(([name]) => !beside.has(name))
          .map(([name, value]) => [name, typed(value)] as const),
      },
    }));
}

/** Writes at least `bytes` of bulk below `folder`, a log for each host, spread over `days` from `first` (microseconds) on. */
export function writeBulk(
  recordings: string,
  folder: string,
  bytes: number,
  first: number,
  days: number,
): void {
  const events = bulkOf(recordings);
  for (let made = 0, host = 1; made < bytes; host++) {
    const fd = openSync(join(folder, `bulk-${host}.evtx`), 'w');
    // The header comes last and stands first.
    let at = 4096;
    const onChunk = (chunk: Buffer): void => {
      at += writeSync(fd, chunk, 0, chunk.length, at);
    };
    const step = (days * DAY) / events.length;
    const header = writeEvtx(
      events.map((event, i) => ({
        ...event,
        computer: `bulk-${host}.example.test`,
        time: first + Math.floor(i * step) + host,
      })),
      { onChunk },
    );
    writeSync(fd, header, 0, header.length, 0);
    closeSync(fd);
    made += at;
  }
}
