/**
 * Three hosts, three deeds: a service on the second domain controller copies the directory out of a shadow copy, an
 * application server fetches and packs it and lays it among its web pages, and a third host picks it up there by HTTP.
 */
import { core, Hands, weak } from '../acts/intruder.ts';
import { openShare, readFiles, touchFile, visit } from '../acts/network.ts';
import { addService } from '../acts/services.ts';
import { shadowOf } from '../acts/theft.ts';
import { objects, sysmon } from '../events/index.ts';
import type { Machine, Process } from '../machine.ts';
import type { Cause, Note } from '../record.ts';
import type { Session } from '../session.ts';
import { minute, second } from '../time.ts';
import { systemAccount } from '../world/site.ts';
import type { World } from '../world/world.ts';
import { systemStateBackup } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';
import {
  agentBackup,
  fileServerMoves,
  remoteInstaller,
  upgradePrepared,
  webDeploys,
} from './web-pickup-quiet.ts';

const logs = {
  dc: { processes: 'lines', shares: 'files', objects: true },
  app: { collected: true, processes: 'lines', sysmon: true, shares: 'files' },
  jump: { processes: 'lines', sysmon: true, shares: 'files' },
  file: { processes: 'lines', shares: 'files' },
  backup: { collected: true, processes: 'names' },
} as const;

/** A process that the system starts for a service, or that one of those starts. */
function asSystem(
  machine: Machine,
  cause: Cause,
  parent: Process,
  time: number,
  words: string,
  note?: Note,
): Process {
  return machine.start({
    time,
    subject: { account: machine.account, logonId: 0x3e7 },
    image: `C:\\Windows\\System32\\${words.slice(0, words.indexOf(' ')).split('\\').at(-1)!.replace('.exe', '')}.exe`,
    commandLine: words,
    parent,
    cause,
    level: 'system',
    life: 3 * minute,
    ...(note === undefined ? {} : { note }),
  });
}

/** Two files are laid on the domain controller over its admin share, and a service runs them. */
function copyByService(world: World, hands: Hands, from: Session, dc: Machine, folder: string): void {
  const { cause, random } = hands;
  const { host } = dc;
  const script = `C:\\Windows\\Temp\\${random.letters(4)}.cmd`;
  const list = script.replace('.cmd', '.txt');
  const account = from.account;
  const origin = world.originOf(from.machine);
  hands.type(from, 'net.exe', `net  use \\\\${host.name}\\c$`, weak('VT-LM-05'));
  const share = visit(world, { to: dc, account, origin, time: hands.time + 700_000, cause });
  openShare(share, hands.time + second, 'C$', weak('VT-LM-05'));
  for (const path of [script, list]) {
    const words = `cmd  /c copy C:\\Users\\Public\\${path.slice(path.lastIndexOf('\\') + 1)} \\\\${host.name}\\c$\\Windows\\Temp\\`;
    hands.type(from, 'cmd.exe', words, weak('VT-LM-05'));
    const written = { share: 'C$', file: path.slice(3), access: 'write' as const };
    touchFile(share, hands.time + 300_000, { ...written, note: weak('VT-LM-05') });
  }
  const name = world.names.fork('service').pick(['WerSvcHost', 'DiagTrackSvc', 'SysMainEx', 'NetTcpHelper']);
  const path = `C:\\Windows\\System32\\cmd.exe /c ${script}`;
  const quoted = path.replaceAll('"', '\\"');
  const made = `sc  \\\\${host.name} create ${name} binPath= "${quoted}" start= demand`;
  hands.type(from, 'sc.exe', made, core('VT-LM-03'));
  const control = { share: 'IPC$', file: 'svcctl', access: 'both' as const };
  openShare(share, hands.time + 150_000, 'IPC$');
  touchFile(share, hands.time + 180_000, { ...control, note: weak('VT-LM-03') });
  addService(share, hands.time + 300_000, { name, path, start: 'demand start' }, core('VT-LM-03'));
  hands.type(from, 'sc.exe', `sc  \\\\${host.name} start ${name}`, weak('VT-LM-03'));
  const at = hands.time + 400_000;
  const services = dc.standing('services', at);
  const shell = asSystem(dc, cause, services, at, path, core('VT-LM-03'));
  const shadow = asSystem(dc, cause, shell, at + 200_000, `diskshadow  /s ${list}`, core('VT-CA-02'));
  const on = { machine: dc, cause, account: { ...dc.account, sid: systemAccount.sid } };
  shadowOf(world, on, shadow, at + 2 * second, weak('VT-CA-02'));
  const copied = at + 21 * second;
  const copy = asSystem(
    dc,
    cause,
    shell,
    copied,
    `robocopy  Y:\\Windows\\NTDS ${folder} ntds.dit /B`,
    core('VT-CA-02'),
  );
  const read = objects.objectUsed(
    host,
    copied + second,
    { account: on.account, logonId: 0x3e7 },
    {
      type: 'File',
      name: 'C:\\Windows\\NTDS\\ntds.dit',
      access: 'read',
      pid: copy.pid,
      image: copy.image,
    },
  );
  dc.write(read, cause, weak('VT-CA-02'));
  dc.write(sysmon.fileCreated(host, copied + second, copy, `${folder}\\ntds.dit`), cause, weak('VT-CA-02'));
  const saved = copied + 14 * second;
  const hive = asSystem(
    dc,
    cause,
    shell,
    saved,
    `reg  save hklm\\system ${folder}\\sy.dat`,
    core('VT-CA-04'),
  );
  dc.write(sysmon.fileCreated(host, saved + 300_000, hive, `${folder}\\sy.dat`), cause, weak('VT-CA-04'));
  hands.time = saved + 20 * second;
  hands.type(from, 'sc.exe', `sc  \\\\${host.name} delete ${name}`, weak('VT-DE-02'));
  share.close(hands.pause(10, 60));
}

