/** Eighteen months: the directory once, then quiet; months later accounts that were in it, now and then, and once more. */
import {
  cleanUp,
  core,
  Hands,
  machinesOf,
  pack,
  survey,
  surveyDomain,
  takeDirectory,
  weak,
} from '../acts/intruder.ts';
import { readFiles } from '../acts/network.ts';
import { copiedByIfm } from '../acts/theft.ts';
import { wmicCreate } from '../acts/wmi.ts';
import { day, hour, minute, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import { plantFiles } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { promoteFromMedia, restoreTest, supportBundle, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  dc: { processes: 'lines', shares: 'files' },
  jump: { processes: 'lines' },
  file: { shares: 'files' },
} as const;

function first(world: World, hands: Hands): void {
  const { dc, jump } = machinesOf(world);
  const person = world.site.admins[0]!;
  const { folder, packer, password, archive } = hands.things;
  const tunnel = hands.enter(person.account.name, world.outside.address());
  const session = hands.desktop({
    origin: tunnel.inner,
    to: jump,
    account: person.admin!,
    note: weak('VT-LM-04'),
  });
  survey(hands, session, 3);
  surveyDomain(hands, session);
  const command = `cmd.exe /c ntdsutil "ac i ntds" ifm "create full ${folder}" q q`;
  const remote = wmicCreate(world, {
    from: session,
    to: dc,
    time: hands.pause(60, 300),
    command,
    note: core('VT-LM-01'),
    remoteNote: core('VT-CA-01'),
  });
  const tool = remote.session.run(
    remote.time + second,
    'ntdsutil.exe',
    command.slice(command.indexOf('ntdsutil')),
    {
      parent: remote.process,
      note: core('VT-CA-01'),
      life: minute,
    },
  );
  copiedByIfm(remote.session, tool, remote.time + 2 * second, folder, core('VT-CA-03'));
  hands.pause(600, 2400);
  const packs = `cmd.exe /c ${packer} a -p${password} ${archive} ${folder}\\*`;
  const packed = wmicCreate(world, {
    from: session,
    to: dc,
    time: hands.time,
    command: packs,
    note: core('VT-LM-01'),
    remoteNote: core('VT-ST-01'),
  });
  packed.session.run(packed.time + 200_000, packer, packs.slice(packs.indexOf(packer)), {
    parent: packed.process,
    builtAs: '7z.exe',
    note: core('VT-ST-01'),
    life: minute,
  });
  readFiles(world, {
    to: dc,
    account: person.admin!,
    origin: world.originOf(jump),
    time: hands.pause(90, 600),
    share: 'C$',
    files: [{ file: archive.slice(3), note: core('VT-ST-06') }],
    cause: hands.cause,
  });
  hands.pause(200, 600);
  cleanUp(hands, session, archive);
  hands.closeDesktop(session);
  hands.leave(tunnel);
}

function visitAgain(world: World, hands: Hands, account: Account): void {
  const { files, jump } = machinesOf(world);
  const tunnel = hands.enter(account.name, world.outside.address());
  const session = hands.desktop({ origin: tunnel.inner, to: jump, account, note: core('VT-PE-01') });
  survey(hands, session, 2);
  readFiles(world, {
    to: files,
    account,
    origin: world.originOf(jump),
    time: hands.pause(60, 300),
    share: world.site.plantShare,
    files: hands.random.some(plantFiles, 2).map(file => ({ file, note: weak('VT-DI-13') })),
    cause: hands.cause,
  });
  hands.pause(100, 600);
  hands.closeDesktop(session);
  hands.leave(tunnel);
}

export const longDwell: Scenario = {
  name: 'long-dwell',
  twin: 'long-dwell-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 540,
  site: { logs, pace: 0.1 },
  play(world) {
    const hands = new Hands(
      world,
      'long dwell',
      'an intruder took the directory and used accounts out of it for more than a year',
      world.calendar.at(world.dayAt(0.08), 1 + world.random.next() * 21),
    );
    const { calendar, site } = world;
    first(world, hands);
    const again = [site.backup, site.inventory, site.backup];
    const shares = [0.45, 0.62, 0.8];
    for (const [i, account] of again.entries()) {
      hands.time = Math.round(
        calendar.first + shares[i]! * calendar.days * day + hands.random.next() * 9 * day,
      );
      visitAgain(world, hands, account);
    }
    // They come back for fresh credentials.
    hands.time = Math.round(
      calendar.first + 0.9 * calendar.days * day + hands.random.next() * 5 * day + 3 * hour,
    );
    const { dc, jump } = machinesOf(world);
    const tunnel = hands.enter(site.backup.name, world.outside.address());
    const outer = hands.desktop({
      origin: tunnel.inner,
      to: jump,
      account: site.backup,
      note: core('VT-PE-01'),
    });
    const session = hands.desktop({ from: outer, to: dc, account: site.backup, note: core('VT-LM-04') });
    takeDirectory(hands, session, `${hands.things.folder}2`);
    pack(hands, session, `${hands.things.folder}2`);
    hands.closeDesktop(session);
    hands.closeDesktop(outer);
    hands.leave(tunnel);
  },
};

export const longDwellQuiet: Scenario = {
  name: 'long-dwell-quiet',
  twin: 'long-dwell',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 540,
  site: { logs, pace: 0.1, habits: { ifmBackup: true, scanner: false, wmicInventory: false } },
  moving: { moves: 0.1, travels: 0.15, phone: 0.1 },
  play(world) {
    promoteFromMedia(world, 0.3);
    restoreTest(world, 0.5);
    supportBundle(world, world.the('dc'), working(world, 0.66, 'bundle'));
  },
};
