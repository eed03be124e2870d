/**
 * Addresses and networks, IPv4 and IPv6. An address is an address only as a whole: no blanks, no port, no
 * zone, no octal or short forms, because what is read differently by two programs is a way around a rule. An
 * IPv4 address mapped into IPv6 (`::ffff:10.0.0.1`) is that IPv4 address; Windows logs write it both ways.
 */

/** 128 bits, most significant first; an IPv4 address is `::ffff:a.b.c.d`. */
export type Address = readonly [number, number, number, number];

const v4Prefix = 0xffff;

/** Four decimal octets without leading zeros, or -1. */
function parseV4(text: string): number {
  let value = 0;
  let octets = 0;
  let octet = -1;
  for (let i = 0; i <= text.length; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : 0x2e;
    if (unit === 0x2e) {
      if (octet < 0 || ++octets > 4) return -1;
      value = value * 256 + octet;
      octet = -1;
    } else {
      if (unit < 0x30 || unit > 0x39 || octet === 0) return -1;
      octet = (octet < 0 ? 0 : octet * 10) + (unit - 0x30);
      if (octet > 255) return -1;
    }
  }
  return octets === 4 ? value : -1;
}

/** The 16-bit groups of one side of `::`; null where one is not a group. */
function parseGroups(text: string, mayEndInV4: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (mayEndInV4 && index === parts.length - 1 && part.includes('.')) {
      const v4 = parseV4(part);
      if (v4 < 0) return null;
      groups.push(Math.floor(v4 / 0x10000), v4 % 0x10000);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(part)) return null;
      groups.push(Number.parseInt(part, 16));
    }
  }
  return groups;
}

function parseV6(text: string): Address | null {
  if (text.length > 45) return null;
  const gap = text.indexOf('::');
  let groups: number[] | null;
  if (gap < 0) {
    groups = parseGroups(text, true);
  } else {
    if (text.includes('::', gap + 1)) return null;
    const head = parseGroups(text.slice(0, gap), false);
    const tail = parseGroups(text.slice(gap + 2), true);
    if (head === null || tail === null || head.length + tail.length > 7) return null;
    groups = [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  }
  if (groups === null || groups.length !== 8) return null;
  const word = (i: number): number => groups[i]! * 0x10000 + groups[i + 1]!;
  return [word(0), word(2), word(4), word(6)];
}

/** The address that `text` is, else null. */
export function parseAddress(text: string): Address | null {
  if (text.length < 2 || text.length > 45) return null;
  if (text.includes(':')) return parseV6(text);
  const v4 = parseV4(text);
  return v4 < 0 ? null : [0, 0, v4Prefix, v4];
}

export type Network = { readonly address: Address /** Of the 128 bits. */; readonly bits: number };

/** A network in canonical text (`10.0.0.0/8`, `fe80::/10`); null where it is none. Host bits are ignored here. */
export function parseNetwork(text: string): Network | null {
  const slash = text.indexOf('/');
  if (slash < 0) return null;
  const address = parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === null || !/^(?:0|[1-9][0-9]{0,2})$/.test(length)) return null;
  const isV4 = !text.slice(0, slash).includes(':');
  const bits = Number(length) + (isV4 ? 96 : 0);
  return bits > 128 ? null : { address, bits };
}

/** True if `address` lies in `network`. */
export function inNetwork(address: Address, network: Network): boolean {
  let left = network.bits;
  for (let word = 0; word < 4 && left > 0; word++, left -= 32) {
    const mask = left >= 32 ? 0xffffffff : (0xffffffff << (32 - left)) >>> 0;
    if (((address[word]! & mask) ^ (network.address[word]! & mask)) !== 0) return false;
  }
  return true;
}

/** A predicate over texts: is it an address inside `network`? False for all where `network` is not one. */
export function compileCidr(network: string): (text: string) => boolean {
  const parsed = parseNetwork(network);
  if (parsed === null) return () => false;
  return text => {
    const address = parseAddress(text);
    return address !== null && inNetwork(address, parsed);
  };
}
