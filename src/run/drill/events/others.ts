/** Events of the channels beside Security and Sysmon: database engine, services, boots, PowerShell, remote sessions, WMI. */
import type { EvtxEvent, EvtxValue } from '../../../read/sources/index.ts';
import type { Account, Host } from '../world/site.ts';
import { hex32, i32, marked, threadOf, u16, u32 } from './common.ts';
import { eventlog } from './security.ts';

const classic = 0x80000000000000n;

/** A message of the database engine (ESENT); it knows the process, not the user. */
function engine(
  host: Host,
  time: number,
  eventId: number,
  task: number,
  values: readonly string[],
): EvtxEvent {
  return {
    provider: marked('ESENT'),
    eventId,
    qualifiers: 0,
    level: 4,
    task,
    keywords: classic,
    time: Math.floor(time / 1_000_000) * 1_000_000,
    channel: 'Application',
    computer: host.fqdn,
    data: { kind: 'unnamed', values },
  };
}

const timings = (count: number): string =>
  Array.from({ length: count }, (_, i) => `[${i + 1}] 0.000`).join(', ');

const liveDirectory = 'C:\\Windows\\NTDS\\ntds.dit';

/** One message of the engine about a database: met in a shadow copy, attached, created, detached. */
export const directoryEngine = {
  inShadow(host: Host, time: number, pid: number, shadow: string): EvtxEvent {
    return engine(host, time, 216, 3, ['NTDS', `${pid},D,50`, '', liveDirectory, shadow]);
  },
  attached(host: Host, time: number, pid: number, path: string): EvtxEvent {
    return engine(host, time, 326, 1, ['NTDS', `${pid},D,100`, '', '1', path, '0', `${timings(12)}.`, '1 0']);
  },
  created(host: Host, time: number, pid: number, path: string): EvtxEvent {
    return engine(host, time, 325, 1, ['NTDS', `${pid},D,100`, '', '2', path, '0', `${timings(11)}.`]);
  },
  detached(host: Host, time: number, pid: number, path: string, number: number): EvtxEvent {
    return engine(host, time, 327, 1, [
      'NTDS',
      `${pid},D,100`,
      '',
      String(number),
      path,
      '0',
      `${timings(12)}.`,
      '0 0',
    ]);
  },
} as const;

/** The engine at everyday work: the search index and the certificate store are databases too. */
export function engineStarted(
  host: Host,
  time: number,
  pid: number,
  instance: string,
  path: string,
): EvtxEvent {
  return engine(host, time, 326, 1, [instance, `${pid},D,50`, '', '1', path, '0', `${timings(12)}.`, '1 0']);
}

