/**
 * A service account comes back in small steps: over the VPN into PowerShell on one server, from there a scheduled task on
 * another that works at night, the harvest fetched, packed and taken a few days later. No desktop is ever opened.
 */
import { core, Hands, weak } from '../../acts/intruder.ts';
import { openShare, readFiles, touchFile, visit } from '../../acts/network.ts';
import { RemoteShell } from '../../acts/remoting.ts';
import { makeTask, removeTask, runTask, type Task } from '../../acts/scheduled.ts';
import { copiedByIfm } from '../../acts/theft.ts';
import type { Tunnel } from '../../acts/vpn.ts';
import { logons } from '../../events/index.ts';
import type { Note } from '../../record.ts';
import type { Session } from '../../session.ts';
import { hour, minute, second } from '../../time.ts';
import type { Account } from '../../world/site.ts';
import { plantFiles } from '../../world/words.ts';
import type { World } from '../../world/world.ts';
import type { Scenario } from '../scenario.ts';
import { accountsRotated, consultantAsks, recoveryExercise } from './task-remoting-quiet.ts';
import { usualRemoting, usualTasks } from './usual.ts';

const logs = {
  dc: { processes: 'lines', scripts: true, shares: 'files', objects: true },
  management: { collected: true, processes: 'lines', scripts: true, shares: 'files', sysmon: true },
  file: { shares: 'files', scripts: true },
  app: { collected: true },
  backup: { collected: true, processes: 'lines' },
} as const;

function usual(world: World): void {
  usualTasks(world, ['dc', 'management']);
  usualRemoting(world, ['dc', 'management', 'file']);
}

/** In over the VPN and into PowerShell on the management server; what is done there; out again. */
function visitBy(
  world: World,
  hands: Hands,
  of: { readonly account: Account; readonly address: string; readonly share: number; readonly hours: number },
  work: (shell: RemoteShell, tunnel: Tunnel) => void,
): void {
  const day = world.dayAt(of.share);
  const hours = of.hours + hands.random.next() * 2 - 1;
  hands.time = Math.max(hands.time + 2 * hour, world.calendar.at(day, hours));
  const tunnel = hands.enter(of.account.name, of.address);
  const shell = new RemoteShell(world, {
    origin: tunnel.inner,
    to: world.the('management'),
    account: of.account,
    time: hands.pause(20, 100),
    cause: hands.cause,
    note: core('VT-PE-01'),
  });
  work(shell, tunnel);
  shell.close(hands.pause(20, 90));
  hands.leave(tunnel);
}

function typed(hands: Hands, shell: RemoteShell, program: string, words: string, note: Note): void {
  const quoted = `"C:\\Windows\\system32\\${program}"${words}`;
  shell.run(hands.pause(6, 80), program, quoted, { note });
}

/** Name and password are given anew, for PowerShell on another host passes none on. */
function reach(
  world: World,
  hands: Hands,
  shell: RemoteShell,
  image: string,
  pid: number,
  to: string,
): Session {
  const { machine, account, cause, subject } = shell.session;
  const target = world.the('dc');
  machine.write(
    logons.explicitCredentials(machine.host, hands.time + 200_000, machine.lsass(hands.time), subject, {
      account,
      server: target.host.name,
      info: to,
      processId: pid,
      process: image,
    }),
    cause,
    weak('VT-LM-05'),
  );
  const origin = world.originOf(machine);
  return visit(world, { to: target, account, origin, time: hands.time + 500_000, cause });
}

function planted(world: World, hands: Hands, shell: RemoteShell, task: Task, password: string): void {
  const { account } = shell.session;
  const { host } = world.the('dc');
  const who = `${account.domain}\\${account.name}`;
  const action = `${task.command} ${task.arguments}`.replaceAll('"', '\\"');
  const tool = shell.run(
    hands.pause(20, 90),
    'schtasks.exe',
    `"C:\\Windows\\system32\\schtasks.exe" /create /s ${host.name} /u ${who} /p ${password} /ru ${who} /rp ${password} /tn ${task.name} /tr "${action}" /sc once /st 02:00 /rl highest`,
    { note: core('VT-CA-01') },
  );
  const session = reach(world, hands, shell, tool.image, tool.pid, `host/${host.name}`);
  openShare(session, hands.time + 600_000, 'IPC$');
  touchFile(session, hands.time + 620_000, { share: 'IPC$', file: 'atsvc', access: 'both' });
  makeTask(world, session, hands.time + 700_000, task, core('VT-CA-01'));
  session.close(hands.time + 12 * second);
}

