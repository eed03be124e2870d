/** Events of the channels beside Security and Sysmon: database engine, services, PowerShell, remote sessions, WMI. */
import type { EvtxEvent, EvtxValue } from '../../src/read/sources/evtx/write/index.ts';
import { type Host, netbios, type Person } from './site.ts';

const classic = 0x80000000000000n;

/** A message of the database engine (ESENT) about the directory's databases; it knows the process, not the user. */
function engine(
  host: Host,
  time: number,
  eventId: number,
  task: number,
  values: readonly string[],
): EvtxEvent {
  return {
    provider: { name: 'ESENT' },
    eventId,
    qualifiers: 0,
    level: 4,
    task,
    keywords: classic,
    time,
    channel: 'Application',
    computer: host.fqdn,
    data: { kind: 'unnamed', values },
  };
}

const timings = (count: number): string =>
  Array.from({ length: count }, (_, i) => `[${i + 1}] 0.000`).join(', ');

/**
 * What the database engine says while install-from-media copies the directory database to `path`: the live file is
 * met in a shadow copy (216), that copy is attached (326), the new database is created (325), both are detached (327).
 */
export function directoryCopied(
  host: Host,
  time: number,
  pid: number,
  snapshot: string,
  path: string,
): EvtxEvent[] {
  const process = `${pid},D,100`;
  const shadow = `C:\\$SNAP_${snapshot}_VOLUMEC$\\Windows\\NTDS\\ntds.dit`;
  const after = (seconds: number): number => time + seconds * 1_000_000;
  return [
    engine(host, time, 216, 3, ['NTDS', `${pid},D,50`, '', 'C:\\Windows\\NTDS\\ntds.dit', shadow]),
    engine(host, after(1), 326, 1, ['NTDS', process, '', '1', shadow, '0', `${timings(12)}.`, '1 0']),
    engine(host, after(12), 325, 1, ['NTDS', process, '', '2', path, '0', `${timings(11)}.`]),
    engine(host, after(17), 327, 1, ['NTDS', process, '', '2', path, '0', `${timings(12)}.`, '0 0']),
    engine(host, after(17) + 40_000, 327, 1, [
      'NTDS',
      process,
      '',
      '1',
      shadow,
      '0',
      `${timings(12)}.`,
      '0 0',
    ]),
  ];
}

/** An ordinary installer message, so that the Application log is not empty of daily life. */
export function installed(host: Host, time: number, product: string): EvtxEvent {
  return {
    provider: { name: 'MsiInstaller' },
    eventId: 11707,
    qualifiers: 0,
    level: 4,
    task: 0,
    keywords: classic,
    time,
    channel: 'Application',
    computer: host.fqdn,
    data: {
      kind: 'unnamed',
      values: [`Product: ${product} -- Installation completed successfully.`, '(NULL)'],
    },
  };
}

const serviceControl = {
  name: 'Service Control Manager',
  guid: '{555908D1-A6D7-4695-8E1E-26931D2012F4}',
  source: 'Service Control Manager',
} as const;

/** What all events of the service control manager say of themselves. */
function fromServiceControl(host: Host, time: number, eventId: number): Omit<EvtxEvent, 'data'> {
  return {
    provider: serviceControl,
    eventId,
    qualifiers: 16384,
    level: 4,
    keywords: 0x8080000000000000n,
    time,
    processId: 684,
    threadId: 1264,
    channel: 'System',
    computer: host.fqdn,
  };
}

export function serviceState(
  host: Host,
  time: number,
  service: { readonly name: string; readonly shown: string },
  state: 'running' | 'stopped',
): EvtxEvent {
  return {
    ...fromServiceControl(host, time, 7036),
    data: {
      kind: 'named',
      fields: [
        ['param1', service.shown],
        ['param2', state],
      ],
      binary: Buffer.from(`${service.name}/${state === 'running' ? 4 : 1}\0`, 'utf16le'),
    },
  };
}

