/**
 * A stolen helpdesk account sets other people's passwords and goes on as them. Servers log no command lines and have no
 * Sysmon; domain controllers audit their directory.
 */
import { cleanUp, core, Hands, machinesOf, weak } from '../acts/intruder.ts';
import { openShare, readFiles, touchFile, visit } from '../acts/network.ts';
import { closeTunnel, openTunnel } from '../acts/vpn.ts';
import { accounts, directory, tickets } from '../events/index.ts';
import type { Cause, Note } from '../record.ts';
import { type Origin, Session } from '../session.ts';
import { hour, minute, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import { plantFiles } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { atServer, promoteFromMedia, systemStateBackup, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const old = { sysmon: false, scripts: false, processes: 'names' } as const;
const logs = {
  dc: { ...old, objects: true, shares: 'files' },
  file: { ...old, shares: 'files' },
  jump: old,
  backup: { ...old, collected: true, shares: 'files' },
  app: { ...old, collected: true, shares: 'files' },
  management: old,
  historian: old,
  'ot-jump': old,
  hmi: old,
  engineering: old,
  workstation: old,
} as const;

/** Sets the password of another account, as the tools of the domain do it. */
function setPassword(
  world: World,
  by: Account,
  origin: Origin,
  time: number,
  account: Account,
  cause: Cause | null,
  note?: Note,
): void {
  const dc = world.the('dc');
  const session = visit(world, { to: dc, account: by, origin, time, cause });
  openShare(session, time + 300_000, 'IPC$');
  touchFile(session, time + 400_000, { share: 'IPC$', file: 'samr', access: 'both' });
  const at = time + 2 * second;
  const set = accounts.passwordChanged(dc.host, at, dc.lsass(at), session.subject, account);
  dc.write(set, cause, note);
  session.close(time + minute);
}

/** A program of the caller's replicates secrets from the first domain controller. */
function replicate(
  world: World,
  account: Account,
  origin: Origin,
  time: number,
  cause: Cause,
  note?: Note,
): void {
  const dc = world.the('dc');
  const session = visit(world, { to: dc, account, origin, time, cause });
  for (const event of directory.secretsReplicated(dc.host, time + second, dc.lsass(time), session.subject)) {
    dc.write(event, cause, note);
  }
  session.close(time + 9 * second);
}

/** A server keeps a directory in the cloud in step, and reads password hashes for it: its account may. */
function directorySync(world: World): void {
  const { site, calendar } = world;
  const random = world.random.fork('directory sync');
  const account: Account = {
    name: `MSOL_${world.names.fork('sync').letters(12, '0123456789abcdef')}`,
    domain: site.netbios,
    sid: `${site.domainSid}-${world.names.fork('sync sid').whole(3100, 3900)}`,
    kind: 'service',
    privileged: true,
  };
  const cause = world.recorder.cause(
    'lookalike',
    'a server keeps a directory in the cloud in step and replicates secrets for it',
    'one service account from one server, every few hours on every day since the logs begin',
    'VT-CA-08',
  );
  const among = world.recorder.cause(
    'lookalike',
    'domain controllers replicate from each other',
    'their own machine accounts from their own addresses, all day',
    'VT-CA-08',
  );
  const other = world.the('dc', 1);
  const minutes = random.whole(0, 59);
  for (const dayNumber of world.days()) {
    for (let at = 1; at < 24; at += 4) {
      const time = calendar.at(dayNumber, at + minutes / 60) + random.whole(0, 20) * second;
      replicate(world, account, world.originOf(world.the('management')), time, cause);
      const between = time + random.whole(3, 170) * minute;
      replicate(world, other.account, world.originOf(other), between, among);
    }
  }
}

/** Whose account this was finds the password wrong next morning, and has the helpdesk set it again. */
function lockedOut(world: World, hands: Hands, account: Account, from: Origin): void {
  const { helpdesk } = world.site;
  const dc = world.the('dc');
  const dayNumber = world.calendar.workday(world.calendar.dayOf(hands.time) + 1);
  let time = world.calendar.at(dayNumber, hands.random.about(8.2, 0.4));
  for (let i = 0; i < 3; i++) {
    const failed = tickets.preauthFailed(
      dc.host,
      time,
      dc.lsass(time),
      account,
      world.site.domain,
      from.address,
    );
    dc.write(failed, hands.cause);
    time += hands.random.whole(9, 40) * second;
  }
  const later = time + hands.random.whole(8, 50) * minute;
  setPassword(world, helpdesk.account, world.originOf(world.workstationOf(helpdesk)), later, account, null);
}

export const helpdeskResets: Scenario = {
  name: 'helpdesk-resets',
  twin: 'helpdesk-resets-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 35,
  site: { logs, habits: { helpdeskTools: true } },
  play(world) {
    directorySync(world);
    passwordDays(world);
    const { files, jump } = machinesOf(world);
    const { helpdesk, admins, staff, plantShare, tasks } = world.site;
    const server = world.the(world.random.fork('server').pick(['app', 'backup'] as const));
    const engineer = staff[2]!;
    const admin = admins[1]!.admin!;
    const hands = new Hands(
      world,
      'resets',
      'an intruder with the account of the helpdesk set the passwords of others, read the plant and replicated the directory',
      world.calendar.at(world.dayAt(0.5), 0.5 + atNight(world)),
    );
    const home = world.outside.address();
    const first = hands.enter(helpdesk.account.name, home);
    setPassword(
      world,
      helpdesk.account,
      first.inner,
      hands.pause(90, 700),
      engineer.account,
      hands.cause,
      core('VT-PE-01'),
    );
    hands.pause(60, 400);
    readFiles(world, {
      to: files,
      account: engineer.account,
      origin: first.inner,
      time: hands.time,
      share: plantShare,
      files: hands.random.some(plantFiles, 6).map(file => ({ file, note: weak('VT-DI-13') })),
      gap: 90,
      note: core('VT-PE-01'),
      cause: hands.cause,
    });
    hands.pause(900, 2600);
    hands.leave(first);
    lockedOut(world, hands, engineer.account, world.originOf(world.workstationOf(engineer)));

    // Some nights later, from the same router: an administrator who is away.
    hands.time = world.calendar.at(world.dayAt(0.62), 0.5 + atNight(world));
    const again = hands.enter(helpdesk.account.name, home);
    setPassword(
      world,
      helpdesk.account,
      again.inner,
      hands.pause(90, 700),
      admin,
      hands.cause,
      core('VT-PE-01'),
    );
    const session = hands.desktop({
      origin: again.inner,
      to: server,
      account: admin,
      note: core('VT-PE-01'),
    });
    for (const program of ['whoami.exe', 'nltest.exe', 'net.exe', 'quser.exe']) {
      hands.type(session, program, program, weak('VT-DI-07'));
    }
    const { packer, archive } = hands.things;
    const tool = packer.replace(/[^\\]+$/, `${world.names.fork('tool').letters(5)}.exe`);
    hands.type(session, tool, tool, weak('VT-CA-08'));
    replicate(world, admin, world.originOf(server), hands.time + 4 * second, hands.cause, core('VT-CA-08'));
    hands.pause(60, 300);
    hands.type(session, packer, packer, weak('VT-ST-01'));
    hands.pause(30, 200);
    readFiles(world, {
      to: server,
      account: admin,
      origin: again.inner,
      time: hands.time,
      share: 'C$',
      files: [{ file: archive.slice(3), note: core('VT-ST-06') }],
      cause: hands.cause,
    });
    hands.pause(200, 900);
    cleanUp(hands, session, archive, tool);
    hands.closeDesktop(session);
    hands.leave(again);
    lockedOut(world, hands, admin, world.originOf(jump));

    // What was replicated serves: an account that nobody uses at a desk, from another router.
    hands.time = world.calendar.at(world.dayAt(0.85), 1 + hands.random.next() * 20);
    const third = hands.enter(tasks.name, world.outside.address());
    const last = hands.desktop({ origin: third.inner, to: files, account: tasks, note: core('VT-PE-01') });
    hands.type(last, 'whoami.exe', 'whoami', weak('VT-DI-07'));
    hands.pause(300, 1500);
    hands.closeDesktop(last);
    hands.leave(third);
  },
};

/** An hour of the day, mostly one at which the offices are empty. */
function atNight(world: World): number {
  return world.random.chance(0.7) ? world.random.next() * 5 : 18 + world.random.next() * 5;
}

/** Passwords run out for a whole department, and half of it asks for new ones within two mornings. */
function passwordDays(world: World): void {
  const { helpdesk, staff, admins } = world.site;
  const random = world.random.fork('password days');
  const cause = world.recorder.cause(
    'lookalike',
    'the helpdesk sets the passwords of a whole department, and of two administrators',
    'from its own desk in working hours; those people then log on at their own desks',
    'VT-PE-01',
  );
  const desk = world.originOf(world.workstationOf(helpdesk));
  for (const share of [0.3, 0.36]) {
    const dayNumber = world.dayAt(share);
    const accounts = [
      ...staff.map(({ account }) => account),
      ...admins.flatMap(({ admin }) => (admin === null ? [] : [admin])),
    ];
    for (const account of random.some(accounts, 6)) {
      const time = world.calendar.at(dayNumber, random.about(10, 1.6));
      setPassword(world, helpdesk.account, desk, time, account, cause);
      const person = staff.find(each => each.account === account);
      if (person === undefined) continue;
      const machine = world.workstationOf(person);
      const at = new Session({ machine, account, type: 7, time: time + 3 * minute, cause });
      at.close(time + 5 * hour);
    }
  }
}

/** The helpdesk works from home for a week, and is asked at night by the shift that cannot log on. */
function helpFromHome(world: World): void {
  const { helpdesk, staff } = world.site;
  const random = world.random.fork('help from home');
  const cause = world.recorder.cause(
    'lookalike',
    'the helpdesk sets passwords at night from home while somebody is ill',
    'its own line at home; nothing but work at their own desks happens under the accounts that were helped',
    'VT-PE-01',
  );
  const { account, home } = helpdesk;
  for (const share of [0.55, 0.6, 0.66]) {
    const time = world.calendar.at(world.dayAt(share), random.about(21.5, 1.2));
    const tunnel = openTunnel(world, {
      user: account.name,
      address: home.address,
      machine: home.machine,
      time,
      cause,
    });
    setPassword(world, account, tunnel.inner, time + 6 * minute, random.pick(staff).account, cause);
    closeTunnel(world, tunnel, time + 40 * minute, cause);
  }
}

/** Somebody shows colleagues how a domain controller is rebuilt, with the tool itself, and throws the copy away. */
function trainingDay(world: World): void {
  const cause = world.recorder.cause(
    'lookalike',
    'a training day: an administrator shows colleagues what ntdsutil does',
    'a named person from the own desk in working hours; it only looks, and copies nothing',
    'VT-CA-01',
  );
  const [, person] = world.site.admins;
  const time = working(world, 0.72, 'training');
  atServer(world, { person: person!, to: world.the('dc', 1), time, cause }, (session, begin) => {
    let at = begin;
    for (const words of [
      'ntdsutil  help',
      'ntdsutil  "activate instance ntds" "ifm" "help" quit quit',
      'ntdsutil  "activate instance ntds" files info quit quit',
      'ntdsutil  snapshot "list all" quit quit',
    ]) {
      session.run(at, 'ntdsutil.exe', words, { life: 2 * minute });
      at += 7 * minute;
    }
    return at;
  });
}

export const helpdeskResetsQuiet: Scenario = {
  name: 'helpdesk-resets-quiet',
  twin: 'helpdesk-resets',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 35,
  site: { logs, habits: { helpdeskTools: true, ifmBackup: true, scanner: true } },
  moving: { moves: 0.2, travels: 0.2, phone: 0.15 },
  play(world) {
    directorySync(world);
    passwordDays(world);
    helpFromHome(world);
    trainingDay(world);
    promoteFromMedia(world, 0.45);
    systemStateBackup(world);
  },
};
