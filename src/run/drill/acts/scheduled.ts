/** A scheduled task from its making to its end, on the host where it lives: what is audited, and what its own log keeps. */
import { tasks } from '../events/index.ts';
import type { Machine, Process } from '../machine.ts';
import type { Cause, Note } from '../record.ts';
import { Session } from '../session.ts';
import { minute, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import type { World } from '../world/world.ts';

export type Task = {
  readonly name: string;
  readonly runsAs: Account;
  readonly command: string;
  readonly arguments: string;
  /** When it runs. */
  readonly time: number;
};

/** The definition's text of a task that `author` makes. */
function textOf(world: World, author: Account, of: Task): tasks.TaskText {
  const local = new Date(of.time / 1000 + world.site.offset * 3_600_000).toISOString();
  return { ...of, author, begins: local.slice(0, 19) };
}

/** Made in `session`, over the network or at the host itself. */
export function makeTask(world: World, session: Session, time: number, of: Task, note?: Note): void {
  kept(world, session, time, of, true, note);
}

export function removeTask(world: World, session: Session, time: number, of: Task, note?: Note): void {
  kept(world, session, time, of, false, note);
}

function kept(world: World, session: Session, time: number, of: Task, made: boolean, note?: Note): void {
  const { machine, account, cause } = session;
  const { host } = machine;
  if (host.logs.objects) {
    const text = textOf(world, account, of);
    const id = made ? 4698 : 4699;
    machine.write(tasks.taskAudited(host, time, machine.lsass(time), id, session.subject, text), cause, note);
  }
  const pid = machine.standing('schedule', time).pid;
  machine.write(
    tasks.taskKept(host, time + 12_000, pid, made ? 106 : 141, of.name, account),
    cause,
    note && { ...note, core: false },
  );
}

/** It runs under a batch logon of its account; returns that and the process. */
export function runTask(
  world: World,
  machine: Machine,
  of: Task,
  { cause = null, note, life = 2 * minute }: { cause?: Cause | null; note?: Note; life?: number } = {},
): { readonly session: Session; readonly process: Process } {
  const { time } = of;
  const session = new Session({ machine, account: of.runsAs, type: 4, time, cause });
  const process = session.run(time + 120_000, of.command, `${of.command} ${of.arguments}`, {
    by: 'task',
    life,
    ...(note === undefined ? {} : { note }),
  });
  taskHistory(world, machine, time + 125_000, of.name, process, time + life, cause);
  session.close(time + life + second);
  return { session, process };
}

/** What the scheduler's own log keeps of a run. */
export function taskHistory(
  world: World,
  machine: Machine,
  time: number,
  name: string,
  process: Process,
  end: number,
  cause: Cause | null,
): void {
  const pid = machine.standing('schedule', time).pid;
  const of = { name, action: process.image, instance: world.random.guid(), processId: process.pid, end };
  for (const event of tasks.taskRan(machine.host, time, pid, of)) machine.write(event, cause);
}
