/** The door: the device was changed in favour of the account that then came in through it. */
import type { Fact } from '../../../read/entities/index.ts';
import type { Item } from '../item.ts';
import { DAY, HOUR, near, saidTime } from '../time.ts';
import type { Trailer } from './trail.ts';

/** A device is made ready days before it is used (chain: what enters leads to a theft within a week). */
const MADE_READY = 7 * DAY;
/** An administrator's session at a device. */
const SITTING = HOUR;

/** Changes of a device that name the account whose tunnel then held evidence, and what else their maker did then. */
export const madeReady: Trailer = function* ({ items, carrying, context: { names } }) {
  if (carrying.length === 0) return;
  const changes = new Map<string, Item[]>();
  for (const item of items) {
    const { type, channel, values } = item.fact;
    if (type !== 'event' || values.account === undefined) continue;
    const key = `${item.host}\n${channel.toLowerCase()}`;
    const same = changes.get(key);
    if (same === undefined) changes.set(key, [item]);
    else same.push(item);
  }
  for (const { tunnel } of carrying) {
    const { up } = tunnel;
    const user = userOf(up.values.account);
    const here = changes.get(`${names.host(up.host)}\n${up.channel.toLowerCase()}`) ?? [];
    for (const change of here) {
      if (change.micros > tunnel.to || !near(change.micros, up.micros, MADE_READY)) continue;
      if (user === null || !namesUser(change.fact, user)) continue;
      const reason = `${change.account ?? 'somebody'} changed ${change.host} in favour of ${up.values.account} at ${saidTime(change.micros)}, whose tunnel it then let in`;
      yield { from: up, to: change, reason };
      for (const other of here) {
        if (other === change || other.accountKey !== change.accountKey) continue;
        if (!near(other.micros, change.micros, SITTING)) continue;
        if (other.fact.values.sourceIp !== change.fact.values.sourceIp) continue;
        yield {
          from: change.fact,
          to: other,
          reason: `done by the same ${change.account} on ${change.host}`,
        };
      }
    }
  }
};

function userOf(account: string | undefined): string | null {
  const user = account?.slice(account.lastIndexOf('\\') + 1).toLowerCase() ?? '';
  return user.length < 3 ? null : user;
}

/** Whether a change names a user as a word of its own. */
function namesUser({ values: { text, target } }: Fact, user: string): boolean {
  return `${target ?? ''} ${text ?? ''}`
    .toLowerCase()
    .split(/[^\w.@-]+/)
    .includes(user);
}
