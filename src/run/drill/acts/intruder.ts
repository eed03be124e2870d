/**
 * An intruder at the keyboard: a clock that moves on as people do, things with dull names, and the deeds that the public
 * advisories tell of, as records. Nothing of it runs; it is log text.
 */
import { scripts } from '../events/index.ts';
import type { Machine, Process } from '../machine.ts';
import type { Random } from '../random.ts';
import type { Cause, Note } from '../record.ts';
import type { RunOptions, Session } from '../session.ts';
import { hour, minute, second } from '../time.ts';
import { type Account, homeMachine, type Person } from '../world/site.ts';
import { dullWords } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { closeRemoteDesktop, openRemoteDesktop } from './remote-desktop.ts';
import { copiedByIfm, memoryDumped } from './theft.ts';
import { closeTunnel, openTunnel, type Tunnel } from './vpn.ts';

export const core = (behaviour: string): Note => ({ behaviour, core: true });
export const weak = (behaviour: string): Note => ({ behaviour, core: false });

/** What the intruder calls things. */
export type Things = {
  /** Where what was taken is put. */
  readonly folder: string;
  readonly archive: string;
  readonly password: string;
  /** The packing program, renamed or not. */
  readonly packer: string;
  readonly machine: string;
};

export function thingsOf(world: World, label: string): Things {
  const names = world.names.fork(`things ${label}`);
  const place = names.pick(['C:\\Windows\\Temp', 'C:\\Users\\Public', 'C:\\PerfLogs', 'C:\\ProgramData']);
  const words = names.some(dullWords, 3);
  return {
    folder: `${place}\\${words[0]!}`,
    archive: `${names.pick([place, 'C:\\Windows\\Temp'])}\\${words[1]!}.${names.pick(['7z', '7z', 'zip', 'tmp'])}`,
    password: names.letters(names.whole(8, 14), 'ABCDEFGHKMNPQRSTUVWXYZabcdefghkmnpqrstuvwxyz23456789!#'),
    packer: `${place}\\${names.pick(['7z', '7za', words[2]!])}.exe`,
    machine: homeMachine(names),
  };
}

export class Hands {
  readonly world: World;
  readonly cause: Cause;
  readonly random: Random;
  readonly things: Things;
  time: number;

  constructor(world: World, label: string, summary: string, time: number) {
    this.world = world;
    this.cause = world.recorder.cause('intrusion', summary);
    this.random = world.random.fork(`hands ${label}`);
    this.things = thingsOf(world, label);
    this.time = time;
  }

  /** Lets seconds pass. */
  pause(low: number, high: number): number {
    this.time += Math.round((low + this.random.next() * (high - low)) * second);
    return this.time;
  }

  /** Types a command in a session, and reads what it says. */
  type(
    session: Session,
    program: string,
    commandLine: string,
    note?: Note,
    options: RunOptions = {},
  ): Process {
    this.pause(5, 75);
    return session.run(this.time, program, commandLine, {
      ...options,
      ...(note === undefined ? {} : { note }),
    });
  }

  /** Types `net`, which hands most of its work to `net1`. */
  net(session: Session, words: string, note?: Note): void {
    const started = this.type(session, 'net.exe', `net  ${words}`, note);
    session.run(this.time + 40_000, 'net1.exe', `C:\\Windows\\system32\\net1  ${words}`, {
      parent: started,
      ...(note === undefined ? {} : { note }),
    });
  }

  /** Comes in over the VPN with somebody's name and password. */
  enter(user: string, address: string): Tunnel {
    const tunnel = openTunnel(this.world, {
      user,
      address,
      machine: this.things.machine,
      time: this.time,
      cause: this.cause,
      note: core('VT-IA-02'),
    });
    this.pause(30, 200);
    return tunnel;
  }

  leave(tunnel: Tunnel): void {
    closeTunnel(this.world, tunnel, this.pause(20, 240), this.cause);
  }

  desktop(of: Omit<Parameters<typeof openRemoteDesktop>[1], 'time'>): Session {
    this.pause(20, 90);
    const session = openRemoteDesktop(this.world, { cause: this.cause, ...of, time: this.time });
    this.pause(8, 40);
    return session;
  }

  closeDesktop(session: Session, end = true): void {
    closeRemoteDesktop(session, this.pause(5, 60), end);
  }

  script(session: Session, text: string, note?: Note): void {
    const { machine } = session;
    const time = this.pause(15, 120);
    const id = this.random.guid().slice(1, -1).toLowerCase();
    const shell = session.run(
      time - 9 * second,
      'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      'powershell',
      {
        life: hour,
      },
    );
    machine.write(
      scripts.scriptBlock(machine.host, time, session.account, shell.pid, text, id),
      this.cause,
      note,
    );
  }
}

type Step = readonly [program: string, commandLine: string, behaviour: string];

