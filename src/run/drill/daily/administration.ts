/**
 * Administrators and helpdesk: they reach servers through the jump host, type what an intruder types too, reset passwords,
 * and reach into workstations. Some of it happens at night and from home, as such work does.
 */
import { logOnAtDesk, openShare, touchFile, visit } from '../acts/network.ts';
import { closeRemoteDesktop, openRemoteDesktop } from '../acts/remote-desktop.ts';
import { closeTunnel, edgeChange, edgeLogon, openTunnel } from '../acts/vpn.ts';
import { accounts, scripts } from '../events/index.ts';
import type { Machine } from '../machine.ts';
import type { Random } from '../random.ts';
import type { Origin, Session } from '../session.ts';
import { hour, minute, second } from '../time.ts';
import type { Account, Person } from '../world/site.ts';
import type { World } from '../world/world.ts';
import { adminCommands, adminScripts } from './programs.ts';

export function playAdministration(world: World): void {
  const { site } = world;
  for (const [i, person] of site.admins.entries()) {
    const random = world.random.fork(`admin ${i}`);
    for (const dayNumber of world.days()) {
      if (!random.chance((world.calendar.isWorkday(dayNumber) ? 0.5 : 0.06) * Math.min(1, site.pace * 1.5)))
        continue;
      administer(world, person, dayNumber, random);
    }
  }
  const random = world.random.fork('helpdesk');
  for (const dayNumber of world.days()) {
    if (!world.calendar.isWorkday(dayNumber)) continue;
    for (let i = random.times(1.2 * site.pace); i > 0; i--) help(world, dayNumber, random);
  }
  const edge = world.random.fork('edge');
  for (const dayNumber of world.days()) {
    if (world.calendar.isWorkday(dayNumber) && edge.chance(0.09 * Math.min(1, site.pace * 2))) {
      tendEdge(world, dayNumber, edge);
    }
  }
}

const roles = ['dc', 'file', 'app', 'management', 'backup'] as const;

function administer(world: World, person: Person, dayNumber: number, random: Random): void {
  const admin = person.admin!;
  const atNight = random.chance(0.18);
  const begin = world.calendar.at(dayNumber, atNight ? random.about(20.5, 1.2) : random.about(12.5, 2.6));
  const length = (0.4 + random.next() * 1.8) * hour;
  const fromHome = atNight && random.chance(0.8);
  const jump = world.the('jump');
  const tunnel = fromHome
    ? openTunnel(world, {
        user: person.account.name,
        address: person.home.address,
        machine: person.home.machine,
        time: begin - 5 * minute,
      })
    : null;
  const desk = world.workstationOf(person);
  const outer = fromHome ? null : logOnAtDesk(world, desk, person.account, begin - 3 * minute);
  const session = openRemoteDesktop(world, {
    ...(outer === null ? { origin: tunnel!.inner } : { from: outer }),
    to: jump,
    account: admin,
    time: begin,
  });
  work(world, session, begin + minute, length * 0.4, random);
  for (let i = random.whole(0, 2); i > 0; i--) {
    const target = world.the(random.pick(roles), 0);
    const at = begin + (0.3 + random.next() * 0.4) * length;
    const inner = openRemoteDesktop(world, { from: session, to: target, account: admin, time: at });
    work(world, inner, at + minute, length * 0.25, random);
    closeRemoteDesktop(inner, at + length * 0.3, random.chance(0.7));
  }
  closeRemoteDesktop(session, begin + length, random.chance(0.6));
  outer?.close(begin + length + 4 * minute);
  if (tunnel !== null) closeTunnel(world, tunnel, begin + length + 2 * minute);
}

/** A few commands, with the pauses of somebody who reads what they say. */
function work(world: World, session: Session, from: number, length: number, random: Random): void {
  const { machine } = session;
  const count = random.whole(1, 5);
  for (let i = 0; i < count; i++) {
    const time = from + ((i + random.next()) / count) * length;
    const [program, commandLine] = random.pick(adminCommands);
    const started = session.run(time, program, commandLine, { life: minute });
    if (program === 'net.exe') {
      session.run(time + 40_000, 'net1.exe', commandLine.replace('net ', 'C:\\Windows\\system32\\net1 '), {
        parent: started,
      });
    }
    if (random.chance(0.3)) {
      const id = world.random.guid().slice(1, -1).toLowerCase();
      const at = time + random.whole(20, 200) * second;
      const pid = machine.pid(at, at + hour);
      machine.write(
        scripts.scriptBlock(machine.host, at, session.account, pid, random.pick(adminScripts), id),
        null,
      );
    }
  }
}

