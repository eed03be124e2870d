/**
 * Benign doings that look like an intruder's at their worst: typed once, at night, by hand, with the very tools. Quiet
 * twins are made of them. The truth lists each with the reason why it is none.
 */
import { openShare, readFiles, touchFile, visit } from '../acts/network.ts';
import { closeRemoteDesktop, openRemoteDesktop } from '../acts/remote-desktop.ts';
import { copiedByIfm, otherCleared, portProxySet, securityCleared } from '../acts/theft.ts';
import { wmicCreate } from '../acts/wmi.ts';
import { esent, installer, sysmon } from '../events/index.ts';
import type { Machine } from '../machine.ts';
import type { Cause } from '../record.ts';
import { Session } from '../session.ts';
import { hour, minute, second } from '../time.ts';
import type { Person } from '../world/site.ts';
import type { World } from '../world/world.ts';

/** An administrator at work on a server, reached from the own desk, for as long as `work` takes. */
export function atServer(
  world: World,
  of: { readonly person?: Person; readonly to: Machine; readonly time: number; readonly cause: Cause },
  work: (session: Session, time: number) => number,
): void {
  const { person = world.site.admins[0]!, to, time, cause } = of;
  const desk = new Session({
    machine: world.workstationOf(person),
    account: person.account,
    type: 2,
    time: time - 5 * minute,
    cause,
  });
  const session = openRemoteDesktop(world, { from: desk, to, account: person.admin ?? person.account, time });
  const end = work(session, time + minute);
  closeRemoteDesktop(session, end + minute);
  desk.close(end + 10 * minute);
}

/** A time in working hours on a day at this share of the drill. */
export function working(world: World, share: number, label: string): number {
  return world.calendar.at(world.dayAt(share), world.random.fork(`working ${label}`).about(13, 2.5));
}

/** A second domain controller is promoted from media that an administrator makes, copies and removes. */
export function promoteFromMedia(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'a domain controller is promoted from media',
    'an administrator on a planned day, from the own desk; the media go to the new domain controller and nowhere else',
    'VT-CA-01',
  );
  const [dc, next] = world.of('dc');
  const folder = world.names.fork('media').pick(['D:\\IFM', 'C:\\IFM', 'E:\\Media\\ifm']);
  atServer(world, { to: dc!, time: working(world, share, 'promotion'), cause }, (session, begin) => {
    let time = begin;
    const tool = session.run(
      time,
      'ntdsutil.exe',
      `ntdsutil  "activate instance ntds" ifm "create sysvol full ${folder}" quit quit`,
      { life: 2 * minute },
    );
    copiedByIfm(session, tool, time + second, folder);
    time += 9 * minute;
    world.recorder.ambient = cause;
    readFiles(world, {
      to: dc!,
      account: session.account,
      origin: world.originOf(next!),
      time,
      share: `${folder[0]!}$`,
      files: ['Active Directory\\ntds.dit', 'registry\\SYSTEM', 'registry\\SECURITY'].map(
        file => `${folder.slice(3)}\\${file}`,
      ),
    });
    world.recorder.ambient = null;
    time += 40 * minute;
    session.run(time, 'cmd.exe', `cmd  /c rd /s /q ${folder}`);
    return time;
  });
}

