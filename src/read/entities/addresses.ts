/**
 * Addresses in one form: IPv4 with dots, IPv6 as RFC 5952 writes it, IPv4 in IPv6 as IPv4. Logs write `::ffff:10.0.0.1`,
 * `fe80::1%12` and `[2001:DB8::1]`; what is no address is no address, however like one it looks.
 */

/** The address in its one form, null where the text is none. */
export function canonicalAddress(text: string): string | null {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const zone = bare.indexOf('%');
  const address = zone > 0 && bare.includes(':') ? bare.slice(0, zone) : bare;
  if (!address.includes(':')) return parseIpv4(address) === null ? null : address;
  const groups = parseIpv6(address);
  return groups === null ? null : (embeddedIpv4(groups) ?? ipv6Text(groups));
}

/** True for an address of the host itself. */
export function isLoopback(address: string): boolean {
  return address === '::1' || (address.startsWith('127.') && parseIpv4(address) !== null);
}

/** True for an address that means something on one wire only. */
export function isLinkLocal(address: string): boolean {
  return (
    /^fe[89ab][0-9a-f]:/i.test(address) || (address.startsWith('169.254.') && parseIpv4(address) !== null)
  );
}

/** Four numbers, null where the text is no IPv4 address. A leading zero may mean octal somewhere: refused. */
function parseIpv4(text: string): number[] | null {
  if (text.length > 15) return null;
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  const numbers = parts.map(part => (/^(?:0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256));
  return numbers.every(number => number < 256) ? numbers : null;
}

/** Eight groups of 16 bits. */
function parseIpv6(text: string): number[] | null {
  if (text.length > 45) return null;
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1]!, true) : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** Groups of one side of `::`; the last may be IPv4 where nothing follows it. */
function groupsOf(text: string, isLast: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else {
      const ipv4 = isLast && i === parts.length - 1 ? parseIpv4(part) : null;
      if (ipv4 === null) return null;
      groups.push(ipv4[0]! * 256 + ipv4[1]!, ipv4[2]! * 256 + ipv4[3]!);
    }
  }
  return groups;
}

function embeddedIpv4(groups: readonly number[]): string | null {
  if (groups.slice(0, 5).some(group => group !== 0) || groups[5] !== 0xffff) return null;
  return groups
    .slice(6)
    .flatMap(group => [group >> 8, group & 255])
    .join('.');
}

/** The longest run of two or more zero groups becomes `::`, of equal ones the first. */
function ipv6Text(groups: readonly number[]): string {
  let start = -1;
  let longest = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > longest) [start, longest] = [i, end - i];
    if (end > i) i = end - 1;
  }
  const hex = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map(group => group.toString(16))
      .join(':');
  return start < 0 ? hex(0, 8) : `${hex(0, start)}::${hex(start + longest, 8)}`;
}
