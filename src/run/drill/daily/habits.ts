/**
 * What is usual at many sites and looks like an intruder: a backup that runs ntdsutil, archives with passwords, inventory
 * by wmic, scanners, port proxies into Linux guests, scripts that search for logons or save hives, vendors in the plant.
 * The truth lists each with the reason why it is none.
 */
import { openShare, readFiles, touchFile, visit } from '../acts/network.ts';
import { closeRemoteDesktop, openRemoteDesktop } from '../acts/remote-desktop.ts';
import { copiedByIfm, portProxySet } from '../acts/theft.ts';
import { closeTunnel, openTunnel } from '../acts/vpn.ts';
import { logons, scripts } from '../events/index.ts';
import type { Cause } from '../record.ts';
import { Session } from '../session.ts';
import { hour, minute, second } from '../time.ts';
import type { World } from '../world/world.ts';

export function playHabits(world: World): void {
  const { habits } = world.site;
  if (habits.ifmBackup) ifmBackup(world);
  if (habits.nightlyArchive) nightlyArchive(world);
  if (habits.wmicInventory) wmicInventory(world);
  if (habits.scanner) scanner(world);
  if (habits.wslProxy) wslProxy(world);
  if (habits.logonReport) logonReport(world);
  if (habits.hiveBackup) hiveBackup(world);
  if (habits.vendorSessions) vendorSessions(world);
}

/** Days on which a weekly job runs. */
function* weekly(world: World, weekday: number): Iterable<number> {
  for (const dayNumber of world.days()) if (world.calendar.weekday(dayNumber) === weekday) yield dayNumber;
}

function dateText(world: World, dayNumber: number): string {
  return new Date((world.calendar.at(dayNumber, 12) + world.site.offset * hour) / 1000)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
}

/** A scheduled task of the site's task account: its batch logon, and the script that it starts. */
function task(
  world: World,
  machine: ReturnType<World['the']>,
  time: number,
  script: string,
  cause: Cause,
): Session {
  const session = new Session({ machine, account: world.site.tasks, type: 4, time, cause });
  session.run(time + 200_000, 'cmd.exe', `C:\\Windows\\SYSTEM32\\cmd.exe /c "${script}"`, {
    by: 'task',
    life: 20 * minute,
  });
  return session;
}

function ifmBackup(world: World): void {
  const random = world.random.fork('ifm backup');
  const folder = `${world.names.fork('ifm').pick(['E:\\Backup\\IFM', 'D:\\DCBackup', 'E:\\ADBackup'])}`;
  const fetches = random.chance(0.5);
  const typed = random.pick([
    (to: string) => `ntdsutil  "activate instance ntds" ifm "create full ${to}" quit quit`,
    (to: string) => `ntdsutil  "ac i ntds" "ifm" "create full ${to}" q q`,
  ]);
  const hours = random.whole(0, 5);
  const cause = world.recorder.cause(
    'lookalike',
    'a scheduled task copies the directory database by install-from-media every week',
    'same service account, parent, folder and hour every week; a scheduled task starts it; no archive with a password, no deletion',
    'VT-CA-01',
  );
  const dc = world.the('dc');
  for (const dayNumber of weekly(world, 0)) {
    const time = world.calendar.at(dayNumber, hours) + random.whole(1, 9) * second;
    const session = task(world, dc, time, 'C:\\Scripts\\dc-backup.cmd', cause);
    const to = `${folder}\\${dateText(world, dayNumber)}`;
    const tool = session.run(time + second, 'ntdsutil.exe', typed(to), { life: minute, by: 'task' });
    copiedByIfm(session, tool, time + second, to);
    session.close(time + 3 * minute);
    if (!fetches) continue;
    world.recorder.ambient = cause;
    readFiles(world, {
      to: dc,
      account: world.site.backup,
      origin: world.originOf(world.the('backup')),
      time: time + 2 * hour,
      share: `${folder[0]!}$`,
      files: ['Active Directory\\ntds.dit', 'registry\\SYSTEM'].map(file => `${to.slice(3)}\\${file}`),
    });
    world.recorder.ambient = null;
  }
}

