/** The relay: desktops whose caller is the host itself, where a tunnelling tool runs that is strong evidence. */
import { isLoopback } from '../../../read/entities/index.ts';
import type { Item } from '../item.ts';
import { saidTime } from '../time.ts';
import { isDesktop, lastBefore, type Trailer } from './trail.ts';

/** Protocol tunnelling, as ATT&CK calls what brings a caller in under the address of the host itself. */
const TUNNELLING = 'T1572';

/**
 * Desktops that a host opened to itself after a tunnelling tool began to run there. An account that did so before the tool
 * was there has a way of its own: a bastion's users come through its SSH server.
 */
export const throughRelay: Trailer = function* ({ items, weighed }) {
  const relays = new Map<string, Item[]>();
  for (const [at, item] of items.entries()) {
    if (item.gravity === 'weak' || weighed[at]!.ordinary !== null) continue;
    if (item.behaviour?.attack.includes(TUNNELLING) !== true) continue;
    const same = relays.get(item.host);
    if (same === undefined) relays.set(item.host, [item]);
    else same.push(item);
  }
  if (relays.size === 0) return;
  const owners = new Set<string>();
  for (const item of items) {
    const { fact, accountKey, host } = item;
    const here = relays.get(host);
    const address = fact.values.sourceIp;
    if (here === undefined || accountKey === null || address === undefined || !isDesktop(fact)) continue;
    if (!isLoopback(address)) continue;
    if (item.micros < here[0]!.micros) owners.add(`${accountKey}\n${host}`);
    const before = owners.has(`${accountKey}\n${host}`) ? null : lastBefore(here, item.micros);
    if (before === null) continue;
    const reason = `${item.account} came to ${host} from ${address}, the host itself, on which ${before.behaviour!.title} runs since ${saidTime(here[0]!.micros)}`;
    yield { from: before.fact, to: item, reason };
  }
};