const surveySteps: readonly Step[] = [
  ['whoami.exe', 'whoami', 'VT-DI-07'],
  ['ipconfig.exe', 'ipconfig  /all', 'VT-DI-07'],
  ['systeminfo.exe', 'systeminfo', 'VT-DI-07'],
  ['tasklist.exe', 'tasklist  /v', 'VT-DI-07'],
  ['NETSTAT.EXE', 'netstat  -ano', 'VT-DI-07'],
  ['ARP.EXE', 'arp  -a', 'VT-DI-07'],
  ['quser.exe', 'quser', 'VT-DI-07'],
  [
    'wbem\\WMIC.exe',
    'wmic  path win32_logicaldisk get caption,filesystem,freespace,size,volumename',
    'VT-DI-01',
  ],
  ['wbem\\WMIC.exe', 'wmic  volume list brief', 'VT-DI-02'],
  ['wbem\\WMIC.exe', 'wmic  service list brief', 'VT-DI-02'],
  ['netsh.exe', 'netsh  interface portproxy show all', 'VT-DI-08'],
  ['netsh.exe', 'netsh  interface firewall show all', 'VT-DI-08'],
  ['nltest.exe', 'nltest  /domain_trusts', 'VT-DI-04'],
  ['reg.exe', 'reg  query hklm\\software\\', 'VT-DI-11'],
];

/** Looks around with what is there; `count` commands. */
export function survey(hands: Hands, session: Session, count: number): void {
  for (const [program, commandLine, behaviour] of hands.random.some(surveySteps, count)) {
    hands.type(session, program, commandLine, weak(behaviour));
  }
}

export function surveyDomain(hands: Hands, session: Session): void {
  hands.net(session, 'group "Domain Admins" /dom', weak('VT-DI-03'));
  hands.net(session, 'localgroup administrators', weak('VT-DI-03'));
  hands.type(session, 'nltest.exe', `nltest  /dclist:${hands.world.site.domain}`, weak('VT-DI-04'));
}

/** The directory database by install-from-media, typed where it lies. */
export function takeDirectory(hands: Hands, session: Session, folder: string = hands.things.folder): Process {
  const typed = hands.random.pick([
    `ntdsutil  "ac i ntds" ifm "create full ${folder}" q q`,
    `ntdsutil  "activate instance ntds" ifm "create full ${folder}" quit quit`,
  ]);
  const tool = hands.type(session, 'ntdsutil.exe', typed, core('VT-CA-01'), { life: minute });
  copiedByIfm(session, tool, hands.time + second, folder, core('VT-CA-03'));
  hands.pause(25, 90);
  return tool;
}

/** The memory of the LSA, by a library of Windows. `by`: how it is typed. */
export function dumpMemory(hands: Hands, session: Session, path: string): Process {
  const lsass = session.machine.lsass(hands.time);
  hands.type(session, 'tasklist.exe', 'tasklist  /fi "imagename eq lsass.exe"', weak('VT-DI-07'));
  const dump = hands.type(
    session,
    'rundll32.exe',
    `rundll32  C:\\Windows\\System32\\comsvcs.dll, MiniDump ${lsass} ${path} full`,
    core('VT-CA-05'),
  );
  memoryDumped(session, dump, hands.time + 300_000, path, core('VT-CA-05'));
  return dump;
}

export function saveHives(hands: Hands, session: Session, folder: string, hives: readonly string[]): void {
  for (const hive of hives) {
    const path = `${folder}\\${hive.slice(0, 2)}.dat`;
    const reg = hands.type(session, 'reg.exe', `reg  save hklm\\${hive} ${path}`, core('VT-CA-04'));
    session.file(hands.time + 200_000, reg, path, weak('VT-CA-04'));
  }
}

/** Packs what was taken, with a password. */
export function pack(
  hands: Hands,
  session: Session,
  from: string = hands.things.folder,
  volumes = false,
): Process {
  const { packer, archive, password } = hands.things;
  const packed = hands.type(
    session,
    packer,
    `${packer} a -p${password}${volumes ? ' -v50m' : ''} ${archive} ${from}\\*`,
    core('VT-ST-01'),
    { builtAs: '7z.exe', life: minute, folder: from, tellsByName: false },
  );
  session.file(hands.time + 500_000, packed, volumes ? `${archive}.001` : archive, weak('VT-ST-01'));
  return packed;
}

/** Removes what was made. */
export function cleanUp(hands: Hands, session: Session, ...paths: readonly string[]): void {
  for (const path of paths) {
    const removes = path.includes('.') ? `del  /f /q ${path}` : `rd  /s /q ${path}`;
    hands.type(session, 'cmd.exe', `cmd  /c ${removes}`, weak('VT-DE-02'));
  }
}

/** A victim whose name and password are known, and where such people log on. */
export type Victim = { readonly person: Person; readonly account: Account };

export function machinesOf(world: World): {
  readonly dc: Machine;
  readonly jump: Machine;
  readonly files: Machine;
} {
  return { dc: world.the('dc'), jump: world.the('jump'), files: world.the('file') };
}
