/** Services that change state or are added to a host: System 7036 and 7045, Security 4697. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { hex32, marked, type Subject, security, subjectFields, threadOf, u32 } from './common.ts';

/** What all events of the service control manager say of themselves. */
function fromServiceControl(host: Host, time: number, eventId: number): Omit<EvtxEvent, 'data'> {
  return {
    provider: marked(
      'Service Control Manager',
      '{555908D1-A6D7-4695-8E1E-26931D2012F4}',
      'Service Control Manager',
    ),
    eventId,
    qualifiers: 16384,
    version: 0,
    level: 4,
    keywords: 0x8080000000000000n,
    time,
    processId: 684,
    threadId: threadOf(time),
    channel: 'System',
    computer: host.fqdn,
  };
}

export type Service = readonly [name: string, shown: string];

export function serviceState(
  host: Host,
  time: number,
  [name, shown]: Service,
  state: 'running' | 'stopped',
): EvtxEvent {
  return {
    ...fromServiceControl(host, time, 7036),
    data: {
      kind: 'named',
      fields: [
        ['param1', shown],
        ['param2', state],
      ],
      binary: Buffer.from(`${name}/${state === 'running' ? 4 : 1}\0`, 'utf16le'),
    },
  };
}

export type AddedService = {
  readonly name: string;
  readonly path: string;
  readonly start: 'auto start' | 'demand start';
};

/** 7045, and who asked for it. */
export function serviceInstalled(host: Host, time: number, who: Account, of: AddedService): EvtxEvent {
  return {
    ...fromServiceControl(host, time, 7045),
    userId: who.sid,
    data: {
      kind: 'named',
      fields: [
        ['ServiceName', of.name],
        ['ImagePath', of.path],
        ['ServiceType', 'user mode service'],
        ['StartType', of.start],
        ['AccountName', 'LocalSystem'],
      ],
    },
  };
}

/** 4697, where the policy audits it. `writer`: the process that says so. */
export function serviceAudited(
  host: Host,
  time: number,
  writer: number,
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
    { processId: writer },
  );
}
