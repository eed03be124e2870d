/**
 * Addresses of the plant's hosts, as domain controllers log them: a machine asks for tickets in its own name. Commands and
 * remote desktop often say an address where a person would say a name. An address that two machines had is nobody's.
 */
import { canonicalAddress, type FactSource, type HostNames, isLoopback } from '../../read/entities/index.ts';
import type { PlantHost } from './types.ts';

const MOST_ADDRESSES = 65_536;

/** By address: the host of the plant. */
export function plantAddresses(
  plant: readonly PlantHost[],
  facts: FactSource,
  names: HostNames,
): ReadonlyMap<string, string> {
  if (plant.length === 0) return new Map();
  const owners = new Map<string, string | null>();
  facts.scan(
    view => {
      const written = view.text('sourceIp');
      const machine = written === undefined ? null : machineOf(view.text('account'));
      if (machine === null) return;
      const address = canonicalAddress(written!);
      if (address === null || isLoopback(address)) return;
      const host = names.canonical(machine);
      const before = owners.get(address);
      if (before === undefined) {
        if (owners.size < MOST_ADDRESSES) owners.set(address, host);
      } else if (before !== host) owners.set(address, null);
    },
    ['ticket', 'logon'],
  );
  const known = new Set(plant.map(({ host }) => host));
  const found = new Map<string, string>();
  for (const [address, host] of owners) if (host !== null && known.has(host)) found.set(address, host);
  return found;
}

/** `DOMAIN\HMI1$` and `HMI1$@EXAMPLE.TEST` are the account of the machine HMI1. */
function machineOf(account: string | undefined): string | null {
  if (account === undefined) return null;
  const user = account.slice(account.lastIndexOf('\\') + 1).split('@', 1)[0]!;
  return user.length > 1 && user.endsWith('$') ? user.slice(0, -1) : null;
}