function nightlyArchive(world: World): void {
  const random = world.random.fork('nightly archive');
  const password = world.names.fork('archive').letters(12, 'ABCDEFGHKLMNPQRSTabcdefghkmnpqrst23456789');
  const cause = world.recorder.cause(
    'lookalike',
    'a nightly job packs an export with a password',
    'same service account, script and folder every night; what it packs is an export, nothing that was taken',
    'VT-ST-01',
  );
  const machine = world.the('app');
  for (const dayNumber of world.days()) {
    if (world.site.pace < 1 && world.calendar.weekday(dayNumber) !== 1) continue;
    const time = world.calendar.at(dayNumber, 2.25) + random.whole(1, 20) * second;
    const session = task(world, machine, time, 'D:\\Jobs\\pack.cmd', cause);
    const archive = `E:\\Export\\daily-${dateText(world, dayNumber)}.7z`;
    const packed = session.run(
      time + 2 * second,
      'C:\\Program Files\\7-Zip\\7z.exe',
      `"C:\\Program Files\\7-Zip\\7z.exe" a -p${password} -mhe=on ${archive} D:\\Export\\*`,
      { by: 'task', life: minute, builtAs: '7z.exe' },
    );
    session.file(time + 4 * second, packed, archive);
    session.close(time + random.whole(40, 200) * second);
  }
}

function wmicInventory(world: World): void {
  const random = world.random.fork('inventory');
  const cause = world.recorder.cause(
    'lookalike',
    'a weekly inventory asks hosts with wmic',
    'one service account from the management server, the same questions every week; nothing is started on the hosts',
    'VT-DI-02',
  );
  const machine = world.the('management');
  const { inventory } = world.site;
  const questions = [
    'qfe list brief',
    'product list brief',
    'logicaldisk get caption,freespace,size',
    'baseboard list full',
  ];
  for (const dayNumber of weekly(world, 3)) {
    let time = world.calendar.at(dayNumber, 5) + random.whole(1, 30) * second;
    const session = new Session({ machine, account: inventory, type: 4, time, cause });
    for (const { host } of world.machines.slice(0, 7)) {
      time += random.whole(10, 50) * second;
      session.run(time, 'wbem\\WMIC.exe', `wmic  /node:${host.name} ${random.pick(questions)}`, {
        by: 'task',
      });
      const to = world.machine(host);
      const reached = visit(world, {
        to,
        account: inventory,
        origin: world.originOf(machine),
        time: time + second,
        cause,
      });
      reached.close(time + 20 * second);
    }
    session.close(time + minute);
  }
}

function scanner(world: World): void {
  const random = world.random.fork('scanner');
  const origin = { address: `${world.site.network}.10.250`, name: 'SCANNER' };
  const cause = world.recorder.cause(
    'lookalike',
    'a vulnerability scanner logs on to every host on Tuesday nights',
    'one account from one address every Tuesday at the same hour, approved',
    'VT-LM-05',
  );
  for (const dayNumber of weekly(world, 2)) {
    let time = world.calendar.at(dayNumber, 1.5);
    for (const machine of world.machines.slice(0, 9)) {
      time += random.whole(20, 90) * second;
      const { host } = machine;
      for (const name of ['administrator', 'guest'] as const) {
        const account = { ...world.site.scanner, name };
        const failed = { address: origin.address, workstation: origin.name, unknown: name === 'guest' };
        machine.write(
          logons.failedLogon(host, time - 4 * second, machine.lsass(time), account, failed),
          cause,
        );
      }
      const session = visit(world, {
        to: machine,
        account: world.site.scanner,
        origin,
        time,
        package: 'NTLM',
        cause,
      });
      openShare(session, time + second, 'IPC$');
      openShare(session, time + 2 * second, 'ADMIN$');
      touchFile(session, time + 2 * second, { share: 'IPC$', file: 'winreg', access: 'both' });
      touchFile(session, time + 3 * second, { share: 'IPC$', file: 'svcctl', access: 'both' });
      session.close(time + 15 * second);
    }
  }
}

function wslProxy(world: World): void {
  const random = world.random.fork('wsl');
  const [person] = world.site.staff;
  const machine = world.workstationOf(person!);
  if (!machine.host.logs.collected) return;
  const cause = world.recorder.cause(
    'lookalike',
    'a workstation forwards a port to its own Linux guest',
    'a task at logon on one workstation; the target is the guest of the same machine',
    'VT-C2-01',
  );
  const port = random.pick([2222, 3000, 8080, 5000]);
  for (const dayNumber of world.days()) {
    if (!world.calendar.isWorkday(dayNumber) || !random.chance(0.7 * world.site.pace)) continue;
    const time = world.calendar.at(dayNumber, random.about(9, 0.5));
    const guest = `172.${random.whole(18, 31)}.${random.whole(16, 240)}.${random.whole(2, 250)}`;
    const script = machine.startAsSystem(
      time,
      'schedule',
      'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      'powershell.exe -File C:\\Tools\\wsl-ports.ps1',
      cause,
    );
    const system = { account: machine.account, logonId: 0x3e7 };
    const netsh = machine.start({
      time: time + 2 * second,
      subject: system,
      image: 'C:\\Windows\\System32\\netsh.exe',
      commandLine: `"C:\\Windows\\system32\\netsh.exe" interface portproxy add v4tov4 listenport=${port} listenaddress=0.0.0.0 connectport=${port} connectaddress=${guest}`,
      parent: script,
      cause,
    });
    const on = { machine, cause };
    portProxySet(on, netsh, time + 2.1 * second, {
      listen: `0.0.0.0/${port}`,
      connect: `${guest}/${port}`,
    });
  }
}

