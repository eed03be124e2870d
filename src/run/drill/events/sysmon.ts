/** Events of Sysmon, with the full field sets of schema 4.90. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Host } from '../world/site.ts';
import { bool, type Fields, guid, hex64, marked, threadOf, u16, u32, utcText } from './common.ts';
import { resourceOf } from './resources.ts';

const provider = marked('Microsoft-Windows-Sysmon', '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}');
export const sysmonChannel = 'Microsoft-Windows-Sysmon/Operational';

/** What an event says of the process that it is about. */
export type SysmonProcess = {
  readonly pid: number;
  readonly guid: string;
  readonly image: string;
  readonly user: string;
};

/** `before`: fields between the rule's name and the time, as registry events have one. */
function sysmon(
  host: Host,
  time: number,
  [eventId, version]: readonly [eventId: number, version: number],
  fields: Fields,
  before: Fields = [],
): EvtxEvent {
  return {
    provider,
    eventId,
    version,
    level: 4,
    task: eventId,
    keywords: 0x8000000000000000n,
    time: time + 1_700,
    processId: 2960,
    threadId: threadOf(time),
    channel: sysmonChannel,
    computer: host.fqdn,
    userId: 'S-1-5-18',
    data: {
      kind: 'named',
      fields: [['RuleName', '-'], ...before, ['UtcTime', utcText(time)], ...fields],
    },
  };
}

export type SysmonStart = SysmonProcess & {
  readonly commandLine: string;
  readonly folder: string;
  readonly logonGuid: string;
  readonly logonId: number;
  readonly session: number;
  readonly level: 'Medium' | 'High' | 'System';
  /** `SHA256=…,IMPHASH=…`. */
  readonly hashes: string;
  /** The name that the program was built under, where the file was renamed. */
  readonly builtAs: string | null;
  readonly parent: SysmonProcess & { readonly commandLine: string };
};

/** Event 1. */
export function processStarted(host: Host, time: number, of: SysmonStart): EvtxEvent {
  const [original, description, product, company] = resourceOf(of.image, of.builtAs);
  return sysmon(
    host,
    time,
    [1, 5],
    [
      ['ProcessGuid', guid(of.guid)],
      ['ProcessId', u32(of.pid)],
      ['Image', of.image],
      ['FileVersion', original === '-' ? '-' : `${host.build}.1 (WinBuild.160101.0800)`],
      ['Description', description],
      ['Product', product],
      ['Company', company],
      ['OriginalFileName', original],
      ['CommandLine', of.commandLine],
      ['CurrentDirectory', of.folder],
      ['User', of.user],
      ['LogonGuid', guid(of.logonGuid)],
      ['LogonId', hex64(of.logonId)],
      ['TerminalSessionId', u32(of.session)],
      ['IntegrityLevel', of.level],
      ['Hashes', of.hashes],
      ['ParentProcessGuid', guid(of.parent.guid)],
      ['ParentProcessId', u32(of.parent.pid)],
      ['ParentImage', of.parent.image],
      ['ParentCommandLine', of.parent.commandLine],
      ['ParentUser', of.parent.user],
    ],
  );
}

type End = { readonly address: string; readonly port: number; readonly name: string };

/** Event 3. */
function connection(
  host: Host,
  time: number,
  of: SysmonProcess,
  initiated: boolean,
  source: End,
  destination: End & { readonly service?: string },
): EvtxEvent {
  return sysmon(
    host,
    time,
    [3, 5],
    [
      ['ProcessGuid', guid(of.guid)],
      ['ProcessId', u32(of.pid)],
      ['Image', of.image],
      ['User', of.user],
      ['Protocol', 'tcp'],
      ['Initiated', bool(initiated)],
      ['SourceIsIpv6', bool(false)],
      ['SourceIp', source.address],
      ['SourceHostname', source.name],
      ['SourcePort', u16(source.port)],
      ['SourcePortName', '-'],
      ['DestinationIsIpv6', bool(false)],
      ['DestinationIp', destination.address],
      ['DestinationHostname', destination.name],
      ['DestinationPort', u16(destination.port)],
      ['DestinationPortName', destination.service ?? '-'],
    ],
  );
}

