/** The table of facts. `rowOf` finds the row of an event by its kind; a new topic is a file and a line here. */
import { fold, withoutMark } from '../../events/index.ts';
import { boots } from './boots.ts';
import { databases } from './databases.ts';
import { anyEvent, anySysmonEvent, coreScripts, events, scripts } from './events.ts';
import { logons } from './logons.ts';
import { processes } from './processes.ts';
import { remoteSessions } from './remote-sessions.ts';
import type { FactRow } from './row.ts';
import { shares } from './shares.ts';
import { tickets } from './tickets.ts';
import { tunnels } from './tunnels.ts';

export type { FactRow } from './row.ts';

/** The last two stand for what no other row speaks of. */
export const factRows: readonly FactRow[] = [
  ...processes,
  ...logons,
  ...tickets,
  ...shares,
  ...boots,
  ...remoteSessions,
  ...tunnels,
  ...databases,
  ...events,
  scripts,
  coreScripts,
  anySysmonEvent,
  anyEvent,
];

const SYSMON_CHANNEL = fold(anySysmonEvent.channel);

/** What a row is chosen by. */
export type RowKey = { readonly channel: string; readonly provider: string; readonly eventId: number };

const byEvent: ReadonlyMap<string, readonly number[]> = (() => {
  const map = new Map<string, number[]>();
  factRows.forEach(({ channel, eventIds }, row) => {
    for (const eventId of eventIds) {
      const key = `${eventId} ${fold(channel)}`;
      map.set(key, [...(map.get(key) ?? []), row]);
    }
  });
  return map;
})();

/** Index in `factRows`: the event's own row, else that of any event. The record of a drill is read as what it imitates. */
export function rowOf({ channel, provider, eventId }: RowKey): number {
  const rows = byEvent.get(`${eventId} ${fold(channel)}`) ?? [];
  const fits = rows.find(row => {
    const { providers } = factRows[row]!;
    return providers === undefined || providers.some(each => fold(each) === fold(withoutMark(provider)));
  });
  return fits ?? factRows.indexOf(fold(channel) === SYSMON_CHANNEL ? anySysmonEvent : anyEvent);
}