export const webPickup: Scenario = {
  name: 'web-pickup',
  twin: 'web-pickup-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 30,
  site: { logs },
  play(world) {
    const dc = world.the('dc', 1);
    const [app, jump] = [world.the('app'), world.the('jump')];
    const person = world.site.admins[1]!;
    const admin = person.admin!;
    const hands = new Hands(
      world,
      'web pickup',
      'an intruder copied the directory on one host, packed it on another and picked it up from web pages with a third',
      world.calendar.at(world.dayAt(0.5), 1 + world.random.next() * 19),
    );
    const { cause, things } = hands;
    const { folder, password } = things;
    const tunnel = hands.enter(person.account.name, world.outside.address());
    const outer = hands.desktop({ origin: tunnel.inner, to: jump, account: admin, note: weak('VT-LM-04') });
    hands.net(outer, 'group "domain controllers" /dom', weak('VT-DI-03'));
    hands.type(outer, 'nltest.exe', `nltest  /dclist:${world.site.domain}`, weak('VT-DI-04'));
    copyByService(world, hands, outer, dc, folder);

    hands.pause(10 * 60, 90 * 60);
    const inner = hands.desktop({ from: outer, to: app, account: admin, note: weak('VT-LM-04') });
    const work = `${world.names.fork('work').pick(['C:\\PerfLogs', 'D:\\Jobs', 'C:\\ProgramData'])}\\${world.names.fork('work').letters(5)}`;
    const there = folder.slice(3);
    const words = `robocopy  \\\\${dc.host.name}\\c$\\${there} ${work} /MOV`;
    const copy = hands.type(inner, 'Robocopy.exe', words, core('VT-ST-06'), { life: minute });
    const begun = hands.time;
    readFiles(world, {
      to: dc,
      account: admin,
      origin: world.originOf(app),
      time: begun + 600_000,
      share: 'C$',
      files: ['ntds.dit', 'sy.dat'].map(file => ({ file: `${there}\\${file}`, note: core('VT-ST-06') })),
      gap: 9,
      cause,
    });
    for (const file of ['ntds.dit', 'sy.dat']) {
      inner.file(hands.pause(2, 9), copy, `${work}\\${file}`, weak('VT-ST-03'));
    }
    const archive = `${work}.tmp`;
    const packer = `C:\\Windows\\Temp\\${world.names.fork('packer').letters(6)}.exe`;
    const packed = hands.type(
      inner,
      packer,
      `${packer} a -hp${password} -m5 -r ${archive} ${work}\\*`,
      core('VT-ST-02'),
      {
        builtAs: 'rar.exe',
        life: minute,
      },
    );
    inner.file(hands.time + 500_000, packed, archive, weak('VT-ST-02'));
    const picture = `${world.names.fork('picture').pick(['banner', 'logo', 'spacer', 'header'])}_${hands.random.whole(10, 99)}.gif`;
    const page = `C:\\inetpub\\wwwroot\\images\\${picture}`;
    const moved = hands.type(inner, 'cmd.exe', `cmd  /c move ${archive} ${page}`, core('VT-ST-05'));
    inner.file(hands.time + 200_000, moved, page, weak('VT-ST-05'));
    hands.type(inner, 'cmd.exe', `cmd  /c rd /s /q ${work}`, weak('VT-DE-02'));
    hands.closeDesktop(inner);

    const local = `C:\\Users\\Public\\${picture}`;
    const url = `http://${app.host.name}/images/${picture}`;
    const fetched = hands.type(outer, 'curl.exe', `curl  -s -o ${local} ${url}`, core('VT-ST-06'));
    const web = { address: app.host.address, port: 80, name: app.host.fqdn };
    outer.connect(hands.time + 200_000, fetched, web, weak('VT-ST-06'));
    outer.file(hands.time + 600_000, fetched, local, weak('VT-ST-06'));
    readFiles(world, {
      to: jump,
      account: admin,
      origin: tunnel.inner,
      package: 'NTLM',
      time: hands.pause(60, 400),
      share: 'C$',
      files: [{ file: local.slice(3), note: core('VT-ST-06') }],
      cause,
    });
    hands.pause(120, 400);
    hands.type(outer, 'cmd.exe', `cmd  /c del /f /q ${local}`, weak('VT-DE-02'));
    hands.closeDesktop(outer);
    hands.leave(tunnel);
  },
};

export const webPickupQuiet: Scenario = {
  name: 'web-pickup-quiet',
  twin: 'web-pickup',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 30,
  site: { logs, habits: { nightlyArchive: true, helpdeskTools: true } },
  play(world) {
    agentBackup(world);
    systemStateBackup(world);
    webDeploys(world);
    fileServerMoves(world, 0.35);
    remoteInstaller(world, 0.55);
    upgradePrepared(world, 0.72);
  },
};
