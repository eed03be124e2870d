/** The twin's doings: passwords of service accounts are changed, a consultant asks, a recovery is rehearsed. */
import { openShare, touchFile, visit } from '../../acts/network.ts';
import { RemoteShell } from '../../acts/remoting.ts';
import { makeTask, runTask, type Task } from '../../acts/scheduled.ts';
import { copiedByIfm } from '../../acts/theft.ts';
import { closeTunnel, openTunnel } from '../../acts/vpn.ts';
import { accounts, esent, logons, tasks } from '../../events/index.ts';
import type { Cause } from '../../record.ts';
import { Session } from '../../session.ts';
import { day, minute, second } from '../../time.ts';
import type { Person } from '../../world/site.ts';
import type { World } from '../../world/world.ts';
import { working } from '../lookalikes.ts';

/** PowerShell on a server, from the person's own desk. */
function fromDesk(
  world: World,
  person: Person,
  to: ReturnType<World['the']>,
  time: number,
  cause: Cause,
  work: (shell: RemoteShell, time: number) => number,
): number {
  const machine = world.workstationOf(person);
  const desk = new Session({ machine, account: person.account, type: 2, time: time - 3 * minute, cause });
  const shell = new RemoteShell(world, { from: desk, to, account: person.admin!, time });
  const end = work(shell, time + 20 * second);
  shell.close(end + minute);
  desk.close(end + 6 * minute);
  return end;
}

/** Service accounts get new passwords in one afternoon; their jobs are told, and one of them moves to another host. */
export function accountsRotated(world: World, share: number): void {
  const { site } = world;
  const cause = world.recorder.cause(
    'lookalike',
    'the passwords of the service accounts are changed, and their jobs move',
    'an administrator in working hours from the own desk; logons from new hosts follow the change and come from the task scheduler',
    'VT-PE-01',
  );
  const person = site.admins[1]!;
  const begin = working(world, share, 'rotation');
  const dc = world.the('dc');
  const origin = world.originOf(world.workstationOf(person));
  const session = visit(world, { to: dc, account: person.admin!, origin, time: begin, cause });
  let time = begin + minute;
  for (const account of [site.tasks, site.backup, site.inventory]) {
    dc.write(accounts.passwordChanged(dc.host, time, dc.lsass(time), session.subject, account), cause);
    time += 40 * second;
  }
  session.close(time);
  // A job that nobody told yet.
  const [app, management] = [world.the('app'), world.the('management')];
  const failed = { address: '-', workstation: app.host.name, type: 4 };
  app.write(logons.failedLogon(app.host, time + minute, app.lsass(time), site.tasks, failed), cause);
  for (const to of [management, world.the('dc')]) {
    time = fromDesk(world, person, to, time + 5 * minute, cause, (shell, at) => {
      const { host } = to;
      const name = '\\Jobs\\Export meters';
      const who = `${site.tasks.domain}\\${site.tasks.name}`;
      shell.run(
        at,
        'schtasks.exe',
        `"C:\\Windows\\system32\\schtasks.exe" /change /tn "${name}" /ru ${who} /rp *`,
      );
      const pid = to.standing('schedule', at).pid;
      to.write(tasks.taskKept(host, at + second, pid, 140, name, person.admin!), cause);
      return at + minute;
    });
  }
  const task: Task = {
    name: '\\Jobs\\Export meters',
    runsAs: site.tasks,
    command: 'C:\\Windows\\System32\\cmd.exe',
    arguments: '/c D:\\Jobs\\export-meters.cmd',
    time: time + 8 * minute,
  };
  fromDesk(world, person, management, time + 6 * minute, cause, (shell, at) => {
    makeTask(world, shell.session, at, task);
    return at + minute;
  });
  const nights = Math.min(6, world.calendar.days - world.calendar.dayOf(time) - 1);
  for (let i = 0; i <= nights; i++)
    runTask(world, management, { ...task, time: task.time + i * day }, { cause });
}

