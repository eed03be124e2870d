/** Records were cut out of the middle of a log: a run of numbers is missing. */
import { day } from '../time.ts';
import { dateOf, isDaily, pickDays, pickHost } from './scene.ts';
import type { Blinding } from './types.ts';

export const recordsCut: Blinding = {
  name: 'records-cut',
  blind({ hosts, random, from, to }) {
    const picked = pickHost(hosts, random, ({ channels }) => {
      const daily = [...channels].flatMap(([channel, counts]) => {
        // Something on both sides of the hole, and in it on its first and last day: else it is wider or narrower.
        const days = pickDays({ from, to }, random, [1, 4], hole =>
          isDaily(counts, { from: hole.from - 1, to: hole.to + 1 }),
        );
        return days === null ? [] : [{ channel, days }];
      });
      return daily.length === 0 ? null : random.pick(daily);
    });
    if (picked === null) return null;
    const { host, found } = picked;
    const { channel, days } = found;
    const begin = days.from * day;
    const end = days.to * day;
    return {
      host,
      said: `${channel} has lost what it held from ${dateOf(days.from)} to ${dateOf(days.to)}`,
      lost: ({ host: of, event }) =>
        of === host && event.channel === channel && event.time >= begin && event.time < end,
      hides: [
        {
          kind: 'record-gap',
          host,
          channel,
          eventIds: null,
          field: null,
          ...days,
          partial: [days.from - 1, days.to],
        },
      ],
    };
  },
};