/** `netsh trace` runs a script of Windows that asks everything about the host: a hundred processes in half a minute. */
export function networkTrace(world: World, machine: Machine, time: number): void {
  const random = world.random.fork(`trace ${machine.host.role} ${Math.floor(time / hour)}`);
  const cause = world.recorder.cause(
    'lookalike',
    'a network trace is stopped, and Windows gathers what it knows of the host',
    'cscript and gatherNetworkInfo.vbs under the machine account, as netsh trace always does',
    'VT-DI-07',
  );
  const script = machine.startAsSystem(
    time,
    'schedule',
    'C:\\Windows\\System32\\cscript.exe',
    'C:\\Windows\\System32\\cscript.exe C:\\Windows\\System32\\gatherNetworkInfo.vbs',
    cause,
  );
  const asked = [
    ['ipconfig.exe', 'ipconfig /all'],
    ['ARP.EXE', 'arp -a'],
    ['NETSTAT.EXE', 'netstat -nao'],
    ['netsh.exe', 'netsh advfirewall show allprofiles'],
    ['netsh.exe', 'netsh interface portproxy show all'],
    ['netsh.exe', 'netsh wlan show all'],
    ['netsh.exe', 'netsh interface teredo show state'],
    ['netsh.exe', 'netsh dnsclient show state'],
    ['systeminfo.exe', 'systeminfo'],
    ['tasklist.exe', 'tasklist /svc'],
    ['net.exe', 'net config workstation'],
    ['reg.exe', 'reg export "HKLM\\SYSTEM\\CurrentControlSet\\Control\\NetworkProvider" reg\\np.reg.txt /y'],
    [
      'reg.exe',
      'reg export "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Winlogon\\Notifications" reg\\notif.reg.txt /y',
    ],
    ['wevtutil.exe', 'wevtutil epl "Microsoft-Windows-WLAN-AutoConfig/Operational" wlan.evtx /ow:true'],
    ['route.exe', 'route print'],
    ['nbtstat.exe', 'nbtstat -n'],
  ] as const;
  const subject = { account: machine.account, logonId: 0x3e7 };
  for (let i = 0; i < 70; i++) {
    const [program, words] = asked[i % asked.length]!;
    const at = time + second + Math.round((i / 70) * 36 * second) + random.whole(0, 200_000);
    const shell = machine.start({
      time: at,
      subject,
      image: 'C:\\Windows\\System32\\cmd.exe',
      commandLine: `"C:\\Windows\\System32\\cmd.exe" /c ${words} >> config\\envinfo.txt`,
      parent: script,
      cause,
    });
    machine.start({
      time: at + 60_000,
      subject,
      image: `C:\\Windows\\System32\\${program}`,
      commandLine: words,
      parent: shell,
      cause,
    });
  }
}

/** A workstation's image is made: the last thing its script does is to empty the logs. */
export function goldenImage(world: World, machine: Machine, time: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'a golden image is sealed: its script empties the logs',
    'on a workstation that is being built, followed by a restart; no other host is concerned',
    'VT-DE-01',
  );
  const [, person] = world.site.admins;
  const session = new Session({ machine, account: person!.admin!, type: 2, time, cause });
  let at = time + 4 * minute;
  for (const log of ['Application', 'System', 'Setup', 'Microsoft-Windows-PowerShell/Operational']) {
    session.run(at, 'wevtutil.exe', `wevtutil  cl "${log}"`);
    if (log === 'Application' || log.includes('PowerShell')) otherCleared(session, at + 300_000, log);
    at += 2 * second;
  }
  session.run(at, 'wevtutil.exe', 'wevtutil  cl Security');
  securityCleared(session, at + 200_000);
  session.run(
    at + 20 * second,
    'C:\\Windows\\System32\\Sysprep\\sysprep.exe',
    'sysprep  /generalize /oobe /shutdown',
  );
  session.close(at + minute);
}

/** A vendor asks for a bundle: what the host is, its logs and settings, packed with the ticket's password. */
export function supportBundle(world: World, to: Machine, time: number): void {
  const names = world.names.fork('support bundle');
  const ticket = `CS${names.whole(100_000, 999_999)}`;
  const cause = world.recorder.cause(
    'lookalike',
    'a bundle for a vendor: settings and logs of a host, packed with a password',
    'an administrator in working hours; it holds no credentials, and leaves through the vendor portal',
    'VT-ST-01',
  );
  const folder = `C:\\Temp\\${ticket}`;
  atServer(world, { to, time, cause }, (session, begin) => {
    let at = begin;
    for (const words of [
      `systeminfo > ${folder}\\systeminfo.txt`,
      `ipconfig /all > ${folder}\\ip.txt`,
      `netstat -ano > ${folder}\\netstat.txt`,
      `tasklist /v > ${folder}\\tasks.txt`,
      `wevtutil epl Application ${folder}\\app.evtx`,
    ]) {
      at += 9 * second;
      const [word = 'cmd'] = words.split(' ');
      session.run(at, 'cmd.exe', `cmd  /c ${words}`);
      session.run(at + 50_000, `${word}.exe`, words.split(' >')[0]!);
    }
    at += 2 * minute;
    const packed = session.run(
      at,
      'C:\\Program Files\\7-Zip\\7z.exe',
      `"C:\\Program Files\\7-Zip\\7z.exe" a -p${ticket} ${folder}.7z ${folder}\\*`,
      { builtAs: '7z.exe', life: minute },
    );
    session.file(at + second, packed, `${folder}.7z`);
    return at + 3 * minute;
  });
}

