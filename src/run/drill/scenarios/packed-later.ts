/**
 * A big, noisy site, and an intrusion that began before its logs do: what was taken lies there, an account of the host's
 * own was made. The logs have two visits and three commands.
 */
import { core, Hands, weak } from '../acts/intruder.ts';
import { openShare, readFiles, touchFile, visit } from '../acts/network.ts';
import { closeRemoteDesktop, openRemoteDesktop } from '../acts/remote-desktop.ts';
import { copiedByIfm } from '../acts/theft.ts';
import { accounts, tickets } from '../events/index.ts';
import type { Machine } from '../machine.ts';
import type { Cause } from '../record.ts';
import { type Origin, Session } from '../session.ts';
import { hour, minute, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import { businesses, dullWords, homeMachinePrefixes, officeFiles } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { atServer, networkTrace, rollOut, shareRound, ticketedProxy, working } from './lookalikes.ts';
import type { Scenario } from './scenario.ts';

const logs = {
  app: { collected: true, processes: 'lines', shares: 'files' },
  backup: { collected: true, processes: 'lines', shares: 'files' },
  management: { collected: true, processes: 'lines', shares: 'files' },
  file: { processes: 'lines', shares: 'files' },
  dc: { processes: 'lines', shares: 'files' },
  workstation: { collected: true, processes: 'lines', sysmon: false },
} as const;

const busy = {
  nightlyArchive: true,
  wmicInventory: true,
  scanner: true,
  wslProxy: true,
  logonReport: true,
  helpdeskTools: true,
  vendorSessions: true,
} as const;

const big = { moreDesks: 43, people: 24 } as const;

/** An account of the host itself; its number is one of the first that a host gives. */
function localAccount(world: World, machine: Machine, label: string, names: readonly string[]): Account {
  const from = world.names.fork(`local ${label}`);
  const part = (): number => from.whole(1e8, 4e9);
  return {
    name: from.pick(names),
    domain: machine.host.name,
    sid: `S-1-5-21-${part()}-${part()}-${part()}-${from.whole(1001, 1009)}`,
    kind: 'staff',
    privileged: true,
  };
}

/** The host checks the password of its own account. */
function checked(machine: Machine, account: Account, time: number, from: string, cause: Cause): void {
  const event = tickets.ntlmChecked(machine.host, time, machine.lsass(time), account, from);
  machine.write(event, cause);
}

export const packedLater: Scenario = {
  name: 'packed-later',
  twin: 'packed-later-quiet',
  kind: 'intrusion',
  state: 'open',
  summary: '',
  days: 24,
  site: { logs, habits: busy, ...big },
  moving: { moves: 0.2, travels: 0.25, phone: 0.12 },
  play(world) {
    payroll(world);
    pictures(world);
    const host = world.the(world.random.fork('host').pick(['app', 'backup', 'management'] as const));
    const { staff } = world.site;
    const hands = new Hands(
      world,
      'packed later',
      'an intruder whose theft is older than the logs came back under an account of the host, packed what lay there and fetched it',
      world.calendar.at(world.dayAt(0.35), world.random.next() * 23),
    );
    const local = localAccount(world, host, 'made', [
      'support',
      'svc_agent',
      'sysadm2',
      'helpadm',
      'localsvc',
    ]);
    const { folder, packer, password, archive, machine } = hands.things;
    const desktop = (inner: Origin): Session => {
      checked(host, local, hands.time + 30 * second, machine, hands.cause);
      return hands.desktop({
        origin: inner,
        to: host,
        account: local,
        package: 'NTLM',
        note: core('VT-PE-01'),
      });
    };

    // A look whether all is still there; nothing is typed.
    const { name: user, domain } = hands.random.pick(staff).account;
    hands.cause.accounts.add(`${domain}\\${user}`);
    const tunnel = hands.enter(user, world.outside.address());
    const look = desktop(tunnel.inner);
    hands.pause(60, 400);
    hands.closeDesktop(look);
    hands.leave(tunnel);

    hands.time = world.calendar.at(world.dayAt(0.7), world.random.next() * 22);
    const again = hands.enter(user, world.outside.address());
    const session = desktop(again.inner);
    const packed = hands.type(
      session,
      packer,
      `${packer} a -p${password} -v100m ${archive} "${folder}\\Active Directory\\ntds.dit" ${folder}\\registry\\*`,
      core('VT-ST-01'),
      { builtAs: '7z.exe', life: 3 * minute },
    );
    session.file(hands.time + 2 * second, packed, `${archive}.001`, weak('VT-ST-01'));
    const names = world.names.fork('picture');
    const picture = `C:\\Windows\\Web\\Wallpaper\\Theme${names.whole(1, 2)}\\img${names.whole(14, 40)}.jpg`;
    hands.pause(60, 300);
    const moved = hands.type(session, 'cmd.exe', `cmd  /c move ${archive}.001 ${picture}`, core('VT-ST-05'));
    session.file(hands.time + 300_000, moved, picture, weak('VT-ST-05'));
    hands.pause(30, 300);
    checked(host, local, hands.time - second, machine, hands.cause);
    readFiles(world, {
      to: host,
      account: local,
      origin: again.inner,
      package: 'NTLM',
      time: hands.time,
      share: 'C$',
      files: [{ file: picture.slice(3), note: core('VT-ST-06') }],
      cause: hands.cause,
    });
    hands.pause(300, 1200);
    hands.type(session, 'cmd.exe', `cmd  /c rd /s /q ${folder} & del ${picture}`, weak('VT-DE-02'));
    hands.closeDesktop(session);
    hands.leave(again);
  },
};

/** Another company is taken over: its people and its administrators reach the servers from networks of their own. */
function merger(world: World): void {
  const random = world.random.fork('merger');
  const names = world.names.fork('merger');
  const other = names
    .pick(businesses.filter(business => !world.site.domain.includes(business)))
    .split('-')[0]!
    .toUpperCase();
  const cause = world.recorder.cause(
    'lookalike',
    'another company is taken over: its people use the file server, and its administrator moves an application',
    'accounts of the trusted domain from its networks, from one day on and every day after it, in working hours',
    'VT-PE-01',
  );
  const authority = `S-1-5-21-${names.whole(1e9, 2 ** 31)}-${names.whole(1e9, 2 ** 31)}-${names.whole(1e9, 2 ** 31)}`;
  const network = `172.${names.whole(20, 29)}.${names.whole(4, 200)}`;
  const people = Array.from({ length: 9 }, (_, i) => ({
    account: {
      name: `${other.slice(0, 2).toLowerCase()}${names.whole(1000, 9999)}`,
      domain: other,
      sid: `${authority}-${1120 + i * 3}`,
      kind: i === 0 ? 'admin' : 'staff',
      privileged: i === 0,
    } satisfies Account,
    origin: {
      address: `${network}.${30 + i}`,
      name: `${names.pick(homeMachinePrefixes)}${names.letters(7, 'ABCDEFGHKLMNPQRSTUVWXYZ23456789')}`,
    },
  }));
  const from = world.dayAt(0.4);
  const files = world.the('file');
  for (const dayNumber of world.days()) {
    if (dayNumber < from || !world.calendar.isWorkday(dayNumber)) continue;
    for (const { account, origin } of people) {
      if (!random.chance(0.6)) continue;
      readFiles(world, {
        to: files,
        account,
        origin,
        package: 'NTLM',
        time: world.calendar.at(dayNumber, random.about(12, 3)),
        share: world.site.share,
        files: random.some(officeFiles, 3),
        cause,
      });
    }
  }
  const [admin] = people;
  for (const [i, share] of [0.5, 0.58, 0.75].entries()) {
    const time = working(world, share, `merger ${i}`);
    const session = openRemoteDesktop(world, {
      origin: admin!.origin,
      to: world.the('app'),
      account: admin!.account,
      package: 'NTLM',
      time,
      cause,
    });
    let at = time + 3 * minute;
    for (const [program, words] of [
      ['whoami.exe', 'whoami'],
      ['ipconfig.exe', 'ipconfig  /all'],
      ['net.exe', 'net  localgroup administrators'],
      ['Robocopy.exe', `robocopy  D:\\App \\\\${network}.12\\move$ /MIR /Z`],
    ] as const) {
      session.run(at, program, words, { life: 10 * minute });
      at += random.whole(40, 400) * second;
    }
    closeRemoteDesktop(session, at + 20 * minute);
  }
}

/** The administrator of last resort: an account of the host, used when the domain cannot be reached. */
function lastResort(world: World): void {
  const app = world.the('app');
  const { admins } = world.site;
  const cause = world.recorder.cause(
    'lookalike',
    'administrators use an account of the host, and make one for a contractor that goes again',
    'from their own desks in working hours while the domain cannot be reached; the contractor works on the application alone',
    'VT-PE-01',
  );
  const local = localAccount(world, app, 'last resort', ['Administrator', 'locadm', 'breakglass']);
  const guest = {
    ...localAccount(world, app, 'contractor', ['contractor', 'ext-web', 'consult1', 'websetup']),
    privileged: false,
  };
  for (const [i, share] of [0.2, 0.45, 0.8].entries()) {
    const person = admins[i % 2]!;
    const desk = world.workstationOf(person);
    const time = working(world, share, `last resort ${i}`);
    const outer = new Session({
      machine: desk,
      account: person.account,
      type: 2,
      time: time - 9 * minute,
      cause,
    });
    checked(app, local, time - 2 * second, desk.host.name, cause);
    const session = openRemoteDesktop(world, { from: outer, to: app, account: local, package: 'NTLM', time });
    const at = time + 4 * minute;
    const lsass = app.lsass(at);
    session.run(at, 'nltest.exe', `nltest  /sc_verify:${world.site.domain}`);
    if (i === 1) {
      session.run(at + minute, 'net.exe', `net  user ${guest.name} * /add`);
      const { subject } = session;
      const made = at + minute + 400_000;
      app.write(accounts.accountCreated(app.host, made, lsass, subject, guest), cause);
      app.write(accounts.accountEnabled(app.host, made + 9_000, lsass, subject, guest), cause);
      app.write(accounts.administratorsChanged(app.host, made + minute, lsass, subject, guest), cause);
    }
    if (i === 2) {
      session.run(at + minute, 'net.exe', `net  user ${guest.name} /delete`);
      const gone = at + minute + 400_000;
      const { subject } = session;
      app.write(accounts.administratorsChanged(app.host, gone, lsass, subject, guest, true), cause);
      app.write(accounts.accountDeleted(app.host, gone + 9_000, lsass, subject, guest), cause);
    }
    closeRemoteDesktop(session, at + 20 * minute);
    outer.close(at + hour);
  }
}

/** The payroll is packed every night in volumes with a password, and the bureau's account fetches it. */
function payroll(world: World): void {
  const random = world.random.fork('payroll');
  const files = world.the('file');
  const names = world.names.fork('payroll');
  const password = names.letters(16, 'ABCDEFGHKLMNPQRSTabcdefghkmnpqrst23456789');
  const folder = `D:\\${names.pick(['Payroll', 'Lohn', 'Wages', 'HRExport'])}`;
  const cause = world.recorder.cause(
    'lookalike',
    'the payroll is packed every night in volumes with a password, and fetched',
    'same service account, folder and hour every night; the backup account fetches it from the backup server',
    'VT-ST-01',
  );
  for (const dayNumber of world.days()) {
    const time = world.calendar.at(dayNumber, 3.6) + random.whole(1, 40) * second;
    const session = new Session({ machine: files, account: world.site.tasks, type: 4, time, cause });
    const shell = session.run(
      time + 300_000,
      'cmd.exe',
      `C:\\Windows\\SYSTEM32\\cmd.exe /c "${folder}\\night.cmd"`,
      { by: 'task', life: 6 * minute },
    );
    const archive = `${folder}\\out\\pay-${dayNumber + 100}.7z`;
    const packed = session.run(
      time + second,
      'C:\\Program Files\\7-Zip\\7z.exe',
      `"C:\\Program Files\\7-Zip\\7z.exe" a -p${password} -mhe -v50m ${archive} ${folder}\\in\\*`,
      { parent: shell, builtAs: '7z.exe', life: 2 * minute },
    );
    session.file(time + 3 * second, packed, `${archive}.001`);
    session.run(time + 3 * minute, 'cmd.exe', `cmd  /c rd /s /q ${folder}\\in`, { parent: shell });
    session.close(time + 4 * minute);
    const reached = visit(world, {
      to: files,
      account: world.site.backup,
      origin: world.originOf(world.the('backup')),
      time: time + 30 * minute,
      cause,
    });
    openShare(reached, time + 30 * minute + second, 'D$');
    touchFile(reached, time + 30 * minute + 2 * second, { share: 'D$', file: `${archive.slice(3)}.001` });
    reached.close(time + 32 * minute);
  }
}

/** Pictures for the intranet are put on the web server, some of them packed and renamed by whoever made them. */
function pictures(world: World): void {
  const random = world.random.fork('pictures');
  const app = world.the('app');
  const cause = world.recorder.cause(
    'lookalike',
    'pictures for the intranet are put on the web server and looked at over its shares',
    'pictures that are pictures, by an administrator for the editors, in working hours',
    'VT-ST-05',
  );
  for (const [i, share] of [0.15, 0.4, 0.66, 0.9].entries()) {
    const [person] = world.site.admins;
    const time = working(world, share, `pictures ${i}`);
    atServer(world, { person: person!, to: app, time, cause }, (session, begin) => {
      let at = begin;
      for (let n = random.whole(2, 4); n > 0; n--) {
        const file = `banner_${random.whole(10, 99)}.gif`;
        const to = `C:\\inetpub\\wwwroot\\images\\${file}`;
        const shell = session.run(at, 'cmd.exe', `cmd  /c move C:\\Temp\\upload\\${file} ${to}`);
        session.file(at + second, shell, to);
        at += random.whole(20, 90) * second;
        readFiles(world, {
          to: app,
          account: session.account,
          origin: world.originOf(world.workstationOf(person!)),
          time: at,
          share: 'C$',
          files: [to.slice(3)],
          cause,
        });
      }
      return at;
    });
  }
}

/** A training day at which somebody makes install media before everybody's eyes, and removes them. */
function training(world: World): void {
  const cause = world.recorder.cause(
    'lookalike',
    'a training day: an administrator makes install media before colleagues and removes them',
    'a named person from the own desk in working hours; nothing reads or packs the copy',
    'VT-CA-01',
  );
  const [, person] = world.site.admins;
  const names = world.names.fork('training');
  const folder = `C:\\${names.pick(['Training', 'Demo', 'Schulung'])}\\${names.pick(dullWords)}`;
  const time = working(world, 0.55, 'training');
  atServer(world, { person: person!, to: world.the('dc', 1), time, cause }, (session, begin) => {
    let at = begin;
    session.run(at, 'ntdsutil.exe', 'ntdsutil  help');
    at += 12 * minute;
    const words = `ntdsutil  "activate instance ntds" ifm "create full ${folder}" quit quit`;
    const tool = session.run(at, 'ntdsutil.exe', words, { life: 2 * minute });
    copiedByIfm(session, tool, at + second, folder);
    at += 25 * minute;
    session.run(at, 'cmd.exe', `cmd  /c rd /s /q ${folder}`);
    return at;
  });
}

export const packedLaterQuiet: Scenario = {
  name: 'packed-later-quiet',
  twin: 'packed-later',
  kind: 'quiet',
  state: 'open',
  summary: '',
  days: 24,
  site: { logs, habits: { ...busy, ifmBackup: true }, ...big },
  moving: { moves: 0.3, travels: 0.35, phone: 0.15 },
  play(world) {
    merger(world);
    lastResort(world);
    payroll(world);
    pictures(world);
    training(world);
    shareRound(world, 0.5);
    rollOut(world, 0.3);
    ticketedProxy(world, 0.4);
    networkTrace(world, world.the('app'), working(world, 0.6, 'trace'));
  },
};
