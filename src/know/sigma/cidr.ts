/** Networks in rules: IPv4 and IPv6, strict. `192.168.1.1/24` is an error of the rule, not a network. */
import { isIPv4, isIPv6 } from 'node:net';
import { quoted, RuleError } from './errors.ts';

/** `written` in canonical text (`10.0.0.0/8`, `fe80::/10`); an address alone is a network of one. */
export function parseNetwork(written: string): string {
  const slash = written.indexOf('/');
  const address = slash < 0 ? written : written.slice(0, slash);
  const canonical = isIPv4(address)
    ? address
    : isIPv6(address) && !address.includes('%')
      ? canonicalV6(address)
      : null;
  if (canonical === null)
    fail(written, 'write an IPv4 or IPv6 address, a slash and the length of the prefix');
  const bytes = isIPv4(canonical) ? canonical.split('.').map(Number) : bytesOfV6(canonical);
  const bits = bytes.length * 8;
  const prefix = slash < 0 ? String(bits) : written.slice(slash + 1);
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(prefix) || Number(prefix) > bits) {
    fail(written, `the length of the prefix is a number from 0 to ${bits}`);
  }
  for (let bit = Number(prefix); bit < bits; bit++) {
    if (((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1) === 1)
      fail(written, `it has host bits set beyond /${prefix}`);
  }
  return `${canonical}/${prefix}`;
}

function fail(written: string, remedy: string): never {
  throw new RuleError('value', `${quoted(written)} is not a network: ${remedy}`);
}

/** URL parsing gives the shortest form of RFC 5952. */
function canonicalV6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function bytesOfV6(canonical: string): number[] {
  const [front, back] = canonical.split('::') as [string, string | undefined];
  const groups = (text: string | undefined): number[] =>
    text === undefined || text === '' ? [] : text.split(':').map(group => Number.parseInt(group, 16));
  const head = groups(front);
  const tail = groups(back);
  const middle: number[] = new Array(8 - head.length - tail.length).fill(0);
  return [...head, ...middle, ...tail].flatMap(group => [group >> 8, group & 0xff]);
}
