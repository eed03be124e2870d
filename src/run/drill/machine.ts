/**
 * A Windows host of a drill while it runs: its boots, process ids, logon ids, and the programs that are always there. It
 * links records as Windows does: a logon id is unique for a host and boot and grows with time, a process id is a multiple
 * of four that no other living process has, written in hexadecimal in one log and in decimal in another.
 */
import type { EvtxEvent } from '../../read/sources/index.ts';
import { boots, esent, fileName, processes, type Subject, serviceControl, sysmon } from './events/index.ts';
import type { Random } from './random.ts';
import type { Cause, Note, Recorder } from './record.ts';
import { day, hour, minute, second } from './time.ts';
import type { Account, Host } from './world/site.ts';

export type Process = {
  readonly machine: Machine;
  readonly pid: number;
  readonly guid: string;
  readonly image: string;
  readonly commandLine: string;
  /** `DOMAIN\user`. */
  readonly user: string;
  readonly time: number;
};

type Boot = {
  readonly from: number;
  /** Logon ids given out. */
  readonly logonIds: Set<number>;
  /** By pid: when it lives. */
  readonly pids: Map<number, [from: number, to: number][]>;
  readonly standing: Map<string, Process>;
  sessions: number;
};

/** Programs that run from boot to boot, by the word they are asked for. */
const standingPrograms = {
  system: ['System', '', 'system'],
  services: ['C:\\Windows\\System32\\services.exe', 'C:\\Windows\\system32\\services.exe', 'system'],
  lsass: ['C:\\Windows\\System32\\lsass.exe', 'C:\\Windows\\system32\\lsass.exe', 'system'],
  winlogon: ['C:\\Windows\\System32\\winlogon.exe', 'winlogon.exe', 'system'],
  schedule: [
    'C:\\Windows\\System32\\svchost.exe',
    'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule',
    'system',
  ],
  dcom: [
    'C:\\Windows\\System32\\svchost.exe',
    'C:\\Windows\\system32\\svchost.exe -k DcomLaunch -p',
    'system',
  ],
  rpc: ['C:\\Windows\\System32\\svchost.exe', 'C:\\Windows\\system32\\svchost.exe -k RPCSS -p', 'network'],
  iphelper: [
    'C:\\Windows\\System32\\svchost.exe',
    'C:\\Windows\\System32\\svchost.exe -k NetSvcs -p -s iphlpsvc',
    'system',
  ],
  terminal: [
    'C:\\Windows\\System32\\svchost.exe',
    'C:\\Windows\\System32\\svchost.exe -k termsvcs -s TermService',
    'network',
  ],
  wmi: [
    'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe',
    'C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding',
    'network',
  ],
} as const;
export type Standing = keyof typeof standingPrograms;

export class Machine {
  readonly host: Host;
  readonly recorder: Recorder;
  /** How far this host's clock is off, constant. */
  readonly skew: number;
  readonly #random: Random;
  readonly #machineGuid: string;
  readonly #boots: Boot[] = [];
  readonly account: Account;

  constructor(
    host: Host,
    netbios: string,
    domainSid: string,
    recorder: Recorder,
    random: Random,
    from: number,
  ) {
    this.host = host;
    this.recorder = recorder;
    this.#random = random;
    this.skew = random.whole(-350_000, 350_000);
    this.#machineGuid = random.hex(8).toUpperCase();
    this.account = {
      name: `${host.name}$`,
      domain: netbios,
      sid: `${domainSid}-${1000 + Number(host.address.split('.')[3])}`,
      kind: 'machine',
      privileged: false,
    };
    this.#addBoot(from - random.whole(3, 20) * day);
  }

  get random(): Random {
    return this.#random;
  }

