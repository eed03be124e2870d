import { describe, expect, it } from 'vitest';
import { type TestFields, testEvent } from '../../../../test/event.ts';
import { plainRule } from '../../../../test/rule.ts';
import { createMatcher, plainEvent } from '../../../match/index.ts';
import { referenceMatch } from '../../../match/reference/index.ts';
import * as parser from '../../sigma/parser.ts';
import { parsePattern } from '../pattern/index.ts';
import { compilePattern } from './compile.ts';
import { objectPaths } from './objects.ts';

function planOf(pattern: string): ReturnType<typeof compilePattern> {
  const parsed = parsePattern(pattern);
  if ('message' in parsed) throw new Error(parsed.message);
  return compilePattern(parsed.pattern, parser);
}

/** Whether an event with these fields matches, as the fast and the plain evaluator agree. */
function finds(pattern: string, fields: TestFields): boolean {
  const compiled = planOf(pattern);
  if ('message' in compiled) throw new Error(compiled.message);
  const rule = {
    ...plainRule,
    plan: compiled.plan,
    logSource: { product: null, category: null, service: null },
  };
  const event = testEvent({ fields });
  const found = createMatcher([rule]).match(event) === 1;
  expect(referenceMatch(rule, plainEvent(event))).toBe(found);
  return found;
}

const refusal = (pattern: string): string => {
  const compiled = planOf(pattern);
  return 'message' in compiled ? compiled.message : 'taken';
};

const sha256 = 'a'.repeat(64);
const found: readonly (readonly [pattern: string, field: string, value: string])[] = [
  ["[ipv4-addr:value = '192.0.2.1']", 'DestinationIp', '192.0.2.1'],
  ["[ipv4-addr:value = '192.0.2.1']", 'IpAddress', '::ffff:192.0.2.1'],
  ["[ipv4-addr:value = '192.0.2.1']", 'remip', '192.0.2.1'],
  ["[ipv4-addr:value = '192.0.2.1']", 'CommandLine', 'netsh … connectaddress=192.0.2.1 connectport=443'],
  ["[ipv4-addr:value = '192.0.2.1']", 'QueryResults', 'type:  5 x.test;::ffff:192.0.2.1;'],
  ["[ipv4-addr:value = '192.0.2.0/24']", 'SourceIp', '192.0.2.77'],
  ["[ipv4-addr:value ISSUBSET '192.0.2.0/24']", 'SourceIp', '192.0.2.77'],
  ["[ipv6-addr:value = '2001:DB8:0:0:0:0:0:1']", 'DestAddress', '2001:db8::1'],
  ["[domain-name:value = 'bad.test']", 'QueryName', 'BAD.test'],
  ["[domain-name:value = 'bad.test.']", 'QueryName', 'bad.test'],
  ["[domain-name:value LIKE '%.bad.test']", 'QueryName', 'a.bad.test'],
  ["[domain-name:value = 'bad.test']", 'CommandLine', 'certutil -urlcache http://bad.test/x'],
  ["[url:value = 'http://bad.test/x']", 'CommandLine', 'certutil -urlcache http://bad.test/x'],
  [`[file:hashes.'SHA-256' = '${sha256}']`, 'Hashes', `MD5=00,SHA256=${sha256.toUpperCase()},IMPHASH=1`],
  [`[file:hashes.SHA256 = '${sha256}']`, 'Hashes', `SHA256=${sha256}`],
  [`[file:hashes.'SHA-256' = '${sha256}']`, 'FileHash', sha256],
  [`[file:hashes.MD5 = '${'b'.repeat(32)}']`, 'Hash', `MD5=${'b'.repeat(32)}`],
  ["[file:name = 'SMSvcService.exe']", 'Image', 'C:\\Windows\\smsvcservice.EXE'],
  ["[file:name = 'cisco_up.exe']", 'OriginalFileName', 'cisco_up.exe'],
  ["[file:name = 'cisco_up.exe']", 'RelativeTargetName', 'Users\\x\\cisco_up.exe'],
  [
    "[directory:path = 'C:\\\\Windows\\\\Temp\\\\pro\\\\']",
    'TargetFilename',
    'C:\\Windows\\Temp\\pro\\a.dit',
  ],
  ["[directory:path = 'C:\\\\Windows\\\\Temp\\\\pro']", 'CommandLine', 'mkdir c:\\windows\\temp\\pro'],
  [
    "[windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\SYSTEM\\\\CurrentControlSet\\\\Services\\\\PortProxy']",
    'TargetObject',
    'HKLM\\System\\CurrentControlSet\\Services\\PortProxy\\v4tov4\\tcp\\0.0.0.0/8443',
  ],
  [
    "[windows-registry-key:key = 'HKLM\\\\SYSTEM\\\\CurrentControlSet\\\\Services\\\\PortProxy']",
    'ObjectName',
    '\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\PortProxy\\v4tov4\\tcp',
  ],
  [
    "[windows-registry-key:key = 'HKEY_CURRENT_USER\\\\Software\\\\SimonTatham']",
    'TargetObject',
    'HKU\\S-1-5-21-1-2-3-1001\\Software\\SimonTatham\\PuTTY',
  ],
  ["[process:command_line = 'whoami  /all']", 'CommandLine', 'WHOAMI  /all'],
  ["[process:command_line LIKE '%851e14f2%']", 'CommandLine', 'frpc -t 851e14f2'],
  ["[process:command_line MATCHES '^frp[cs] ']", 'CommandLine', 'frpc -t 1'],
  ['[network-traffic:dst_port = 8443]', 'DestinationPort', '8443'],
  ["[network-traffic:dst_ref.value = '192.0.2.1']", 'DestAddress', '192.0.2.1'],
  [`[x509-certificate:hashes.'SHA-1' = '${'c'.repeat(40)}']`, 'CertThumbprint', 'C'.repeat(40)],
  [
    "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'Agent 1']",
    'UserAgent',
    'Agent 1',
  ],
  ["[file:name = 'a.exe'] OR [file:name IN ('b.exe', 'c.exe')]", 'Image', 'D:\\c.exe'],
];
const passed: readonly (readonly [pattern: string, field: string, value: string])[] = [
  ["[ipv4-addr:value = '192.0.2.1']", 'DestinationIp', '192.0.2.10'],
  ["[ipv4-addr:value = '192.0.2.1']", 'CommandLine', 'ping 192.0.2.10'],
  ["[ipv4-addr:value = '192.0.2.1']", 'CommandLine', 'ping 3.192.0.2.1'],
  ["[ipv4-addr:value = '192.0.2.1']", 'Description', '192.0.2.1'],
  ["[ipv4-addr:value = '192.0.2.0/24']", 'SourceIp', '192.0.3.7'],
  ["[domain-name:value = 'bad.test']", 'QueryName', 'notbad.test'],
  ["[domain-name:value = 'bad.test']", 'QueryName', 'a.bad.test'],
  ["[domain-name:value = 'bad.test']", 'CommandLine', 'ping notbad.test'],
  [`[file:hashes.'SHA-1' = '${'a'.repeat(40)}']`, 'Hashes', `SHA256=${sha256}`],
  ["[file:name = 'up.exe']", 'Image', 'C:\\cisco_up.exe'],
  ["[directory:path = 'C:\\\\Windows\\\\Temp\\\\pro']", 'TargetFilename', 'C:\\Windows\\Temp\\program.txt'],
  ["[directory:path = 'C:\\\\Windows\\\\Temp\\\\pro']", 'CommandLine', 'mkdir C:\\Windows\\Temp\\program'],
  ["[process:command_line = 'whoami']", 'CommandLine', 'whoami /all'],
  ['[network-traffic:dst_port = 443]', 'DestinationPort', '8443'],
  ["[network-traffic:dst_ref.value = '192.0.2.1']", 'SourceIp', '192.0.2.1'],
  ["[file:name = 'a.exe' AND network-traffic:dst_port = 1]", 'Image', 'D:\\a.exe'],
];

