/**
 * A host sleeps for some days: it writes nothing, and its numbers go on without a hole where it wakes. That is silence, and
 * no blindness: nothing was there to be seen. It is asleep and not off, as its processes and logons live on.
 */
import { day } from '../time.ts';
import { dateOf, isDaily, pickDays, pickHost } from './scene.ts';
import type { Blinding } from './types.ts';

export const asleep: Blinding = {
  name: 'asleep',
  blind({ hosts, random, from, to }) {
    const picked = pickHost(hosts, random, ({ channels }) =>
      pickDays({ from, to }, random, [2, 4], hole =>
        isDaily(channels.get('Security'), { from: hole.from - 1, to: hole.to + 1 }),
      ),
    );
    if (picked === null) return null;
    const { host, found: days } = picked;
    const begin = days.from * day;
    const end = days.to * day;
    return {
      host,
      said: `it slept from ${dateOf(days.from)} to ${dateOf(days.to)}, and nothing is missing`,
      unwritten: ({ host: of, event }) => of === host && event.time >= begin && event.time < end,
      hides: [],
    };
  },
};
