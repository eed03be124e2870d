/** Tunnels of remote access: who came in over the VPN, from where, and under which inner address. */
import { accounts, address, derived } from '../readings/index.ts';
import { type FactRow, FORTIGATE } from './row.ts';

/**
 * FortiGate's message ids: SSL-VPN tunnel up and down, of users and of sessions, and IPsec. They are the last six digits of
 * a log id that begins with type and subtype (`0101039947`), by which some exporters number the event.
 */
const MESSAGES = [37_138, 39_424, 39_425, 39_947, 39_948];
const EVENT_VPN = 101_000_000;

/** `tunnel-up` → `up`; every other action is said by its event. */
function direction([actions = []]: readonly (readonly string[])[]): string | undefined {
  return /^(?:ssl-)?tunnel-(up|down)$/i.exec(actions[0] ?? '')?.[1]?.toLowerCase();
}

export const tunnels: readonly FactRow[] = [
  {
    channel: FORTIGATE,
    eventIds: [...MESSAGES, ...MESSAGES.map(id => EVENT_VPN + id)],
    type: 'tunnel',
    roles: {
      account: accounts([null, 'user']),
      sourceIp: address('remip'),
      target: address('tunnelip', 'assignip'),
      action: derived(['action'], direction),
    },
  },
];