/** At night the task does what it was made for. */
function harvested(world: World, hands: Hands, task: Task, folder: string): void {
  const note = core('VT-CA-01');
  const run = runTask(world, world.the('dc'), task, { cause: hands.cause, note, life: minute });
  const at = task.time + 400_000;
  const words = `ntdsutil  "ac i ntds" ifm "create full ${folder}" q q`;
  const tool = run.session.run(at, 'ntdsutil.exe', words, { parent: run.process, note, life: minute });
  copiedByIfm(run.session, tool, at + second, folder, core('VT-CA-03'));
}

export const taskRemoting: Scenario = {
  name: 'task-remoting',
  twin: 'task-remoting-quiet',
  kind: 'intrusion',
  state: 'frozen',
  summary: '',
  days: 45,
  site: { logs, habits: { ifmBackup: false } },
  play(world) {
    usual(world);
    const { site, calendar } = world;
    const account = site.tasks;
    const wanted = site.admins[0]!.admin!;
    const hands = new Hands(
      world,
      'task remoting',
      'an intruder used a service account over PowerShell, had a task copy the directory at night and took it days later',
      calendar.at(world.dayAt(0.22), 9),
    );
    const { folder, archive, password } = hands.things;
    const routers = [world.outside.address(), world.outside.address()] as const;
    const first = { account, address: routers[0] };
    visitBy(world, hands, { ...first, share: 0.22, hours: 10.4 }, shell => {
      typed(hands, shell, 'whoami.exe', ' /groups', weak('VT-DI-07'));
      typed(hands, shell, 'ipconfig.exe', ' /all', weak('VT-DI-07'));
      typed(hands, shell, 'nltest.exe', ` /dclist:${site.domain}`, weak('VT-DI-04'));
    });
    visitBy(world, hands, { ...first, share: 0.36, hours: 14.7 }, shell => {
      const out = 'C:\\Users\\Public\\Documents\\user.dat';
      shell.script(
        hands.pause(40, 200),
        `Get-WinEvent -FilterHashtable @{LogName='Security';Id=4624;StartTime=(Get-Date).AddDays(-30)} | Where-Object { $_.Properties[5].Value -eq '${wanted.name}' } | Select-Object TimeCreated,@{n='From';e={$_.Properties[18].Value}} | Out-File ${out}`,
        core('VT-DI-10'),
      );
      shell.session.file(hands.pause(5, 20), shell.process, out, weak('VT-ST-04'));
      shell.script(hands.pause(20, 90), `Get-Content ${out}; Remove-Item ${out}`, weak('VT-DE-02'));
    });
    const night = Math.min(world.dayAt(0.5) + 1, calendar.days - 2);
    const task: Task = {
      name: `\\Microsoft\\Windows\\${world.names.fork('task').pick(['Diagnosis\\Cache', 'Maintenance\\WinIdle', 'Registry\\Compact', 'Shell\\IndexRefresh'])}`,
      runsAs: account,
      command: 'cmd.exe',
      arguments: `/c ntdsutil "ac i ntds" ifm "create full ${folder}" q q`,
      time: calendar.at(night, 2) + 400_000,
    };
    visitBy(world, hands, { ...first, share: 0.5, hours: 11.1 }, shell => {
      typed(
        hands,
        shell,
        'schtasks.exe',
        ` /query /s ${world.the('dc').host.name} /fo csv`,
        weak('VT-DI-07'),
      );
      planted(world, hands, shell, task, `${password}9`);
    });
    harvested(world, hands, task, folder);
    hands.time = Math.max(hands.time, task.time + hour);
    visitBy(world, hands, { account, address: routers[1], share: 0.66, hours: 16.2 }, (shell, tunnel) =>
      taken(world, hands, shell, tunnel, task),
    );
    // Somebody else's password, out of what was taken.
    visitBy(world, hands, { account: site.backup, address: routers[1], share: 0.85, hours: 12.6 }, shell => {
      typed(hands, shell, 'whoami.exe', '', weak('VT-DI-07'));
      readFiles(world, {
        to: world.the('file'),
        account: site.backup,
        origin: world.originOf(shell.session.machine),
        time: hands.pause(60, 200),
        share: site.plantShare,
        files: hands.random.some(plantFiles, 4).map(file => ({ file, note: weak('VT-DI-13') })),
        cause: hands.cause,
      });
      hands.pause(160, 500);
      typed(hands, shell, 'cmd.exe', ` /c del ${archive}`, weak('VT-DE-02'));
    });
  },
};

