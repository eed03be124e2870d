/** Events of the Security channel as Windows writes them: names, order and types of the fields of the real templates. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { type Fields, guid, hex32, hex64, marked, nobody, noGuid, sid, threadOf, u32 } from './common.ts';

const auditing = marked('Microsoft-Windows-Security-Auditing', '{54849625-5478-4994-A5BA-3E3B0328C30D}');
export const eventlog: EvtxEvent['provider'] = marked(
  'Microsoft-Windows-Eventlog',
  '{FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148}',
);

const success = 0x8020000000000000n;
const failure = 0x8010000000000000n;

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

export function subjectFields(
  { account, logonId }: Subject,
  names: readonly [string, string, string, string] = subjectNames,
): Fields {
  return [
    [names[0], sid(account.sid)],
    [names[1], account.name],
    [names[2], account.domain],
    [names[3], hex64(logonId)],
  ];
}
const subjectNames = ['SubjectUserSid', 'SubjectUserName', 'SubjectDomainName', 'SubjectLogonId'] as const;
const noSubject: Fields = [
  ['SubjectUserSid', sid(nobody)],
  ['SubjectUserName', '-'],
  ['SubjectDomainName', '-'],
  ['SubjectLogonId', hex64(0)],
];

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
      ['TargetUserSid', sid(of.account.sid)],
      ['TargetUserName', of.account.name],
      ['TargetDomainName', of.account.domain],
      ['TargetLogonId', hex64(of.logonId)],
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
  return security(
    host,
    time,
    [4634, 0, 12545],
    [
      ['TargetUserSid', sid(of.account.sid)],
      ['TargetUserName', of.account.name],
      ['TargetDomainName', of.account.domain],
      ['TargetLogonId', hex64(of.logonId)],
      ['LogonType', u32(type)],
    ],
    { processId: lsass },
  );
}

/** 4647: the user asked to log off. */
export function userLogoff(host: Host, time: number, lsass: number, of: Subject): EvtxEvent {
  return security(
    host,
    time,
    [4647, 0, 12545],
    [
      ['TargetUserSid', sid(of.account.sid)],
      ['TargetUserName', of.account.name],
      ['TargetDomainName', of.account.domain],
      ['TargetLogonId', hex64(of.logonId)],
    ],
    { processId: lsass },
  );
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
      ['IpPort', String(49152 + (Math.floor(time / 1000) % 16000))],
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

export type ProcessFields = {
  readonly subject: Subject;
  /** Whom it runs as where that is not the subject: started over WMI, by the scheduler, by a service. */
  readonly target: Subject | null;
  readonly pid: number;
  readonly parentPid: number;
  readonly image: string;
  readonly parent: string;
  /** Empty where the policy does not record command lines. */
  readonly commandLine: string;
  readonly level: 'medium' | 'high' | 'system';
};

const labels = { medium: 'S-1-16-8192', high: 'S-1-16-12288', system: 'S-1-16-16384' } as const;

export function processCreated(host: Host, time: number, of: ProcessFields): EvtxEvent {
  const { target } = of;
  return security(
    host,
    time,
    [4688, 2, 13312],
    [
      ...subjectFields(of.subject),
      ['NewProcessId', hex64(of.pid)],
      ['NewProcessName', of.image],
      ['TokenElevationType', of.level === 'medium' ? '%%1938' : '%%1936'],
      ['ProcessId', hex64(of.parentPid)],
      ['CommandLine', of.commandLine],
      // Windows leaves the target's SID empty here, whoever it is.
      ['TargetUserSid', sid(nobody)],
      ['TargetUserName', target === null ? '-' : target.account.name],
      ['TargetDomainName', target === null ? '-' : target.account.domain],
      ['TargetLogonId', hex64(target === null ? 0 : target.logonId)],
      ['ParentProcessName', of.parent],
      ['MandatoryLabel', sid(labels[of.level])],
    ],
  );
}

export function ticketGranted(
  host: Host,
  time: number,
  lsass: number,
  account: Account,
  domain: string,
  address: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4768, 0, 14339],
    [
      ['TargetUserName', account.name],
      ['TargetDomainName', domain.toUpperCase()],
      ['TargetSid', sid(account.sid)],
      ['ServiceName', 'krbtgt'],
      ['ServiceSid', sid(`${account.sid.slice(0, account.sid.lastIndexOf('-'))}-502`)],
      ['TicketOptions', hex32(0x40810010)],
      ['Status', hex32(0)],
      ['TicketEncryptionType', hex32(0x12)],
      ['PreAuthType', '2'],
      ['IpAddress', `::ffff:${address}`],
      ['IpPort', String(49152 + (Math.floor(time / 1000) % 16000))],
      ['CertIssuerName', ''],
      ['CertSerialNumber', ''],
      ['CertThumbprint', ''],
    ],
    { processId: lsass },
  );
}

