/** The twin's doings in the plant: an integrator with a remote tool, screens watched from afar, tools updated, projects kept. */
import { openShare, touchFile, visit } from '../acts/network.ts';
import { closeRemoteDesktop, openRemoteDesktop } from '../acts/remote-desktop.ts';
import { runTask } from '../acts/scheduled.ts';
import { addService } from '../acts/services.ts';
import { portProxySet } from '../acts/theft.ts';
import { closeTunnel, openTunnel } from '../acts/vpn.ts';
import { sysmon } from '../events/index.ts';
import type { Machine } from '../machine.ts';
import type { Session } from '../session.ts';
import { minute, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import type { World } from '../world/world.ts';
import { atServer, working } from './lookalikes.ts';

/** An integrator works on the historian for a week, from a hotel, and brings a remote tool along. */
export function integratorWeek(world: World, share: number, own: (machine: Machine) => Account): void {
  const { vendor } = world.site;
  const [jump, historian] = [world.the('ot-jump'), world.the('historian')];
  const random = world.random.fork('integrator');
  const cause = world.recorder.cause(
    'lookalike',
    'an integrator works on the historian for a week with AnyDesk, from a hotel',
    'ordered and announced, in working hours; the tool is installed under its own name, used for a week and removed; nothing is packed',
    'VT-LM-04',
  );
  const [hotel, relay] = [world.outside.address(), world.outside.address()];
  const laptop = `INTEG-NB${world.names.fork('integrator').whole(1, 30)}`;
  const account = own(historian);
  const tool = 'C:\\Program Files (x86)\\AnyDesk\\AnyDesk.exe';
  const service = { name: 'AnyDesk', path: `"${tool}" --service`, start: 'auto start' } as const;
  for (let i = 0; i < 5; i++) {
    const dayNumber = world.calendar.workday(world.dayAt(share) + i);
    const time = world.calendar.at(dayNumber, 8.5 + random.next() * 2);
    const tunnel = openTunnel(world, { user: vendor.name, address: hotel, machine: laptop, time, cause });
    const of = { to: jump, account: vendor, time: time + 2 * minute, cause };
    const outer = openRemoteDesktop(world, { ...of, origin: tunnel.inner });
    const session = openRemoteDesktop(world, {
      from: outer,
      to: historian,
      account,
      package: 'NTLM',
      time: time + 5 * minute,
    });
    let at = time + 8 * minute;
    if (i === 0) {
      const setup = 'C:\\Users\\Public\\Downloads\\AnyDesk.exe';
      const words = `"${setup}" --install "C:\\Program Files (x86)\\AnyDesk" --start-with-win --silent`;
      const installer = session.run(at, setup, words, { builtAs: 'anydesk.exe' });
      session.file(at + second, installer, tool);
      addService(session, at + 3 * second, service);
    }
    const run = historian.startAsSystem(at + 5 * second, 'services', tool, service.path, cause);
    const to = { address: relay, port: 443, name: '-' };
    const connected = sysmon.connected(
      historian.host,
      at + 7 * second,
      run,
      to,
      50_000 + random.whole(1, 9_000),
    );
    historian.write(connected, cause);
    for (const [program, words] of random.some(
      [
        ['reg.exe', 'reg  query HKLM\\SOFTWARE\\TightVNC\\Server'],
        ['systeminfo.exe', 'systeminfo'],
        ['NETSTAT.EXE', 'netstat  -ano'],
        ['ipconfig.exe', 'ipconfig  /all'],
        ['sc.exe', 'sc  query type= service state= all'],
        ['PING.EXE', `ping  ${world.the('hmi').host.address}`],
      ] as const,
      4,
    )) {
      at += random.whole(40, 600) * second;
      session.run(at, program, words);
    }
    if (i === 4) {
      session.run(at + minute, tool, `"${tool}" --remove --silent`, { builtAs: 'anydesk.exe' });
      session.run(at + 2 * minute, 'sc.exe', 'sc  delete AnyDesk');
    }
    const end = at + random.whole(40, 200) * minute;
    closeRemoteDesktop(session, end);
    closeRemoteDesktop(outer, end + minute);
    closeTunnel(world, tunnel, end + 2 * minute, cause);
  }
}

/** Operators' screens are looked at from the OT jump host, on most days. */
export function screensWatched(world: World): void {
  const random = world.random.fork('screens');
  const cause = world.recorder.cause(
    'lookalike',
    'an engineer looks at operators’ screens with VNC',
    'the same person from the same host on most working days',
    'VT-LM-04',
  );
  const screen = world.the('hmi').host;
  const viewer = 'C:\\Program Files\\TightVNC\\tvnviewer.exe';
  const person = world.site.admins[1]!;
  for (const dayNumber of world.days()) {
    if (!world.calendar.isWorkday(dayNumber) || !random.chance(0.5)) continue;
    const time = world.calendar.at(dayNumber, random.about(12, 3));
    atServer(world, { person, to: world.the('ot-jump'), time, cause }, (session, at) => {
      const run = session.open(at, viewer, `"${viewer}" ${screen.address}::5900`, {
        builtAs: 'vncviewer.exe',
      });
      session.connect(at + second, run, { address: screen.address, port: 5900, name: screen.fqdn });
      return at + random.whole(3, 40) * minute;
    });
  }
}

/** The tools of the hypervisor are updated, with the real program of a name that others borrow. */
export function toolsUpdated(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'the tools of the hypervisor are updated on servers of the plant',
    'the program lies where its vendor puts it and calls nobody',
    'VT-C2-03',
  );
  for (const [i, machine] of [world.the('historian'), world.the('ot-jump')].entries()) {
    const time = working(world, share, 'tools') + i * 15 * minute;
    const of = { person: world.site.admins[0]!, to: machine, time, cause };
    atServer(world, of, (session, at) => {
      const setup = 'D:\\setup64.exe';
      session.run(at, setup, `"${setup}" /S /v "/qn REBOOT=R"`);
      const path = 'C:\\Windows\\system32\\vm3dservice.exe';
      addService(session, at + 30 * second, { name: 'vm3dservice', path, start: 'auto start' });
      const image = 'C:\\Windows\\System32\\vm3dservice.exe';
      machine.startAsSystem(at + 33 * second, 'services', image, path, cause);
      return at + 4 * minute;
    });
  }
}

