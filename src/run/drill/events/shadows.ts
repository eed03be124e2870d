/** Shadow copies that are made. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { marked, threadOf } from './common.ts';

/** 8222: a shadow copy was made; the number counts copies since the host was set up. */
export function shadowMade(
  host: Host,
  time: number,
  of: {
    readonly account: Account;
    readonly pid: number;
    readonly image: string;
    readonly set: string;
    readonly id: string;
    readonly volume: string;
    readonly device: string;
  },
): EvtxEvent {
  return {
    provider: marked('VSSAudit'),
    eventId: 8222,
    qualifiers: 0,
    level: 0,
    task: 3,
    keywords: 0x80a0000000000000n,
    time,
    threadId: threadOf(time),
    channel: 'Security',
    computer: host.fqdn,
    data: {
      kind: 'unnamed',
      values: [
        of.account.sid,
        `${of.account.domain}\\${of.account.name}`,
        `0x${of.pid.toString(16).padStart(16, '0')}`,
        of.image,
        of.set.toLowerCase(),
        of.id.toLowerCase(),
        '{b5946137-7b9f-4925-af80-51abd60b20d5}',
        host.fqdn,
        of.volume,
        of.device,
      ],
    },
  };
}