/** Something hangs, and its memory is dumped: with a tool, and with the library that everybody knows. Never the LSA's. */
export function hungProgram(world: World, to: Machine, time: number, person?: Person): void {
  const cause = world.recorder.cause(
    'lookalike',
    'the memory of a hung program is dumped for its vendor',
    'the program is not the LSA: the process id belongs to another',
    'VT-CA-05',
  );
  atServer(world, { to, time, cause, ...(person === undefined ? {} : { person }) }, (session, at) => {
    const hung = to.startAsSystem(
      at - 20 * minute,
      'services',
      'C:\\Program Files\\Meter\\collector.exe',
      '"C:\\Program Files\\Meter\\collector.exe" -service',
      cause,
    );
    const tool = session.run(
      at,
      'C:\\Tools\\procdump64.exe',
      `C:\\Tools\\procdump64.exe -accepteula -ma ${hung.pid} C:\\Temp\\collector.dmp`,
    );
    session.file(at + 2 * second, tool, 'C:\\Temp\\collector.dmp');
    const next = at + 3 * minute;
    const other = session.run(
      next,
      'rundll32.exe',
      `rundll32  C:\\Windows\\System32\\comsvcs.dll, MiniDump ${hung.pid} C:\\Temp\\collector2.dmp full`,
    );
    session.file(next + second, other, 'C:\\Temp\\collector2.dmp');
    return next + minute;
  });
}

/** The antivirus looks into the LSA every day, as it must. */
export function antivirusReads(world: World, machine: Machine): void {
  const random = world.random.fork(`antivirus ${machine.host.role}`);
  const cause = world.recorder.cause(
    'lookalike',
    'the antivirus opens the LSA process',
    'signed by the system, every day, with rights to read little',
    'VT-CA-05',
  );
  for (const dayNumber of world.days()) {
    const time = world.calendar.at(dayNumber, random.next() * 24);
    const engine = machine.startAsSystem(
      time,
      'services',
      'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24090.11-0\\MsMpEng.exe',
      '"C:\\ProgramData\\Microsoft\\Windows Defender\\platform\\4.18.24090.11-0\\MsMpEng.exe"',
      cause,
    );
    machine.write(
      sysmon.processOpened(machine.host, time + second, engine, machine.standing('lsass', time), 0x1000),
      cause,
    );
  }
}

/** A domain controller's system state is backed up every night with what Windows has for that. */
export function systemStateBackup(world: World): void {
  const random = world.random.fork('system state');
  const machine = world.the('dc', 1);
  const cause = world.recorder.cause(
    'lookalike',
    'the system state of a domain controller is backed up every night',
    'a scheduled task at the same minute every night, to the same volume',
    'VT-CA-02',
  );
  for (const dayNumber of world.days()) {
    const time = world.calendar.at(dayNumber, 23.5) + random.whole(0, 5) * second;
    const session = new Session({ machine, account: world.site.tasks, type: 4, time, cause });
    session.run(time + second, 'wbadmin.exe', 'wbadmin  start systemstatebackup -backupTarget:E: -quiet', {
      by: 'task',
      life: 20 * minute,
    });
    machine.shadowService(time + 4 * second, cause);
    session.close(time + 25 * minute);
  }
}

