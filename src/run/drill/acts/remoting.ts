/**
 * PowerShell on another host over WinRM. Where it is typed: the program, event 6, 4648 for another account, a connection to
 * 5985. Where it runs: a network logon, 169 and 91, and wsmprovhost, which DCOM starts for the user and which starts
 * whatever is typed; scripts leave their text.
 */
import { logons, scripts, winrm } from '../events/index.ts';
import type { Machine, Process } from '../machine.ts';
import type { Cause, Note } from '../record.ts';
import type { Origin, RunOptions, Session } from '../session.ts';
import { hour, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import type { World } from '../world/world.ts';
import { visit } from './network.ts';

const powershell = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';

export type Remoting = {
  /** The session in which PowerShell runs, where its host is one of ours. */
  readonly from?: Session;
  /** Where it comes from, where that is none of our hosts. */
  readonly origin?: Origin;
  readonly to: Machine;
  /** Whose name and password are given; the session's own account where absent. */
  readonly account?: Account;
  readonly time: number;
  readonly cause?: Cause | null;
  /** Of the logon. */
  readonly note?: Note;
};

export class RemoteShell {
  readonly session: Session;
  readonly process: Process;
  readonly #world: World;

  constructor(world: World, of: Remoting) {
    const { from, to, time } = of;
    const cause = of.cause ?? from?.cause ?? null;
    const account = of.account ?? from!.account;
    const kind = from === undefined ? 'NTLM' : 'Kerberos';
    this.#world = world;
    if (from !== undefined) client(from, to, account, time - second);
    this.session = visit(world, {
      to,
      account,
      origin: of.origin ?? world.originOf(from!.machine),
      time,
      package: kind,
      cause,
      ...(of.note === undefined ? {} : { note: of.note }),
    });
    const { host } = to;
    to.write(winrm.sessionGranted(host, time + 9_000, account, kind), cause);
    const id = world.random.guid().slice(1, -1);
    to.write(
      winrm.shellStarted(host, time + 240_000, account, id),
      cause,
      of.note && { ...of.note, core: false },
    );
    this.process = this.session.run(
      time + 420_000,
      'wsmprovhost.exe',
      'C:\\Windows\\system32\\wsmprovhost.exe -Embedding',
      {
        by: 'task',
        parent: to.standing('dcom', time),
        life: 2 * hour,
        ...(of.note && { note: { ...of.note, core: false } }),
      },
    );
  }

  /** A program that is typed at the prompt. */
  run(time: number, program: string, commandLine: string, options: RunOptions = {}): Process {
    return this.session.run(time, program, commandLine, { ...options, parent: this.process });
  }

  /** Lines for PowerShell itself. */
  script(time: number, text: string, note?: Note): void {
    const { machine, account, cause } = this.session;
    const id = this.#world.random.guid().slice(1, -1).toLowerCase();
    machine.write(scripts.scriptBlock(machine.host, time, account, this.process.pid, text, id), cause, note);
  }

  close(time: number): void {
    this.session.close(time);
  }
}

function client(from: Session, to: Machine, account: Account, time: number): void {
  const { machine, cause } = from;
  const shell = from.run(time - 20 * second, powershell, `"${powershell}" `, { life: hour });
  machine.write(winrm.sessionAsked(machine.host, time, from.account, to.host.name), cause);
  from.connect(time + 200_000, shell, { address: to.host.address, port: 5985, name: to.host.fqdn });
  if (account === from.account) return;
  machine.write(
    logons.explicitCredentials(machine.host, time + 300_000, machine.lsass(time), from.subject, {
      account,
      server: to.host.name,
      info: `HTTP/${to.host.name}`,
      processId: shell.pid,
      process: shell.image,
    }),
    cause,
  );
}
