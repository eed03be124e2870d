/** Events of the channels beside Security and Sysmon: database engine, services, PowerShell, remote sessions, WMI. */
import type { EvtxEvent, EvtxValue } from '../../src/read/sources/evtx/write/index.ts';
import { type Host, netbios, type Person } from './site.ts';

const classic = 0x80000000000000n;

/** The database engine (ESENT) says which database it created (325), attached (326) or detached (327). */
export function database(
  host: Host,
  time: number,
  eventId: 325 | 326 | 327,
  pid: number,
  path: string,
): EvtxEvent {
  const timings =
    '[1] 0.000, [2] 0.000, [3] 0.015, [4] 0.000, [5] 0.000, [6] 0.016, [7] 0.000, [8] 0.000, [9] 0.000';
  const rest = eventId === 325 ? ['1', path, '0', timings, '0'] : ['1', path, '0', timings, '0 0'];
  return {
    provider: { name: 'ESENT' },
    eventId,
    qualifiers: 0,
    level: 4,
    task: 1,
    keywords: classic,
    time,
    channel: 'Application',
    computer: host.fqdn,
    data: { kind: 'unnamed', values: ['ntdsutil', `${pid},D,100`, '', ...rest] },
  };
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

export function serviceState(
  host: Host,
  time: number,
  service: string,
  state: 'running' | 'stopped',
): EvtxEvent {
  return {
    provider: serviceControl,
    eventId: 7036,
    qualifiers: 16384,
    level: 4,
    keywords: 0x8080000000000000n,
    time,
    processId: 684,
    threadId: 1264,
    channel: 'System',
    computer: host.fqdn,
    data: {
      kind: 'named',
      fields: [
        ['param1', service],
        ['param2', state],
      ],
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
    provider: serviceControl,
    eventId: 7045,
    qualifiers: 16384,
    level: 4,
    keywords: 0x8080000000000000n,
    time,
    processId: 684,
    threadId: 1264,
    channel: 'System',
    computer: host.fqdn,
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

/** A remote desktop session began (21) or ended (24), with the address it came from. */
export function remoteSession(
  host: Host,
  time: number,
  eventId: 21 | 24,
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