/** A port is forwarded to a screen while a pump station is commissioned. */
export function commissioningProxy(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'a port is forwarded to an operators’ screen while a station is commissioned',
    'by a named administrator as a ticket asks, in working hours, and removed when it is done',
    'VT-C2-01',
  );
  const screen = world.the('hmi').host.address;
  for (const [i, when] of [share, Math.min(0.95, share + 0.3)].entries()) {
    const time = working(world, when, `commissioning ${i}`);
    atServer(
      world,
      { person: world.site.admins[1]!, to: world.the('ot-jump'), time, cause },
      (session, at) => {
        const listen = 'listenport=5910 listenaddress=0.0.0.0';
        const words =
          i === 0
            ? `netsh  interface portproxy add v4tov4 ${listen} connectport=5900 connectaddress=${screen}`
            : `netsh  interface portproxy delete v4tov4 ${listen}`;
        const netsh = session.run(at, 'netsh.exe', words);
        const rule = { listen: '0.0.0.0/5910', connect: `${screen}/5900`, remove: i === 1 };
        portProxySet(session, netsh, at + 200_000, rule);
        return at + 3 * minute;
      },
    );
  }
}

/** Projects of controllers are kept every week: read from the engineering host and packed with a password. */
export function projectBackup(world: World): void {
  const random = world.random.fork('project backup');
  const password = world.names.fork('project backup').letters(12, 'ABCDEFGHKLMNPQRabcdefghkmnpqr23456789');
  const cause = world.recorder.cause(
    'lookalike',
    'the controllers’ projects are read from the engineering host and packed every week',
    'a scheduled task under the same service account at the same hour, to the folder of the versions',
    'VT-ST-01',
  );
  const { tasks } = world.site;
  const [historian, engineering] = [world.the('historian'), world.the('engineering')];
  for (const dayNumber of world.days()) {
    if (world.calendar.weekday(dayNumber) !== 5) continue;
    const time = world.calendar.at(dayNumber, 20) + random.whole(1, 9) * second;
    const task = {
      name: '\\Plant\\Keep projects',
      runsAs: tasks,
      command: 'C:\\Windows\\System32\\cmd.exe',
      arguments: '/c D:\\Versions\\keep.cmd',
      time,
    };
    const { session, process } = runTask(world, historian, task, { cause, life: 5 * minute });
    const source = `\\\\${engineering.host.name}\\Projects`;
    const words = `robocopy  ${source} D:\\Versions\\current /MIR /R:1`;
    session.run(time + 2 * second, 'Robocopy.exe', words, { parent: process });
    const origin = world.originOf(historian);
    const read = visit(world, { to: engineering, account: tasks, origin, time: time + 3 * second, cause });
    openShare(read, time + 3.3 * second, 'Projects');
    for (const [i, station] of ['station-02', 'station-04', 'station-07', 'booster'].entries()) {
      touchFile(read, time + (4 + i) * second, { share: 'Projects', file: `PLC\\${station}.acd` });
    }
    read.close(time + minute);
    const seven = 'C:\\Program Files\\7-Zip\\7z.exe';
    const archive = `D:\\Versions\\week-${dayNumber}.7z`;
    const line = `"${seven}" a -p${password} ${archive} D:\\Versions\\current\\*`;
    const packed = session.run(time + 2 * minute, seven, line, { parent: process, builtAs: '7z.exe' });
    session.file(time + 2 * minute + second, packed, archive);
  }
}

/** An administrator reaches the OT jump host through a tunnel of the own making, as the bastion's page says. */
export function loopbackDesktop(world: World, share: number): void {
  const cause = world.recorder.cause(
    'lookalike',
    'an administrator’s desktop on the OT jump host comes through an SSH tunnel that ends there',
    'the own account, in working hours, as the bastion is meant to be used; the SSH server of Windows is the other end',
    'VT-LM-04',
  );
  const person = world.site.admins[0]!;
  const machine = world.the('ot-jump');
  for (const [i, when] of [share, Math.min(0.96, share + 0.12)].entries()) {
    const time = working(world, when, `bastion ${i}`);
    const sshd = machine.startAsSystem(
      time - 30 * second,
      'services',
      'C:\\Windows\\System32\\OpenSSH\\sshd.exe',
      '"C:\\Windows\\System32\\OpenSSH\\sshd.exe" -R',
      cause,
    );
    const to = { address: '127.0.0.1', port: 3389, name: 'localhost' };
    machine.write(sysmon.connected(machine.host, time - 4 * second, sshd, to, 50_120 + i), cause);
    const session: Session = openRemoteDesktop(world, {
      origin: { address: '127.0.0.1', name: person.workstation.name },
      to: machine,
      account: person.admin!,
      package: 'NTLM',
      time,
      cause,
    });
    session.run(time + 2 * minute, 'ipconfig.exe', 'ipconfig  /all');
    session.run(time + 3 * minute, 'NETSTAT.EXE', 'netstat  -ano');
    closeRemoteDesktop(session, time + 30 * minute);
  }
}
