/**
 * In over the VPN from a router near the victim, while the real user is at work too; from the user's own desktop to the
 * domain controller. Weeks later another router, another account.
 */
import { cleanUp, core, Hands, machinesOf, pack, survey, weak } from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { closeRemoteDesktop, openRemoteDesktop } from '../acts/remote-desktop.ts';
import { copiedFromShadow } from '../acts/theft.ts';
import { closeTunnel, openTunnel } from '../acts/vpn.ts';
import { WmiShell } from '../acts/wmi.ts';
import { hour, minute, second } from '../time.ts';
import { plantFiles } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { nightFromHotel } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  dc: { processes: 'lines', shares: 'files' },
  workstation: { collected: true, processes: 'lines' },
} as const;

function steal(world: World, hands: Hands): void {
  const { dc } = machinesOf(world);
  const person = world.site.staff[1]!;
  const admin = world.site.admins[0]!.admin!;
  const tunnel = hands.enter(person.account.name, world.outside.address());
  const desk = hands.desktop({
    origin: tunnel.inner,
    to: world.workstationOf(person),
    account: person.account,
    note: core('VT-IA-02'),
  });
  survey(hands, desk, 3);
  hands.net(desk, 'group "Domain Admins" /dom', weak('VT-DI-03'));
  hands.type(desk, 'reg.exe', 'reg  query hkcu\\software\\simontatham\\putty\\sessions', weak('VT-CA-07'));
  hands.closeDesktop(desk);
  hands.pause(300, 1800);
  const shell = new WmiShell(world, {
    to: dc,
    account: admin,
    origin: tunnel.inner,
    time: hands.time,
    cause: hands.cause,
  });
  const { folder, archive, packer, password } = hands.things;
  shell.run(hands.pause(10, 60), 'vssadmin create shadow /for=C:', {
    program: 'vssadmin.exe',
    note: core('VT-CA-02'),
  });
  const from = '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy2\\Windows';
  shell.run(hands.pause(10, 60), `mkdir ${folder}`, { note: weak('VT-LM-02') });
  const copied = shell.run(hands.pause(20, 90), `copy ${from}\\NTDS\\ntds.dit ${folder}\\nd.dat`, {
    note: core('VT-CA-02'),
  });
  copiedFromShadow(shell.session, copied, hands.time + 14 * second, `${folder}\\nd.dat`, weak('VT-CA-02'));
  shell.run(hands.pause(30, 90), `copy ${from}\\System32\\config\\SYSTEM ${folder}\\sy.dat`, {
    note: core('VT-CA-02'),
  });
  shell.run(hands.pause(60, 600), `${packer} a -p${password} ${archive} ${folder}\\*`, {
    program: packer,
    options: { builtAs: '7z.exe' },
    note: core('VT-ST-01'),
  });
  shell.close(hands.pause(60, 200));
  readFiles(world, {
    to: dc,
    account: admin,
    origin: tunnel.inner,
    time: hands.pause(30, 200),
    share: 'C$',
    files: [{ file: archive.slice(3), note: core('VT-ST-06') }],
    cause: hands.cause,
  });
  hands.pause(200, 900);
  hands.leave(tunnel);
}

function comeBack(world: World, hands: Hands): void {
  const { jump, files } = machinesOf(world);
  const account = world.site.inventory;
  hands.time = Math.min(hands.time + hands.random.whole(10, 16) * 24 * hour, world.calendar.end - 6 * hour);
  const tunnel = hands.enter(account.name, world.outside.address());
  const session = hands.desktop({ origin: tunnel.inner, to: jump, account, note: core('VT-PE-01') });
  survey(hands, session, 2);
  readFiles(world, {
    to: files,
    account,
    origin: world.originOf(jump),
    time: hands.pause(60, 300),
    share: world.site.plantShare,
    files: hands.random.some(plantFiles, 3).map(file => ({ file, note: weak('VT-DI-13') })),
    cause: hands.cause,
  });
  hands.pause(100, 600);
  pack(hands, session, `\\\\${files.host.name}\\${world.site.plantShare}\\Protection`);
  cleanUp(hands, session, hands.things.archive);
  hands.closeDesktop(session);
  hands.leave(tunnel);
}

export const vpnEntry: Scenario = {
  name: 'vpn-entry',
  twin: 'vpn-entry-quiet',
  kind: 'intrusion',
  state: 'open',
  summary:
    'a stolen account from a home router while its owner works, NTDS out of a shadow copy, a second router later',
  days: 40,
  site: { logs },
  play(world) {
    const time = world.calendar.at(world.dayAt(0.4), 9 + world.random.next() * 8);
    const hands = new Hands(
      world,
      'vpn entry',
      'an intruder came from home routers with stolen accounts and took the directory',
      time,
    );
    steal(world, hands);
    comeBack(world, hands);
  },
};

export const vpnEntryQuiet: Scenario = {
  name: 'vpn-entry-quiet',
  twin: 'vpn-entry',
  kind: 'quiet',
  state: 'open',
  summary:
    'people move house, change provider, travel and use their phones; an administrator works at night from a hotel',
  days: 40,
  site: { logs, habits: { helpdeskTools: true, scanner: true, ifmBackup: true } },
  moving: { moves: 0.7, travels: 0.9, phone: 0.25 },
  play(world) {
    const person = world.site.admins[0]!;
    for (const share of [0.3, 0.65]) {
      const cause = world.recorder.cause(
        'lookalike',
        'an administrator works on a domain controller at night from a hotel',
        'the same person, machine and way through the jump host as at home; nothing is taken',
        'VT-IA-02',
      );
      nightFromHotel(world, share, (address, time) => {
        const of = { user: person.account.name, address, machine: person.home.machine, time, cause };
        const tunnel = openTunnel(world, of);
        const jump = openRemoteDesktop(world, {
          origin: tunnel.inner,
          to: world.the('jump'),
          account: person.admin!,
          time: time + minute,
          cause,
        });
        const session = openRemoteDesktop(world, {
          from: jump,
          to: world.the('dc'),
          account: person.admin!,
          time: time + 3 * minute,
        });
        return {
          session,
          leave(end) {
            closeRemoteDesktop(session, end);
            closeRemoteDesktop(jump, end + minute);
            closeTunnel(world, tunnel, end + 2 * minute, cause);
          },
        };
      });
    }
  },
};
