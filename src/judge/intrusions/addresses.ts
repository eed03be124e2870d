/** Which address belongs to which host, as far as logons and tickets tell. */
import { type FactView, isLinkLocal, isLoopback } from '../../read/entities/index.ts';
import type { Names } from './names.ts';

/** Addresses of one host, and hosts of one address, that are remembered. */
const MOST_ADDRESSES = 16;

/** Whether an address is the machine's own, in the words of whatever wrote it. */
export function isHere(address: string): boolean {
  return isLoopback(address) || isLinkLocal(address) || address === 'local' || address === '0.0.0.0';
}

/** A machine that comes under its own account (`JUMP1$`) comes from its own address. */
function machineOf(view: FactView): string | undefined {
  const account = view.text('account');
  if (account === undefined || !account.includes('$')) return undefined;
  return /(?:^|\\)([^\\@]{1,63})\$(?:@|$)/.exec(account)?.[1];
}

/** Whether somebody sits at the machine, here or from afar; a logon over the network (3) names who asks. */
function isSession(view: FactView): boolean {
  return view.type === 'logon' && view.number('logonType') !== 3;
}

/** Which address belongs to which host, learnt from logons that name both. */
export class AddressBook {
  readonly #names: Names;
  readonly #hosts = new Map<string, Set<string>>();
  readonly #addresses = new Map<string, Set<string>>();
  #lastHost: string | undefined;
  #lastAddress: string | undefined;

  constructor(names: Names) {
    this.#names = names;
  }

  learn(view: FactView): void {
    const address = view.text('sourceIp');
    const written = address === undefined ? undefined : (view.text('sourceHost') ?? machineOf(view));
    if (address === undefined || written === undefined) return;
    // Logons come in runs from one host.
    if (address === this.#lastAddress && written === this.#lastHost) return;
    if (isHere(address)) return;
    // A remote session names as its workstation the machine that it was opened on.
    if (isSession(view) && this.#names.known(written) === this.#names.host(view.host)) return;
    this.#lastAddress = address;
    this.#lastHost = written;
    const host = this.#names.known(written);
    if (host === null) return;
    addTo(this.#hosts, address.toLowerCase(), host);
    addTo(this.#addresses, host, address.toLowerCase());
  }

  /** An address that many hosts had is a gateway: it stands for none of them. */
  hostsAt(address: string): readonly string[] {
    const hosts = this.#hosts.get(address);
    return hosts === undefined || hosts.size > MOST_ADDRESSES ? [] : [...hosts].sort();
  }

  addressesOf(host: string): readonly string[] {
    const addresses = this.#addresses.get(host);
    return addresses === undefined || addresses.size > MOST_ADDRESSES ? [] : [...addresses].sort();
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  // One more than counts, so that too many is seen as such.
  else if (set.size <= MOST_ADDRESSES) set.add(value);
}