/** A ticket for a service on a host, as the domain controller grants it. */
export function serviceTicketGranted(
  host: Host,
  time: number,
  lsass: number,
  account: Account,
  domain: string,
  address: string,
  service: Host,
  logonGuid: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4769, 0, 14337],
    [
      ['TargetUserName', `${account.name}@${domain.toUpperCase()}`],
      ['TargetDomainName', domain.toUpperCase()],
      ['ServiceName', `${service.name}$`],
      [
        'ServiceSid',
        sid(
          `${account.sid.slice(0, account.sid.lastIndexOf('-'))}-${1000 + Number(service.address.split('.')[3])}`,
        ),
      ],
      ['TicketOptions', hex32(0x40810000)],
      ['TicketEncryptionType', hex32(0x12)],
      ['IpAddress', `::ffff:${address}`],
      ['IpPort', String(49152 + (Math.floor(time / 1000) % 16000))],
      ['Status', hex32(0)],
      ['LogonGuid', guid(logonGuid)],
      ['TransmittedServices', '-'],
    ],
    { processId: lsass },
  );
}

/** 4771: Kerberos pre-authentication failed, mostly a wrong password. */
export function preauthFailed(
  host: Host,
  time: number,
  lsass: number,
  account: Account,
  domain: string,
  address: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4771, 0, 14339],
    [
      ['TargetUserName', account.name],
      ['TargetSid', sid(account.sid)],
      ['ServiceName', `krbtgt/${domain.toUpperCase()}`],
      ['TicketOptions', hex32(0x40810010)],
      ['Status', hex32(0x18)],
      ['PreAuthType', '2'],
      ['IpAddress', `::ffff:${address}`],
      ['IpPort', String(49152 + (Math.floor(time / 1000) % 16000))],
      ['CertIssuerName', ''],
      ['CertSerialNumber', ''],
      ['CertThumbprint', ''],
    ],
    { processId: lsass, keywords: failure },
  );
}

/** 4776: a domain controller checked an NTLM logon; it knows the machine's name, not its address. */
export function ntlmChecked(
  host: Host,
  time: number,
  lsass: number,
  account: Account,
  workstation: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4776, 0, 14336],
    [
      ['PackageName', 'MICROSOFT_AUTHENTICATION_PACKAGE_V1_0'],
      ['TargetUserName', account.name],
      ['Workstation', workstation],
      ['Status', hex32(0)],
    ],
    { processId: lsass },
  );
}

/** A share was opened, with the address that it was opened from. `local` is its folder, empty for IPC$. */
export function shareOpened(
  host: Host,
  time: number,
  subject: Subject,
  of: { readonly share: string; readonly local: string; readonly address: string; readonly port: string },
): EvtxEvent {
  return security(
    host,
    time,
    [5140, 1, 12808],
    [
      ...subjectFields(subject),
      ['ObjectType', 'File'],
      ['IpAddress', of.address],
      ['IpPort', of.port],
      ['ShareName', `\\\\*\\${of.share}`],
      ['ShareLocalPath', of.local],
      ['AccessMask', hex32(1)],
      ['AccessList', '%%4416\r\n\t\t\t\t'],
    ],
  );
}

