/**
 * Devices whose logs are read beside those of Windows: what a rule calls them, and which of their events each of its log
 * sources means. All events of a device have one channel, and a field that says which log of the device they are of. A
 * further device is one line. Cost: a table.
 */
import { fold } from '../../read/events/index.ts';
import type { Plan } from '../sigma/index.ts';
import type { Route } from './route.ts';

export type Device = {
  /** Folded channel of its events. */
  readonly channel: string;
  /** The field that says which log an event is of, and by folded service the values of it. */
  readonly log: string;
  readonly services: ReadonlyMap<string, readonly string[]>;
  /** Folded category → the value of `log` and the view of its events. */
  readonly categories: ReadonlyMap<string, readonly [log: string, view: string]>;
};

function device(
  channel: string,
  log: string,
  services: readonly string[],
  categories: Readonly<Record<string, readonly [log: string, view: string]>>,
): Device {
  return {
    channel,
    log,
    services: new Map(services.map(service => [service, [service]])),
    categories: new Map(Object.entries(categories)),
  };
}

/** By folded product. */
export const devices: ReadonlyMap<string, Device> = new Map([
  [
    'fortigate',
    device('fortigate', 'type', ['event', 'traffic', 'utm'], { firewall: ['traffic', 'fortigate-traffic'] }),
  ],
]);

const channels: ReadonlySet<string> = new Set([...devices.values()].map(({ channel }) => channel));

/** True if a folded channel is a device's, and so none of Windows. */
export function isDeviceChannel(channel: string): boolean {
  return channels.has(channel);
}

/** Where a device has the events of a category and a service, both folded; null = nowhere. */
export function deviceRoutes(
  { channel, log, services, categories }: Device,
  category: string | null,
  service: string | null,
): readonly Route[] | null {
  if (category === null && service === null) {
    return [{ channel, eventIds: null, where: null, view: 'native' }];
  }
  const [only, view] = category === null ? [null, 'native'] : (categories.get(category) ?? [undefined, '']);
  const logs = service === null ? null : services.get(service);
  if (only === undefined || logs === undefined) return null;
  const values = (logs ?? [only!]).filter(value => only === null || value === only);
  if (values.length === 0) return null;
  return [{ channel, eventIds: null, where: isOneOf(log, values), view }];
}

function isOneOf(field: string, values: readonly string[]): Plan {
  return {
    op: 'field',
    field,
    test: { kind: 'text', any: values.map(value => [fold(value)]), cased: false },
  };
}
