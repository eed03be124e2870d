/** Messages of the installer. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { marked, wholeSecond } from './common.ts';

/** An installer's message. */
export function installed(host: Host, time: number, product: string, who: Account): EvtxEvent {
  return {
    provider: marked('MsiInstaller'),
    eventId: 11707,
    qualifiers: 0,
    level: 4,
    task: 0,
    keywords: 0x80000000000000n,
    time: wholeSecond(time),
    channel: 'Application',
    computer: host.fqdn,
    userId: who.sid,
    data: {
      kind: 'unnamed',
      values: [
        `Product: ${product} -- Installation completed successfully.`,
        '(NULL)',
        '(NULL)',
        '(NULL)',
        '(NULL)',
        '(NULL)',
        '',
      ],
    },
  };
}
