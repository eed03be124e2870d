/** Events of the Security channel as Windows writes them: field names, order and types of the real templates. */
import type { EvtxEvent, EvtxValue } from '../../src/read/sources/evtx/write/index.ts';
import { domain, type Host, netbios, type Person, system } from './site.ts';

const provider = {
  name: 'Microsoft-Windows-Security-Auditing',
  guid: '{54849625-5478-4994-A5BA-3E3B0328C30D}',
} as const;
const nobody = 'S-1-0-0';
const none = '{00000000-0000-0000-0000-000000000000}';

export const sid = (value: string): EvtxValue => ({ type: 'sid', value });
const hex64 = (value: number): EvtxValue => ({ type: 'hex64', value: BigInt(value) });
const hex32 = (value: number): EvtxValue => ({ type: 'hex32', value });
const u32 = (value: number): EvtxValue => ({ type: 'uint32', value });
const guid = (value: string): EvtxValue => ({ type: 'guid', value });
const pointer = (value: number): EvtxValue => ({ type: 'hex64', value: BigInt(value) });

type Fields = readonly (readonly [string, EvtxValue])[];

function security(
  host: Host,
  time: number,
  eventId: number,
  version: number,
  task: number,
  fields: Fields,
): EvtxEvent {
  return {
    provider,
    eventId,
    version,
    level: 0,
    task,
    keywords: 0x8020000000000000n,
    time,
    processId: 4,
    threadId: 212,
    channel: 'Security',
    computer: host.fqdn,
    data: { kind: 'named', fields },
  };
}

export type Logon = {
  readonly host: Host;
  readonly time: number;
  readonly who: Person;
  readonly logonId: number;
  /** 2 interactive, 3 network, 5 service, 10 remote interactive. */
  readonly type: number;
  readonly from?: string;
  readonly workstation?: string;
};

export function logon({ host, time, who, logonId, type, from = '-', workstation = '-' }: Logon): EvtxEvent {
  return security(host, time, 4624, 2, 12544, [
    ['SubjectUserSid', sid(type === 3 ? nobody : system.sid)],
    ['SubjectUserName', type === 3 ? '-' : `${host.name}$`],
    ['SubjectDomainName', type === 3 ? '-' : netbios],
    ['SubjectLogonId', hex64(type === 3 ? 0 : 0x3e7)],
    ['TargetUserSid', sid(who.sid)],
    ['TargetUserName', who.account],
    ['TargetDomainName', netbios],
    ['TargetLogonId', hex64(logonId)],
    ['LogonType', u32(type)],
    ['LogonProcessName', type === 3 ? 'Kerberos' : 'User32 '],
    ['AuthenticationPackageName', type === 3 ? 'Kerberos' : 'Negotiate'],
    ['WorkstationName', workstation],
    ['LogonGuid', guid(none)],
    ['TransmittedServices', '-'],
    ['LmPackageName', '-'],
    ['KeyLength', u32(0)],
    ['ProcessId', pointer(type === 3 ? 0 : 0x2f4)],
    ['ProcessName', type === 3 ? '-' : 'C:\\Windows\\System32\\svchost.exe'],
    ['IpAddress', from],
    ['IpPort', from === '-' ? '-' : String(49152 + (logonId % 16000))],
    ['ImpersonationLevel', '%%1833'],
    ['RestrictedAdminMode', '-'],
    ['TargetOutboundUserName', '-'],
    ['TargetOutboundDomainName', '-'],
    ['VirtualAccount', '%%1843'],
    ['TargetLinkedLogonId', hex64(0)],
    ['ElevatedToken', '%%1842'],
  ]);
}

export function logoff(host: Host, time: number, who: Person, logonId: number, type: number): EvtxEvent {
  return security(host, time, 4634, 0, 12545, [
    ['TargetUserSid', sid(who.sid)],
    ['TargetUserName', who.account],
    ['TargetDomainName', netbios],
    ['TargetLogonId', hex64(logonId)],
    ['LogonType', u32(type)],
  ]);
}

