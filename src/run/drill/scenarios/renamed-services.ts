/**
 * Sysmon on every server, and nobody collects the Security logs: an intruder goes from host to host with a renamed tool
 * that makes services, under names of its own.
 */
import { core, Hands, weak } from '../acts/intruder.ts';
import { ServiceShell } from '../acts/services.ts';
import { copiedByIfm, memoryDumped, portProxySet } from '../acts/theft.ts';
import { installer, sysmon } from '../events/index.ts';
import type { Process } from '../machine.ts';
import { minute, second } from '../time.ts';
import type { World } from '../world/world.ts';
import { antivirusReads, atServer, goldenImage, hungProgram, rollOut, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const sysmonOnly = {
  collected: true,
  sysmon: true,
  scripts: false,
  channels: ['Microsoft-Windows-Sysmon/Operational', 'System', 'Application'],
} as const;
const logs = {
  dc: sysmonOnly,
  file: sysmonOnly,
  jump: sysmonOnly,
  backup: sysmonOnly,
  app: sysmonOnly,
  management: sysmonOnly,
  historian: sysmonOnly,
  'ot-jump': sysmonOnly,
  hmi: sysmonOnly,
  engineering: sysmonOnly,
  workstation: sysmonOnly,
} as const;

/** A command in the shell of a service, with the pauses of somebody who types. */
function types(
  hands: Hands,
  shell: ServiceShell,
  parent: Process,
  program: string,
  words: string,
  note = weak('VT-DI-07'),
  builtAs?: string,
): Process {
  const time = hands.pause(6, 80);
  return shell.run(time, program, words, {
    parent,
    note,
    life: minute,
    ...(builtAs === undefined ? {} : { builtAs }),
  });
}

const systemCmd = 'C:\\Windows\\System32\\cmd.exe';

export const renamedServices: Scenario = {
  name: 'renamed-services',
  twin: 'renamed-services-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 40,
  site: { logs },
  play(world) {
    deployment(world);
    const { site } = world;
    const { admins } = site;
    const dc = world.the('dc');
    const pivot = world.the(world.random.fork('pivot').pick(['management', 'app', 'backup'] as const));
    const [person, other] = admins;
    const hands = new Hands(
      world,
      'renamed services',
      'an intruder went from host to host through services, dumped the LSA of one and took the directory of another',
      world.calendar.at(world.dayAt(0.4), world.random.next() * 23),
    );
    const { folder, archive, password, machine } = hands.things;
    const names = world.names.fork('service');
    const service = names.pick(['WinSyncHost', 'prnsvc', 'MsDiagHost', 'upnpcfg', 'KbInstSvc', 'wlmsvc32']);
    const tool = `C:\\ProgramData\\${names.pick(['kb', 'sys', 'net', 'msi'])}${names.letters(3)}.exe`;
    const dump = `C:\\Windows\\Temp\\${names.pick(['vmware-vhost', 'wsus-detect', 'mcafee-up'])}.dmp`;

    const packer = `${folder.slice(0, folder.lastIndexOf('\\'))}\\${names.letters(4)}.exe`;

    // The first time: an account that was known, and whoever was logged on at a server.
    const tunnel = hands.enter(person!.account.name, world.outside.address());
    const shell = new ServiceShell(world, {
      to: pivot,
      account: person!.admin!,
      origin: { ...tunnel.inner, name: machine },
      time: hands.pause(60, 400),
      name: service,
      builtAs: 'psexesvc.exe',
      client: hands.random.whole(600, 2900) * 4,
      cause: hands.cause,
      note: core('VT-LM-03'),
    });
    hands.pause(2, 4);
    const cmd = shell.run(hands.time, systemCmd, 'cmd', { life: 60 * minute, note: core('VT-LM-03') });
    types(hands, shell, cmd, 'whoami.exe', 'whoami');
    types(hands, shell, cmd, 'quser.exe', 'quser');
    types(hands, shell, cmd, 'ipconfig.exe', 'ipconfig  /all');
    types(hands, shell, cmd, 'net.exe', 'net  group "Domain Admins" /dom', weak('VT-DI-03'));
    types(hands, shell, cmd, 'nltest.exe', `nltest  /dclist:${site.domain}`, weak('VT-DI-04'));
    types(hands, shell, cmd, 'tasklist.exe', 'tasklist  /svc');
    const dumper = types(
      hands,
      shell,
      cmd,
      'rundll32.exe',
      `rundll32  comsvcs.dll MiniDump ${pivot.lsass(hands.time)} ${dump} full`,
      core('VT-CA-05'),
    );
    memoryDumped(shell, dumper, hands.time + 400_000, dump, core('VT-CA-05'));
    // It is fetched over the share; of that a connection is all that is seen here.
    const system = pivot.standing('system', hands.time);
    const from = { address: tunnel.inner.address, port: hands.random.whole(49200, 64000), name: '-' };
    const fetched = hands.pause(60, 300);
    pivot.write(sysmon.accepted(pivot.host, fetched, system, from, 445), hands.cause, weak('VT-ST-06'));
    const removed = types(hands, shell, cmd, systemCmd, `cmd  /c del ${dump}`, weak('VT-DE-02'));
    const hashes = pivot.hashes(dump);
    pivot.write(
      sysmon.fileDeleted(pivot.host, hands.time + 90_000, removed, dump, hashes),
      hands.cause,
      weak('VT-DE-02'),
    );
    // The tool stays for the next time.
    const left = hands.pause(20, 90);
    pivot.write(sysmon.fileCreated(pivot.host, left, system, tool), hands.cause, weak('VT-LM-03'));
    shell.close(hands.pause(30, 200));
    hands.leave(tunnel);

    // Days later, as the one whose memory that was, and on to the domain controller.
    hands.time = world.calendar.at(world.dayAt(0.58), world.random.next() * 21);
    const admin = other!.admin!;
    const again = hands.enter(other!.account.name, world.outside.address());
    const outer = new ServiceShell(world, {
      to: pivot,
      account: admin,
      origin: { ...again.inner, name: machine },
      time: hands.pause(60, 400),
      name: service,
      builtAs: 'psexesvc.exe',
      client: hands.random.whole(600, 2900) * 4,
      cause: hands.cause,
      note: core('VT-LM-03'),
    });
    hands.pause(2, 4);
    const prompt = outer.run(hands.time, systemCmd, 'cmd', { life: 90 * minute, note: core('VT-LM-03') });
    const secret = names.letters(11, 'abcdefghkmnpqrstuvwxyzABCDEFGHKLMN23456789');
    const client = types(
      hands,
      outer,
      prompt,
      tool,
      `${tool}  \\\\${dc.host.name} -accepteula -u ${admin.domain}\\${admin.name} -p ${secret} -r ${service} -s cmd`,
      core('VT-LM-03'),
      'psexec64.exe',
    );
    const reached = { address: dc.host.address, port: 445, name: dc.host.fqdn };
    pivot.write(
      sysmon.connected(pivot.host, hands.time + second, client, reached, hands.random.whole(49200, 64000)),
      hands.cause,
      weak('VT-LM-03'),
    );
    const inner = new ServiceShell(world, {
      to: dc,
      account: admin,
      origin: world.originOf(pivot),
      time: hands.time + 2 * second,
      name: service,
      builtAs: 'psexesvc.exe',
      client: client.pid,
      cause: hands.cause,
      note: core('VT-LM-03'),
    });
    hands.pause(5, 8);
    const there = inner.run(hands.time, systemCmd, 'cmd', { life: 60 * minute, note: core('VT-LM-03') });
    types(hands, inner, there, systemCmd, `cmd  /c mkdir ${folder}`, weak('VT-ST-03'));
    const copier = types(
      hands,
      inner,
      there,
      'ntdsutil.exe',
      `ntdsutil  "ac i ntds" ifm "create full ${folder}" q q`,
      core('VT-CA-01'),
    );
    copiedByIfm(inner, copier, hands.time + second, folder, core('VT-CA-03'));
    hands.pause(40, 300);
    const packed = types(
      hands,
      inner,
      there,
      packer,
      `${packer} a -hp${password} -v20m ${archive} ${folder}\\*`,
      core('VT-ST-01'),
      'rar.exe',
    );
    inner.file(hands.time + 600_000, packed, archive, weak('VT-ST-01'));
    types(
      hands,
      outer,
      prompt,
      'net.exe',
      `net  use \\\\${dc.host.name}\\c$ ${secret} /user:${admin.domain}\\${admin.name}`,
      core('VT-LM-05'),
    );
    const here = `C:\\Windows\\Temp\\${archive.slice(archive.lastIndexOf('\\') + 1)}`;
    const carried = types(
      hands,
      outer,
      prompt,
      systemCmd,
      `cmd  /c copy \\\\${dc.host.name}\\c$\\${archive.slice(3)} ${here}`,
      core('VT-ST-06'),
    );
    outer.file(hands.time + 3 * second, carried, here, core('VT-ST-06'));
    types(hands, inner, there, systemCmd, `cmd  /c rd /s /q ${folder}`, weak('VT-DE-02'));
    types(hands, inner, there, systemCmd, `cmd  /c del ${archive}`, weak('VT-DE-02'));
    inner.close(hands.pause(10, 60));

    // A way to come back that needs no tool.
    const port = hands.random.pick([8443, 10443, 50100, 9999]);
    const netsh = types(
      hands,
      outer,
      prompt,
      'netsh.exe',
      `netsh  interface portproxy add v4tov4 listenport=${port} listenaddress=0.0.0.0 connectport=3389 connectaddress=${dc.host.address}`,
      core('VT-C2-01'),
    );
    const rule = { listen: `0.0.0.0/${port}`, connect: `${dc.host.address}/3389` };
    portProxySet(outer, netsh, hands.time + 150_000, rule, core('VT-C2-02'));
    outer.close(hands.pause(60, 400));
    hands.leave(again);
  },
};

/** Software is rolled out by a tool that makes a service of an odd name on every host. */
function deployment(world: World): void {
  const random = world.random.fork('deployment');
  const cause = world.recorder.cause(
    'lookalike',
    'a deployment tool installs software through a service of its own on host after host',
    'the same service account from the management server to all servers within minutes, an installer as its only child',
    'VT-LM-03',
  );
  const names = world.names.fork('deployment');
  const runner = `${names.pick(['Rollout', 'SwDist', 'RemRun', 'PkgAgt'])}Runner${names.whole(1, 9)}`;
  const from = world.originOf(world.the('management'));
  const packages = ['reader-24.2.msi', 'vcredist.msi', 'agent-24.3.msi', 'edge-131.msi'];
  for (const share of [0.1, 0.35, 0.6, 0.82]) {
    let time = world.calendar.at(world.dayAt(share), random.about(19.5, 1));
    const msi = random.pick(packages);
    for (const to of world.machines) {
      if (to.host.role === 'management' || to.host.zone === 'ot') continue;
      time += random.whole(20, 100) * second;
      const shell = new ServiceShell(world, {
        to,
        account: world.site.inventory,
        origin: from,
        time,
        name: runner,
        cause,
      });
      const cmd = shell.run(time + 3 * second, systemCmd, `cmd.exe /c C:\\Windows\\${runner}\\exec\\run.cmd`);
      shell.run(
        time + 4 * second,
        'msiexec.exe',
        `msiexec  /i C:\\Windows\\${runner}\\exec\\${msi} /qn /norestart`,
        {
          parent: cmd,
          life: 4 * minute,
        },
      );
      to.write(installer.installed(to.host, time + 90 * second, msi, world.site.inventory), cause);
      shell.close(time + 4 * minute);
    }
  }
}

/** An administrator has PsExec, and renamed it so that a filter on the name lets it through. */
function handTool(world: World): void {
  const random = world.random.fork('hand tool');
  const cause = world.recorder.cause(
    'lookalike',
    'an administrator starts group policy on servers with PsExec under a short name',
    'a named person from the own session on the management server, in working hours, harmless commands',
    'VT-LM-03',
  );
  const management = world.the('management');
  for (const [i, share] of [0.2, 0.5, 0.77].entries()) {
    const time = working(world, share, `hand tool ${i}`);
    atServer(world, { to: management, time, cause }, (session, begin) => {
      let at = begin;
      for (const role of random.some(['dc', 'file', 'app', 'backup'] as const, 2)) {
        const to = world.the(role);
        const words = random.pick(['gpupdate /force', 'ipconfig /flushdns', 'w32tm /resync', 'klist purge']);
        const client = session.run(
          at,
          'C:\\Tools\\px.exe',
          `C:\\Tools\\px.exe  \\\\${to.host.name} -s ${words}`,
          {
            builtAs: 'psexec64.exe',
            life: minute,
          },
        );
        const shell = new ServiceShell(world, {
          to,
          account: session.account,
          origin: world.originOf(management),
          time: at + second,
          name: 'PSEXESVC',
          builtAs: 'psexesvc.exe',
          client: client.pid,
          cause,
        });
        const [program = 'gpupdate'] = words.split(' ');
        shell.run(at + 4 * second, `${program}.exe`, `"${program}" ${words.slice(program.length + 1)}`);
        shell.close(at + 20 * second);
        at += random.whole(90, 500) * second;
      }
      return at;
    });
  }
}

/** An auditor's list asks for the hives of several servers; an administrator saves them to the auditors' folder. */
function auditor(world: World): void {
  const cause = world.recorder.cause(
    'lookalike',
    'an administrator saves hives of three servers for an audit of password policy',
    'a named person in working hours, one server after the other, into the folder of the audit; nothing packs or removes them',
    'VT-CA-04',
  );
  const [, person] = world.site.admins;
  const folder = `D:\\Audit\\${world.names.fork('audit').pick(['FY27', 'ISO-27001', 'Q3-review', 'EY'])}`;
  let time = working(world, 0.44, 'audit');
  for (const role of ['app', 'file', 'historian'] as const) {
    atServer(world, { person: person!, to: world.the(role), time, cause }, (session, begin) => {
      let at = begin;
      for (const hive of ['sam', 'system', 'security']) {
        const path = `${folder}\\${session.machine.host.name}-${hive}.hiv`;
        const reg = session.run(at, 'reg.exe', `reg  save HKLM\\${hive.toUpperCase()} ${path} /y`);
        session.file(at + second, reg, path);
        at += 25 * second;
      }
      session.run(at, 'net.exe', 'net  accounts');
      session.run(at + minute, 'net.exe', 'net  localgroup administrators');
      return at + 2 * minute;
    });
    time += 22 * minute;
  }
}

export const renamedServicesQuiet: Scenario = {
  name: 'renamed-services-quiet',
  twin: 'renamed-services',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 40,
  site: {
    logs,
    habits: { ifmBackup: true, wmicInventory: true, hiveBackup: true, nightlyArchive: true, wslProxy: true },
  },
  play(world) {
    deployment(world);
    handTool(world);
    auditor(world);
    rollOut(world, 0.7);
    hungProgram(world, world.the('app'), working(world, 0.3, 'hung'));
    antivirusReads(world, world.the('dc'));
    goldenImage(world, world.the('workstation', 4), working(world, 0.66, 'image'));
  },
};
