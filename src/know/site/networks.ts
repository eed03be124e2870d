/** Networks of a site: which of them an address lies in. Addresses are compared as strings of bits, longest network first. */
import { isIP } from 'node:net';

const V4 = `${'0'.repeat(80)}${'1'.repeat(16)}`;

/** The 128 bits of an address; IPv4 as `::ffff:a.b.c.d`, which is how some logs write it. Null where it is no address. */
export function bitsOf(written: string): string | null {
  const address = written.replace(/%.*$/, '');
  const kind = isIP(address);
  if (kind === 4)
    return (
      V4 +
      address
        .split('.')
        .map(part => binary(Number(part), 8))
        .join('')
    );
  if (kind !== 6) return null;
  // URL parsing gives groups only, whatever form was written.
  const [front, back] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::') as [string, string?];
  const head = groupsOf(front);
  const tail = groupsOf(back ?? '');
  const middle = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  return [...head, ...middle, ...tail].map(group => binary(group, 16)).join('');
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map(group => Number.parseInt(group, 16));
}

function binary(value: number, length: number): string {
  return value.toString(2).padStart(length, '0');
}

/** The bits that all addresses of a network share; null where it is none. Host bits are ignored. */
export function prefixOf(cidr: string): string | null {
  const [address = '', length] = cidr.split('/');
  const bits = bitsOf(address);
  if (bits === null) return null;
  const most = isIP(address) === 4 ? 32 : 128;
  if (length !== undefined && !/^(?:0|[1-9][0-9]{0,2})$/.test(length)) return null;
  const count = length === undefined ? most : Number(length);
  return count > most ? null : bits.slice(0, 128 - most + count);
}