/** An installer's message. */
export function installed(host: Host, time: number, product: string, who: Account): EvtxEvent {
  return {
    provider: marked('MsiInstaller'),
    eventId: 11707,
    qualifiers: 0,
    level: 4,
    task: 0,
    keywords: classic,
    time: Math.floor(time / 1_000_000) * 1_000_000,
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

export function serviceInstalled(
  host: Host,
  time: number,
  who: Account,
  name: string,
  path: string,
): EvtxEvent {
  return {
    ...fromServiceControl(host, time, 7045),
    userId: who.sid,
    data: {
      kind: 'named',
      fields: [
        ['ServiceName', name],
        ['ImagePath', path],
        ['ServiceType', 'user mode service'],
        ['StartType', 'demand start'],
        ['AccountName', 'LocalSystem'],
      ],
    },
  };
}

/** A log other than Security was cleared; the payload's `Channel` names it. */
export function logCleared(host: Host, time: number, who: Account, channel: string): EvtxEvent {
  return {
    provider: eventlog,
    eventId: 104,
    version: 0,
    level: 4,
    task: 104,
    keywords: 0x8000000000000000n,
    time,
    processId: 1180,
    threadId: threadOf(time),
    channel: 'System',
    computer: host.fqdn,
    userId: who.sid,
    data: {
      kind: 'user',
      root: {
        name: 'LogFileCleared',
        attributes: { xmlns: 'http://manifests.microsoft.com/win/2004/08/windows/eventlog' },
        children: [
          { name: 'SubjectUserName', value: who.name },
          { name: 'SubjectDomainName', value: who.domain },
          { name: 'Channel', value: channel },
          { name: 'BackupPath', value: '' },
        ],
      },
    },
  };
}

function kernel(
  host: Host,
  time: number,
  eventId: number,
  task: number,
  fields: EvtxEvent['data'],
): EvtxEvent {
  return {
    provider: marked('Microsoft-Windows-Kernel-General', '{A68CA8B7-004F-D7B6-A698-07E2DE0F1F5D}'),
    eventId,
    version: 0,
    level: 4,
    task,
    keywords: 0x8000000000000080n,
    time,
    processId: 4,
    threadId: 8,
    channel: 'System',
    computer: host.fqdn,
    data: fields,
  };
}

function eventLogService(host: Host, time: number, eventId: 6005 | 6006): EvtxEvent {
  return {
    provider: marked('EventLog'),
    eventId,
    qualifiers: 32768,
    level: 4,
    task: 0,
    keywords: classic,
    time,
    channel: 'System',
    computer: host.fqdn,
    data: { kind: 'unnamed', values: [], binary: Buffer.alloc(8, 1) },
  };
}

/** A restart as the System log shows it, down at `time` and up a minute or two later. */
export function restarted(host: Host, time: number, up: number, who: string, why: string): EvtxEvent[] {
  const [major, minor, build] = host.build.split('.').map(Number) as [number, number, number];
  return [
    {
      provider: marked('User32', '{B0AA8734-56F7-41CC-B2F4-DE228E98B946}', 'User32'),
      eventId: 1074,
      qualifiers: 32768,
      version: 0,
      level: 4,
      keywords: 0x8080000000000000n,
      time: time - 9_000_000,
      processId: 620,
      threadId: threadOf(time),
      channel: 'System',
      computer: host.fqdn,
      userId: 'S-1-5-18',
      data: {
        kind: 'named',
        fields: [
          ['param1', `C:\\Windows\\system32\\svchost.exe (${host.name})`],
          ['param2', host.name],
          ['param3', why],
          ['param4', '0x80020010'],
          ['param5', 'restart'],
          ['param6', ''],
          ['param7', who],
        ],
      },
    },
    eventLogService(host, time - 2_000_000, 6006),
    kernel(host, time, 13, 2, {
      kind: 'named',
      fields: [['StopTime', { type: 'filetime', value: time }]],
    }),
    kernel(host, up, 12, 1, {
      kind: 'named',
      fields: [
        ['MajorVersion', u32(major)],
        ['MinorVersion', u32(minor)],
        ['BuildVersion', u32(build)],
        ['QfeVersion', u32(4894)],
        ['ServiceVersion', u32(0)],
        ['BootMode', u16(0)],
        ['StartTime', { type: 'filetime', value: up - 500_000 }],
      ],
    }),
    eventLogService(host, up + 16_000_000, 6005),
  ];
}

/** PowerShell 4104. */
export function scriptBlock(
  host: Host,
  time: number,
  who: Account,
  pid: number,
  text: string,
  id: string,
  path = '',
): EvtxEvent {
  return {
    provider: marked('Microsoft-Windows-PowerShell', '{A0C1853B-5C40-4B15-8766-3CF1C58F985A}'),
    eventId: 4104,
    version: 1,
    level: 5,
    task: 2,
    opcode: 15,
    keywords: 0n,
    time,
    processId: pid,
    threadId: threadOf(time),
    channel: 'Microsoft-Windows-PowerShell/Operational',
    computer: host.fqdn,
    userId: who.sid,
    data: {
      kind: 'named',
      fields: [
        ['MessageNumber', i32(1)],
        ['MessageTotal', i32(1)],
        ['ScriptBlockText', text],
        ['ScriptBlockId', id],
        ['Path', path],
      ],
    },
  };
}

/**
 * A remote desktop session began (21), its shell started (22), it ended (23), was left (24) or taken up again (25), with
 * the address it came from.
 */
export function remoteSession(
  host: Host,
  time: number,
  eventId: 21 | 22 | 23 | 24 | 25,
  who: Account,
  session: number,
  from: string,
): EvtxEvent {
  return {
    provider: marked(
      'Microsoft-Windows-TerminalServices-LocalSessionManager',
      '{5D896912-022D-40AA-A3A8-4FA5515C76D7}',
    ),
    eventId,
    version: 0,
    level: 4,
    task: 0,
    keywords: 0x1000000000000000n,
    time,
    processId: 1020,
    threadId: threadOf(time),
    channel: 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
    computer: host.fqdn,
    userId: 'S-1-5-18',
    data: {
      kind: 'user',
      root: {
        name: 'EventXML',
        attributes: { xmlns: 'Event_NS' },
        children: [
          { name: 'User', value: `${who.domain}\\${who.name}` },
          { name: 'SessionID', value: u32(session) },
          ...(eventId === 23 ? [] : [{ name: 'Address', value: from }]),
        ],
      },
    },
  };
}

/** 1149: a remote desktop client was authenticated. */
export function remoteAuthenticated(host: Host, time: number, who: Account, from: string): EvtxEvent {
  return {
    provider: marked(
      'Microsoft-Windows-TerminalServices-RemoteConnectionManager',
      '{C76BAA63-AE81-421C-B425-340B4B24157F}',
    ),
    eventId: 1149,
    version: 0,
    level: 4,
    task: 0,
    keywords: 0x1000000000000000n,
    time,
    processId: 1020,
    threadId: threadOf(time),
    channel: 'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational',
    computer: host.fqdn,
    userId: 'S-1-5-20',
    data: {
      kind: 'user',
      root: {
        name: 'EventXML',
        attributes: { xmlns: 'Event_NS' },
        children: [
          { name: 'Param1', value: who.name },
          { name: 'Param2', value: who.domain },
          { name: 'Param3', value: from },
        ],
      },
    },
  };
}

/** What a remote desktop client says where it runs: 1024 with the name that was typed, 1102 with the address. */
export function remoteClient(
  host: Host,
  time: number,
  eventId: 1024 | 1102,
  who: Account,
  pid: number,
  server: string,
): EvtxEvent {
  const fields =
    eventId === 1024
      ? ([
          ['Name', 'Server Name'],
          ['Value', server],
          ['CustomLevel', 'Info'],
        ] as const)
      : ([
          ['Name', 'Address'],
          ['Value', server],
          ['CustomLevel', 'Info'],
        ] as const);
  return {
    provider: marked(
      'Microsoft-Windows-TerminalServices-ClientActiveXCore',
      '{28AA95BB-D444-4719-A36F-40462168127E}',
    ),
    eventId,
    version: 0,
    level: 4,
    task: eventId === 1024 ? 101 : 104,
    opcode: 10,
    keywords: 0x4000000000000000n,
    time,
    processId: pid,
    threadId: threadOf(time),
    channel: 'Microsoft-Windows-TerminalServices-RDPClient/Operational',
    computer: host.fqdn,
    userId: who.sid,
    data: { kind: 'named', fields },
  };
}

/** 5857: a WMI provider was started. */
export function wmiProviderStarted(
  host: Host,
  time: number,
  provider: string,
  file: string,
  pid: number,
): EvtxEvent {
  const children: readonly (readonly [string, EvtxValue])[] = [
    ['ProviderName', provider],
    ['Code', hex32(0)],
    ['HostProcess', 'wmiprvse.exe'],
    ['ProcessID', u32(pid)],
    ['ProviderPath', `%systemroot%\\system32\\wbem\\${file}`],
  ];
  return {
    provider: marked('Microsoft-Windows-WMI-Activity', '{1418EF04-B0B4-4623-BF7E-D74AB47BBDAA}'),
    eventId: 5857,
    version: 0,
    level: 0,
    keywords: 0x4000000000000000n,
    time,
    processId: pid,
    threadId: threadOf(time),
    channel: 'Microsoft-Windows-WMI-Activity/Operational',
    computer: host.fqdn,
    userId: 'S-1-5-18',
    data: {
      kind: 'user',
      root: {
        name: 'Operation_StartedOperational',
        attributes: { xmlns: 'http://manifests.microsoft.com/win/2006/windows/WMI' },
        children: children.map(([name, value]) => ({ name, value })),
      },
    },
  };
}
