/** The twin's doings: backups by shadow copy, a file server that moves, web pages that are published, installers, an upgrade. */
import { openShare, readFiles, touchFile, visit } from '../acts/network.ts';
import { addService } from '../acts/services.ts';
import { shadowOf } from '../acts/theft.ts';
import { objects } from '../events/index.ts';
import { minute, second } from '../time.ts';
import { systemAccount } from '../world/site.ts';
import { officeFiles } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { atServer, working } from './lookalikes.ts';

/** The agent of a backup product copies both domain controllers and the file server every night. */
export function agentBackup(world: World): void {
  const random = world.random.fork('agent backup');
  const cause = world.recorder.cause(
    'lookalike',
    'a backup product makes shadow copies and reads the directory database every night',
    'the same agent under the system account at the same hour every night; its files go to the backup server with the account that always fetches them',
    'VT-CA-02',
  );
  const agent = 'C:\\Program Files\\Backup Agent\\agent.exe';
  for (const dayNumber of world.days()) {
    for (const machine of [...world.of('dc'), world.the('file')]) {
      const time = world.calendar.at(dayNumber, 21.5) + random.whole(0, 900) * second;
      const job = machine.startAsSystem(time, 'services', agent, `"${agent}" --job nightly`, cause);
      const account = { ...machine.account, sid: systemAccount.sid };
      shadowOf(world, { machine, cause, account }, job, time + 4 * second);
      if (machine.host.role !== 'dc') continue;
      const of = { type: 'File', name: 'C:\\Windows\\NTDS\\ntds.dit', access: 'read', ...job } as const;
      const subject = { account, logonId: 0x3e7 };
      machine.write(objects.objectUsed(machine.host, time + 14 * second, subject, of), cause);
      world.recorder.ambient = cause;
      readFiles(world, {
        to: machine,
        account: world.site.backup,
        origin: world.originOf(world.the('backup')),
        time: time + 3 * minute,
        share: 'C$',
        files: ['ProgramData\\Backup Agent\\out\\ntds.blk', 'ProgramData\\Backup Agent\\out\\system.blk'],
      });
      world.recorder.ambient = null;
    }
  }
}

/** The web team publishes what a build made: an archive, and pictures copied into the pages. */
export function webDeploys(world: World): void {
  const random = world.random.fork('web deploys');
  const cause = world.recorder.cause(
    'lookalike',
    'web pages are published: an archive is unpacked among them, pictures are moved, and it is tried with curl',
    'the same person every week in working hours; the archive holds the pages, and nothing was taken from anywhere',
    'VT-ST-05',
  );
  const app = world.the('app');
  const person = world.site.admins[0]!;
  for (const dayNumber of world.days()) {
    if (!world.calendar.isWorkday(dayNumber) || !random.chance(0.25)) continue;
    const time = world.calendar.at(dayNumber, random.about(14, 2));
    atServer(world, { person, to: app, time, cause }, (session, begin) => {
      const n = random.whole(10, 99);
      const zip = 'D:\\Deploy\\site.zip';
      const seven = 'C:\\Program Files\\7-Zip\\7z.exe';
      const saved = `D:\\Deploy\\before-${n}.7z`;
      const packed = session.run(begin, seven, `"${seven}" a ${saved} C:\\inetpub\\wwwroot\\*`, {
        builtAs: '7z.exe',
      });
      session.file(begin + second, packed, saved);
      session.run(begin + minute, seven, `"${seven}" x ${zip} -oD:\\Deploy\\new -y`, { builtAs: '7z.exe' });
      for (const [i, name] of ['banner', 'header'].entries()) {
        const at = begin + 2 * minute + i * 20 * second;
        const picture = `C:\\inetpub\\wwwroot\\images\\${name}_${n}.gif`;
        const move = session.run(
          at,
          'cmd.exe',
          `cmd  /c move D:\\Deploy\\new\\images\\${name}_${n}.gif ${picture}`,
        );
        session.file(at + 200_000, move, picture);
      }
      const url = `http://${app.host.name}/images/banner_${n}.gif`;
      session.run(begin + 4 * minute, 'curl.exe', `curl  -s -o NUL -w "%{http_code}" ${url}`);
      return begin + 5 * minute;
    });
  }
}

