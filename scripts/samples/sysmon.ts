/** Events of Sysmon, with the full field sets of schema 4.90. */
import type { EvtxEvent, EvtxValue } from '../../src/read/sources/evtx/write/index.ts';
import type { Random } from '../../src/run/drill/random.ts';
import { type Host, netbios, type Person, system } from './site.ts';

const provider = {
  name: 'Microsoft-Windows-Sysmon',
  guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
} as const;
const channel = 'Microsoft-Windows-Sysmon/Operational';

const u32 = (value: number): EvtxValue => ({ type: 'uint32', value });
const guid = (value: string): EvtxValue => ({ type: 'guid', value });
const hex64 = (value: number): EvtxValue => ({ type: 'hex64', value: BigInt(value) });

type Fields = readonly (readonly [string, EvtxValue])[];

/** `before`: fields that stand between the rule's name and the time, as registry events have one. */
function sysmon(
  host: Host,
  time: number,
  eventId: number,
  version: number,
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
    threadId: 3812,
    channel,
    computer: host.fqdn,
    userId: system.sid,
    data: {
      kind: 'named',
      fields: [
        ['RuleName', '-'],
        ...before,
        ['UtcTime', new Date(time / 1000).toISOString().replace('T', ' ').replace('Z', '')],
        ...fields,
      ],
    },
  };
}

/** What a well-known program says of itself in its version resource. */
const resources: Readonly<Record<string, readonly [original: string, description: string]>> = {
  'cmd.exe': ['Cmd.Exe', 'Windows Command Processor'],
  'powershell.exe': ['PowerShell.EXE', 'Windows PowerShell'],
  'wmic.exe': ['wmic.exe', 'WMI Commandline Utility'],
  'net.exe': ['net.exe', 'Net Command'],
  'netsh.exe': ['netsh.exe', 'Network Command Shell'],
  'nltest.exe': ['nltestrk.exe', 'Microsoft® Logon Server Test Utility'],
  'reg.exe': ['reg.exe', 'Registry Console Tool'],
  'rundll32.exe': ['RUNDLL32.EXE', 'Windows host process (Rundll32)'],
  'whoami.exe': ['whoami.exe', 'whoami - displays logged on user information'],
  'svchost.exe': ['svchost.exe', 'Host Process for Windows Services'],
  'mstsc.exe': ['mstsc.exe', 'Remote Desktop Connection'],
};

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

export type Process = {
  readonly host: Host;
  readonly time: number;
  readonly who: Person;
  readonly logonId: number;
  readonly session: number;
  readonly pid: number;
  readonly parentPid: number;
  readonly image: string;
  readonly commandLine: string;
  readonly parent: string;
  readonly parentCommandLine: string;
  readonly folder?: string;
};

/** Event 1. The identifiers that Sysmon makes up come from `random`. */
export function processCreated(process: Process, random: Random): EvtxEvent {
  const { host, time, who } = process;
  const [original, description] = resources[fileName(process.image).toLowerCase()] ?? ['-', '-'];
  const unique = (): string =>
    `{${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}}`.toUpperCase();
  const user = who === system ? 'NT AUTHORITY\\SYSTEM' : `${netbios}\\${who.account}`;
  return sysmon(host, time, 1, 5, [
    ['ProcessGuid', guid(unique())],
    ['ProcessId', u32(process.pid)],
    ['Image', process.image],
    ['FileVersion', `${host.windowsBuild}.1 (WinBuild.160101.0800)`],
    ['Description', description],
    ['Product', 'Microsoft® Windows® Operating System'],
    ['Company', 'Microsoft Corporation'],
    ['OriginalFileName', original],
    ['CommandLine', process.commandLine],
    ['CurrentDirectory', process.folder ?? 'C:\\Windows\\system32\\'],
    ['User', user],
    ['LogonGuid', guid(unique())],
    ['LogonId', hex64(process.logonId)],
    ['TerminalSessionId', u32(process.session)],
    ['IntegrityLevel', who === system ? 'System' : 'High'],
    ['Hashes', `SHA256=${random.hex(64).toUpperCase()},IMPHASH=${random.hex(32).toUpperCase()}`],
    ['ParentProcessGuid', guid(unique())],
    ['ParentProcessId', u32(process.parentPid)],
    ['ParentImage', process.parent],
    ['ParentCommandLine', process.parentCommandLine],
    ['ParentUser', user],
  ]);
}

/** Event 3. */
export function connected(
  { host, time, who, pid, image }: Pick<Process, 'host' | 'time' | 'who' | 'pid' | 'image'>,
  to: { readonly address: string; readonly port: number; readonly name: string },
  random: Random,
): EvtxEvent {
  return sysmon(host, time, 3, 5, [
    ['ProcessGuid', guid(`{${random.hex(8)}-0000-0000-0000-${random.hex(12)}}`.toUpperCase())],
    ['ProcessId', u32(pid)],
    ['Image', image],
    ['User', who === system ? 'NT AUTHORITY\\SYSTEM' : `${netbios}\\${who.account}`],
    ['Protocol', 'tcp'],
    ['Initiated', { type: 'bool', value: true }],
    ['SourceIsIpv6', { type: 'bool', value: false }],
    ['SourceIp', host.address],
    ['SourceHostname', host.fqdn],
    ['SourcePort', { type: 'uint16', value: random.whole(49152, 65535) }],
    ['SourcePortName', '-'],
    ['DestinationIsIpv6', { type: 'bool', value: false }],
    ['DestinationIp', to.address],
    ['DestinationHostname', to.name],
    ['DestinationPort', { type: 'uint16', value: to.port }],
    ['DestinationPortName', '-'],
  ]);
}

/** Event 11. */
export function fileCreated(
  host: Host,
  time: number,
  who: Person,
  pid: number,
  image: string,
  file: string,
): EvtxEvent {
  return sysmon(host, time, 11, 2, [
    ['ProcessGuid', guid('{6F1E2D3C-0000-0000-0000-000000000000}')],
    ['ProcessId', u32(pid)],
    ['Image', image],
    ['TargetFilename', file],
    ['CreationUtcTime', new Date(time / 1000).toISOString().replace('T', ' ').replace('Z', '')],
    ['User', `${netbios}\\${who.account}`],
  ]);
}

/** Event 13. */
export function registrySet(
  host: Host,
  time: number,
  pid: number,
  image: string,
  target: string,
  details: string,
): EvtxEvent {
  return sysmon(
    host,
    time,
    13,
    2,
    [
      ['ProcessGuid', guid('{6F1E2D3C-0000-0000-0000-000000000000}')],
      ['ProcessId', u32(pid)],
      ['Image', image],
      ['TargetObject', target],
      ['Details', details],
      ['User', 'NT AUTHORITY\\SYSTEM'],
    ],
    [['EventType', 'SetValue']],
  );
}
