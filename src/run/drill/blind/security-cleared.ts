/**
 * The Security log of a host is cleared in the middle of a day: what was before is gone, 1102 says so, and numbers go on.
 * Only where the host's own file is collected: what a forwarder took away before stays where it was brought.
 */
import { clearing } from '../events/index.ts';
import { day, hour } from '../time.ts';
import { dateOf, pickDay, pickHost } from './scene.ts';
import type { Blinding } from './types.ts';

export const securityCleared: Blinding = {
  name: 'security-cleared',
  blind({ hosts, random, recorder, site, from, to }) {
    const channel = 'Security';
    const picked = pickHost(hosts, random, ({ host, channels }) => {
      const counts = channels.get(channel);
      if (host.logs.format !== 'evtx' || counts === undefined) return null;
      return pickDay({ from, to }, random, at => counts.has(at) && counts.has(at + 1));
    });
    if (picked === null) return null;
    const { host, found: cleared } = picked;
    const time = cleared * day + Math.floor((1 + random.next() * 22) * hour);
    const account = random.pick(site.admins).admin!;
    const cause = recorder.cause(
      'lookalike',
      `the Security log of ${host.name} was cleared`,
      'An administrator emptied it, and nothing else of an intruder is there.',
      'VT-DE-01',
    );
    cause.hosts.add(host.fqdn.toLowerCase());
    const event = clearing.securityLogCleared(host, time, {
      account,
      logonId: random.whole(0x30000, 0xffffff),
    });
    return {
      host,
      said: `the Security log was cleared on ${dateOf(cleared)}`,
      added: { kind: 'windows', host, event, cause, note: { behaviour: 'VT-DE-01' }, recordId: 0 },
      lost: record => record.host === host && record.event.channel === channel && record.event.time < time,
      hides: [
        {
          kind: 'log-cleared',
          host,
          channel,
          eventIds: null,
          field: null,
          from,
          to: cleared,
          partial: [cleared],
        },
      ],
    };
  },
};
