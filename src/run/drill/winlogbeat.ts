/** A record as Winlogbeat ships it: one line of JSON in the Elastic Common Schema, times in milliseconds, values as text. */
import type { EvtxValue, UserElement } from '../../read/sources/index.ts';
import type { WindowsRecord } from './record.ts';

function textOf(value: EvtxValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  switch (value.type) {
    case 'hex32':
      return `0x${value.value.toString(16)}`;
    case 'hex64':
      return `0x${value.value.toString(16)}`;
    case 'bool':
      return String(value.value);
    case 'filetime':
      return new Date(Number(value.value) / 1000).toISOString();
    case 'binary':
      return Buffer.from(value.value).toString('hex').toUpperCase();
    case 'array':
      return value.of.map(textOf).join(', ');
    case 'joined':
      throw new Error('drills write no joined values');
    default:
      return String(value.value);
  }
}

function eventData({ event }: WindowsRecord): Record<string, string> | undefined {
  const { data } = event;
  if (data.kind === 'named') {
    const of = Object.fromEntries(data.fields.map(([name, value]) => [name, textOf(value)]));
    return data.binary === undefined
      ? of
      : { ...of, Binary: Buffer.from(data.binary).toString('hex').toUpperCase() };
  }
  if (data.kind !== 'unnamed' || data.values.length === 0) return undefined;
  return Object.fromEntries(data.values.map((value, i) => [`param${i + 1}`, textOf(value)]));
}

function userData({ event }: WindowsRecord): Record<string, string> | undefined {
  const { data } = event;
  if (data.kind !== 'user') return undefined;
  const { name, children = [] }: UserElement = data.root;
  return {
    ...Object.fromEntries(children.map(child => [child.name, textOf(child.value ?? null)])),
    xml_name: name,
  };
}

const levels = ['information', 'critical', 'error', 'warning', 'information', 'verbose'];

export function winlogbeatLine(record: WindowsRecord): string {
  const { event, recordId } = record;
  const data = eventData(record);
  const user = userData(record);
  const time = new Date(Math.floor(event.time / 1000)).toISOString();
  return JSON.stringify({
    '@timestamp': time,
    ecs: { version: '8.11.0' },
    event: {
      code: String(event.eventId),
      kind: 'event',
      provider: event.provider.name,
      created: new Date(Math.floor(event.time / 1000) + 1_204).toISOString(),
    },
    host: { name: event.computer.toLowerCase() },
    log: { level: levels[event.level ?? 0] ?? 'information' },
    winlog: {
      api: 'wineventlog',
      channel: event.channel,
      computer_name: event.computer,
      event_id: String(event.eventId),
      provider_name: event.provider.name,
      ...(event.provider.guid === undefined ? {} : { provider_guid: event.provider.guid }),
      ...(recordId === null ? {} : { record_id: recordId }),
      ...(event.version === undefined ? {} : { version: event.version }),
      opcode: 'Info',
      process: { pid: event.processId ?? 0, thread: { id: event.threadId ?? 0 } },
      ...(event.userId === undefined ? {} : { user: { identifier: event.userId } }),
      ...(data === undefined ? {} : { event_data: data }),
      ...(user === undefined ? {} : { user_data: user }),
    },
  });
}
