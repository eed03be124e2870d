/**
 * A forwarder that keeps no record numbers brought nothing for some days. Nothing proves that the host was quiet then, as
 * numbers would.
 */
import { day } from '../time.ts';
import { dateOf, isDaily, pickDays, pickHost } from './scene.ts';
import type { Blinding } from './types.ts';

export const shipmentLost: Blinding = {
  name: 'shipment-lost',
  blind({ hosts, random, from, to }) {
    const picked = pickHost(hosts, random, ({ host, channels }) => {
      if (host.logs.format !== 'ndjson') return null;
      return pickDays({ from, to }, random, [2, 4], hole =>
        isDaily(channels.get('Security'), { from: hole.from - 1, to: hole.to + 1 }),
      );
    });
    if (picked === null) return null;
    const { host, found: days } = picked;
    const begin = days.from * day;
    const end = days.to * day;
    return {
      host,
      said: `nothing of it was brought from ${dateOf(days.from)} to ${dateOf(days.to)}, and no numbers`,
      lost: ({ host: of, event }) => of === host && event.time >= begin && event.time < end,
      isUnnumbered: true,
      hides: [{ kind: 'silent', host, channel: null, eventIds: null, field: null, ...days, partial: [] }],
    };
  },
};