const accessLists = {
  read: [0x120089, ['%%1538', '%%1541', '%%4416', '%%4419', '%%4423']],
  write: [0x120196, ['%%1538', '%%1541', '%%4417', '%%4418', '%%4420', '%%4423', '%%4424']],
  both: [
    0x12019f,
    ['%%1538', '%%1541', '%%4416', '%%4417', '%%4418', '%%4419', '%%4420', '%%4423', '%%4424'],
  ],
  delete: [0x110080, ['%%1537', '%%1541', '%%4423']],
} as const;
export type Access = keyof typeof accessLists;

/** Access to a file on a share, with the address it came from. */
export function shareAccess(
  host: Host,
  time: number,
  subject: Subject,
  of: {
    readonly share: string;
    readonly local: string;
    readonly file: string;
    readonly address: string;
    readonly port: string;
    readonly access: Access;
  },
): EvtxEvent {
  const [mask, list] = accessLists[of.access];
  return security(
    host,
    time,
    [5145, 0, 12811],
    [
      ...subjectFields(subject),
      ['ObjectType', 'File'],
      ['IpAddress', of.address],
      ['IpPort', of.port],
      ['ShareName', `\\\\*\\${of.share}`],
      ['ShareLocalPath', of.local],
      ['RelativeTargetName', of.file],
      ['AccessMask', hex32(mask)],
      ['AccessList', list.map(code => `${code}\r\n\t\t\t\t`).join('')],
      ['AccessReason', '-'],
    ],
  );
}

/** 4663: an audited object was used. `key` objects are registry keys. */
export function objectUsed(
  host: Host,
  time: number,
  subject: Subject,
  of: {
    readonly type: 'File' | 'Key' | 'Process';
    readonly name: string;
    readonly access: 'read' | 'write' | 'memory';
    readonly pid: number;
    readonly image: string;
  },
): EvtxEvent {
  const [code, mask] =
    of.access === 'memory'
      ? ['%%4484', 0x10]
      : of.type === 'Key'
        ? ['%%4432', 1]
        : of.access === 'read'
          ? ['%%4416', 1]
          : ['%%4417', 2];
  return security(
    host,
    time,
    [4663, 1, of.type === 'Key' ? 12801 : of.type === 'Process' ? 12802 : 12800],
    [
      ...subjectFields(subject),
      ['ObjectServer', 'Security'],
      ['ObjectType', of.type],
      ['ObjectName', of.name],
      ['HandleId', hex64(0x1a0 + (Math.floor(time / 4096) % 400) * 4)],
      ['AccessList', `${code}\r\n\t\t\t\t`],
      ['AccessMask', hex32(mask as number)],
      ['ProcessId', hex64(of.pid)],
      ['ProcessName', of.image],
      ['ResourceAttributes', of.type === 'File' ? 'S:AI' : '-'],
    ],
  );
}

/** 4799: the members of a local group were listed. */
export function groupListed(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  group: { readonly name: string; readonly sid: string },
  pid: number,
  image: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4799, 0, 13826],
    [
      ['TargetUserName', group.name],
      ['TargetDomainName', 'Builtin'],
      ['TargetSid', sid(group.sid)],
      ...subjectFields(subject),
      ['CallerProcessId', hex64(pid)],
      ['CallerProcessName', image],
    ],
    { processId: lsass },
  );
}

/** 4723: the user changed the password; 4724: somebody else set it. */
export function passwordChanged(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  account: Account,
): EvtxEvent {
  const own = subject.account === account;
  return security(
    host,
    time,
    [own ? 4723 : 4724, 0, 13824],
    [
      ['TargetUserName', account.name],
      ['TargetDomainName', account.domain],
      ['TargetSid', sid(account.sid)],
      ...subjectFields(subject),
      ...(own ? ([['PrivilegeList', '-']] as const) : []),
    ],
    { processId: lsass },
  );
}

