/**
 * Services that are added to a host, and work on it through one, as PsExec and deployment tools do it: the program is
 * written to ADMIN$, the service is made over the network (7045 names the account, 4697 its logon), runs as the system,
 * and is gone afterwards.
 */
import { type Subject, serviceControl, sysmon } from '../events/index.ts';
import type { Machine, Process } from '../machine.ts';
import type { Cause, Note } from '../record.ts';
import type { Origin, Session } from '../session.ts';
import { minute, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import type { World } from '../world/world.ts';
import { openShare, touchFile, visit } from './network.ts';

/** Records that `session` added a service to its host: 7045, and 4697 where objects are audited. */
export function addService(
  session: Session,
  time: number,
  of: serviceControl.AddedService,
  note?: Note,
): void {
  const { machine, account, cause } = session;
  const { host } = machine;
  if (host.logs.objects) {
    const audited = serviceControl.serviceAudited(host, time, machine.lsass(time), session.subject, of);
    machine.write(audited, cause, note);
  }
  machine.write(serviceControl.serviceInstalled(host, time + 30_000, account, of), cause, note);
}

export type ServiceShellOf = {
  readonly to: Machine;
  /** Who makes the service. */
  readonly account: Account;
  readonly origin: Origin;
  readonly time: number;
  /** Of the service, and of its program in C:\Windows. */
  readonly name: string;
  /** The name that the program was built under. */
  readonly builtAs?: string;
  /** Number of the client's process, which the pipes carry; none where the tool has no pipes. */
  readonly client?: number;
  readonly cause: Cause | null;
  /** Of the record that the service was made, and of its program's start. */
  readonly note?: Note;
};

export class ServiceShell {
  readonly machine: Machine;
  readonly cause: Cause | null;
  /** The system of the host. */
  readonly subject: Subject;
  readonly process: Process;
  readonly #session: Session;
  readonly #name: string;

  constructor(world: World, of: ServiceShellOf) {
    const { to, account, origin, time, name, cause, note } = of;
    const { host } = to;
    this.machine = to;
    this.cause = cause;
    this.#name = name;
    this.subject = { account: { ...to.account, sid: 'S-1-5-18' }, logonId: 0x3e7 };
    const support: Note | undefined = note === undefined ? undefined : { ...note, core: false };
    this.#session = visit(world, { to, account, origin, time, package: 'NTLM', cause });
    const session = this.#session;
    const image = `C:\\Windows\\${name}.exe`;
    const system = to.standing('system', time);
    const from = { address: origin.address, port: Number(session.port), name: '-' };
    to.write(sysmon.accepted(host, time - 300_000, system, from, 445), cause, support);
    openShare(session, time + 120_000, 'ADMIN$', support);
    const touched = support === undefined ? {} : { note: support };
    touchFile(session, time + 180_000, {
      share: 'ADMIN$',
      file: `${name}.exe`,
      access: 'write',
      ...touched,
    });
    to.write(sysmon.fileCreated(host, time + 190_000, system, image), cause, support);
    touchFile(session, time + 350_000, { share: 'IPC$', file: 'svcctl', access: 'both', ...touched });
    const services = to.standing('services', time);
    const made = time + 420_000;
    const key = `HKLM\\System\\CurrentControlSet\\Services\\${name}\\ImagePath`;
    const path = `%SystemRoot%\\${name}.exe`;
    to.write(sysmon.registryChanged(host, made, services, 'SetValue', key, path), cause, support);
    const added = { name, path, start: 'demand start' } as const;
    const audited = serviceControl.serviceAudited(host, made + 2_000, services.pid, session.subject, added);
    to.write(audited, cause, note);
    to.write(serviceControl.serviceInstalled(host, made + 3_000, account, added), cause, note);
    this.process = to.start({
      time: made + 60_000,
      subject: this.subject,
      image,
      commandLine: image,
      parent: services,
      cause,
      level: 'system',
      life: 90 * minute,
      tellsByName: true,
      ...(of.builtAs === undefined ? {} : { builtAs: of.builtAs }),
      ...(note === undefined ? {} : { note }),
    });
    to.write(serviceControl.serviceState(host, made + 90_000, [name, name], 'running'), cause, support);
    if (of.client === undefined) return;
    for (const [i, suffix] of ['', '-stdin', '-stdout', '-stderr'].entries()) {
      const pipeName = suffix === '' ? `\\${name}` : `\\${name}-${origin.name}-${of.client}${suffix}`;
      const at = made + 150_000 + i * 11_000;
      to.write(sysmon.pipe(host, at, 17, this.process, pipeName), cause, support);
      to.write(sysmon.pipe(host, at + 70_000, 18, system, pipeName), cause, support);
      const over = suffix === '' ? name : `${name}-${origin.name}-${of.client}${suffix}`;
      touchFile(session, at + 72_000, { share: 'IPC$', file: over, access: 'both', ...touched });
    }
  }

  /** A program that the service, or `parent`, starts as the system. A name in System32, or a path. */
  run(
    time: number,
    program: string,
    commandLine: string,
    {
      note,
      parent,
      builtAs,
      life,
    }: {
      readonly note?: Note;
      readonly parent?: Process;
      readonly builtAs?: string;
      readonly life?: number;
    } = {},
  ): Process {
    return this.machine.start({
      time,
      subject: this.subject,
      image: program.includes('\\') ? program : `C:\\Windows\\System32\\${program}`,
      commandLine,
      parent: parent ?? this.process,
      cause: this.cause,
      level: 'system',
      ...(life === undefined ? {} : { life }),
      ...(builtAs === undefined ? {} : { builtAs }),
      ...(note === undefined ? {} : { note }),
    });
  }

  file(time: number, by: Process, path: string, note?: Note): void {
    this.machine.write(sysmon.fileCreated(this.machine.host, time, by, path), this.cause, note);
  }

  /** The service is stopped and removed, and its program with it. */
  close(time: number): void {
    const { machine, cause } = this;
    const { host } = machine;
    const image = `C:\\Windows\\${this.#name}.exe`;
    machine.write(serviceControl.serviceState(host, time, [this.#name, this.#name], 'stopped'), cause);
    const key = `HKLM\\System\\CurrentControlSet\\Services\\${this.#name}`;
    const services = machine.standing('services', time);
    machine.write(sysmon.registryChanged(host, time + 60_000, services, 'DeleteKey', key, ''), cause);
    const system = machine.standing('system', time);
    const hashes = machine.hashes(image);
    machine.write(sysmon.fileDeleted(host, time + 400_000, system, image, hashes), cause);
    touchFile(this.#session, time + 400_000, {
      share: 'ADMIN$',
      file: `${this.#name}.exe`,
      access: 'delete',
    });
    this.#session.close(time + 2 * second);
  }
}