/** A copy of the directory database from the backup is attached on the backup server to see that it can be. */
export function restoreTest(world: World, share: number): void {
  const machine = world.the('backup');
  const cause = world.recorder.cause(
    'lookalike',
    'a restore is tested: the directory database out of the backup is checked',
    'on the backup server, in the restore folder, by an administrator in working hours',
    'VT-CA-03',
  );
  const path = 'E:\\Restore\\Active Directory\\ntds.dit';
  atServer(world, { to: machine, time: working(world, share, 'restore'), cause }, (session, at) => {
    const tool = session.run(at, 'esentutl.exe', `esentutl  /g "${path}"`, { life: 5 * minute });
    machine.write(esent.directoryEngine.attached(machine.host, at + 2 * second, tool.pid, path), cause);
    machine.write(esent.directoryEngine.detached(machine.host, at + 50 * second, tool.pid, path, 1), cause);
    return at + 5 * minute;
  });
}

/** Somebody lost a file: a shadow copy is made, the file taken out of it. */
export function fileFromShadow(world: World, share: number): void {
  const files = world.the('file');
  const cause = world.recorder.cause(
    'lookalike',
    'a shadow copy is made on the file server and a document taken out of it',
    'a document, not the directory or a hive; in working hours',
    'VT-CA-02',
  );
  atServer(world, { to: files, time: working(world, share, 'shadow'), cause }, (session, at) => {
    session.run(at, 'vssadmin.exe', 'vssadmin  create shadow /for=D:');
    files.shadowService(at + second, cause);
    const from = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy3\\Shares\\Budget\\FY27.xlsx';
    const to = 'D:\\Shares\\Budget\\FY27-restored.xlsx';
    const shell = session.run(at + minute, 'cmd.exe', `cmd  /c copy ${from} ${to}`);
    session.file(at + minute + second, shell, to);
    return at + 3 * minute;
  });
}

/** An agent is rolled out with wmic: processes started on host after host. */
export function rollOut(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'an agent is installed on many hosts with wmic',
    'the same installer from the software share on every host within an hour, by an administrator from the management server',
    'VT-LM-01',
  );
  const share0 = world.site.share;
  atServer(
    world,
    { to: world.the('management'), time: working(world, share, 'roll-out'), cause },
    (session, begin) => {
      let time = begin;
      for (const { role } of world.site.hosts.slice(0, 7)) {
        if (role === 'management') continue;
        const to = world.the(role);
        wmicCreate(world, {
          from: session,
          to,
          time,
          command: `msiexec.exe /i \\\\${world.the('file').host.name}\\${share0}\\agent\\agent-24.3.msi /qn`,
        });
        to.write(
          installer.installed(to.host, time + 40 * second, 'Monitoring Agent 24.3', session.account),
          cause,
        );
        time += 3 * minute;
      }
      return time;
    },
  );
}

/** A port is forwarded on a server for an application that moved, as a ticket asks. */
export function ticketedProxy(world: World, share: number): void {
  const [port, machine, target] = [8443, world.the('management'), world.the('app')];
  const cause = world.recorder.cause(
    'lookalike',
    'a port is forwarded to the application server while clients are moved',
    'an administrator in working hours, towards the application itself, removed a week later',
    'VT-C2-01',
  );
  for (const [i, dayShare] of [share, Math.min(0.95, share + 0.25)].entries()) {
    atServer(world, { to: machine, time: working(world, dayShare, `proxy ${i}`), cause }, (session, at) => {
      const words =
        i === 0
          ? `netsh  interface portproxy add v4tov4 listenport=${port} listenaddress=0.0.0.0 connectport=443 connectaddress=${target.host.address}`
          : `netsh  interface portproxy delete v4tov4 listenport=${port} listenaddress=0.0.0.0`;
      const netsh = session.run(at, 'netsh.exe', words);
      const rule = { listen: `0.0.0.0/${port}`, connect: `${target.host.address}/443`, remove: i === 1 };
      portProxySet(session, netsh, at + 200_000, rule);
      return at + 4 * minute;
    });
  }
}

