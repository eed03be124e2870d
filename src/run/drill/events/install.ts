/** Services that are added to a host (Security 4697 beside System 7045), and shadow copies that are made (8222). */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { hex32, marked, threadOf, u32 } from './common.ts';
import * as others from './others.ts';
import { type Subject, security, subjectFields } from './security.ts';

export type AddedService = {
  readonly name: string;
  readonly path: string;
  readonly start: 'auto start' | 'demand start';
};

/** 7045, and who asked for it. */
export function serviceAdded(host: Host, time: number, who: Account, of: AddedService): EvtxEvent {
  const event = others.serviceInstalled(host, time, who, of.name, of.path);
  if (event.data.kind !== 'named') return event;
  const fields = event.data.fields.map(
    ([name, value]) => [name, name === 'StartType' ? of.start : value] as const,
  );
  return { ...event, data: { ...event.data, fields } };
}

/** 4697, where the policy audits it. */
export function serviceAudited(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  of: AddedService,
): EvtxEvent {
  return security(
    host,
    time,
    [4697, 0, 12289],
    [
      ...subjectFields(subject),
      ['ServiceName', of.name],
      ['ServiceFileName', of.path],
      ['ServiceType', hex32(0x10)],
      ['ServiceStartType', u32(of.start === 'auto start' ? 2 : 3)],
      ['ServiceAccount', 'LocalSystem'],
    ],
    { processId: lsass },
  );
}

/** 8222: whose process had a shadow copy made, of which volume, and what it is called. */
export function shadowMade(
  host: Host,
  time: number,
  of: {
    readonly account: Account;
    readonly pid: number;
    readonly image: string;
    readonly ids: readonly [set: string, shadow: string, volume: string];
    readonly number: number;
  },
): EvtxEvent {
  const [set, shadow, volume] = of.ids.map(each => each.toLowerCase()) as [string, string, string];
  return {
    provider: marked('VSSAudit'),
    eventId: 8222,
    qualifiers: 0,
    level: 0,
    task: 3,
    keywords: 0x80a0000000000000n,
    time: Math.floor(time / 1_000_000) * 1_000_000,
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
        set,
        shadow,
        '{b5946137-7b9f-4925-af80-51abd60b20d5}',
        host.fqdn,
        `\\\\?\\Volume${volume}\\`,
        `\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy${of.number}`,
      ],
    },
  };
}
