/**
 * Credentials and data are copied: what the tools leave in the logs, whoever uses them. A backup that copies the
 * directory database and an intruder who does leave the same records; who did it, from where and what came after differ.
 */
import { accounts, clearing, esent, objects, shadows, sysmon, wholeSecond } from '../events/index.ts';
import type { Machine, Process } from '../machine.ts';
import type { Cause, Note } from '../record.ts';
import type { Session } from '../session.ts';
import { second } from '../time.ts';
import type { World } from '../world/world.ts';

/** Where something is taken: a person's session, or whatever else can start a process there. */
export type Place = Pick<Session, 'machine' | 'cause' | 'subject' | 'file'>;

const administrators = { name: 'Administrators', sid: 'S-1-5-32-544' };
const backupOperators = { name: 'Backup Operators', sid: 'S-1-5-32-551' };

/** A stamp as the shadow copy's mount point carries it. */
function stamp(time: number): string {
  return new Date(time / 1000).toISOString().replace(/[-:T]/g, '').slice(0, 12);
}

/**
 * What follows when ntdsutil (`by`) makes install-from-media in `folder`: group enumeration, the shadow copy service, the
 * engine's messages (325 after twelve seconds, 327 after seventeen), the files. `grave`: what the truth says of the
 * message that names the copy.
 */
export function copiedByIfm(session: Place, by: Process, time: number, folder: string, grave?: Note): void {
  const { machine, cause } = session;
  const { host } = machine;
  const path = `${folder}\\Active Directory\\ntds.dit`;
  const shadow = `C:\\$SNAP_${stamp(time)}_VOLUMEC$\\Windows\\NTDS\\ntds.dit`;
  const after = (seconds: number): number => time + Math.round(seconds * second);
  const vss = machine.startAsSystem(
    after(0.2),
    'services',
    'C:\\Windows\\System32\\VSSVC.exe',
    'C:\\Windows\\system32\\vssvc.exe',
    cause,
  );
  const system = { account: { ...machine.account, sid: 'S-1-5-18' }, logonId: 0x3e7 };
  for (const [i, group] of [administrators, backupOperators].entries()) {
    const at = after(0.25 + i * 0.02);
    // The caller's rights are looked up, then the service's own.
    const lists = [
      [session.subject, by],
      [system, vss],
    ] as const;
    for (const [n, [subject, caller]] of lists.entries()) {
      const { pid, image } = caller;
      machine.write(
        accounts.groupListed(host, at + n * 110_000, machine.lsass(time), subject, group, pid, image),
        cause,
      );
    }
  }
  machine.shadowService(after(0.4), cause);
  const { inShadow, attached, created, detached } = esent.directoryEngine;
  const support: Note | undefined = grave === undefined ? undefined : { ...grave, core: false };
  machine.write(inShadow(host, after(5), by.pid, shadow), cause, support);
  machine.write(attached(host, after(6), by.pid, shadow), cause, support);
  machine.write(created(host, after(12), by.pid, path), cause, grave);
  machine.write(detached(host, after(17), by.pid, path, 2), cause, support);
  machine.write(detached(host, after(17), by.pid, shadow, 1), cause, support);
  session.file(after(12), by, path, support);
  session.file(after(17.2), by, `${folder}\\registry\\SYSTEM`, support);
  session.file(after(17.9), by, `${folder}\\registry\\SECURITY`, support);
  machine.write(
    objects.objectUsed(host, after(11.8), session.subject, {
      type: 'File',
      name: 'C:\\Windows\\NTDS\\ntds.dit',
      access: 'read',
      pid: by.pid,
      image: by.image,
    }),
    cause,
    support,
  );
}

/** A database copied out of a shadow copy leaves no message of the engine; the file's maker and the service remain. */
export function copiedFromShadow(session: Place, by: Process, time: number, path: string, note?: Note): void {
  session.machine.shadowService(time - 9 * second, session.cause);
  session.file(time, by, path, note);
  session.machine.write(
    objects.objectUsed(session.machine.host, time, session.subject, {
      type: 'File',
      name: 'C:\\Windows\\NTDS\\ntds.dit',
      access: 'read',
      pid: by.pid,
      image: by.image,
    }),
    session.cause,
    note === undefined ? undefined : { ...note, core: false },
  );
}

/** What is left of a process whose memory was dumped by `by` into `path`. */
export function memoryDumped(session: Place, by: Process, time: number, path: string, note?: Note): void {
  const { machine, cause } = session;
  const lsass = machine.standing('lsass', time);
  machine.write(sysmon.processOpened(machine.host, time, by, lsass, 0x1fffff), cause, note);
  session.file(time + 40_000, by, path, note === undefined ? undefined : { ...note, core: false });
  machine.write(
    objects.objectUsed(machine.host, time, session.subject, {
      type: 'Process',
      name: '\\Device\\HarddiskVolume3\\Windows\\System32\\lsass.exe',
      access: 'memory',
      pid: by.pid,
      image: by.image,
    }),
    cause,
    note === undefined ? undefined : { ...note, core: false },
  );
}

/** A port proxy as the registry shows it; netsh (`by`) writes it, and the helper service listens. */
export function portProxySet(
  on: { readonly machine: Machine; readonly cause: Cause | null },
  by: Process,
  time: number,
  of: { readonly listen: string; readonly connect: string; readonly remove?: boolean },
  note?: Note,
): void {
  const key = `HKLM\\System\\CurrentControlSet\\Services\\PortProxy\\v4tov4\\tcp\\${of.listen}`;
  const type = of.remove === true ? 'DeleteValue' : 'SetValue';
  const event = sysmon.registryChanged(on.machine.host, time, by, type, key, of.connect);
  on.machine.write(event, on.cause, note);
}

/** The Security log is cleared: its one new record, and those of other logs. */
export function securityCleared(session: Session, time: number, note?: Note): void {
  session.machine.write(
    clearing.securityLogCleared(session.machine.host, time, session.subject),
    session.cause,
    note,
  );
  emptied(session.machine, 'Security', time);
}

export function otherCleared(session: Session, time: number, channel: string, note?: Note): void {
  session.machine.write(
    clearing.logCleared(session.machine.host, time, session.account, channel),
    session.cause,
    note,
  );
  emptied(session.machine, channel, time);
}

/** Clearing empties the host's own file; what was forwarded before is elsewhere. */
function emptied(machine: Machine, channel: string, time: number): void {
  machine.recorder.clear(machine.host, channel, time + machine.skew);
}

/** Records that `by` had a shadow copy made: 8222 where objects are audited, and the service's states. */
export function shadowOf(
  world: World,
  on: { readonly machine: Machine; readonly cause: Session['cause']; readonly account: Session['account'] },
  by: Process,
  time: number,
  note?: Note,
): void {
  const { machine, cause, account } = on;
  const { random } = world;
  machine.shadowService(time, cause);
  const [set, id, volume] = [random.guid(), random.guid(), random.guid()];
  const number = random.whole(2, 40);
  if (!machine.host.logs.objects) return;
  const made = shadows.shadowMade(machine.host, time + 6 * second, {
    account,
    pid: by.pid,
    image: by.image,
    set,
    id,
    volume: `\\\\?\\Volume${volume.toLowerCase()}\\`,
    device: `\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy${number}`,
  });
  machine.write({ ...made, time: wholeSecond(made.time) }, cause, note);
}
