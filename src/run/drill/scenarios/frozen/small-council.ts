/**
 * A small council with one domain controller, few hosts and no jump host, looked after by a provider. The provider's
 * account comes from the provider's own network, as every week, and takes the directory with what Windows has for copying;
 * it is locked with a password by PowerShell, left among logs, and read over SMB weeks later. Then a service account comes
 * from a router.
 */
import { cleanUp, core, Hands, survey, weak } from '../../acts/intruder.ts';
import { readFiles } from '../../acts/network.ts';
import { Prompt } from '../../acts/powershell.ts';
import { shadowOf } from '../../acts/theft.ts';
import { closeTunnel, openTunnel } from '../../acts/vpn.ts';
import { objects } from '../../events/index.ts';
import type { Session } from '../../session.ts';
import { hour, minute, second } from '../../time.ts';
import { plantFiles } from '../../world/words.ts';
import type { World } from '../../world/world.ts';
import type { Scenario } from '../scenario.ts';
import {
  comeIn,
  lockText,
  type Provider,
  providerOf,
  sysvolMirror,
  weeklyRounds,
} from './small-council-provider.ts';
import { handover, migration, nightCall, restoreTested, rotation } from './small-council-quiet.ts';

const server = { collected: true, processes: 'lines', shares: 'files' } as const;
const logs = {
  dc: { ...server, scripts: true, objects: true },
  file: { processes: 'names', sysmon: false, shares: 'files' },
  app: server,
  backup: server,
  jump: { collected: false },
  management: { collected: false },
  historian: { collected: false },
  'ot-jump': { collected: false },
  hmi: { collected: false },
  engineering: { collected: false },
  workstation: { sysmon: false },
} as const;

const small = {
  logs,
  controllers: 1,
  people: 7,
  habits: {
    ifmBackup: false,
    nightlyArchive: false,
    wmicInventory: false,
    scanner: false,
    logonReport: false,
    hiveBackup: false,
    vendorSessions: false,
  },
} as const;

/** The database and its key out of a shadow copy that gets a letter of its own. */
function copyOut(world: World, hands: Hands, session: Session): readonly [database: string, hive: string] {
  const { folder } = hands.things;
  const { machine, cause, subject } = session;
  const letter = hands.random.pick(['P', 'W', 'Y']);
  const words = world.names.fork('copies').some(['a', 'dx', 'idx', 'q1', 'tmp', 'sr'], 3);
  const script = `${folder}\\${words[0]!}.txt`;
  hands.type(session, 'cmd.exe', `cmd  /c md ${folder}`, weak('VT-ST-03'));
  hands.pause(20, 60);
  const editor = session.open(hands.time, 'C:\\Windows\\System32\\notepad.exe', `notepad  ${script}`);
  session.file(hands.pause(40, 120), editor, script);
  const shadow = hands.type(session, 'diskshadow.exe', `diskshadow  /s ${script}`, core('VT-CA-02'), {
    life: minute,
  });
  shadowOf(world, session, shadow, hands.time + second, weak('VT-CA-02'));
  hands.pause(20, 60);
  const take = (from: string, to: string): void => {
    const copy = hands.type(
      session,
      'esentutl.exe',
      `esentutl  /y ${letter}:\\Windows\\${from} /d ${to} /o`,
      core('VT-CA-02'),
      { life: minute },
    );
    session.file(hands.time + 2 * second, copy, to, weak('VT-CA-02'));
    if (!from.endsWith('ntds.dit')) return;
    const { pid, image } = copy;
    const name = 'C:\\Windows\\NTDS\\ntds.dit';
    const read = { type: 'File', name, access: 'read', pid, image } as const;
    const used = objects.objectUsed(machine.host, hands.time + second, subject, read);
    machine.write(used, cause, weak('VT-CA-02'));
  };
  const [database, hive] = [`${folder}\\${words[1]!}.dat`, `${folder}\\${words[2]!}.dat`];
  take('NTDS\\ntds.dit', database);
  take('System32\\config\\SYSTEM', hive);
  hands.pause(10, 60);
  session.file(hands.time, editor, script);
  hands.type(session, 'diskshadow.exe', `diskshadow  /s ${script}`, weak('VT-DE-02'));
  return [database, hive];
}

