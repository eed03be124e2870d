/** Nobody collects the logs of a host: only other hosts speak of it. */
import { pickHost } from './scene.ts';
import type { Blinding } from './types.ts';

export const hostLost: Blinding = {
  name: 'host-lost',
  blind({ hosts, random, from, to }) {
    const host = pickHost(hosts, random, () => true)?.host;
    if (host === undefined) return null;
    return {
      host,
      said: 'all its logs are missing',
      lost: record => record.host === host,
      hides: [{ kind: 'no-logs', host, channel: null, eventIds: null, field: null, from, to, partial: [] }],
    };
  },
};
