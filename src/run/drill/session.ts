/**
 * A logon session on a host: opened with the records that Windows writes for its type, used to start processes and
 * touch shares, and closed. Whatever happens in it has the session's cause.
 */
import { logons, noGuid, type Subject, sysmon } from './events/index.ts';
import type { Machine, Process } from './machine.ts';
import type { Cause, Note } from './record.ts';
import { hour, second } from './time.ts';
import type { Account } from './world/site.ts';

/** Where a logon comes from. */
export type Origin = {
  readonly address: string;
  /** What the other machine calls itself. */
  readonly name: string;
};

/** 2 interactive, 3 network, 4 batch, 5 service, 7 unlock, 10 remote interactive, 11 cached. */
export type LogonType = 2 | 3 | 4 | 5 | 7 | 10 | 11;

export type SessionOf = {
  readonly machine: Machine;
  readonly account: Account;
  readonly type: LogonType;
  readonly time: number;
  readonly origin?: Origin;
  /** Of network logons; by default Kerberos. */
  readonly package?: 'Kerberos' | 'NTLM';
  readonly logonGuid?: string;
  readonly cause?: Cause | null;
  readonly note?: Note;
};

export type RunOptions = {
  readonly parent?: Process;
  readonly note?: Note;
  readonly life?: number;
  readonly folder?: string;
  readonly builtAs?: string;
  readonly tellsByName?: boolean;
  /** Started for the user by WMI or the scheduler, not by a process of the session. */
  readonly by?: 'wmi' | 'task';
  readonly level?: 'medium' | 'high';
};

const system32 = 'C:\\Windows\\System32\\';

export class Session {
  readonly machine: Machine;
  readonly account: Account;
  readonly type: LogonType;
  readonly logonId: number;
  /** The same user's logon without administrative rights; 0 = none. */
  readonly linkedId: number;
  readonly time: number;
  readonly origin: Origin | null;
  readonly cause: Cause | null;
  /** Number of the terminal session; 0 where there is none. */
  readonly number: number;
  readonly port: string;
  #shell: Process | null = null;
  #explorer: Process | null = null;

  constructor(of: SessionOf) {
    const { machine, account, type, time } = of;
    this.machine = machine;
    this.account = account;
    this.type = type;
    this.time = time;
    this.origin = of.origin ?? null;
    this.cause = of.cause ?? null;
    const atDesk = type === 2 || type === 7 || type === 10 || type === 11;
    this.number = atDesk ? machine.sessionNumber(time) : 0;
    this.port = String(machine.random.whole(49152, 65300));
    const splits = atDesk && account.privileged;
    this.logonId = machine.logonId(time);
    this.linkedId = splits ? machine.logonId(time) : 0;
    this.#open(of);
    if (this.cause !== null) {
      this.cause.hosts.add(machine.host.fqdn.toLowerCase());
      if (account.kind !== 'machine') this.cause.accounts.add(`${account.domain}\\${account.name}`);
    }
  }

  get subject(): Subject {
    return { account: this.account, logonId: this.logonId };
  }

