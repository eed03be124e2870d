/** Logons to a host as its Security log has them: opened, refused, closed, and with whose password. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import {
  failure,
  guid,
  hex32,
  hex64,
  nobody,
  noGuid,
  noSubject,
  portOf,
  type Subject,
  security,
  sid,
  subjectFields,
  targetFields,
  u32,
} from './common.ts';

export type LogonFields = {
  readonly account: Account;
  readonly logonId: number;
  readonly linkedId: number;
  readonly elevated: boolean;
  readonly type: number;
  /** Who let it in: the host for all but network logons. */
  readonly subject: Subject | null;
  readonly process: string;
  readonly package: string;
  readonly workstation: string;
  readonly logonGuid: string;
  readonly lm: string;
  readonly callerId: number;
  readonly caller: string;
  readonly address: string;
  readonly port: string;
};

export function logon(host: Host, time: number, lsass: number, of: LogonFields): EvtxEvent {
  return security(
    host,
    time,
    [4624, 2, 12544],
    [
      ...(of.subject === null ? noSubject : subjectFields(of.subject)),
      ...targetFields(of),
      ['LogonType', u32(of.type)],
      ['LogonProcessName', of.process],
      ['AuthenticationPackageName', of.package],
      ['WorkstationName', of.workstation],
      ['LogonGuid', guid(of.logonGuid)],
      ['TransmittedServices', '-'],
      ['LmPackageName', of.lm],
      ['KeyLength', u32(of.lm === '-' ? 0 : 128)],
      ['ProcessId', hex64(of.callerId)],
      ['ProcessName', of.caller],
      ['IpAddress', of.address],
      ['IpPort', of.port],
      ['ImpersonationLevel', '%%1833'],
      ['RestrictedAdminMode', '-'],
      ['TargetOutboundUserName', '-'],
      ['TargetOutboundDomainName', '-'],
      ['VirtualAccount', '%%1843'],
      ['TargetLinkedLogonId', hex64(of.linkedId)],
      ['ElevatedToken', of.elevated ? '%%1842' : '%%1843'],
    ],
    { processId: lsass },
  );
}

export function logoff(host: Host, time: number, lsass: number, of: Subject, type: number): EvtxEvent {
  return security(host, time, [4634, 0, 12545], [...targetFields(of), ['LogonType', u32(type)]], {
    processId: lsass,
  });
}

/** 4647: the user asked to log off. */
export function userLogoff(host: Host, time: number, lsass: number, of: Subject): EvtxEvent {
  return security(host, time, [4647, 0, 12545], [...targetFields(of)], { processId: lsass });
}

export function failedLogon(
  host: Host,
  time: number,
  lsass: number,
  account: Account,
  {
    type = 3,
    address,
    workstation,
    unknown = false,
  }: {
    readonly type?: number;
    readonly address: string;
    readonly workstation: string;
    readonly unknown?: boolean;
  },
): EvtxEvent {
  return security(
    host,
    time,
    [4625, 0, 12544],
    [
      ...noSubject,
      ['TargetUserSid', sid(nobody)],
      ['TargetUserName', account.name],
      ['TargetDomainName', account.domain],
      ['Status', hex32(0xc000006d)],
      ['FailureReason', '%%2313'],
      ['SubStatus', hex32(unknown ? 0xc0000064 : 0xc000006a)],
      ['LogonType', u32(type)],
      ['LogonProcessName', 'NtLmSsp '],
      ['AuthenticationPackageName', 'NTLM'],
      ['WorkstationName', workstation],
      ['TransmittedServices', '-'],
      ['LmPackageName', '-'],
      ['KeyLength', u32(0)],
      ['ProcessId', hex64(0)],
      ['ProcessName', '-'],
      ['IpAddress', address],
      ['IpPort', portOf(time)],
    ],
    { processId: lsass, keywords: failure },
  );
}

const allPrivileges = [
  'SeSecurityPrivilege',
  'SeBackupPrivilege',
  'SeRestorePrivilege',
  'SeTakeOwnershipPrivilege',
  'SeDebugPrivilege',
  'SeSystemEnvironmentPrivilege',
  'SeLoadDriverPrivilege',
  'SeImpersonatePrivilege',
  'SeDelegateSessionUserImpersonatePrivilege',
].join('\r\n\t\t\t');

export function specialPrivileges(host: Host, time: number, lsass: number, of: Subject): EvtxEvent {
  return security(host, time, [4672, 0, 12548], [...subjectFields(of), ['PrivilegeList', allPrivileges]], {
    processId: lsass,
  });
}

export function explicitCredentials(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  of: {
    readonly account: Account;
    readonly domain?: string;
    readonly logonGuid?: string;
    readonly server: string;
    readonly info: string;
    readonly processId: number;
    readonly process: string;
    readonly address?: string;
    readonly port?: string;
  },
): EvtxEvent {
  return security(
    host,
    time,
    [4648, 0, 12544],
    [
      ...subjectFields(subject),
      ['LogonGuid', guid(noGuid)],
      ['TargetUserName', of.account.name],
      ['TargetDomainName', of.domain ?? of.account.domain],
      ['TargetLogonGuid', guid(of.logonGuid ?? noGuid)],
      ['TargetServerName', of.server],
      ['TargetInfo', of.info],
      ['ProcessId', hex64(of.processId)],
      ['ProcessName', of.process],
      ['IpAddress', of.address ?? '-'],
      ['IpPort', of.port ?? '-'],
    ],
    { processId: lsass },
  );
}