/** A consultant who was hired for a review comes over the VPN and asks every server the same. */
export function consultantAsks(world: World, share: number): void {
  const { site } = world;
  const cause = world.recorder.cause(
    'lookalike',
    'a consultant reviews who logs on where, with PowerShell from the own laptop over the VPN',
    'an account that was made for outsiders, on three days in working hours, the same script on every server; nothing is packed or fetched',
    'VT-DI-10',
  );
  const address = world.outside.address();
  const machine = `AUDIT-NB${world.names.fork('consultant').whole(2, 40)}`;
  for (let i = 0; i < 3; i++) {
    const dayNumber = world.calendar.workday(world.dayAt(share) + i);
    let time = world.calendar.at(dayNumber, 9.5 + world.random.fork(`consultant ${i}`).next() * 5);
    const tunnel = openTunnel(world, { user: site.vendor.name, address, machine, time, cause });
    for (const role of ['management', 'file', 'dc'] as const) {
      time += 4 * minute;
      const of = { origin: tunnel.inner, to: world.the(role), account: site.vendor, time, cause };
      const shell = new RemoteShell(world, of);
      const lines = [
        "Get-WinEvent -FilterHashtable @{LogName='Security';Id=4624;StartTime=(Get-Date).AddDays(-30)} | Group-Object { $_.Properties[5].Value } | Export-Csv C:\\Users\\Public\\Documents\\logons.csv",
        'Get-ScheduledTask | Where-Object Principal -notmatch SYSTEM | Select-Object TaskPath,TaskName',
        'Get-LocalGroupMember Administrators',
      ];
      for (const text of lines) {
        time += 50 * second;
        shell.script(time, text);
      }
      time += 20 * second;
      shell.run(time, 'whoami.exe', '"C:\\Windows\\system32\\whoami.exe" /all');
      time += minute;
      shell.close(time);
    }
    closeTunnel(world, tunnel, time + 20 * minute, cause);
  }
}

/** Once a year the directory is brought back from nothing, by the book, to see that the book is right. */
export function recoveryExercise(world: World, share: number): void {
  const { site } = world;
  const cause = world.recorder.cause(
    'lookalike',
    'a recovery is rehearsed: the directory is copied and brought to the backup server',
    'a named administrator on a planned day, from the own desk, to the backup server and nowhere else; the copy is checked there',
    'VT-CA-01',
  );
  const person = site.admins[0]!;
  const [dc, backup] = [world.the('dc'), world.the('backup')];
  const folder = 'E:\\DR-Exercise';
  const begin = working(world, share, 'exercise');
  let time = fromDesk(world, person, dc, begin, cause, (shell, at) => {
    const words = `"C:\\Windows\\system32\\ntdsutil.exe" "activate instance ntds" ifm "create full ${folder}" quit quit`;
    const tool = shell.run(at, 'ntdsutil.exe', words, { life: 2 * minute });
    copiedByIfm(shell.session, tool, at + second, folder);
    return at + 6 * minute;
  });
  time = fromDesk(world, person, backup, time + 10 * minute, cause, (shell, at) => {
    const source = `\\\\${dc.host.name}\\E$\\DR-Exercise`;
    const words = `"C:\\Windows\\system32\\Robocopy.exe" ${source} E:\\Restore\\DR /E /B`;
    const copy = shell.run(at, 'Robocopy.exe', words, { life: 5 * minute });
    const origin = world.originOf(backup);
    const read = visit(world, { to: dc, account: person.admin!, origin, time: at + second, cause });
    openShare(read, at + 2 * second, 'E$');
    for (const [i, file] of [
      'Active Directory\\ntds.dit',
      'registry\\SYSTEM',
      'registry\\SECURITY',
    ].entries()) {
      touchFile(read, at + (3 + i) * second, { share: 'E$', file: `DR-Exercise\\${file}` });
      shell.session.file(at + (4 + i) * second, copy, `E:\\Restore\\DR\\${file}`);
    }
    read.close(at + 2 * minute);
    const database = 'E:\\Restore\\DR\\Active Directory\\ntds.dit';
    const check = shell.run(
      at + 8 * minute,
      'esentutl.exe',
      `"C:\\Windows\\system32\\esentutl.exe" /g "${database}"`,
      { life: 4 * minute },
    );
    const { attached, detached } = esent.directoryEngine;
    const checked = at + 8 * minute + 2 * second;
    backup.write(attached(backup.host, checked, check.pid, database), cause);
    backup.write(detached(backup.host, checked + minute, check.pid, database, 1), cause);
    return at + 12 * minute;
  });
  fromDesk(world, person, dc, time + 10 * minute, cause, (shell, at) => {
    shell.script(at, `Remove-Item -Recurse -Force ${folder}`);
    return at + minute;
  });
}