  #open({ type, time, origin, package: pack = 'Kerberos', logonGuid, note }: SessionOf): void {
    const { machine, account } = this;
    const { host } = machine;
    const lsass = machine.lsass(time);
    const network = type === 3;
    const hostSubject = { account: { ...machine.account, sid: 'S-1-5-18' }, logonId: 0x3e7 };
    const caller = type === 5 ? 'services' : type === 10 ? 'terminal' : type === 4 ? 'schedule' : 'winlogon';
    const process = machine.standing(caller, time);
    const address = origin?.address ?? (type === 2 || type === 7 || type === 11 ? '127.0.0.1' : '-');
    const fields: logons.LogonFields = {
      account,
      logonId: this.logonId,
      linkedId: this.linkedId,
      elevated: account.privileged,
      type,
      subject: network ? null : hostSubject,
      process: network
        ? pack === 'NTLM'
          ? 'NtLmSsp '
          : 'Kerberos'
        : type === 4 || type === 5
          ? 'Advapi  '
          : 'User32 ',
      package: network ? pack : 'Negotiate',
      workstation: network ? (pack === 'NTLM' ? (origin?.name ?? '-') : '-') : host.name,
      logonGuid: pack === 'NTLM' ? noGuid : (logonGuid ?? noGuid),
      lm: network && pack === 'NTLM' ? 'NTLM V2' : '-',
      callerId: network ? 0 : process.pid,
      caller: network ? '-' : process.image,
      address,
      port: network ? this.port : address === '-' ? '-' : '0',
    };
    if (!network && type !== 5 && type !== 4) {
      machine.write(
        logons.explicitCredentials(host, time - 9_000, lsass, hostSubject, {
          account,
          server: 'localhost',
          info: 'localhost',
          processId: process.pid,
          process: process.image,
          address,
          port: '0',
        }),
        this.cause,
      );
    }
    machine.write(logons.logon(host, time, lsass, fields), this.cause, note);
    if (this.linkedId !== 0) {
      const limited = { ...fields, logonId: this.linkedId, linkedId: this.logonId, elevated: false };
      machine.write(logons.logon(host, time + 60, lsass, limited), this.cause);
    }
    if (account.privileged || account.kind === 'machine') {
      machine.write(logons.specialPrivileges(host, time + 130, lsass, this.subject), this.cause);
    }
  }

  /** The desktop of an interactive session. */
  explorer(): Process {
    this.#explorer ??= this.machine.start({
      time: this.time + 4 * second,
      subject: this.#limited(),
      image: 'C:\\Windows\\explorer.exe',
      commandLine: 'C:\\Windows\\Explorer.EXE',
      parent: this.machine.standing('winlogon', this.time),
      cause: this.cause,
      level: 'medium',
      session: this.number,
      logonTime: this.time,
      life: 10 * hour,
    });
    return this.#explorer;
  }

  /** A command window with all rights that the user has, opened a few seconds before `time` where there is none yet. */
  shell(time: number): Process {
    this.#shell ??= this.machine.start({
      time: time - 6 * second,
      subject: this.subject,
      image: `${system32}cmd.exe`,
      commandLine: '"C:\\Windows\\System32\\cmd.exe" ',
      parent: this.explorer(),
      cause: this.cause,
      level: this.account.privileged ? 'high' : 'medium',
      session: this.number,
      logonTime: this.time,
      folder: `C:\\Users\\${this.account.name}\\`,
      life: 8 * hour,
    });
    return this.#shell;
  }

  /** The logon that the desktop runs under. */
  #limited(): Subject {
    return this.linkedId === 0 ? this.subject : { account: this.account, logonId: this.linkedId };
  }

  /** A program that the user starts from the desktop. */
  open(time: number, image: string, commandLine: string, options: RunOptions = {}): Process {
    return this.machine.start({
      time,
      subject: this.#limited(),
      image,
      commandLine,
      parent: options.parent ?? this.explorer(),
      cause: this.cause,
      level: 'medium',
      session: this.number,
      logonTime: this.time,
      folder: options.folder ?? `C:\\Users\\${this.account.name}\\`,
      ...options,
    });
  }

  /** A command that the user types, or that something starts for the user. `program`: a path, or a name in System32. */
  run(time: number, program: string, commandLine: string, options: RunOptions = {}): Process {
    const { machine } = this;
    const image = program.includes('\\') ? program : system32 + program;
    const host = { account: machine.account, logonId: options.by === 'wmi' ? 0x3e4 : 0x3e7 };
    const { by, parent, ...rest } = options;
    const started = {
      time,
      image,
      commandLine,
      cause: this.cause,
      session: this.number,
      logonTime: this.time,
      level: this.account.privileged ? ('high' as const) : ('medium' as const),
      ...rest,
    };
    if (by === undefined)
      return machine.start({ ...started, subject: this.subject, parent: parent ?? this.shell(time) });
    return machine.start({
      ...started,
      subject: host,
      target: this.subject,
      parent: parent ?? machine.standing(by === 'wmi' ? 'wmi' : 'schedule', time),
    });
  }

  /** A file that a process of the session makes. */
  file(time: number, by: Process, path: string, note?: Note): void {
    this.machine.write(sysmon.fileCreated(this.machine.host, time, by, path), this.cause, note);
  }

  fileDeleted(time: number, by: Process, path: string, note?: Note): void {
    const hashes = this.machine.hashes(path);
    this.machine.write(sysmon.fileDeleted(this.machine.host, time, by, path, hashes), this.cause, note);
  }

  registry(
    time: number,
    by: Process,
    type: 'SetValue' | 'DeleteValue' | 'CreateKey' | 'DeleteKey',
    target: string,
    details = '',
    note?: Note,
  ): void {
    this.machine.write(
      sysmon.registryChanged(this.machine.host, time, by, type, target, details),
      this.cause,
      note,
    );
  }

  connect(
    time: number,
    by: Process,
    to: { readonly address: string; readonly port: number; readonly name?: string },
    note?: Note,
  ): void {
    const { machine } = this;
    const port = machine.random.whole(49152, 65300);
    const target = { name: '-', ...to };
    machine.write(sysmon.connected(machine.host, time, by, target, port), this.cause, note);
  }

  close(time: number): void {
    const { machine } = this;
    const lsass = machine.lsass(time);
    if (this.type === 2 || this.type === 10 || this.type === 11) {
      machine.write(logons.userLogoff(machine.host, time - second, lsass, this.subject), this.cause);
    }
    machine.write(logons.logoff(machine.host, time, lsass, this.subject, this.type), this.cause);
    if (this.linkedId !== 0) {
      const limited = { account: this.account, logonId: this.linkedId };
      machine.write(logons.logoff(machine.host, time + 40, lsass, limited, this.type), this.cause);
    }
  }
}