/** 4767: an account was unlocked. */
export function accountUnlocked(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  account: Account,
): EvtxEvent {
  return security(
    host,
    time,
    [4767, 0, 13824],
    [
      ['TargetUserName', account.name],
      ['TargetDomainName', account.domain],
      ['TargetSid', sid(account.sid)],
      ...subjectFields(subject),
    ],
    { processId: lsass },
  );
}

/** 4779: a session was left; 4778: it was taken up again. */
export function sessionSwitched(
  host: Host,
  time: number,
  lsass: number,
  eventId: 4778 | 4779,
  of: Subject,
  client: { readonly name: string; readonly address: string },
): EvtxEvent {
  return security(
    host,
    time,
    [eventId, 0, 12551],
    [
      ['AccountName', of.account.name],
      ['AccountDomain', of.account.domain],
      ['LogonID', hex64(of.logonId)],
      ['SessionName', 'RDP-Tcp#0'],
      ['ClientName', client.name],
      ['ClientAddress', client.address],
    ],
    { processId: lsass },
  );
}

/** A scheduled task was made. */
export function taskCreated(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  name: string,
  command: string,
): EvtxEvent {
  const content = `<?xml version="1.0" encoding="UTF-16"?>\r\n<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\r\n  <Actions Context="Author">\r\n    <Exec>\r\n      <Command>${command}</Command>\r\n    </Exec>\r\n  </Actions>\r\n</Task>`;
  return security(
    host,
    time,
    [4698, 0, 12804],
    [...subjectFields(subject), ['TaskName', name], ['TaskContent', content]],
    { processId: lsass },
  );
}

/** 4608: Windows started. */
export function started(host: Host, time: number, lsass: number): EvtxEvent {
  return {
    ...security(host, time, [4608, 0, 12288], [], { processId: lsass }),
    data: { kind: 'none' },
  };
}

/** 4662: an object of the directory was used; directory replication is two of its rights. */
export function directoryReplicated(host: Host, time: number, lsass: number, subject: Subject): EvtxEvent {
  return security(
    host,
    time,
    [4662, 0, 14080],
    [
      ...subjectFields(subject),
      ['ObjectServer', 'DS'],
      ['ObjectType', '%{19195a5b-6da0-11d0-afd3-00c04fd930c9}'],
      ['ObjectName', '%{c6faf700-bfe4-452a-a766-424f84c29583}'],
      ['OperationType', 'Object Access'],
      ['HandleId', hex64(0)],
      ['AccessList', '%%7688\r\n\t\t\t\t'],
      ['AccessMask', hex32(0x100)],
      [
        'Properties',
        '%%7688\r\n\t\t{1131f6aa-9c07-11d1-f79f-00c04fc2dcd2}\r\n\t{19195a5b-6da0-11d0-afd3-00c04fd930c9}\r\n',
      ],
      ['AdditionalInfo', '-'],
      ['AdditionalInfo2', ''],
    ],
    { processId: lsass },
  );
}

/** The Security log was cleared: UserData, by the Eventlog provider. */
export function securityLogCleared(host: Host, time: number, of: Subject): EvtxEvent {
  return {
    provider: eventlog,
    eventId: 1102,
    version: 0,
    level: 4,
    task: 104,
    keywords: 0x4020000000000000n,
    time,
    processId: 1180,
    threadId: threadOf(time),
    channel: 'Security',
    computer: host.fqdn,
    data: {
      kind: 'user',
      root: {
        name: 'LogFileCleared',
        attributes: { xmlns: 'http://manifests.microsoft.com/win/2004/08/windows/eventlog' },
        children: subjectFields(of).map(([name, value]) => ({ name, value })),
      },
    },
  };
}
