/** One machine reaches another over the network: logons with what the domain controller records, and shares. */
import { shares } from '../events/index.ts';
import type { Machine } from '../machine.ts';
import type { Cause, Note } from '../record.ts';
import { type Origin, Session } from '../session.ts';
import { second } from '../time.ts';
import type { Account } from '../world/site.ts';
import type { World } from '../world/world.ts';

export type Visit = {
  readonly to: Machine;
  readonly account: Account;
  readonly origin: Origin;
  readonly time: number;
  readonly package?: 'Kerberos' | 'NTLM';
  readonly cause?: Cause | null;
  readonly note?: Note;
};

/** A network logon. */
export function visit(world: World, of: Visit): Session {
  const { to, account, origin, time, package: pack = 'Kerberos', cause = null, note } = of;
  const logonGuid = world.authenticate(time, account, origin, to, pack, cause);
  return new Session({
    machine: to,
    account,
    type: 3,
    time,
    origin,
    package: pack,
    logonGuid,
    cause,
    ...(note === undefined ? {} : { note }),
  });
}

/** Where a share lies on its host. */
function localPath(share: string): string {
  if (share === 'IPC$') return '';
  if (share === 'ADMIN$') return '\\??\\C:\\Windows';
  return share.endsWith('$') ? `\\??\\${share[0]!}:\\` : `\\??\\D:\\Shares\\${share}`;
}

export type Touched = {
  readonly share: string;
  readonly file: string;
  readonly access?: shares.Access;
  readonly note?: Note;
};

/** Records that the session opened a share. */
export function openShare(session: Session, time: number, share: string, note?: Note): void {
  const { machine, origin } = session;
  const address = origin?.address ?? '::1';
  const of = { share, local: localPath(share), address, port: session.port };
  machine.write(shares.shareOpened(machine.host, time, session.subject, of), session.cause, note);
}

/** Records that the session touched a file on a share. `address`: where that seemed to come from. */
export function touchFile(session: Session, time: number, of: Touched, address?: string): void {
  const { machine, origin } = session;
  const from = address ?? origin?.address ?? '::1';
  machine.write(
    shares.shareAccess(machine.host, time, session.subject, {
      share: of.share,
      local: localPath(of.share),
      file: of.file,
      address: from,
      port: session.port,
      access: of.access ?? 'read',
    }),
    session.cause,
    of.note,
  );
}

/** Somebody opens files on a share, and is gone again after a while. */
export function readFiles(
  world: World,
  of: Visit & {
    readonly share: string;
    readonly files: readonly (string | Omit<Touched, 'share'>)[];
    readonly gap?: number;
  },
): Session {
  const session = visit(world, of);
  let time = of.time + 400_000;
  openShare(session, time, of.share);
  for (const file of of.files) {
    time += world.random.whole(1, of.gap ?? 40) * second;
    touchFile(session, time, { share: of.share, ...(typeof file === 'string' ? { file } : file) });
  }
  session.close(time + world.random.whole(15, 900) * second);
  return session;
}

/** A computer's own logon to a domain controller or server, as group policy makes it. */
export function machineVisit(world: World, from: Machine, to: Machine, time: number): void {
  const origin = world.originOf(from);
  const session = visit(world, { to, account: from.account, origin, time });
  if (to.host.role === 'dc') openShare(session, time + 90_000, 'SYSVOL');
  session.close(time + world.random.whole(2, 30) * second);
}

/** A person logs on at a desk. */
export function logOnAtDesk(
  world: World,
  machine: Machine,
  account: Account,
  time: number,
  cause: Cause | null = null,
): Session {
  const logonGuid = world.authenticate(time, account, world.originOf(machine), machine, 'Kerberos', cause);
  return new Session({ machine, account, type: 2, time, logonGuid, cause });
}