/** Scripts and people write the same things oddly: abbreviated, quoted, with short names, pasted with long dashes. */
export function oddHabits(world: World): void {
  const random = world.random.fork('odd habits');
  const cause = world.recorder.cause(
    'lookalike',
    'administrators and vendor scripts write commands oddly',
    'the commands are harmless however they are written',
    null,
  );
  const odd = [
    ['netsh.exe', 'netsh  i i sh i'],
    ['netsh.exe', 'netsh  int ip sh addr'],
    ['cmd.exe', '"C:\\Windows\\system32\\cmd.exe" /c "C:\\PROGRA~1\\Meter\\run^.cmd" ^& exit'],
    ['cmd.exe', 'cmd  /c "set P=C:\\PROGRA~1&& call %P%\\Meter\\status.cmd"'],
    ['net.exe', '"net" "use" "Z:" "/delete"'],
    ['reg.exe', 'reg.exe  query "HKLM\\SOFTWARE\\Vendor" –v Version'],
    ['ntdsutil.exe', 'ntdsutil  "ac i ntds" "fi" "in" q q'],
    ['ntdsutil.exe', 'ntdsutil  "metadata cleanup" "remove selected server" quit quit'],
    ['esentutl.exe', 'esentutl  /y D:\\Data\\meters.edb /d E:\\Copy\\meters.edb'],
    ['diskshadow.exe', 'diskshadow  /s C:\\Scripts\\sql-snapshot.dsh'],
    ['wbadmin.exe', 'wbadmin  get versions'],
    ['rundll32.exe', 'rundll32  printui.dll,PrintUIEntry /il'],
  ] as const;
  for (const dayNumber of world.days()) {
    if (!world.calendar.isWorkday(dayNumber) || !random.chance(0.3)) continue;
    const to = world.the(random.pick(['dc', 'app', 'file'] as const));
    const person = random.pick(world.site.admins);
    atServer(
      world,
      { person, to, time: world.calendar.at(dayNumber, random.about(13, 2)), cause },
      (session, begin) => {
        let time = begin;
        for (const [program, words] of random.some(odd, 2)) {
          session.run(time, program, words);
          time += random.whole(20, 200) * second;
        }
        return time;
      },
    );
  }
}

/** An administrator travels and works at night from a hotel, with the domain controller down. */
export function nightFromHotel(
  world: World,
  share: number,
  enter: (address: string, time: number) => { readonly session: Session; leave(time: number): void },
): void {
  const time = world.calendar.at(world.dayAt(share), 22.5);
  const { session, leave } = enter(world.outside.address(), time);
  let at = time + 4 * minute;
  for (const [program, words] of [
    ['dcdiag.exe', 'dcdiag  /v'],
    ['repadmin.exe', 'repadmin  /showrepl'],
    ['vssadmin.exe', 'vssadmin  list shadows'],
    ['net.exe', 'net  group "Domain Admins" /domain'],
    ['NETSTAT.EXE', 'netstat  -ano'],
  ] as const) {
    session.run(at, program, words);
    at += 50 * second;
  }
  leave(at);
}

/** Somebody from the helpdesk looks for space on workstations over their admin shares. */
export function shareRound(world: World, share: number): void {
  const { helpdesk, staff } = world.site;
  const cause = world.recorder.cause(
    'lookalike',
    'the helpdesk clears space on workstations over their admin shares',
    'the helpdesk account from its own workstation, in working hours, host after host',
    'VT-LM-05',
  );
  const from = world.workstationOf(helpdesk);
  let time = working(world, share, 'round');
  const session = new Session({
    machine: from,
    account: helpdesk.account,
    type: 2,
    time: time - 5 * minute,
    cause,
  });
  for (const person of staff) {
    const to = world.workstationOf(person);
    time += 4 * minute;
    session.run(time, 'net.exe', `net  use \\\\${to.host.name}\\c$`);
    const reached = visit(world, {
      to,
      account: helpdesk.account,
      origin: world.originOf(from),
      time: time + second,
      cause,
    });
    openShare(reached, time + 2 * second, 'C$');
    touchFile(reached, time + 4 * second, { share: 'C$', file: 'Windows\\Temp' });
    touchFile(reached, time + 30 * second, { share: 'C$', file: 'Windows\\Temp\\old.log', access: 'delete' });
    reached.close(time + 3 * minute);
  }
  session.close(time + 20 * minute);
}
