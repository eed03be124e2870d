/** Lines of a FortiGate for tests, written as FortiOS writes them. */
import fc from 'fast-check';

export type Pairs = readonly (readonly [key: string, value: string])[];

/** A value as FortiOS writes it: bare where it can be, else in quotes with quotes and backslashes escaped. */
export function written(value: string, quoted: boolean): string {
  const bare = !quoted && /^[^\0- "\\]+$/.test(value);
  return bare ? value : `"${value.replace(/["\\]/g, letter => `\\${letter}`)}"`;
}

export function fortiLine(
  pairs: Pairs,
  { header = '', quoted = true }: { readonly header?: string; readonly quoted?: boolean } = {},
): string {
  return header + pairs.map(([key, value]) => `${key}=${written(value, quoted)}`).join(' ');
}

export const tunnelUp: Pairs = [
  ['date', '2026-04-17'],
  ['time', '12:00:01'],
  ['devname', 'FGT1'],
  ['devid', 'FG100FTK00000001'],
  ['eventtime', '1776384001123456789'],
  ['tz', '+1200'],
  ['logid', '0101039424'],
  ['type', 'event'],
  ['subtype', 'vpn'],
  ['level', 'information'],
  ['vd', 'root'],
  ['logdesc', 'SSL VPN tunnel up'],
  ['action', 'tunnel-up'],
  ['tunneltype', 'ssl-tunnel'],
  ['tunnelid', '1234567'],
  ['remip', '203.0.113.80'],
  ['tunnelip', '10.212.134.200'],
  ['user', 'hollis'],
  ['group', 'vpn-users'],
  ['msg', 'SSL tunnel established'],
];

export function configured(cfgpath: string, action: string, cfgobj: string): Pairs {
  return [
    ['date', '2026-04-17'],
    ['time', '12:00:02'],
    ['devname', 'FGT1'],
    ['devid', 'FG100FTK00000001'],
    ['eventtime', '1776384002'],
    ['tz', '+1200'],
    ['logid', '0100044546'],
    ['type', 'event'],
    ['subtype', 'system'],
    ['level', 'information'],
    ['vd', 'root'],
    ['logdesc', 'Attribute configured'],
    ['user', 'admin'],
    ['ui', 'https(198.51.100.7)'],
    ['action', action],
    ['cfgpath', cfgpath],
    ['cfgobj', cfgobj],
    ['msg', `${action} ${cfgpath} ${cfgobj}`],
  ];
}

const value = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    'CORP\\user',
    'a "b" c',
    '\\',
    'key=value',
    'été',
    '😀',
    '10.0.0.1',
    '<189>',
    '\\"',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }).map(text => text.replace(/[\n\r]/g, ' ')),
);
const key = fc.constantFrom('user', 'action', 'remip', 'msg', 'cfgpath', 'x_1', 'sub-type', 'level', 'vd');

/** Pairs of one line: some keys once each, between what makes the line one of a FortiGate. */
export const pairsOfLine: fc.Arbitrary<Pairs> = fc
  .uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 6 })
  .map(pairs => [['devname', 'FGT1'], ['type', 'event'], ...pairs, ['eventtime', '1776384001']]);