const helpTexts: readonly ((machine: Machine, person: Person) => readonly [string, string])[] = [
  (_, { account }) => ['net.exe', `net  user ${account.name} /domain`],
  ({ host }) => ['qwinsta.exe', `qwinsta  /server:${host.name}`],
  ({ host }) => ['wbem\\WMIC.exe', `wmic  /node:${host.name} os get lastbootuptime`],
  ({ host }) => ['wbem\\WMIC.exe', `wmic  /node:"${host.name}" computersystem get username`],
  ({ host }) => ['PING.EXE', `ping  ${host.name}`],
  ({ host }) => ['net.exe', `net  use \\\\${host.name}\\c$`],
  ({ host }) => ['cmd.exe', `cmd  /c dir \\\\${host.name}\\c$\\Users`],
  ({ host }) => ['msra.exe', `msra  /offerra ${host.name}`],
];

function help(world: World, dayNumber: number, random: Random): void {
  const { helpdesk, staff, habits } = world.site;
  const desk = world.workstationOf(helpdesk);
  const { account } = helpdesk;
  const person = random.pick(staff);
  const origin = world.originOf(desk);
  const time = world.calendar.at(dayNumber, random.about(11.5, 2.2));
  if (random.chance(0.45)) {
    resetOrUnlock(world, account, person.account, origin, time, random.chance(0.6));
    return;
  }
  const session = logOnAtDesk(world, desk, account, time - 10 * minute);
  const target = world.workstationOf(person);
  if (habits.helpdeskTools) {
    const [program, commandLine] = random.pick(helpTexts)(target, person);
    session.run(time, program, commandLine, { life: 30 * second });
    const reached = visit(world, { to: target, account, origin, time: time + second });
    if (commandLine.includes('\\c$')) {
      openShare(reached, time + 1.3 * second, 'C$');
      touchFile(reached, time + 4 * second, { share: 'C$', file: 'Users' });
      if (random.chance(0.4)) {
        const file = `Temp\\printer-driver-${random.whole(2, 9)}.msi`;
        touchFile(reached, time + 60 * second, { share: 'C$', file, access: 'write' });
      }
    }
    reached.close(time + 3 * minute);
  }
  session.close(time + random.whole(10, 60) * minute);
}

function resetOrUnlock(
  world: World,
  by: Account,
  account: Account,
  origin: Origin,
  time: number,
  reset: boolean,
): void {
  const dc = world.dc();
  const session = visit(world, { to: dc, account: by, origin, time });
  const at = time + 2 * second;
  const lsass = dc.lsass(at);
  dc.write(
    reset
      ? accounts.passwordChanged(dc.host, at, lsass, session.subject, account)
      : accounts.accountUnlocked(dc.host, at, lsass, session.subject, account),
    null,
  );
  session.close(time + minute);
}

const edgeWork: readonly (readonly ['Add' | 'Edit', string, string, string])[] = [
  ['Add', 'firewall.address', 'printer-vlan', 'subnet[10.0.0.0 255.255.255.0]'],
  ['Edit', 'firewall.policy', '14', 'comments[ticket 4471]'],
  ['Edit', 'vpn.ssl.settings', '', 'idle-timeout[300->600]'],
  ['Add', 'firewall.policy', '41', 'name[mail-relay]action[accept]'],
  ['Edit', 'system.ntp', '', 'syncinterval[60->30]'],
];

function tendEdge(world: World, dayNumber: number, random: Random): void {
  const { site } = world;
  const { address } = random.pick(site.admins).workstation;
  const user = site.edge.admin;
  const time = world.calendar.at(dayNumber, random.about(13, 2.5));
  const down = time + random.whole(5, 50) * minute;
  edgeLogon(world, { user, address, time, down });
  for (let i = random.whole(0, 2); i > 0; i--) {
    const [action, path, object, attributes] = random.pick(edgeWork);
    const at = time + random.next() * (down - time);
    edgeChange(world, { user, address, time: at, action, path, object, attributes });
  }
}