const own = (host: Host, port: number): End => ({ address: host.address, port, name: host.fqdn });

/** 3 of a connection that a process of the host opens. */
export function connected(
  host: Host,
  time: number,
  of: SysmonProcess,
  to: End,
  sourcePort: number,
): EvtxEvent {
  return connection(host, time, of, true, own(host, sourcePort), to);
}

/** 3 of a connection that another machine opened. */
export function accepted(host: Host, time: number, of: SysmonProcess, from: End, port: number): EvtxEvent {
  const service = port === 445 ? 'microsoft-ds' : '-';
  return connection(host, time, of, false, from, { ...own(host, port), service });
}

/** Event 10. */
export function processOpened(
  host: Host,
  time: number,
  of: SysmonProcess,
  target: SysmonProcess,
  access: number,
): EvtxEvent {
  return sysmon(
    host,
    time,
    [10, 3],
    [
      ['SourceProcessGUID', guid(of.guid)],
      ['SourceProcessId', u32(of.pid)],
      ['SourceThreadId', u32(threadOf(time + of.pid))],
      ['SourceImage', of.image],
      ['TargetProcessGUID', guid(target.guid)],
      ['TargetProcessId', u32(target.pid)],
      ['TargetImage', target.image],
      ['GrantedAccess', `0x${access.toString(16)}`],
      [
        'CallTrace',
        'C:\\Windows\\SYSTEM32\\ntdll.dll+9d4c4|C:\\Windows\\System32\\KERNELBASE.dll+2c13e|C:\\Windows\\SYSTEM32\\dbgcore.DLL+6d42',
      ],
      ['SourceUser', of.user],
      ['TargetUser', target.user],
    ],
  );
}

/** Event 11. */
export function fileCreated(host: Host, time: number, of: SysmonProcess, file: string): EvtxEvent {
  return sysmon(
    host,
    time,
    [11, 2],
    [
      ['ProcessGuid', guid(of.guid)],
      ['ProcessId', u32(of.pid)],
      ['Image', of.image],
      ['TargetFilename', file],
      ['CreationUtcTime', utcText(time)],
      ['User', of.user],
    ],
  );
}

/** Event 13, or 12 where a value or key was made or removed. */
export function registryChanged(
  host: Host,
  time: number,
  of: SysmonProcess,
  type: 'SetValue' | 'DeleteValue' | 'CreateKey' | 'DeleteKey',
  target: string,
  details: string,
): EvtxEvent {
  const set = type === 'SetValue';
  return sysmon(
    host,
    time,
    [set ? 13 : 12, 2],
    [
      ['ProcessGuid', guid(of.guid)],
      ['ProcessId', u32(of.pid)],
      ['Image', of.image],
      ['TargetObject', target],
      ...(set ? ([['Details', details]] as const) : []),
      ['User', of.user],
    ],
    [['EventType', type]],
  );
}

/** 17: a pipe was made; 18: somebody connected to it, `System` where that came over the network. */
export function pipe(host: Host, time: number, eventId: 17 | 18, of: SysmonProcess, name: string): EvtxEvent {
  return sysmon(
    host,
    time,
    [eventId, 1],
    [
      ['ProcessGuid', guid(of.guid)],
      ['ProcessId', u32(of.pid)],
      ['PipeName', name],
      ['Image', of.image],
      ['User', of.user],
    ],
    [['EventType', eventId === 17 ? 'CreatePipe' : 'ConnectPipe']],
  );
}

/** Event 26: a file was deleted. */
export function fileDeleted(
  host: Host,
  time: number,
  of: SysmonProcess,
  file: string,
  hashes: string,
): EvtxEvent {
  return sysmon(
    host,
    time,
    [26, 5],
    [
      ['ProcessGuid', guid(of.guid)],
      ['ProcessId', u32(of.pid)],
      ['User', of.user],
      ['Image', of.image],
      ['TargetFilename', file],
      ['Hashes', hashes],
      ['IsExecutable', bool(false)],
    ],
  );
}
