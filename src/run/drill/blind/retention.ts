/** The logs of a host are small: they begin only some days before the end, with numbers that are high by then. */
import { day } from '../time.ts';
import { dateOf, pickDay, pickHost } from './scene.ts';
import type { Blinding } from './types.ts';

export const retention: Blinding = {
  name: 'retention',
  blind({ hosts, random, from, to }) {
    const picked = pickHost(hosts, random, ({ channels }) =>
      pickDay({ from, to }, random, at => channels.get('Security')?.has(at) === true),
    );
    if (picked === null) return null;
    const { host, found: begin } = picked;
    return {
      host,
      said: `its logs begin only on ${dateOf(begin)}`,
      lost: record => record.host === host && record.event.time < begin * day,
      hides: [
        {
          kind: 'before-first',
          host,
          channel: null,
          eventIds: null,
          field: null,
          from,
          to: begin,
          partial: [],
        },
      ],
    };
  },
};