describe('an indicator', () => {
  for (const [pattern, field, value] of found) {
    it(`${pattern} is in ${field} ${value}`, () => expect(finds(pattern, { [field]: value })).toBe(true));
  }
  for (const [pattern, field, value] of passed) {
    it(`${pattern} is not in ${field} ${value}`, () =>
      expect(finds(pattern, { [field]: value })).toBe(false));
  }
  it('of two comparisons wants both in one event', () => {
    const pattern = "[file:name = 'a.exe' AND network-traffic:dst_port = 443]";
    expect(finds(pattern, { Image: 'C:\\a.exe', DestinationPort: 443 })).toBe(true);
  });
});

describe('what logs cannot answer is refused with the reason', () => {
  const refused: readonly (readonly [pattern: string, reason: string])[] = [
    ["[file:name = 'a'] AND [file:name = 'b']", 'AND between observations asks for several events'],
    ["[file:name = 'a'] FOLLOWEDBY [file:name = 'b']", 'FOLLOWEDBY asks for several events'],
    ["[file:name = 'a'] REPEATS 5 TIMES", 'REPEATS asks for several events'],
    [
      "[file:name = 'a'] START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'",
      'START and STOP are not taken',
    ],
    ["[mutex:name = 'a']", 'no log that is read shows mutex:name'],
    ["[file:name != 'a']", 'NOT and != are not taken'],
    ['[NOT EXISTS file:name]', 'NOT and != are not taken'],
    ["[file:name > 'a']", '> is not taken'],
    ["[file:name LIKE '%']", 'holds too little to look for'],
    ["[file:name MATCHES 'a.*']", 'MATCHES is not taken for file:name: write it with LIKE'],
    ["[process:command_line MATCHES '(?<=a)b']", 'look'],
    ["[ipv4-addr:value = '192.0.2']", "'192.0.2' is no IPv4 address"],
    ["[ipv4-addr:value = '192.0.2.1/24']", 'it has host bits set beyond /24'],
    ["[file:hashes.MD5 = 'abc']", "'abc' is no hash of 32 hexadecimal digits"],
    ['[network-traffic:dst_port = 70000]', "'70000' is no port"],
    ["[domain-name:value = 'http://bad.test']", 'is no domain name'],
    ["[file:name ISSUBSET '192.0.2.0/24']", 'ISSUBSET is for addresses'],
    ["[file:name = '']", 'is compared with nothing'],
  ];
  for (const [pattern, reason] of refused) {
    it(pattern, () => expect(refusal(pattern)).toContain(reason));
  }
});

it('every path of the table has somewhere to look', () => {
  for (const { spots } of objectPaths.values()) expect(spots.length).toBeGreaterThan(0);
});
