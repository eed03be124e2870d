/**
 * What builders of records share: values by type, providers under the mark of drills, the head of a record of the
 * Security log, and how it names accounts and logons.
 */
import { DRILL_MARK } from '../../../read/events/index.ts';
import type { EvtxEvent, EvtxValue } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';

export type Fields = readonly (readonly [name: string, value: EvtxValue])[];

export const nobody = 'S-1-0-0';
export const noGuid = '{00000000-0000-0000-0000-000000000000}';

export const sid = (value: string): EvtxValue => ({ type: 'sid', value });
export const guid = (value: string): EvtxValue => ({ type: 'guid', value });
export const u16 = (value: number): EvtxValue => ({ type: 'uint16', value });
export const u32 = (value: number): EvtxValue => ({ type: 'uint32', value });
export const i32 = (value: number): EvtxValue => ({ type: 'int32', value });
export const bool = (value: boolean): EvtxValue => ({ type: 'bool', value });
export const hex32 = (value: number): EvtxValue => ({ type: 'hex32', value });
export const hex64 = (value: number): EvtxValue => ({ type: 'hex64', value: BigInt(value) });

export function marked(name: string, guid?: string, source?: string): EvtxEvent['provider'] {
  return {
    name: `${DRILL_MARK}${name}`,
    ...(guid === undefined ? {} : { guid }),
    ...(source === undefined ? {} : { source }),
  };
}

/** A thread id that looks like one; it means nothing. */
export function threadOf(time: number): number {
  return 100 + (Math.floor(time / 7919) % 2300) * 4;
}

/** A client's port that looks like one; it means nothing. */
export const portOf = (time: number): string => String(49152 + (Math.floor(time / 1000) % 16000));

/** The second that `time` lies in. */
export const wholeSecond = (time: number): number => Math.floor(time / 1_000_000) * 1_000_000;

/** `2026-10-06 02:11:07.123`, as Sysmon writes times. */
export function utcText(time: number): string {
  return new Date(Math.floor(time / 1000)).toISOString().replace('T', ' ').replace('Z', '');
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

const auditing = marked('Microsoft-Windows-Security-Auditing', '{54849625-5478-4994-A5BA-3E3B0328C30D}');

const success = 0x8020000000000000n;
export const failure = 0x8010000000000000n;

/** `processId`: who wrote it, the kernel for processes and shares, else the LSA. */
export function security(
  host: Host,
  time: number,
  [eventId, version, task]: readonly [eventId: number, version: number, task: number],
  fields: Fields,
  { processId = 4, keywords = success }: { processId?: number; keywords?: bigint } = {},
): EvtxEvent {
  return {
    provider: auditing,
    eventId,
    version,
    level: 0,
    task,
    keywords,
    time,
    processId,
    threadId: threadOf(time),
    channel: 'Security',
    computer: host.fqdn,
    data: { kind: 'named', fields },
  };
}

/** Who acts: an account under its logon, the host itself, or nobody. */
export type Subject = { readonly account: Account; readonly logonId: number };

const logonFields = (prefix: 'Subject' | 'Target', { account, logonId }: Subject): Fields => [
  [`${prefix}UserSid`, sid(account.sid)],
  [`${prefix}UserName`, account.name],
  [`${prefix}DomainName`, account.domain],
  [`${prefix}LogonId`, hex64(logonId)],
];

export const subjectFields = (of: Subject): Fields => logonFields('Subject', of);

/** The logon that an event is about. */
export const targetFields = (of: Subject): Fields => logonFields('Target', of);

export const noSubject: Fields = [
  ['SubjectUserSid', sid(nobody)],
  ['SubjectUserName', '-'],
  ['SubjectDomainName', '-'],
  ['SubjectLogonId', hex64(0)],
];

/** The account that an event is about. */
export function accountFields(account: Account): Fields {
  return [
    ['TargetUserName', account.name],
    ['TargetDomainName', account.domain],
    ['TargetSid', sid(account.sid)],
  ];
}
