/**
 * A remote desktop session, from the client's own records (the program, RDPClient 1024 and 1102, 4648 for another
 * account) to those of the host: the network logon that checks the password first, 1149, the logon of type 10, the
 * session's begin and end.
 */
import { logons, terminal } from '../events/index.ts';
import type { Machine } from '../machine.ts';
import type { Cause, Note } from '../record.ts';
import { type Origin, Session } from '../session.ts';
import { minute, second } from '../time.ts';
import type { Account } from '../world/site.ts';
import type { World } from '../world/world.ts';
import { visit } from './network.ts';

export type RemoteDesktop = {
  /** The session in which the client runs, where its host is one of ours. */
  readonly from?: Session;
  /** Where it comes from, where that is none of our hosts. */
  readonly origin?: Origin;
  readonly to: Machine;
  readonly account: Account;
  readonly time: number;
  readonly cause?: Cause | null;
  /** Of the logon of type 10, and of what the client's host shows. */
  readonly note?: Note;
  readonly clientNote?: Note;
  /** Of the logon that checks the password; NTLM for an account of the host itself. */
  readonly package?: 'Kerberos' | 'NTLM';
  /** Typed in the client: a name by default. */
  readonly byAddress?: boolean;
};

export function openRemoteDesktop(world: World, of: RemoteDesktop): Session {
  const { from, to, account, time } = of;
  const cause = of.cause ?? from?.cause ?? null;
  const origin = of.origin ?? world.originOf(from!.machine);
  const { host } = to;
  if (from !== undefined) client(from, of, to);
  const checked = of.package === undefined ? {} : { package: of.package };
  const check = visit(world, { to, account, origin, time: time - 2 * second, cause, ...checked });
  check.close(time + 40 * second);
  to.write(terminal.remoteAuthenticated(host, time - second, account, origin.address), cause);
  const logonGuid = world.authenticate(
    time,
    account,
    { address: host.address, name: host.name },
    to,
    'Kerberos',
    cause,
  );
  const session = new Session({
    machine: to,
    account,
    type: 10,
    time,
    origin,
    logonGuid,
    cause,
    ...(of.note === undefined ? {} : { note: of.note }),
  });
  to.write(terminal.remoteSession(host, time + 900_000, 21, account, session.number, origin.address), cause);
  to.write(
    terminal.remoteSession(host, time + 3 * second, 22, account, session.number, origin.address),
    cause,
  );
  return session;
}

function client(from: Session, { account, time, byAddress, clientNote }: RemoteDesktop, to: Machine): void {
  const { machine, cause } = from;
  const server = byAddress === true ? to.host.address : to.host.name;
  const started = from.open(
    time - 25 * second,
    'C:\\Windows\\System32\\mstsc.exe',
    `"C:\\Windows\\system32\\mstsc.exe" /v:${server}`,
    { life: 3 * 60 * minute, ...(clientNote === undefined ? {} : { note: { ...clientNote, core: false } }) },
  );
  const { host } = machine;
  machine.write(
    terminal.remoteClient(host, time - 12 * second, 1024, from.account, started.pid, server),
    cause,
    clientNote,
  );
  machine.write(
    terminal.remoteClient(host, time - 11 * second, 1102, from.account, started.pid, to.host.address),
    cause,
    clientNote === undefined ? undefined : { ...clientNote, core: false },
  );
  from.connect(time - 11 * second, started, { address: to.host.address, port: 3389, name: to.host.fqdn });
  if (account === from.account) return;
  const lsass = machine.standing('lsass', time);
  machine.write(
    logons.explicitCredentials(host, time - 3 * second, lsass.pid, from.subject, {
      account,
      server: to.host.name,
      info: `TERMSRV/${server}`,
      processId: lsass.pid,
      process: lsass.image,
    }),
    cause,
  );
}

/** The window is closed: the session stays (24), or ends (23). */
export function closeRemoteDesktop(session: Session, time: number, end = true): void {
  const { machine, account, cause, number } = session;
  const { host } = machine;
  const address = session.origin?.address ?? 'LOCAL';
  machine.write(terminal.remoteSession(host, time, 24, account, number, address), cause);
  const client = { name: session.origin?.name ?? '-', address };
  machine.write(
    terminal.sessionSwitched(host, time + 20_000, machine.lsass(time), 4779, session.subject, client),
    cause,
  );
  if (!end) return;
  session.close(time + 2 * second);
  machine.write(terminal.remoteSession(host, time + 3 * second, 23, account, number, address), cause);
}

/** A session that was left is taken up again, perhaps from elsewhere. */
export function reconnectRemoteDesktop(session: Session, time: number, origin: Origin, note?: Note): void {
  const { machine, account, cause, number } = session;
  const { host } = machine;
  machine.write(terminal.remoteAuthenticated(host, time - second, account, origin.address), cause);
  machine.write(terminal.remoteSession(host, time, 25, account, number, origin.address), cause, note);
  machine.write(
    terminal.sessionSwitched(host, time + 20_000, machine.lsass(time), 4778, session.subject, origin),
    cause,
  );
}