function logonReport(world: World): void {
  const random = world.random.fork('logon report');
  const cause = world.recorder.cause(
    'lookalike',
    'a weekly report lists the logons of administrators',
    'a scheduled task of the task account, the same question every week',
    'VT-DI-10',
  );
  const machine = world.the('dc');
  for (const dayNumber of weekly(world, 1)) {
    const time = world.calendar.at(dayNumber, 6) + random.whole(1, 9) * second;
    const session = task(world, machine, time, 'C:\\Scripts\\logon-report.cmd', cause);
    session.run(
      time + second,
      'wevtutil.exe',
      'wevtutil  qe Security "/q:*[System[(EventID=4624) and TimeCreated[timediff(@SystemTime) <= 604800000]]]" /f:text',
      { by: 'task', life: minute },
    );
    const text =
      'Get-WinEvent -FilterHashtable @{LogName="Security";Id=4624;StartTime=(Get-Date).AddDays(-7)} | Export-Csv D:\\Reports\\logons.csv';
    const id = world.random.guid().slice(1, -1).toLowerCase();
    machine.write(
      scripts.scriptBlock(
        machine.host,
        time + 30 * second,
        session.account,
        machine.pid(time, time + hour),
        text,
        id,
        'C:\\Scripts\\logons.ps1',
      ),
      cause,
    );
    session.close(time + 2 * minute);
  }
}

function hiveBackup(world: World): void {
  const random = world.random.fork('hive backup');
  const cause = world.recorder.cause(
    'lookalike',
    'a recovery script saves the hives of a server every month',
    'a scheduled task of the task account, the same folder every month; nothing packs or fetches them',
    'VT-CA-04',
  );
  const machine = world.the('app');
  for (let dayNumber = random.whole(2, 9); dayNumber < world.calendar.days; dayNumber += 28) {
    const time = world.calendar.at(dayNumber, 4) + random.whole(1, 9) * second;
    const session = task(world, machine, time, 'D:\\Recovery\\save-hives.cmd', cause);
    for (const [i, hive] of ['system', 'software', 'sam', 'security'].entries()) {
      const at = time + (2 + i * 3) * second;
      const path = `D:\\Recovery\\${hive}.hiv`;
      const reg = session.run(at, 'reg.exe', `reg  save hklm\\${hive} ${path} /y`, { by: 'task' });
      session.file(at + second, reg, path);
    }
    session.close(time + minute);
  }
}

function vendorSessions(world: World): void {
  const random = world.random.fork('vendor');
  const { vendor } = world.site;
  const address = world.outside.address();
  const machine = `${world.names.fork('vendor').pick(['SUPPORT', 'FIELD', 'SVC'])}-NB${random.whole(1, 30)}`;
  const cause = world.recorder.cause(
    'lookalike',
    'the vendor works on the plant through the OT jump host',
    'an approved account from the vendor, always the same address and way, in working hours',
    'VT-LM-04',
  );
  for (
    let dayNumber = random.whole(1, 6);
    dayNumber < world.calendar.days;
    dayNumber += random.whole(4, 11)
  ) {
    const begin = world.calendar.at(world.calendar.workday(dayNumber), random.about(10.5, 1.5));
    const end = begin + (0.5 + random.next() * 2) * hour;
    const tunnel = openTunnel(world, {
      user: vendor.name,
      address,
      machine,
      time: begin - 3 * minute,
      cause,
    });
    const jump = openRemoteDesktop(world, {
      origin: tunnel.inner,
      to: world.the('ot-jump'),
      account: vendor,
      time: begin,
      cause,
    });
    const inner = openRemoteDesktop(world, {
      from: jump,
      to: world.the(random.pick(['hmi', 'historian'])),
      account: vendor,
      time: begin + 5 * minute,
      cause,
    });
    closeRemoteDesktop(inner, end - 4 * minute);
    closeRemoteDesktop(jump, end);
    closeTunnel(world, tunnel, end + minute, cause);
  }
}
