/** Logs that are cleared: Security says so itself, System of all others. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { type Fields, marked, type Subject, subjectFields, threadOf } from './common.ts';

const eventlog = marked('Microsoft-Windows-Eventlog', '{FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148}');

/** What both say: UserData, by the Eventlog provider. */
function cleared(
  host: Host,
  time: number,
  of: Pick<EvtxEvent, 'eventId' | 'level' | 'keywords' | 'userId'> & {
    readonly channel: 'Security' | 'System';
  },
  fields: Fields,
): EvtxEvent {
  return {
    provider: eventlog,
    version: 0,
    task: 104,
    time,
    processId: 1180,
    threadId: threadOf(time),
    computer: host.fqdn,
    ...of,
    data: {
      kind: 'user',
      root: {
        name: 'LogFileCleared',
        attributes: { xmlns: 'http://manifests.microsoft.com/win/2004/08/windows/eventlog' },
        children: fields.map(([name, value]) => ({ name, value })),
      },
    },
  };
}

/** 1102: the Security log was cleared. */
export function securityLogCleared(host: Host, time: number, of: Subject): EvtxEvent {
  const head = { eventId: 1102, level: 4, keywords: 0x4020000000000000n, channel: 'Security' } as const;
  return cleared(host, time, head, subjectFields(of));
}

/** 104: another log was cleared; the payload's `Channel` names it. */
export function logCleared(host: Host, time: number, who: Account, channel: string): EvtxEvent {
  return cleared(
    host,
    time,
    { eventId: 104, level: 4, keywords: 0x8000000000000000n, channel: 'System', userId: who.sid },
    [
      ['SubjectUserName', who.name],
      ['SubjectDomainName', who.domain],
      ['Channel', channel],
      ['BackupPath', ''],
    ],
  );
}