export function serviceInstalled(
  host: Host,
  time: number,
  who: Person,
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
export function logCleared(host: Host, time: number, who: Person, channel: string): EvtxEvent {
  return {
    provider: { name: 'Microsoft-Windows-Eventlog', guid: '{FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148}' },
    eventId: 104,
    level: 4,
    task: 104,
    keywords: 0x8000000000000000n,
    time,
    processId: 1180,
    threadId: 5120,
    channel: 'System',
    computer: host.fqdn,
    userId: who.sid,
    data: {
      kind: 'user',
      root: {
        name: 'LogFileCleared',
        attributes: { xmlns: 'http://manifests.microsoft.com/win/2004/08/windows/eventlog' },
        children: [
          { name: 'SubjectUserName', value: who.account },
          { name: 'SubjectDomainName', value: netbios },
          { name: 'Channel', value: channel },
          { name: 'BackupPath', value: '' },
        ],
      },
    },
  };
}

export function scriptBlock(
  host: Host,
  time: number,
  who: Person,
  pid: number,
  text: string,
  id: string,
): EvtxEvent {
  const i32 = (value: number): EvtxValue => ({ type: 'int32', value });
  return {
    provider: { name: 'Microsoft-Windows-PowerShell', guid: '{A0C1853B-5C40-4B15-8766-3CF1C58F985A}' },
    eventId: 4104,
    version: 1,
    level: 5,
    task: 2,
    opcode: 15,
    keywords: 0n,
    time,
    processId: pid,
    threadId: 4412,
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
        ['Path', ''],
      ],
    },
  };
}

/** A remote desktop session began (21), was left (24) or taken up again (25), with the address it came from. */
export function remoteSession(
  host: Host,
  time: number,
  eventId: 21 | 24 | 25,
  who: Person,
  session: number,
  from: string,
): EvtxEvent {
  return {
    provider: {
      name: 'Microsoft-Windows-TerminalServices-LocalSessionManager',
      guid: '{5D896912-022D-40AA-A3A8-4FA5515C76D7}',
    },
    eventId,
    level: 4,
    task: 0,
    keywords: 0x1000000000000000n,
    time,
    processId: 1020,
    threadId: 3344,
    channel: 'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
    computer: host.fqdn,
    userId: 'S-1-5-18',
    data: {
      kind: 'user',
      root: {
        name: 'EventXML',
        attributes: { xmlns: 'Event_NS' },
        children: [
          { name: 'User', value: `${netbios}\\${who.account}` },
          { name: 'SessionID', value: { type: 'uint32', value: session } },
          { name: 'Address', value: from },
        ],
      },
    },
  };
}

/** WMI activity: UserData below an element named after the kind of message. */
function wmiActivity(
  host: Host,
  time: number,
  eventId: number,
  level: number,
  element: string,
  fields: readonly (readonly [name: string, value: EvtxValue])[],
): EvtxEvent {
  return {
    provider: { name: 'Microsoft-Windows-WMI-Activity', guid: '{1418EF04-B0B4-4623-BF7E-D74AB47BBDAA}' },
    eventId,
    version: 0,
    level,
    keywords: 0x4000000000000000n,
    time,
    processId: 1344,
    threadId: 4712,
    channel: 'Microsoft-Windows-WMI-Activity/Operational',
    computer: host.fqdn,
    userId: 'S-1-5-18',
    data: {
      kind: 'user',
      root: {
        name: element,
        attributes: { xmlns: 'http://manifests.microsoft.com/win/2006/windows/WMI' },
        children: fields.map(([name, value]) => ({ name, value })),
      },
    },
  };
}

/** 5857: a WMI provider was started. */
export function wmiProviderStarted(host: Host, time: number, provider: string, file: string): EvtxEvent {
  return wmiActivity(host, time, 5857, 0, 'Operation_StartedOperational', [
    ['ProviderName', provider],
    ['Code', { type: 'hex32', value: 0 }],
    ['HostProcess', 'wmiprvse.exe'],
    ['ProcessID', { type: 'uint32', value: 3384 }],
    ['ProviderPath', `%systemroot%\\system32\\wbem\\${file}`],
  ]);
}

/** 5858: a WMI operation failed, with the machine and account that asked for it. */
export function wmiFailed(
  host: Host,
  time: number,
  client: Host,
  who: Person,
  operation: string,
  result: number,
): EvtxEvent {
  return wmiActivity(host, time, 5858, 2, 'Operation_ClientFailure', [
    ['Id', '{00000000-0000-0000-0000-000000000000}'],
    ['ClientMachine', client.name],
    ['User', `${netbios}\\${who.account}`],
    ['ClientProcessId', { type: 'uint32', value: 6608 }],
    ['Component', 'Unknown'],
    ['Operation', operation],
    ['ResultCode', { type: 'hex32', value: result }],
    ['PossibleCause', 'Unknown'],
  ]);
}

/** 5861: a lasting subscription is in place; this one comes with Windows. */
export function wmiSubscription(host: Host, time: number): EvtxEvent {
  return wmiActivity(host, time, 5861, 0, 'Operation_ESStoConsumerBinding', [
    ['Namespace', '//./root/subscription'],
    ['ESS', 'SCM Event Log Filter'],
    ['CONSUMER', 'NTEventLogEventConsumer="SCM Event Log Consumer"'],
    ['PossibleCause', 'Binding EventFilter: instance of __EventFilter { Name = "SCM Event Log Filter"; };'],
  ]);
}
