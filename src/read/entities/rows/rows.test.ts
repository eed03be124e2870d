import { describe, expect, test } from 'vitest';
import { type TestEvent, testEvent } from '../../../../test/event.ts';
import { readFact } from '../store/index.ts';
import type { Fact } from '../types.ts';
import { factRows } from './index.ts';

type Wanted = Pick<Fact, 'type' | 'values'>;

const security = (
  eventId: number,
  fields: TestEvent['fields'],
  system: TestEvent['system'] = {},
): TestEvent => ({
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
  eventId,
  fields: fields!,
  system,
});
const sysmon = (
  eventId: number,
  fields: TestEvent['fields'],
  system: TestEvent['system'] = {},
): TestEvent => ({
  channel: 'Microsoft-Windows-Sysmon/Operational',
  eventId,
  fields: fields!,
  system,
});
const SESSIONS = 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational';
const CONNECTIONS = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational';
const CLIENT = 'Microsoft-Windows-TerminalServices-RDPClient/Operational';
const FAILED = { Keywords: '0x8010000000000000' };
const SUCCEEDED = { Keywords: '0x8020000000000000' };

const host = { SubjectUserName: 'DC1$', SubjectDomainName: 'EXAMPLE', SubjectUserSid: 'S-1-5-20' };
const jo = { SubjectUserName: 'jo', SubjectDomainName: 'EXAMPLE', SubjectUserSid: 'S-1-5-21-1-2-3-1104' };

