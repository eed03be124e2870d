/** Services that somebody adds to a host and what they start; shadow copies made by name. */
import * as install from '../events/install.ts';
import type { Machine, Process } from '../machine.ts';
import type { Note } from '../record.ts';
import type { Session } from '../session.ts';
import { second } from '../time.ts';
import type { World } from '../world/world.ts';

/** Records that `session` added a service to its host. */
export function addService(session: Session, time: number, of: install.AddedService, note?: Note): void {
  const { machine, account, cause } = session;
  const { host } = machine;
  if (host.logs.objects) {
    const audited = install.serviceAudited(host, time, machine.lsass(time), session.subject, of);
    machine.write(audited, cause, note);
  }
  machine.write(install.serviceAdded(host, time + 30_000, account, of), cause, note);
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
  const ids = [random.guid(), random.guid(), random.guid()] as const;
  const number = random.whole(2, 40);
  if (!machine.host.logs.objects) return;
  const of = { account, pid: by.pid, image: by.image, ids, number };
  machine.write(install.shadowMade(machine.host, time + 6 * second, of), cause, note);
}