/** Takes the directory, and leaves it locked where nobody looks. Returns the files. */
function steal(world: World, hands: Hands, provider: Provider): readonly string[] {
  const dc = world.the('dc');
  const { time, cause } = hands;
  const { machine: desk, password, folder } = hands.things;
  const visit = comeIn(world, provider, { to: dc, time, cause, desk, note: weak('VT-IA-02') });
  const { session } = visit;
  hands.time = time + 3 * minute;
  survey(hands, session, 3);
  const copies = copyOut(world, hands, session);
  const names = world.names.fork('left');
  const place = names.pick([
    'C:\\Windows\\System32\\LogFiles\\WMI',
    'C:\\Windows\\Logs\\CBS',
    'C:\\Windows\\debug\\WIA',
    'C:\\inetpub\\logs',
  ]);
  const left = copies.map(
    (_, i) => `${place}\\${names.pick(['Cbs', 'Net', 'Wia', 'Diag'])}${names.whole(10, 99)}${i}.etl`,
  );
  const prompt = new Prompt(world, session, hands.pause(60, 900));
  for (const [i, copy] of copies.entries()) {
    const cabinet = `${folder}\\${i}.cab`;
    const packed = hands.type(session, 'makecab.exe', `makecab  ${copy} ${cabinet}`, core('VT-ST-06'), {
      life: minute,
    });
    session.file(hands.time + 9 * second, packed, cabinet, weak('VT-ST-06'));
    const at = hands.pause(30, 120);
    prompt.enter(at, lockText(cabinet, left[i]!, password), core('VT-ST-01'));
    session.file(at + second, prompt.process, left[i]!, weak('VT-ST-01'));
  }
  cleanUp(hands, session, folder);
  visit.leave(hands.pause(60, 400));
  return left;
}

/** Weeks later: nothing but two files of the domain controller that are read and deleted over its admin share. */
function fetch(world: World, hands: Hands, provider: Provider, left: readonly string[]): void {
  const { time, cause } = hands;
  const { account, office } = provider;
  const user = account.name;
  const tunnel = openTunnel(world, {
    user,
    address: office,
    machine: hands.things.machine,
    time,
    cause,
    note: weak('VT-IA-02'),
  });
  const files = left.map(path => path.slice(3));
  const [first = ''] = files;
  readFiles(world, {
    to: world.the('dc'),
    account,
    origin: tunnel.inner,
    package: 'NTLM',
    time: hands.pause(40, 200),
    share: 'C$',
    files: [
      { file: first.slice(0, first.lastIndexOf('\\')), note: weak('VT-DI-12') },
      ...files.map(file => ({ file, note: core('VT-ST-06') })),
      ...files.map(file => ({ file, access: 'delete' as const, note: weak('VT-DE-02') })),
    ],
    cause,
  });
  closeTunnel(world, tunnel, hands.pause(1000, 1800), cause);
}

/** An account that no person has, from a connection that nobody had. */
function comeBack(world: World, hands: Hands): void {
  const account = world.site.tasks;
  const tunnel = hands.enter(account.name, world.outside.address());
  const session = hands.desktop({
    origin: tunnel.inner,
    to: world.the('app'),
    account,
    package: 'NTLM',
    note: core('VT-PE-01'),
  });
  survey(hands, session, 2);
  readFiles(world, {
    to: world.the('file'),
    account,
    origin: tunnel.inner,
    package: 'NTLM',
    time: hands.pause(60, 300),
    share: world.site.plantShare,
    files: hands.random.some(plantFiles, 3).map(file => ({ file, note: weak('VT-DI-13') })),
    note: core('VT-PE-01'),
    cause: hands.cause,
  });
  hands.pause(300, 1200);
  hands.closeDesktop(session);
  hands.leave(tunnel);
}

export const smallCouncil: Scenario = {
  name: 'small-council',
  twin: 'small-council-quiet',
  kind: 'intrusion',
  state: 'frozen',
  summary: '',
  days: 56,
  site: small,
  play(world) {
    const provider = providerOf(world);
    weeklyRounds(world, provider);
    sysvolMirror(world);
    const { calendar } = world;
    const hands = new Hands(
      world,
      'small council',
      'an intruder used the account of the provider from its own network, took the directory, fetched it weeks later and came back as a service account',
      calendar.at(world.dayAt(0.3), 10 + world.random.next() * 10),
    );
    const left = steal(world, hands, provider);
    const next = (share: number): void => {
      const planned = calendar.at(world.dayAt(share), 9 + world.random.next() * 11);
      hands.time = Math.max(planned, hands.time + 8 * hour);
    };
    next(0.72);
    fetch(world, hands, provider, left);
    next(0.88);
    comeBack(world, hands);
  },
};

export const smallCouncilQuiet: Scenario = {
  name: 'small-council-quiet',
  twin: 'small-council',
  kind: 'quiet',
  state: 'frozen',
  summary: '',
  days: 56,
  site: small,
  moving: { moves: 0.15, travels: 0.2, phone: 0.1 },
  play(world) {
    const provider = providerOf(world);
    weeklyRounds(world, provider);
    sysvolMirror(world);
    restoreTested(world, provider, 0.2);
    migration(world, provider, 0.35);
    nightCall(world, provider, 0.5);
    handover(world, provider, 0.4, 0.7);
    rotation(world, provider, 0.85);
  },
};