/** The copy is fetched from the domain controller, packed where the intruder is, and pulled through the tunnel. */
function taken(world: World, hands: Hands, shell: RemoteShell, tunnel: Tunnel, task: Task): void {
  const { session } = shell;
  const { machine, account } = session;
  const { folder, archive, packer, password } = hands.things;
  const dc = world.the('dc');
  const who = `${account.domain}\\${account.name}`;
  const net = shell.run(
    hands.pause(10, 60),
    'net.exe',
    `"C:\\Windows\\system32\\net.exe" use \\\\${dc.host.name}\\C$ ${password}9 /user:${who}`,
    { note: weak('VT-LM-05') },
  );
  const share = reach(world, hands, shell, net.image, net.pid, `cifs/${dc.host.name}`);
  const there = folder.slice(3);
  openShare(share, hands.time + second, 'C$', weak('VT-LM-05'));
  hands.pause(15, 60);
  const wanted = ['Active Directory\\ntds.dit', 'registry\\SYSTEM', 'registry\\SECURITY'];
  const copy = shell.run(
    hands.time,
    'Robocopy.exe',
    `"C:\\Windows\\system32\\Robocopy.exe" \\\\${dc.host.name}\\C$\\${there} ${folder} /E`,
    { note: core('VT-ST-06'), life: minute },
  );
  for (const file of wanted) {
    touchFile(share, hands.pause(1, 8), { share: 'C$', file: `${there}\\${file}`, note: core('VT-ST-06') });
    session.file(hands.time + 100_000, copy, `${folder}\\${file}`, weak('VT-ST-03'));
  }
  removeTask(world, share, hands.pause(20, 80), task, weak('VT-DE-02'));
  for (const file of wanted) {
    const gone = {
      share: 'C$',
      file: `${there}\\${file}`,
      access: 'delete' as const,
      note: weak('VT-DE-02'),
    };
    touchFile(share, hands.pause(1, 5), gone);
  }
  share.close(hands.pause(5, 20));
  const packed = shell.run(
    hands.pause(30, 200),
    packer,
    `"${packer}" a -p${password} ${archive} ${folder}\\*`,
    {
      note: core('VT-ST-01'),
      builtAs: '7z.exe',
      life: minute,
    },
  );
  session.file(hands.time + 400_000, packed, archive, weak('VT-ST-01'));
  readFiles(world, {
    to: machine,
    account,
    origin: tunnel.inner,
    package: 'NTLM',
    time: hands.pause(90, 500),
    share: 'C$',
    files: [{ file: archive.slice(3), note: core('VT-ST-06') }],
    cause: hands.cause,
  });
  shell.script(hands.pause(60, 200), `Remove-Item -Recurse -Force ${folder}`, weak('VT-DE-02'));
}

export const taskRemotingQuiet: Scenario = {
  name: 'task-remoting-quiet',
  twin: 'task-remoting',
  kind: 'quiet',
  state: 'frozen',
  summary: '',
  days: 45,
  site: { logs, habits: { ifmBackup: true, logonReport: true, nightlyArchive: true } },
  play(world) {
    usual(world);
    consultantAsks(world, 0.2);
    accountsRotated(world, 0.42);
    recoveryExercise(world, 0.7);
  },
};