export function failedLogon(host: Host, time: number, account: string, from: string): EvtxEvent {
  return security(host, time, 4625, 0, 12544, [
    ['SubjectUserSid', sid(nobody)],
    ['SubjectUserName', '-'],
    ['SubjectDomainName', '-'],
    ['SubjectLogonId', hex64(0)],
    ['TargetUserSid', sid(nobody)],
    ['TargetUserName', account],
    ['TargetDomainName', netbios],
    ['Status', hex32(0xc000006d)],
    ['FailureReason', '%%2313'],
    ['SubStatus', hex32(0xc000006a)],
    ['LogonType', u32(3)],
    ['LogonProcessName', 'NtLmSsp '],
    ['AuthenticationPackageName', 'NTLM'],
    ['WorkstationName', 'WORKSTATION'],
    ['TransmittedServices', '-'],
    ['LmPackageName', '-'],
    ['KeyLength', u32(0)],
    ['ProcessId', pointer(0)],
    ['ProcessName', '-'],
    ['IpAddress', from],
    ['IpPort', '50211'],
  ]);
}

export function specialPrivileges(host: Host, time: number, who: Person, logonId: number): EvtxEvent {
  return security(host, time, 4672, 0, 12548, [
    ['SubjectUserSid', sid(who.sid)],
    ['SubjectUserName', who.account],
    ['SubjectDomainName', netbios],
    ['SubjectLogonId', hex64(logonId)],
    [
      'PrivilegeList',
      'SeSecurityPrivilege\r\n\t\t\tSeBackupPrivilege\r\n\t\t\tSeRestorePrivilege\r\n\t\t\tSeDebugPrivilege',
    ],
  ]);
}

export type Process = {
  readonly host: Host;
  readonly time: number;
  readonly subject: Person | 'machine';
  readonly subjectLogonId: number;
  /** The account it runs as where that is not the subject (started over WMI). */
  readonly target?: { readonly who: Person; readonly logonId: number };
  readonly pid: number;
  readonly parentPid: number;
  readonly image: string;
  readonly parent: string;
  /** Absent where the policy does not record command lines. */
  readonly commandLine?: string;
};

export function processCreated(process: Process): EvtxEvent {
  const { host, time, subject, target } = process;
  return security(host, time, 4688, 2, 13312, [
    ['SubjectUserSid', sid(subject === 'machine' ? system.sid : subject.sid)],
    ['SubjectUserName', subject === 'machine' ? `${host.name}$` : subject.account],
    ['SubjectDomainName', netbios],
    ['SubjectLogonId', hex64(process.subjectLogonId)],
    ['NewProcessId', pointer(process.pid)],
    ['NewProcessName', process.image],
    ['TokenElevationType', '%%1936'],
    ['ProcessId', pointer(process.parentPid)],
    ['CommandLine', process.commandLine ?? ''],
    ['TargetUserSid', sid(target === undefined ? nobody : target.who.sid)],
    ['TargetUserName', target === undefined ? '-' : target.who.account],
    ['TargetDomainName', target === undefined ? '-' : netbios],
    ['TargetLogonId', hex64(target === undefined ? 0 : target.logonId)],
    ['ParentProcessName', process.parent],
    ['MandatoryLabel', sid('S-1-16-12288')],
  ]);
}

export function ticketGranted(host: Host, time: number, who: Person, from: string): EvtxEvent {
  return security(host, time, 4768, 0, 14339, [
    ['TargetUserName', who.account],
    ['TargetDomainName', netbios],
    ['TargetSid', sid(who.sid)],
    ['ServiceName', 'krbtgt'],
    ['ServiceSid', sid(`${who.sid.slice(0, who.sid.lastIndexOf('-'))}-502`)],
    ['TicketOptions', hex32(0x40810010)],
    ['Status', hex32(0)],
    ['TicketEncryptionType', hex32(0x12)],
    ['PreAuthType', '2'],
    ['IpAddress', `::ffff:${from}`],
    ['IpPort', '50544'],
    ['CertIssuerName', ''],
    ['CertSerialNumber', ''],
    ['CertThumbprint', ''],
  ]);
}

