/** Process creation is not audited on a host: 4688 is never written, and no number is missing. */
import { pickHost } from './scene.ts';
import type { Blinding } from './types.ts';

export const processesOff: Blinding = {
  name: 'processes-off',
  blind({ hosts, random, from, to }) {
    const host = pickHost(hosts, random, ({ lines }) => (lines.size > 0 ? true : null))?.host;
    if (host === undefined) return null;
    const channel = 'Security';
    return {
      host,
      said: 'process creation is not audited',
      unwritten: record =>
        record.host === host && record.event.channel === channel && record.event.eventId === 4688,
      hides: [{ kind: 'event-absent', host, channel, eventIds: [4688], field: null, from, to, partial: [] }],
    };
  },
};