const examples: readonly (readonly [name: string, event: TestEvent, wanted: Wanted])[] = [
  [
    'a process that WMI started is that of the person whose logon it runs in',
    security(4688, {
      ...host,
      SubjectLogonId: '0x3e4',
      TargetUserName: 'jo',
      TargetDomainName: 'EXAMPLE',
      TargetUserSid: 'S-1-0-0',
      TargetLogonId: '0x0000000000551686',
      NewProcessId: '0xad4',
      ProcessId: '0x1f4',
      NewProcessName: 'C:\\Windows\\System32\\ntdsutil.exe',
      ParentProcessName: '-',
    }),
    {
      type: 'process-start',
      values: {
        account: 'EXAMPLE\\jo',
        logonId: 0x551686,
        pid: 2772,
        parentPid: 500,
        image: 'C:\\Windows\\System32\\ntdsutil.exe',
      },
    },
  ],
  [
    'a process of the system is that of the system, whatever the event calls it',
    security(4688, { ...host, SubjectLogonId: '0x3e4', TargetLogonId: '0x0', TargetUserName: '-' }),
    {
      type: 'process-start',
      values: { account: 'NT AUTHORITY\\NETWORK SERVICE', sid: 'S-1-5-20', logonId: 0x3e4 },
    },
  ],
  [
    'a process of an older Windows runs in its only logon',
    security(4688, { ...jo, SubjectLogonId: '0x55' }),
    {
      type: 'process-start',
      values: { account: 'EXAMPLE\\jo', sid: 'S-1-5-21-1-2-3-1104', logonId: 0x55 },
    },
  ],
  [
    'a process as Sysmon tells of it',
    sysmon(1, {
      User: 'EXAMPLE\\jo',
      LogonId: '0x551686',
      ProcessId: '2772',
      ProcessGuid: '{0197231E-C424-69E1-C922-000000000800}',
      ParentProcessGuid: '{00000000-0000-0000-0000-000000000000}',
      OriginalFileName: 'ntdsutil.exe',
    }),
    {
      type: 'process-start',
      values: {
        account: 'EXAMPLE\\jo',
        logonId: 0x551686,
        pid: 2772,
        guid: '0197231e-c424-69e1-c922-000000000800',
        originalName: 'ntdsutil.exe',
      },
    },
  ],
  [
    'a logon',
    security(4624, {
      SubjectUserSid: 'S-1-0-0',
      SubjectUserName: '-',
      SubjectLogonId: '0x0',
      TargetUserSid: 'S-1-5-21-1-2-3-1104',
      TargetUserName: 'jo',
      TargetDomainName: 'EXAMPLE',
      TargetLogonId: '0x551686',
      LogonType: '3',
      WorkstationName: 'WS6',
      ProcessId: '0x0',
      IpAddress: '::ffff:172.18.39.5',
    }),
    {
      type: 'logon',
      values: {
        account: 'EXAMPLE\\jo',
        sid: 'S-1-5-21-1-2-3-1104',
        logonId: 0x551686,
        logonType: 3,
        sourceIp: '172.18.39.5',
        sourceHost: 'WS6',
      },
    },
  ],
  ['a logon type of 0', security(4624, { LogonType: 0 }), { type: 'logon', values: { logonType: 0 } }],
  [
    'a password that was wrong',
    security(4771, { TargetUserName: 'jo', TargetSid: 'S-1-5-21-1-2-3-1104', ServiceName: 'krbtgt/EXAMPLE' }),
    {
      type: 'logon-failed',
      values: { account: 'jo', sid: 'S-1-5-21-1-2-3-1104', target: 'krbtgt/EXAMPLE' },
    },
  ],
  [
    'somebody else’s password at hand',
    security(4648, {
      ...jo,
      SubjectLogonId: '0x55',
      TargetUserName: 'adm',
      TargetDomainName: 'EXAMPLE',
      TargetServerName: 'dc1.example.test',
      TargetInfo: 'RPCSS/dc1.example.test',
      IpAddress: '-',
    }),
    {
      type: 'explicit-credentials',
      values: {
        account: 'EXAMPLE\\adm',
        byAccount: 'EXAMPLE\\jo',
        byLogonId: 0x55,
        target: 'dc1.example.test',
        text: 'RPCSS/dc1.example.test',
      },
    },
  ],
  [
    'a ticket that was given',
    security(4769, {
      TargetUserName: 'jo@EXAMPLE.TEST',
      TargetDomainName: 'EXAMPLE.TEST',
      ServiceName: 'DC1$',
      Status: '0x0',
    }),
    { type: 'ticket', values: { account: 'jo@EXAMPLE.TEST', target: 'DC1$' } },
  ],
  [
    'a ticket that was refused',
    security(4768, { TargetUserName: 'jo', TargetDomainName: 'EXAMPLE', Status: '0x6' }),
    { type: 'ticket', values: { account: 'EXAMPLE\\jo', action: 'refused' } },
  ],
  [
    'a password checked by NTLM',
    security(4776, { TargetUserName: 'jo', Workstation: 'WS6', Status: '0xc000006a' }),
    { type: 'ticket', values: { account: 'jo', sourceHost: 'WS6', action: 'refused' } },
  ],
  [
    'a file of a share that was read',
    security(5145, { ShareName: '\\\\*\\C$', RelativeTargetName: 'a.7z', AccessMask: '0x1' }, SUCCEEDED),
    { type: 'share-access', values: { share: '\\\\*\\C$', file: 'a.7z', action: 'read' } },
  ],
  [
    'a file of a share that was written',
    security(5145, { ShareName: '\\\\*\\ADMIN$', RelativeTargetName: '__1619', AccessMask: '0x12019f' }),
    { type: 'share-access', values: { share: '\\\\*\\ADMIN$', file: '__1619', action: 'write' } },
  ],
  [
    'a share that was refused',
    security(5140, { ShareName: '\\\\*\\C$', AccessMask: '0x1' }, FAILED),
    { type: 'share-access', values: { share: '\\\\*\\C$', action: 'refused' } },
  ],
  [
    'a password that was changed',
    security(
      4724,
      { ...jo, SubjectLogonId: '0x55', TargetUserName: 'krbtgt', TargetDomainName: 'EXAMPLE' },
      SUCCEEDED,
    ),
    {
      type: 'password-change',
      values: { account: 'EXAMPLE\\krbtgt', byAccount: 'EXAMPLE\\jo', byLogonId: 0x55 },
    },
  ],
  [
    'a password that was not changed',
    security(4723, { TargetUserName: 'jo', TargetDomainName: 'EXAMPLE' }, FAILED),
    { type: 'password-change', values: { account: 'EXAMPLE\\jo', action: 'refused' } },
  ],
  [
    'a session on the console has no source',
    { channel: SESSIONS, eventId: 21, fields: { User: 'EXAMPLE\\jo', Address: 'LOCAL' } },
    { type: 'remote-session', values: { account: 'EXAMPLE\\jo', action: 'connect' } },
  ],
  [
    'a session that came back',
    { channel: SESSIONS, eventId: 25, fields: { User: 'EXAMPLE\\jo', Address: '10.1.2.3' } },
    {
      type: 'remote-session',
      values: { account: 'EXAMPLE\\jo', sourceIp: '10.1.2.3', action: 'reconnect' },
    },
  ],
  [
    'a connection before its session',
    { channel: CONNECTIONS, eventId: 1149, fields: { Param1: 'jo', Param2: 'EXAMPLE', Param3: '10.1.2.3' } },
    {
      type: 'remote-session',
      values: { account: 'EXAMPLE\\jo', sourceIp: '10.1.2.3', action: 'connect' },
    },
  ],
  [
    'a session that was left',
    security(4779, { AccountName: 'jo', AccountDomain: 'EXAMPLE', LogonID: '0x55', ClientName: 'WS6' }),
    {
      type: 'remote-session',
      values: { account: 'EXAMPLE\\jo', logonId: 0x55, sourceHost: 'WS6', action: 'disconnect' },
    },
  ],
  [
    'a session to another host',
    {
      channel: CLIENT,
      eventId: 1024,
      fields: { Name: 'Server Name', Value: 'hmi2' },
      system: { Security_UserID: 'S-1-5-21-1-2-3-1104' },
    },
    { type: 'remote-session-out', values: { sid: 'S-1-5-21-1-2-3-1104', target: 'hmi2' } },
  ],
  [
    'a change of a device, made from an address outside',
    {
      channel: 'fortigate',
      eventId: 100_044_547,
      fields: {
        user: 'jo',
        ui: 'GUI(203.0.113.9)',
        cfgpath: 'user.group',
        cfgobj: 'VPN-Users',
        cfgattr: 'member[kea]',
      },
    },
    {
      type: 'event',
      values: { account: 'jo', sourceIp: '203.0.113.9', target: 'VPN-Users', text: 'member[kea]' },
    },
  ],
  [
    'a tunnel',
    {
      channel: 'fortigate',
      eventId: 39947,
      fields: { user: 'jo', remip: '203.0.113.9', tunnelip: '10.212.134.200', action: 'tunnel-up' },
    },
    {
      type: 'tunnel',
      values: { account: 'jo', sourceIp: '203.0.113.9', target: '10.212.134.200', action: 'up' },
    },
  ],
  [
    'a start of the host, from a channel in small letters',
    { channel: 'security', eventId: 4608 },
    { type: 'boot', values: {} },
  ],
  [
    'a start of the host in a drill',
    { channel: 'System', eventId: 12, provider: 'HWDRILL-Microsoft-Windows-Kernel-General' },
    { type: 'boot', values: {} },
  ],
  [
    'a database with values in a row',
    {
      channel: 'Application',
      eventId: 325,
      provider: 'ESENT',
      arrays: { Data: ['ntdsutil', '2772,D,100', '', '1', 'C:\\Windows\\Temp\\pro\\ntds.dit', '0'] },
    },
    {
      type: 'event',
      values: {
        pid: 2772,
        file: 'C:\\Windows\\Temp\\pro\\ntds.dit',
        text: 'ntdsutil\n2772,D,100\n1\nC:\\Windows\\Temp\\pro\\ntds.dit\n0',
      },
    },
  ],
  [
    'a database in one sentence',
    {
      channel: 'Application',
      eventId: 326,
      provider: 'ESENT',
      fields: { Data: 'NTDS (2772,D,100) The database engine attached a database (1, C:\\a b\\ntds.dit).' },
    },
    {
      type: 'event',
      values: {
        pid: 2772,
        file: 'C:\\a b\\ntds.dit',
        text: 'NTDS (2772,D,100) The database engine attached a database (1, C:\\a b\\ntds.dit).',
      },
    },
  ],
  [
    'a process that opened another',
    sysmon(10, {
      SourceProcessId: '500',
      SourceImage: 'a.exe',
      TargetImage: 'lsass.exe',
      SourceUser: 'EXAMPLE\\jo',
    }),
    {
      type: 'event',
      values: { account: 'EXAMPLE\\jo', pid: 500, image: 'a.exe', target: 'lsass.exe' },
    },
  ],
  [
    'a file that Sysmon saw, by the process and not by who Sysmon runs as',
    sysmon(11, { ProcessId: '500', TargetFilename: 'C:\\a.dit' }, { Security_UserID: 'S-1-5-18' }),
    { type: 'event', values: { pid: 500, file: 'C:\\a.dit' } },
  ],
  [
    'a script, by the SID of the header where the event names nobody',
    {
      channel: 'Microsoft-Windows-PowerShell/Operational',
      eventId: 4104,
      fields: { ScriptBlockText: 'x'.repeat(3_000) },
      system: { Security_UserID: 'S-1-5-21-1-2-3-1104' },
    },
    { type: 'event', values: { sid: 'S-1-5-21-1-2-3-1104', text: 'x'.repeat(2_000) } },
  ],
  [
    'a script, by the process of the header, which is the one that runs it',
    {
      channel: 'Microsoft-Windows-PowerShell/Operational',
      eventId: 4104,
      fields: { ScriptBlockText: 'x' },
      system: { Execution_ProcessID: '6468' },
    },
    { type: 'event', values: { pid: 6468, text: 'x' } },
  ],
  [
    'a connection that was accepted, by where it came from',
    sysmon(3, { Initiated: 'false', SourceIp: '10.20.212.9', DestinationIp: '10.20.1.9', Image: 'System' }),
    { type: 'event', values: { image: 'System', sourceIp: '10.20.212.9', target: '10.20.1.9' } },
  ],
  [
    'a connection that was opened here, by where it leads to',
    sysmon(3, { Initiated: 'true', SourceIp: '10.20.1.9', DestinationIp: '10.20.1.5', Image: 'a.exe' }),
    { type: 'event', values: { image: 'a.exe', target: '10.20.1.5' } },
  ],
  [
    'a task, by who registered it',
    security(4698, { ...jo, SubjectLogonId: '0x55', TaskName: '\\a' }, { Security_UserID: 'S-1-5-18' }),
    {
      type: 'event',
      values: { account: 'EXAMPLE\\jo', sid: 'S-1-5-21-1-2-3-1104', logonId: 0x55, target: '\\a' },
    },
  ],
];

describe('the fact of', () => {
  test.each(examples)('%s', (_, event, { type, values }) => {
    const fact = readFact(testEvent(event), 0);
    expect([fact.type, fact.values]).toEqual([type, values]);
  });
});

test('no two rows of one provider claim an event', () => {
  const claims = factRows.flatMap(({ channel, providers, eventIds }) =>
    eventIds.flatMap(id => (providers ?? ['']).map(provider => `${channel} ${provider} ${id}`.toLowerCase())),
  );
  expect(new Set(claims).size).toBe(claims.length);
});
