/**
 * Processes started on another host over WMI. With wmic both hosts are ours: 4648 where it is typed, a network logon with
 * 4672 within two seconds where it runs, and a process whose subject is the host's network service while its target logon
 * is the user's. With wmiexec the caller is wherever he likes, and the output comes back over ADMIN$: the same file is
 * touched under two logons, one of them from 127.0.0.1.
 */
import { logons, wmiActivity } from '../events/index.ts';
import type { Machine, Process } from '../machine.ts';
import type { Cause, Note } from '../record.ts';
import type { Origin, RunOptions, Session } from '../session.ts';
import { minute, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import type { World } from '../world/world.ts';
import { openShare, touchFile, visit } from './network.ts';

export type RemoteProcess = {
  /** The logon that the process runs in. */
  readonly session: Session;
  readonly process: Process;
  /** When it runs. */
  readonly time: number;
};

export type Wmic = {
  readonly from: Session;
  readonly to: Machine;
  /** Whose name and password are given; the session's own account where absent. */
  readonly account?: Account;
  readonly password?: string;
  readonly time: number;
  /** What is to run there. */
  readonly command: string;
  readonly note?: Note;
  /** Of the process on the other host. */
  readonly remoteNote?: Note;
  readonly byAddress?: boolean;
  /** How the command is typed, where not plainly. */
  readonly typed?: (plain: string) => string;
};

const wmicPath = 'C:\\Windows\\System32\\wbem\\WMIC.exe';

export function wmicCreate(world: World, of: Wmic): RemoteProcess {
  const { from, to, time, command } = of;
  const account = of.account ?? from.account;
  const server = of.byAddress === true ? to.host.address : to.host.name;
  const as =
    of.account === undefined
      ? ''
      : ` /user:"${account.domain}\\${account.name}" /password:"${of.password ?? ''}"`;
  const plain = `wmic  /node:${server}${as} process call create "${command.replaceAll('"', '\\"')}"`;
  const wmic = from.run(time, wmicPath, of.typed?.(plain) ?? plain, {
    ...(of.note === undefined ? {} : { note: of.note }),
    life: 8 * second,
  });
  if (of.account !== undefined) credentialsGiven(world, from, to, account, time + 300_000, wmic);
  from.connect(time + 350_000, wmic, { address: to.host.address, port: 135, name: to.host.fqdn });
  const opened = time + 900_000;
  const session = visit(world, {
    to,
    account,
    origin: world.originOf(from.machine),
    time: opened,
    cause: from.cause,
  });
  const process = startedByWmi(session, opened + 500_000, command, of.remoteNote);
  session.close(opened + world.random.whole(20, 70) * second);
  return { session, process, time: opened + 500_000 };
}

/** 4648, once for the DCOM service and once for the program itself. */
function credentialsGiven(
  world: World,
  from: Session,
  to: Machine,
  account: Account,
  time: number,
  wmic: Process,
): void {
  const { machine, cause } = from;
  const rpc = machine.standing('rpc', time);
  const logonGuid = world.random.guid();
  for (const [i, [service, by]] of (
    [
      ['RPCSS', rpc],
      ['host', wmic],
    ] as const
  ).entries()) {
    machine.write(
      logons.explicitCredentials(machine.host, time + i * 30_000, machine.lsass(time), from.subject, {
        account,
        domain: world.site.domain.toUpperCase(),
        logonGuid,
        server: to.host.fqdn,
        info: `${service}/${to.host.fqdn}`,
        processId: by.pid,
        process: by.image,
      }),
      cause,
    );
  }
}

/** `cmd.exe /c …` as the WMI service starts it for a user. */
function startedByWmi(session: Session, time: number, command: string, note?: Note): Process {
  const { machine } = session;
  const wmi = machine.standing('wmi', time);
  machine.write(
    wmiActivity.wmiProviderStarted(machine.host, time - 200_000, 'CIMWin32', 'cimwin32.dll', wmi.pid),
    session.cause,
  );
  const program = /^"?([^" ]+)/.exec(command)?.[1] ?? 'cmd.exe';
  return session.run(time, program.includes('.') ? program : `${program}.exe`, command, {
    by: 'wmi',
    life: 40 * second,
    ...(note === undefined ? {} : { note }),
  });
}

export type WmiExec = {
  readonly to: Machine;
  readonly account: Account;
  readonly origin: Origin;
  readonly time: number;
  readonly cause: Cause | null;
};

/** A shell over WMI as Impacket's wmiexec makes one: each command is a process, its output a file on ADMIN$. */
export class WmiShell {
  readonly session: Session;
  readonly #world: World;
  readonly #files: Session;
  readonly #name: string;
  #opened = false;

  constructor(world: World, { to, account, origin, time, cause }: WmiExec) {
    this.#world = world;
    const visited = { to, account, origin, package: 'NTLM' as const, cause };
    this.#files = visit(world, { ...visited, time });
    this.session = visit(world, { ...visited, time: time + 700_000 });
    // The caller's own clock, which is rarely right.
    const clock = time / second - world.random.whole(3, 520);
    this.#name = `__${clock.toFixed(world.random.whole(2, 7))}`;
  }

  get name(): string {
    return this.#name;
  }

  /** Runs a command; returns the shell's process, and the program's where one is named. */
  run(
    time: number,
    command: string,
    {
      note,
      program,
      options = {},
    }: { readonly note?: Note; readonly program?: string; readonly options?: RunOptions } = {},
  ): Process {
    const { session } = this;
    const { machine } = session;
    const line = `cmd.exe /Q /c ${command} 1> \\\\127.0.0.1\\ADMIN$\\${this.#name} 2>&1`;
    const shell = session.run(time, 'cmd.exe', line, {
      by: 'wmi',
      life: 60 * second,
      ...(note === undefined ? {} : { note }),
    });
    const first = !this.#opened;
    if (first) openShare(session, time + 20_000, 'ADMIN$', { behaviour: 'VT-LM-02' });
    const written = { share: 'ADMIN$', file: this.#name, access: 'write' as const };
    touchFile(session, time + 30_000, { ...written, note: { behaviour: 'VT-LM-02' } }, '127.0.0.1');
    const child =
      program === undefined
        ? shell
        : session.run(time + 60_000, program, command, {
            parent: shell,
            life: 50 * second,
            ...(note === undefined ? {} : { note }),
            ...options,
          });
    const fetched = time + this.#world.random.whole(2, 6) * second;
    if (first) openShare(this.#files, fetched - 100_000, 'ADMIN$', { behaviour: 'VT-LM-02' });
    this.#opened = true;
    // The first shows where the shell is driven from; the rest repeat it.
    const core = first && machine.host.logs.shares === 'files';
    touchFile(this.#files, fetched, { ...written, access: 'read', note: { behaviour: 'VT-LM-02', core } });
    touchFile(this.#files, fetched + 200_000, {
      ...written,
      access: 'delete',
      note: { behaviour: 'VT-LM-02' },
    });
    return child;
  }

  /** Fetches a file over the share that carries the output. */
  fetch(time: number, path: string, note?: Note): void {
    const file = path.replace(/^C:\\Windows\\/i, '');
    touchFile(this.#files, time, { share: 'ADMIN$', file, ...(note === undefined ? {} : { note }) });
  }

  close(time: number): void {
    this.session.close(time + second);
    this.#files.close(time + 2 * second);
  }
}

/** How long a person waits for wmic to come back. */
export const wmicPause: number = minute / 4;
