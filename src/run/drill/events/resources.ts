/** What programs say of themselves in their version resources, which Sysmon writes beside every start. */
import { fileName } from './common.ts';

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

/** By the name that a program was built under, or that of its file; dashes where nothing is known of it. */
export function resourceOf(image: string, builtAs: string | null): Required<Resource> {
  const key = (builtAs ?? fileName(image)).toLowerCase();
  const [original, description, product = windows, company = microsoft] = resources[key] ?? unknownResource;
  return [original, description, product, company];
}
