/** Blinding of drills: sources taken away, each kind a file and a line in the table. */
import type { WindowsRecord } from '../record.ts';
import type { World } from '../world/world.ts';
import { asleep } from './asleep.ts';
import { applicationLost, channelEnded, securityLost } from './channel-lost.ts';
import { edgeLost } from './edge-lost.ts';
import { hostLost } from './host-lost.ts';
import { linesOff } from './lines-off.ts';
import { processesOff } from './processes-off.ts';
import { recordsCut } from './records-cut.ts';
import { retention } from './retention.ts';
import { dayOf, hostsOf } from './scene.ts';
import { securityCleared } from './security-cleared.ts';
import { shipmentLost } from './shipment-lost.ts';
import { sysmonMissing } from './sysmon-missing.ts';
import type { Blinding, Spot } from './types.ts';

export { edgeChannel } from './edge-lost.ts';
export { dateOf, dayOf, hostsOf } from './scene.ts';
export type { Blinding, Counts, Day, Days, Hidden, Scene, SceneHost, Spot } from './types.ts';

export const blindings: readonly Blinding[] = [
  hostLost,
  applicationLost,
  securityLost,
  channelEnded,
  sysmonMissing,
  linesOff,
  processesOff,
  securityCleared,
  recordsCut,
  asleep,
  shipmentLost,
  retention,
  edgeLost,
];

export type NamedSpot = Spot & { readonly name: string };

/** At most `count` spots, each on a host of its own: fewer where the drill has no more to take away. */
export function chooseSpots(world: World, count: number): readonly NamedSpot[] {
  const { site, recorder, calendar } = world;
  const random = world.random.fork('blind');
  let hosts = hostsOf(site.hosts, recorder.windows);
  const scene = { site, recorder, random, from: dayOf(calendar.first), to: dayOf(calendar.end - 1) + 1 };
  const spots: NamedSpot[] = [];
  let left: Blinding[] = [];
  let tries = 0;
  while (spots.length < count && tries < 2 * blindings.length) {
    if (left.length === 0) left = random.some(blindings, blindings.length);
    const { name, blind } = left.pop()!;
    tries++;
    if (name === edgeLost.name && spots.some(spot => spot.isEdgeLost === true)) continue;
    const spot = blind({ ...scene, hosts });
    if (spot === null) continue;
    tries = 0;
    spots.push({ ...spot, name });
    hosts = hosts.filter(({ host }) => host !== spot.host);
  }
  return spots;
}

/** What the hosts write: before numbers are given. */
export function asWritten(
  records: readonly WindowsRecord[],
  spots: readonly Spot[],
): readonly WindowsRecord[] {
  const added = spots.flatMap(spot => spot.added ?? []);
  return [...records, ...added].flatMap(record => {
    if (spots.some(spot => spot.unwritten?.(record) === true)) return [];
    return spots.reduce((of, spot) => spot.changed?.(of) ?? of, record);
  });
}

/** True where a numbered record is still there when logs are collected. */
export function isLeft(record: WindowsRecord, spots: readonly Spot[]): boolean {
  return !spots.some(spot => spot.lost?.(record) === true);
}
