/** Sysmon was never installed on a host that has it in this drill. */
import { sysmon } from '../events/index.ts';
import { pickHost } from './scene.ts';
import type { Blinding } from './types.ts';

export const sysmonMissing: Blinding = {
  name: 'sysmon-missing',
  blind({ hosts, random, from, to }) {
    const channel = sysmon.sysmonChannel;
    const host = pickHost(hosts, random, ({ channels }) => (channels.has(channel) ? true : null))?.host;
    if (host === undefined) return null;
    return {
      host,
      said: 'Sysmon is not installed',
      unwritten: record => record.host === host && record.event.channel === channel,
      hides: [{ kind: 'channel-absent', host, channel, eventIds: null, field: null, from, to, partial: [] }],
    };
  },
};
