/** Events of the Security channel about accounts of one host, services, shadow copies and what replication reads. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { type Fields, hex32, hex64, marked, sid, threadOf, u32 } from './common.ts';
import { type Subject, security, subjectFields } from './security.ts';

const unset = '%%1793';

function named(account: Account): Fields {
  return [
    ['TargetUserName', account.name],
    ['TargetDomainName', account.domain],
    ['TargetSid', sid(account.sid)],
  ];
}

/** 4720: an account was made. On a member server its domain is the host. */
export function accountCreated(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  account: Account,
): EvtxEvent {
  return security(
    host,
    time,
    [4720, 0, 13824],
    [
      ...named(account),
      ...subjectFields(subject),
      ['PrivilegeList', '-'],
      ['SamAccountName', account.name],
      ['DisplayName', unset],
      ['UserPrincipalName', '-'],
      ['HomeDirectory', unset],
      ['HomePath', unset],
      ['ScriptPath', unset],
      ['ProfilePath', unset],
      ['UserWorkstations', unset],
      ['PasswordLastSet', '%%1794'],
      ['AccountExpires', '%%1794'],
      ['PrimaryGroupId', '513'],
      ['AllowedToDelegateTo', '-'],
      ['OldUacValue', '0x0'],
      ['NewUacValue', '0x15'],
      ['UserAccountControl', '\r\n\t\t%%2080\r\n\t\t%%2082\r\n\t\t%%2084'],
      ['UserParameters', unset],
      ['SidHistory', '-'],
      ['LogonHours', '%%1797'],
    ],
    { processId: lsass },
  );
}

/** 4722: an account was enabled. */
export function accountEnabled(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  account: Account,
): EvtxEvent {
  return security(host, time, [4722, 0, 13824], [...named(account), ...subjectFields(subject)], {
    processId: lsass,
  });
}

/** 4726: an account was deleted. */
export function accountDeleted(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  account: Account,
): EvtxEvent {
  return security(
    host,
    time,
    [4726, 0, 13824],
    [...named(account), ...subjectFields(subject), ['PrivilegeList', '-']],
    { processId: lsass },
  );
}

/** 4732, and 4733 where `removed`: a member of the local administrators. */
export function administratorsChanged(
  host: Host,
  time: number,
  lsass: number,
  subject: Subject,
  member: Account,
  removed = false,
): EvtxEvent {
  return security(
    host,
    time,
    [removed ? 4733 : 4732, 0, 13826],
    [
      ['MemberName', '-'],
      ['MemberSid', sid(member.sid)],
      ['TargetUserName', 'Administrators'],
      ['TargetDomainName', 'Builtin'],
      ['TargetSid', sid('S-1-5-32-544')],
      ...subjectFields(subject),
      ['PrivilegeList', '-'],
    ],
    { processId: lsass },
  );
}

/** 4697: a service was installed. */
export function serviceInstalled(
  host: Host,
  time: number,
  services: number,
  subject: Subject,
  name: string,
  path: string,
): EvtxEvent {
  return security(
    host,
    time,
    [4697, 0, 12289],
    [
      ...subjectFields(subject),
      ['ServiceName', name],
      ['ServiceFileName', path],
      ['ServiceType', hex32(0x10)],
      ['ServiceStartType', u32(3)],
      ['ServiceAccount', 'LocalSystem'],
    ],
    { processId: services },
  );
}

const changes = '{1131f6aa-9c07-11d1-f79f-00c04fc2dcd2}';
const allChanges = '{1131f6ad-9c07-11d1-f79f-00c04fc2dcd2}';

/** 4662 of a replication that asks for secrets too: twice for changes, once for all of them, as directory services do. */
export function secretsReplicated(host: Host, time: number, lsass: number, subject: Subject): EvtxEvent[] {
  return [changes, changes, allChanges].map((right, i) =>
    security(
      host,
      time + i * 900,
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
        ['Properties', `%%7688\r\n\t\t${right}\r\n\t{19195a5b-6da0-11d0-afd3-00c04fd930c9}\r\n`],
        ['AdditionalInfo', '-'],
        ['AdditionalInfo2', ''],
      ],
      { processId: lsass },
    ),
  );
}

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
    processId: 0,
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