/** Shares move to a new server over a week: files that are open are taken out of a shadow copy. */
export function fileServerMoves(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'the shares move to a new file server with diskshadow and robocopy in backup mode',
    'a named administrator on the evenings of a planned week; whole shares go to the new server, and no database or hive is among them',
    'VT-ST-06',
  );
  const person = world.site.admins[0]!;
  const [files, next] = [world.the('file'), world.the('backup')];
  const { share: name, plantShare } = world.site;
  for (let i = 0; i < 4; i++) {
    const dayNumber = world.calendar.workday(world.dayAt(share) + i);
    const time = world.calendar.at(dayNumber, 19 + world.random.fork(`move ${i}`).next() * 2);
    atServer(world, { person, to: files, time, cause }, (session, begin) => {
      const shadow = session.run(begin, 'diskshadow.exe', 'diskshadow  /s D:\\Move\\expose-d.txt');
      shadowOf(world, session, shadow, begin + 2 * second);
      for (const [n, folder] of [name, plantShare].entries()) {
        const at = begin + (1 + n * 6) * minute;
        const target = `\\\\${next.host.name}\\d$\\Shares\\${folder}`;
        const words = `robocopy  X:\\Shares\\${folder} ${target} /B /MIR /COPYALL /R:1 /W:1 /LOG:D:\\Move\\${folder}.log`;
        session.run(at, 'Robocopy.exe', words, { life: 5 * minute });
        const origin = world.originOf(files);
        const written = visit(world, {
          to: next,
          account: session.account,
          origin,
          time: at + second,
          cause,
        });
        openShare(written, at + 2 * second, 'D$');
        for (const [k, file] of officeFiles.slice(0, 5).entries()) {
          const of = { share: 'D$', file: `Shares\\${folder}\\${file}`, access: 'write' as const };
          touchFile(written, at + (3 + k) * second, of);
        }
        written.close(at + 5 * minute);
      }
      session.run(begin + 14 * minute, 'diskshadow.exe', 'diskshadow  /s D:\\Move\\unexpose.txt');
      return begin + 15 * minute;
    });
  }
}

/** A deployment tool reaches every server with a service of its own, as such tools do. */
export function remoteInstaller(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'a deployment tool installs an update on every server through a service that it adds and removes',
    'the same service and package on all servers within an hour, from the management server under an administrator, in working hours',
    'VT-LM-03',
  );
  const person = world.site.admins[1]!;
  const origin = world.originOf(world.the('management'));
  let time = working(world, share, 'installer');
  const service = {
    name: 'DeployRunner-1',
    path: '"C:\\Windows\\DeployRunner\\service-1\\runner-1.exe"',
    start: 'demand start',
  } as const;
  for (const machine of world.machines.slice(0, 7)) {
    if (!machine.host.logs.collected) continue;
    time += 4 * minute;
    const session = visit(world, { to: machine, account: person.admin!, origin, time, cause });
    openShare(session, time + second, 'ADMIN$');
    const file = 'DeployRunner\\service-1\\runner-1.exe';
    touchFile(session, time + 2 * second, { share: 'ADMIN$', file, access: 'write' });
    openShare(session, time + 3 * second, 'IPC$');
    touchFile(session, time + 3.1 * second, { share: 'IPC$', file: 'svcctl', access: 'both' });
    addService(session, time + 3.4 * second, service);
    const runner = machine.startAsSystem(
      time + 4 * second,
      'services',
      'C:\\Windows\\DeployRunner\\service-1\\runner-1.exe',
      service.path,
      cause,
    );
    machine.start({
      time: time + 6 * second,
      subject: { account: machine.account, logonId: 0x3e7 },
      image: 'C:\\Windows\\System32\\cmd.exe',
      commandLine: 'cmd.exe /c C:\\Windows\\DeployRunner\\exec\\exec-1\\install.cmd',
      parent: runner,
      cause,
      level: 'system',
    });
    touchFile(session, time + minute, { share: 'ADMIN$', file, access: 'delete' });
    session.close(time + 2 * minute);
  }
}

/** Before the second domain controller is upgraded its administrator keeps what may be needed to go back. */
export function upgradePrepared(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'before an upgrade the hives of a domain controller and a backup of its system state are kept',
    'a named administrator in working hours from the own desk, on the eve of an upgrade; what was kept stays on the host',
    'VT-CA-04',
  );
  const to = world.the('dc', 1);
  atServer(
    world,
    { person: world.site.admins[0]!, to, time: working(world, share, 'upgrade'), cause },
    (session, at) => {
      for (const [i, hive] of ['system', 'software'].entries()) {
        const path = `E:\\PreUpgrade\\${hive}.hiv`;
        const reg = session.run(at + i * 20 * second, 'reg.exe', `reg  save hklm\\${hive} ${path}`);
        session.file(at + (i * 20 + 1) * second, reg, path);
      }
      session.run(at + 2 * minute, 'vssadmin.exe', 'vssadmin  list writers');
      const words = 'wbadmin  start systemstatebackup -backupTarget:E: -quiet';
      const tool = session.run(at + 3 * minute, 'wbadmin.exe', words, { life: 20 * minute });
      shadowOf(world, session, tool, at + 3 * minute + 5 * second);
      return at + 24 * minute;
    },
  );
}
