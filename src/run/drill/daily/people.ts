/**
 * People at work: at their desks, or at home over the VPN. They mistype passwords and change them, move house, change
 * their provider, travel, and take the phone's connection when the line is down.
 */
import { logOnAtDesk, readFiles, visit } from '../acts/network.ts';
import { closeRemoteDesktop, openRemoteDesktop } from '../acts/remote-desktop.ts';
import { closeTunnel, failTunnel, openTunnel, type Tunnel } from '../acts/vpn.ts';
import { accounts, tickets } from '../events/index.ts';
import type { Random } from '../random.ts';
import type { Origin } from '../session.ts';
import { hour, minute, second } from '../time.ts';
import type { Person } from '../world/site.ts';
import { officeFiles } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { officePrograms } from './programs.ts';

/** From which connection somebody works when not in the office, from which day on. */
type Connection = { readonly from: number; readonly to: number; readonly address: string };

/** How people's connections change; a drill about that has more of it. */
export type Moving = {
  /** How often a person moves or changes the provider, in a month. */
  readonly moves: number;
  /** How often somebody travels, in a month. */
  readonly travels: number;
  /** On how many days the phone stands in. */
  readonly phone: number;
};

export const usualMoving: Moving = { moves: 0.06, travels: 0.08, phone: 0.06 };

/** How a person types the name at the VPN. */
export function typedName(world: World, person: Person, random: Random): string {
  const { name } = person.account;
  return random.pick([name, name, `${world.site.netbios}\\${name}`, `${name}@${world.site.domain}`]);
}

export function playPeople(world: World, moving: Moving): void {
  const { site } = world;
  const people = [...site.staff, site.helpdesk, ...site.admins];
  for (const [i, person] of people.entries()) {
    const random = world.random.fork(`person ${i}`);
    const connections = connectionsOf(world, person, random, moving);
    const typed = typedName(world, person, random);
    // The phone has one of two addresses that its provider gives.
    const phone = [world.outside.address(), world.outside.address()];
    for (const dayNumber of world.days()) {
      if (!world.calendar.isWorkday(dayNumber)) continue;
      if (random.chance(0.09) || !random.chance(site.pace)) continue;
      if (person.remote && random.chance(0.28)) {
        const own = connections.find(({ from, to }) => from <= dayNumber && dayNumber < to)!;
        const address = random.chance(moving.phone) ? random.pick(phone) : own.address;
        workAtHome(world, person, typed, address, dayNumber, random);
      } else workAtDesk(world, person, dayNumber, random);
    }
  }
}

function connectionsOf(world: World, person: Person, random: Random, moving: Moving): Connection[] {
  const { days } = world.calendar;
  const connections: Connection[] = [];
  let address = person.home.address;
  let from = 0;
  while (from < days) {
    const travels = random.chance(Math.min(0.9, (moving.travels * 10) / 30));
    const to = Math.min(days, from + random.whole(6, 14));
    connections.push({ from, to, address: travels ? world.outside.address() : address });
    if (random.chance(Math.min(0.9, (moving.moves * 10) / 30))) address = world.outside.address();
    from = to;
  }
  return connections;
}

function mistype(world: World, person: Person, origin: Origin, time: number): void {
  const dc = world.dc();
  dc.write(
    tickets.preauthFailed(dc.host, time, dc.lsass(time), person.account, world.site.domain, origin.address),
    null,
  );
}

function changePassword(world: World, person: Person, origin: Origin, time: number): void {
  const dc = world.dc();
  const session = visit(world, { to: dc, account: person.account, origin, time });
  const at = time + 300_000;
  dc.write(accounts.passwordChanged(dc.host, at, dc.lsass(at), session.subject, person.account), null);
  session.close(time + 4 * second);
}

function workOnFiles(world: World, person: Person, origin: Origin, time: number, random: Random): void {
  readFiles(world, {
    to: world.the('file'),
    account: person.account,
    origin,
    time,
    share: world.site.share,
    files: random.some(officeFiles, random.whole(1, 2)),
    gap: 200,
  });
}

function workAtDesk(world: World, person: Person, dayNumber: number, random: Random): void {
  const machine = world.workstationOf(person);
  const origin = world.originOf(machine);
  const begin = world.calendar.at(dayNumber, random.about(8.1, 0.7));
  const end = world.calendar.at(dayNumber, random.about(17, 0.8));
  const moment = (): number => begin + 2 * minute + random.next() * (end - begin - 10 * minute);
  if (random.chance(0.05)) mistype(world, person, origin, begin - 15 * second);
  const session = logOnAtDesk(world, machine, person.account, begin);
  if (random.chance(0.017)) changePassword(world, person, origin, begin + minute);
  for (let i = random.whole(1, 2); i > 0; i--) workOnFiles(world, person, origin, moment(), random);
  if (machine.host.logs.collected) {
    for (const [image, commandLine] of random.some(officePrograms, random.whole(1, 4))) {
      session.open(moment(), image, commandLine, { life: hour });
    }
  }
  session.close(end);
}

function workAtHome(
  world: World,
  person: Person,
  typed: string,
  address: string,
  dayNumber: number,
  random: Random,
): void {
  const begin = world.calendar.at(dayNumber, random.about(8.4, 1.2));
  const end = begin + (2 + random.next() * 6) * hour;
  const tunnelOf = { user: typed, address, machine: person.home.machine, time: begin };
  if (random.chance(0.06)) failTunnel(world, { ...tunnelOf, time: begin - 40 * second });
  const tunnel = openTunnel(world, tunnelOf);
  if (random.chance(0.55)) throughDesktop(world, person, tunnel, begin, end, random);
  else {
    for (let i = random.whole(1, 3); i > 0; i--) {
      workOnFiles(world, person, tunnel.inner, begin + (0.05 + random.next() * 0.8) * (end - begin), random);
    }
  }
  closeTunnel(world, tunnel, end);
}

/** At home people work on their own workstation in the office. */
function throughDesktop(
  world: World,
  person: Person,
  tunnel: Tunnel,
  begin: number,
  end: number,
  random: Random,
): void {
  const machine = world.workstationOf(person);
  const session = openRemoteDesktop(world, {
    origin: tunnel.inner,
    to: machine,
    account: person.account,
    time: begin + random.whole(40, 300) * second,
  });
  if (machine.host.logs.collected) {
    for (const [image, commandLine] of random.some(officePrograms, 2)) {
      session.open(begin + (0.2 + random.next() * 0.7) * (end - begin), image, commandLine, { life: hour });
    }
  }
  workOnFiles(world, person, world.originOf(machine), begin + 0.3 * (end - begin), random);
  closeRemoteDesktop(session, end - minute);
}
