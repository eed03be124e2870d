/** Events of Sysmon, with the full field sets of schema 4.90. */
import type { EvtxEvent } from '../../../read/sources/index.ts';
import type { Host } from '../world/site.ts';
import { bool, type Fields, fileName, guid, hex64, marked, threadOf, u16, u32, utcText } from './common.ts';

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
export function sysmon(
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

const windows = 'Microsoft® Windows® Operating System';
const microsoft = 'Microsoft Corporation';

type Resource = readonly [original: string, description: string, product?: string, company?: string];

/** What a program says of itself in its version resource, by the name that it was built under. */
const resources: Readonly<Record<string, Resource>> = {
  'cmd.exe': ['Cmd.Exe', 'Windows Command Processor'],
  'powershell.exe': ['PowerShell.EXE', 'Windows PowerShell'],
  'wmic.exe': ['wmic.exe', 'WMI Commandline Utility'],
  'wmiprvse.exe': ['Wmiprvse.exe', 'WMI Provider Host'],
  'net.exe': ['net.exe', 'Net Command'],
  'net1.exe': ['net1.exe', 'Net Command'],
  'netsh.exe': ['netsh.exe', 'Network Command Shell'],
  'netstat.exe': ['netstat.exe', 'TCP/IP Netstat Command'],
  'nltest.exe': ['nltestrk.exe', 'Microsoft® Logon Server Test Utility'],
  'ntdsutil.exe': ['ntdsutil.exe', 'NT5DS'],
  'reg.exe': ['reg.exe', 'Registry Console Tool'],
  'rundll32.exe': ['RUNDLL32.EXE', 'Windows host process (Rundll32)'],
  'whoami.exe': ['whoami.exe', 'whoami - displays logged on user information'],
  'svchost.exe': ['svchost.exe', 'Host Process for Windows Services'],
  'mstsc.exe': ['mstsc.exe', 'Remote Desktop Connection'],
  'wsmprovhost.exe': ['wsmprovhost.exe', 'Host process for WinRM plug-ins'],
  'sc.exe': ['sc.exe', 'Service Control Manager Configuration Tool'],
  'vncviewer.exe': ['tvnviewer.exe', 'TightVNC Viewer', 'TightVNC', 'GlavSoft LLC.'],
  'putty.exe': ['PuTTY', 'SSH, Telnet, Rlogin, and SUPDUP client', 'PuTTY suite', 'Simon Tatham'],
  'anydesk.exe': ['-', 'AnyDesk', 'AnyDesk', 'AnyDesk Software GmbH'],
  'vssadmin.exe': ['VSSADMIN.EXE', 'Command Line Interface for Microsoft® Volume Shadow Copy Service '],
  'diskshadow.exe': ['diskshadow.exe', 'DiskShadow'],
  'esentutl.exe': ['esentutl.exe', 'Extensible Storage Engine Utilities for Microsoft(R) Windows(R)'],
  'wbadmin.exe': ['WBADMIN.EXE', 'Command Line Interface for Microsoft® BLB Backup'],
  'wevtutil.exe': ['wevtutil.exe', 'Eventing Command Line Utility'],
  'makecab.exe': ['makecab.exe', 'Microsoft® Cabinet Maker'],
  'xcopy.exe': ['XCOPY.EXE', 'Extended Copy Utility'],
  'robocopy.exe': ['robocopy.exe', 'Microsoft Robocopy'],
  'certutil.exe': ['CertUtil.exe', 'CertUtil.exe'],
  'tasklist.exe': ['tasklist.exe', 'Lists the current running tasks'],
  'taskmgr.exe': ['Taskmgr.exe', 'Task Manager'],
  'systeminfo.exe': ['sysinfo.exe', 'Displays system information'],
  'ipconfig.exe': ['ipconfig.exe', 'IP Configuration Utility'],
  'arp.exe': ['arp.exe', 'TCP/IP Arp Command'],
  'ping.exe': ['ping.exe', 'TCP/IP Ping Command'],
  'quser.exe': ['quser.exe', 'Query User Utility'],
  'qwinsta.exe': ['qwinsta.exe', 'Query Session Utility'],
  'curl.exe': ['curl.exe', 'The curl executable', 'The curl executable', 'curl, https://curl.se/'],
  'ldifde.exe': ['ldifde.exe', 'LDIF Import/Export Utility'],
  'dnscmd.exe': ['dnscmd.exe', 'DNS Server Management Command Line Tool'],
  'schtasks.exe': ['schtasks.exe', 'Task Scheduler Configuration Tool'],
  'cscript.exe': ['cscript.exe', 'Microsoft ® Console Based Script Host'],
  'explorer.exe': ['EXPLORER.EXE', 'Windows Explorer'],
  'notepad.exe': ['NOTEPAD.EXE', 'Notepad'],
  'gpupdate.exe': ['gpupdate.exe', 'Microsoft® Group Policy Update Utility'],
  '7z.exe': ['7z.exe', '7-Zip Console', '7-Zip', 'Igor Pavlov'],
  '7za.exe': ['7za.exe', '7-Zip Standalone Console', '7-Zip', 'Igor Pavlov'],
  'rar.exe': ['Rar.exe', 'Command line RAR', 'WinRAR', 'Alexander Roshal'],
  'psexec64.exe': [
    'psexec.c',
    'Execute processes remotely',
    'Sysinternals PsExec',
    'Sysinternals - www.sysinternals.com',
  ],
  'psexesvc.exe': [
    'psexesvc.exe',
    'PsExec Service',
    'Sysinternals PsExec',
    'Sysinternals - www.sysinternals.com',
  ],
  'procdump64.exe': ['procdump', 'Sysinternals process dump utility', 'ProcDump', 'Sysinternals'],
};

const unknownResource: Resource = ['-', '-', '-', '-'];

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
  const key = (of.builtAs ?? fileName(of.image)).toLowerCase();
  const [original, description, product, company] = resources[key] ?? unknownResource;
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
      ['Product', product ?? windows],
      ['Company', company ?? microsoft],
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

/** Event 3. */
export function connected(
  host: Host,
  time: number,
  of: SysmonProcess,
  to: { readonly address: string; readonly port: number; readonly name: string },
  sourcePort: number,
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
      ['Initiated', bool(true)],
      ['SourceIsIpv6', bool(false)],
      ['SourceIp', host.address],
      ['SourceHostname', host.fqdn],
      ['SourcePort', u16(sourcePort)],
      ['SourcePortName', '-'],
      ['DestinationIsIpv6', bool(false)],
      ['DestinationIp', to.address],
      ['DestinationHostname', to.name],
      ['DestinationPort', u16(to.port)],
      ['DestinationPortName', '-'],
    ],
  );
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
