/** Routes as people read them. */

import { fold } from '../../read/events/index.ts';
import { windowsCategories } from './categories.ts';
import type { Route } from './route.ts';
import { windowsServices } from './services.ts';

/** Folded channel → as Windows writes it. */
const written: ReadonlyMap<string, string> = new Map(
  [
    ...[...windowsServices.values()].flat(),
    ...[...windowsCategories.values()].flat().flatMap(({ channels }) => channels),
  ].map(name => [fold(name), name]),
);

/** A channel of a route as Windows writes it. */
export function channelName(channel: string): string {
  return written.get(channel) ?? channel;
}

/** `Microsoft-Windows-Sysmon/Operational, event id 1`; `every event` where nothing is asked. */
export function routeText({ channel, eventIds, ofWindows }: Route): string {
  const ids = eventIds === null ? '' : `event id ${eventIds.join(', ')}`;
  if (channel === null)
    return ids !== '' ? ids : ofWindows === true ? 'every event of Windows' : 'every event';
  return ids === '' ? channelName(channel) : `${channelName(channel)}, ${ids}`;
}