/** A ticket for a service on a host, as the domain controller grants it. */
export function serviceTicketGranted(
  host: Host,
  time: number,
  who: Person,
  from: string,
  service: Host,
): EvtxEvent {
  return security(host, time, 4769, 0, 14337, [
    ['TargetUserName', `${who.account}@${domain.toUpperCase()}`],
    ['TargetDomainName', domain.toUpperCase()],
    ['ServiceName', `${service.name}$`],
    ['ServiceSid', sid(`${who.sid.slice(0, who.sid.lastIndexOf('-'))}-1104`)],
    ['TicketOptions', hex32(0x40810000)],
    ['TicketEncryptionType', hex32(0x12)],
    ['IpAddress', `::ffff:${from}`],
    ['IpPort', '50545'],
    ['Status', hex32(0)],
    ['LogonGuid', { type: 'guid', value: '{00000000-0000-0000-0000-000000000000}' }],
    ['TransmittedServices', '-'],
  ]);
}

/** A scheduled task was made. */
export function taskCreated(
  host: Host,
  time: number,
  who: Person,
  logonId: number,
  name: string,
  command: string,
): EvtxEvent {
  const content = `<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\r\n  <Actions Context="Author">\r\n    <Exec>\r\n      <Command>${command}</Command>\r\n    </Exec>\r\n  </Actions>\r\n</Task>`;
  return security(host, time, 4698, 0, 12804, [
    ['SubjectUserSid', sid(who.sid)],
    ['SubjectUserName', who.account],
    ['SubjectDomainName', netbios],
    ['SubjectLogonId', hex64(logonId)],
    ['TaskName', name],
    ['TaskContent', content],
  ]);
}

/** A share was opened, with the address that it was opened from. */
export function shareOpened(
  host: Host,
  time: number,
  who: Person,
  logonId: number,
  share: string,
  from: string,
): EvtxEvent {
  return security(host, time, 5140, 1, 12808, [
    ['SubjectUserSid', sid(who.sid)],
    ['SubjectUserName', who.account],
    ['SubjectDomainName', netbios],
    ['SubjectLogonId', hex64(logonId)],
    ['ObjectType', 'File'],
    ['IpAddress', from],
    ['IpPort', '49822'],
    ['ShareName', `\\\\*\\${share}`],
    ['ShareLocalPath', `\\??\\D:\\${share}`],
    ['AccessMask', hex32(1)],
    ['AccessList', '%%4416\r\n\t\t\t\t'],
  ]);
}

/** Access to a file on a share, with the address it came from. */
export function shareAccess(
  host: Host,
  time: number,
  who: Person,
  logonId: number,
  share: string,
  file: string,
  from: string,
): EvtxEvent {
  return security(host, time, 5145, 0, 12811, [
    ['SubjectUserSid', sid(who.sid)],
    ['SubjectUserName', who.account],
    ['SubjectDomainName', netbios],
    ['SubjectLogonId', hex64(logonId)],
    ['ObjectType', 'File'],
    ['IpAddress', from],
    ['IpPort', '49822'],
    ['ShareName', `\\\\*\\${share}`],
    ['ShareLocalPath', `\\??\\D:\\${share}`],
    ['RelativeTargetName', file],
    ['AccessMask', hex32(0x120089)],
    ['AccessList', '%%1538\r\n\t\t\t\t%%1541\r\n\t\t\t\t%%4416\r\n\t\t\t\t%%4419\r\n\t\t\t\t%%4423'],
    ['AccessReason', '-'],
  ]);
}

/** The Security log was cleared: UserData, by the Eventlog provider. */
export function securityLogCleared(host: Host, time: number, who: Person, logonId: number): EvtxEvent {
  return {
    provider: { name: 'Microsoft-Windows-Eventlog', guid: '{FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148}' },
    eventId: 1102,
    level: 4,
    task: 104,
    keywords: 0x4020000000000000n,
    time,
    processId: 1180,
    threadId: 5120,
    channel: 'Security',
    computer: host.fqdn,
    data: {
      kind: 'user',
      root: {
        name: 'LogFileCleared',
        attributes: { xmlns: 'http://manifests.microsoft.com/win/2004/08/windows/eventlog' },
        children: [
          { name: 'SubjectUserSid', value: sid(who.sid) },
          { name: 'SubjectUserName', value: who.account },
          { name: 'SubjectDomainName', value: netbios },
          { name: 'SubjectLogonId', value: hex64(logonId) },
        ],
      },
    },
  };
}
