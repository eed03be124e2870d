/**
 * Tunnels of remote access: who came in over the VPN, from where, and under which inner address; and who changed the device
 * that ends them.
 */
import { accounts, address, derived, text } from '../readings/index.ts';
import { type FactRow, FORTIGATE } from './row.ts';

/**
 * FortiGate's message ids: SSL-VPN tunnel up and down, of users and of sessions, and IPsec. They are the last six digits of
 * a log id that begins with type and subtype (`0101039947`), by which some exporters number the event.
 */
const MESSAGES = [37_138, 39_424, 39_425, 39_947, 39_948];
const EVENT_VPN = 101_000_000;
/** A path, an object or an attribute of the configuration was changed. */
const CHANGES = [44_544, 44_545, 44_546, 44_547, 44_548];
const EVENT_SYSTEM = 100_000_000;

/** `tunnel-up` → `up`; every other action is said by its event. */
function direction([actions = []]: readonly (readonly string[])[]): string | undefined {
  return /^(?:ssl-)?tunnel-(up|down)$/i.exec(actions[0] ?? '')?.[1]?.toLowerCase();
}

/** `GUI(192.0.2.7)` → `192.0.2.7`: of a change only the way it was made says from where. */
function madeFrom([ways = []]: readonly (readonly string[])[]): string | undefined {
  return /\(([\da-f.:]{2,45})\)$/i.exec(ways[0] ?? '')?.[1]?.toLowerCase();
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
  {
    channel: FORTIGATE,
    eventIds: [...CHANGES, ...CHANGES.map(id => EVENT_SYSTEM + id)],
    type: 'event',
    roles: {
      account: accounts([null, 'user']),
      sourceIp: derived(['ui'], madeFrom),
      target: text('cfgobj'),
      text: text('cfgattr'),
    },
  },
];