  #addBoot(from: number): void {
    this.#boots.push({ from, logonIds: new Set(), pids: new Map(), standing: new Map(), sessions: 0 });
    this.#boots.sort((a, b) => a.from - b.from);
  }

  #boot(time: number): Boot {
    let found = this.#boots[0]!;
    for (const boot of this.#boots) if (boot.from <= time) found = boot;
    return found;
  }

  /** The host restarts; all restarts must be known before anything that comes after them is played. */
  restart(time: number, why: string): void {
    const up = time + this.#random.whole(50, 160) * second;
    this.#addBoot(up);
    for (const event of boots.restarted(this.host, time, up, 'NT AUTHORITY\\SYSTEM', why))
      this.write(event, null);
    this.write(boots.started(this.host, up + 4 * second, this.standing('lsass', up + second).pid), null);
    if (this.host.role === 'dc') {
      const lsass = this.standing('lsass', up + second).pid;
      const at = up + 11 * second;
      this.write(esent.directoryEngine.attached(this.host, at, lsass, 'C:\\Windows\\NTDS\\ntds.dit'), null);
    }
  }

  /** A logon id that the next logon at `time` would get. */
  logonId(time: number): number {
    const boot = this.#boot(time);
    let id = 0x2f000 + Math.floor(((time - boot.from) / second) * 61) + this.#random.whole(0, 40);
    while (boot.logonIds.has(id)) id += this.#random.whole(1, 19);
    boot.logonIds.add(id);
    return id;
  }

  /** Number of the next terminal session since boot. */
  sessionNumber(time: number): number {
    const boot = this.#boot(time);
    boot.sessions = (boot.sessions % 40) + 1;
    return boot.sessions + 1;
  }

  /** A process id that nothing else has between these times. */
  pid(from: number, to: number): number {
    const { pids } = this.#boot(from);
    for (;;) {
      const pid = this.#random.whole(150, 3200) * 4;
      const lives = pids.get(pid) ?? [];
      if (lives.some(([start, end]) => start <= to && from <= end)) continue;
      lives.push([from, to]);
      pids.set(pid, lives);
      return pid;
    }
  }

  /** Sysmon's id of a process: the host's, the second it started in, and a number of its own. */
  processGuid(time: number): string {
    const seconds = Math.floor(time / second);
    const hex = (value: number, digits: number): string =>
      value.toString(16).toUpperCase().padStart(digits, '0');
    const low = hex(seconds & 0xffff, 4);
    const high = hex(Math.floor(seconds / 0x10000) & 0xffff, 4);
    const number = this.#random.hex(4).toUpperCase();
    return `{${this.#machineGuid}-${low}-${high}-${number}-000000004A00}`;
  }

  logonGuid(logonId: number, time: number): string {
    const seconds = Math.floor(time / second);
    const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(logonId));
    const id = bytes.toString('hex').toUpperCase();
    return `{${this.#machineGuid}-${hex(seconds & 0xffff)}-${hex(Math.floor(seconds / 0x10000) & 0xffff)}-${id.slice(0, 4)}-${id.slice(4, 16).padEnd(12, '0')}}`;
  }

  /** A program that runs from boot to boot. */
  standing(which: Standing, time: number): Process {
    const boot = this.#boot(time);
    let process = boot.standing.get(which);
    if (process === undefined) {
      const [image, commandLine, user] = standingPrograms[which];
      const started = boot.from + 8 * second;
      process = {
        machine: this,
        pid: which === 'system' ? 4 : this.pid(boot.from, boot.from + 1000 * day),
        guid: this.processGuid(started),
        image,
        commandLine,
        user: user === 'system' ? 'NT AUTHORITY\\SYSTEM' : 'NT AUTHORITY\\NETWORK SERVICE',
        time: started,
      };
      boot.standing.set(which, process);
    }
    return process;
  }

  lsass(time: number): number {
    return this.standing('lsass', time).pid;
  }

  /** Records what this host logs of an event, by its own clock. */
  write(event: EvtxEvent, cause: Cause | null, note?: Note): void {
    const { logs } = this.host;
    if (!logs.collected || logs.channels?.includes(event.channel) === false) return;
    if (event.channel === sysmon.sysmonChannel && !logs.sysmon) return;
    if (event.channel === 'Microsoft-Windows-PowerShell/Operational' && !logs.scripts) return;
    if (event.channel === 'Security') {
      if (event.eventId === 4688 && logs.processes === 'none') return;
      if (event.eventId === 5140 && logs.shares === 'none') return;
      if (event.eventId === 5145 && logs.shares !== 'files') return;
      if ((event.eventId === 4663 || event.eventId === 4656) && !logs.objects) return;
    }
    this.recorder.add(this.host, { ...event, time: event.time + this.skew }, cause, note);
  }

  /** Starts a process and records it in Security and Sysmon, as far as the host logs them. */
  start(of: StartOf): Process {
    const { time, subject, target = null, image, commandLine, parent, cause } = of;
    const effective = target ?? subject;
    const life = of.life ?? 20 * second;
    const user =
      effective.account.kind === 'machine' && effective.logonId === 0x3e7
        ? 'NT AUTHORITY\\SYSTEM'
        : `${effective.account.domain}\\${effective.account.name}`;
    const process: Process = {
      machine: this,
      pid: this.pid(time, time + life),
      guid: this.processGuid(time),
      image,
      commandLine,
      user,
      time,
    };
    const level = of.level ?? (user === 'NT AUTHORITY\\SYSTEM' ? 'system' : 'high');
    const lines = this.host.logs.processes === 'lines';
    const note = of.note ?? {};
    // Without a command line the record shows a program that anybody runs.
    const named: Note =
      lines || note.core !== true || of.tellsByName === true ? note : { ...note, core: false };
    this.write(
      processes.processCreated(this.host, time, {
        subject:
          subject.account.kind === 'machine' && subject.logonId === 0x3e4
            ? { ...subject, account: { ...subject.account, sid: 'S-1-5-20' } }
            : subject.account.kind === 'machine'
              ? { ...subject, account: { ...subject.account, sid: 'S-1-5-18' } }
              : subject,
        target,
        pid: process.pid,
        parentPid: parent.pid,
        image,
        parent: parent.image,
        commandLine: lines ? commandLine : '',
        level,
      }),
      cause,
      named,
    );
    this.write(
      sysmon.processStarted(this.host, time, {
        ...process,
        folder: of.folder ?? 'C:\\Windows\\system32\\',
        logonGuid: this.logonGuid(effective.logonId, of.logonTime ?? time),
        logonId: effective.logonId,
        session: of.session ?? 0,
        level: level === 'medium' ? 'Medium' : level === 'high' ? 'High' : 'System',
        hashes: this.hashes(of.builtAs ?? fileName(image)),
        builtAs: of.builtAs ?? null,
        parent,
      }),
      cause,
      note,
    );
    return process;
  }

  /** A program's hashes: the same for the same program on hosts of one build. */
  hashes(program: string): string {
    let hash = 2166136261;
    let text = '';
    for (let i = 0; text.length < 96; i++) {
      for (const unit of `${program.toLowerCase()} ${this.host.build} ${i}`) {
        hash = Math.imul(hash ^ unit.charCodeAt(0), 16777619);
      }
      text += (hash >>> 0).toString(16).padStart(8, '0');
    }
    return `SHA256=${text.slice(0, 64).toUpperCase()},IMPHASH=${text.slice(64, 96).toUpperCase()}`;
  }

  /** A process of the system itself. */
  startAsSystem(
    time: number,
    parent: Standing,
    image: string,
    commandLine: string,
    cause: Cause | null = null,
    note?: Note,
  ): Process {
    return this.start({
      time,
      subject: { account: this.account, logonId: 0x3e7 },
      image,
      commandLine,
      parent: this.standing(parent, time),
      cause,
      level: 'system',
      life: 5 * minute,
      ...(note === undefined ? {} : { note }),
    });
  }

  /** The shadow copy service wakes up, and goes to sleep again. */
  shadowService(time: number, cause: Cause | null): void {
    const services: readonly serviceControl.Service[] = [
      ['VSS', 'Volume Shadow Copy'],
      ['swprv', 'Microsoft Software Shadow Copy Provider'],
    ];
    for (const [i, service] of services.entries()) {
      this.write(serviceControl.serviceState(this.host, time + i * 310_000, service, 'running'), cause);
      const stopped = time + (3 + i * 3) * minute + this.#random.whole(0, 9) * second;
      this.write(serviceControl.serviceState(this.host, stopped, service, 'stopped'), cause);
    }
  }
}

export type StartOf = {
  readonly time: number;
  /** Who starts it. */
  readonly subject: Subject;
  /** Whom it runs as, where that is somebody else. */
  readonly target?: Subject | null;
  readonly image: string;
  readonly commandLine: string;
  readonly parent: Process;
  readonly cause: Cause | null;
  readonly note?: Note;
  readonly level?: 'medium' | 'high' | 'system';
  readonly life?: number;
  readonly folder?: string;
  readonly session?: number;
  readonly logonTime?: number;
  readonly builtAs?: string;
  /** True where the program's path alone shows what it is: nobody runs it there. */
  readonly tellsByName?: boolean;
};

export const longLife: number = 12 * hour;
