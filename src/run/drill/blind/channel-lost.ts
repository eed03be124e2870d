/** One channel of a host is not collected: never, or no longer from a day on. */
import { day } from '../time.ts';
import { dateOf, isDaily, pickDay, pickHost } from './scene.ts';
import type { Blinding, Scene, Spot } from './types.ts';

/** A host that has this channel loses it whole. */
function withoutChannel({ hosts, random, from, to }: Scene, channel: string): Spot | null {
  const host = pickHost(hosts, random, ({ channels }) => (channels.has(channel) ? true : null))?.host;
  if (host === undefined) return null;
  return {
    host,
    said: `${channel} is not collected`,
    lost: record => record.host === host && record.event.channel === channel,
    hides: [{ kind: 'channel-absent', host, channel, eventIds: null, field: null, from, to, partial: [] }],
  };
}

export const applicationLost: Blinding = {
  name: 'application-lost',
  blind: scene => withoutChannel(scene, 'Application'),
};

export const securityLost: Blinding = {
  name: 'security-lost',
  blind: scene => withoutChannel(scene, 'Security'),
};

export const channelEnded: Blinding = {
  name: 'channel-ended',
  blind({ hosts, random, from, to }) {
    const picked = pickHost(hosts, random, ({ channels }) => {
      // A channel that rests for days may just rest.
      const busy = [...channels].filter(([, counts]) => counts.size > (to - from) / 2);
      if (busy.length === 0 || channels.size < 2) return null;
      const [channel, counts] = random.pick(busy);
      const end = pickDay({ from, to }, random, at => isDaily(counts, { from: at - 1, to: at + 1 }));
      return end === null ? null : { channel, end };
    });
    if (picked === null) return null;
    const { host, found } = picked;
    const { channel, end } = found;
    return {
      host,
      said: `${channel} is not collected from ${dateOf(end)} on`,
      lost: ({ host: of, event }) => of === host && event.channel === channel && event.time >= end * day,
      hides: [{ kind: 'after-last', host, channel, eventIds: null, field: null, from: end, to, partial: [] }],
    };
  },
};
