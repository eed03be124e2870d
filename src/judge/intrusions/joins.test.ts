/** Every join, both ways: what it links, and what looks like it and is not. */
import { expect, test } from 'vitest';
import { judged, reasonsOf } from '../../../test/judged.ts';
import { behaviours, type Told, World } from '../../../test/judging.ts';

const { ntds, esent, archive, survey, wmic, wmiexec, hive } = behaviours;

const theft: Told = {
  at: '2026-10-08T01:52:33Z',
  account: 'EXAMPLE\\adm.hollis',
  logonId: 0x551686,
  pid: 2772,
  commandLine: 'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q',
};
const look: Told = {
  ...theft,
  at: '2026-10-08T01:50:00Z',
  pid: 2600,
  commandLine: 'net group "Domain Admins" /dom',
};

/** Sizes of the groups that make a story, in order. */
function sizes(world: World): number[] {
  return judged(world).intrusions.map(({ evidence }) => evidence.length);
}

test('one logon, with where it was opened from', () => {
  const world = new World();
  world.fact({
    at: '2026-10-08T01:49:00Z',
    type: 'logon',
    logonId: 0x551686,
    logonType: 3,
    account: 'EXAMPLE\\adm.hollis',
    sourceIp: '172.18.39.5',
  });
  world.find(survey, look);
  world.find(ntds, theft);
  expect(sizes(world)).toEqual([2]);
  expect(reasonsOf(judged(world))).toEqual([
    'same logon 0x551686 on dc1.example.test, opened from 172.18.39.5',
  ]);
  expect(judged(world).intrusions[0]!.sources).toEqual(['172.18.39.5']);
});

test.each([
  ['the logon of SYSTEM', 0x3e7],
  ['the logon of NETWORK SERVICE', 0x3e4],
  ['the logon of LOCAL SERVICE', 0x3e5],
])('not %s', (_, logonId) => {
  const world = new World();
  world.find(survey, { ...look, logonId, account: 'EXAMPLE\\one' });
  world.find(ntds, { ...theft, logonId });
  expect(sizes(world)).toEqual([1]);
});

test('not the same id on another host', () => {
  const world = new World();
  world.find(survey, { ...look, host: 'ws6' });
  world.find(ntds, theft);
  expect(sizes(world)).toEqual([1]);
});

test('not the same id before the host started anew', () => {
  const world = new World();
  world.find(survey, look);
  world.fact({ at: '2026-10-08T01:51:00Z', type: 'boot' });
  world.find(ntds, theft);
  expect(sizes(world)).toEqual([1]);
});

test('the two halves of an administrator’s logon', () => {
  const world = new World();
  for (const logonId of [0x551686, 0x551699]) {
    world.fact({
      at: '2026-10-08T01:49:00Z',
      type: 'logon',
      logonId,
      logonType: 10,
      account: 'EXAMPLE\\adm.hollis',
      sourceIp: '172.18.39.5',
    });
  }
  world.find(survey, { ...look, logonId: 0x551699 });
  world.find(ntds, theft);
  expect(sizes(world)).toEqual([2]);
});

const child: Told = { ...theft, logonId: 0x3e7, parentPid: 2600, pid: 2772 };

test('a process and what it started', () => {
  const world = new World();
  world.find(survey, { ...look, logonId: 0x3e7 });
  world.find(ntds, child);
  expect(reasonsOf(judged(world))).toEqual(['process 2600 (0xa28) on dc1.example.test started the other']);
});

test('not a process whose id was given out hours before', () => {
  const world = new World();
  world.find(survey, { ...look, at: '2026-10-07T20:00:00Z', logonId: 0x3e7 });
  world.find(ntds, child);
  expect(sizes(world)).toEqual([1]);
});

test('a shell between the two that no rule matched', () => {
  const world = new World();
  world.find(survey, { ...look, logonId: 0x3e7 });
  world.fact({
    at: '2026-10-08T01:51:00Z',
    pid: 2700,
    parentPid: 2600,
    image: 'C:\\Windows\\System32\\cmd.exe',
  });
  world.find(ntds, { ...child, parentPid: 2700 });
  expect(reasonsOf(judged(world))).toEqual([
    'process 2600 (0xa28) on dc1.example.test started process 2700 (0xa8c), which started the other',
  ]);
});

test('one process by Sysmon’s id, whatever the time', () => {
  const world = new World();
  const guid = '0a1b2c3d-0000-0000-0000-000000000001';
  world.find(ntds, { ...theft, logonId: 0x3e7, guid });
  world.find(hive, {
    at: '2026-10-08T05:52:33Z',
    type: 'event',
    eventId: 11,
    channel: 'Microsoft-Windows-Sysmon/Operational',
    guid,
  });
  expect(reasonsOf(judged(world))).toEqual([`same process {${guid}}`]);
});

test('not two that a service of Windows started', () => {
  const world = new World();
  const parentGuid = '0a1b2c3d-0000-0000-0000-000000000001';
  const parentImage = 'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe';
  world.find(ntds, { ...theft, logonId: 1, parentGuid, parentImage });
  world.find(survey, { ...look, logonId: 2, parentGuid, parentImage });
  expect(sizes(world)).toEqual([1]);
});

test('not two logons that one process of Windows let in', () => {
  const world = new World();
  const lsass = { pid: 700, image: 'C:\\Windows\\System32\\lsass.exe' };
  world.find(hive, {
    ...lsass,
    at: '2026-10-08T01:52:33Z',
    type: 'logon',
    logonId: 7,
    account: 'EXAMPLE\\one',
  });
  world.find(ntds, {
    ...lsass,
    at: '2026-10-08T01:52:43Z',
    type: 'logon',
    logonId: 8,
    account: 'EXAMPLE\\two',
  });
  expect(sizes(world)).toEqual([1, 1]);
});

test('a database event and the process that its text names, in whatever notation', () => {
  const world = new World();
  world.find(ntds, { ...theft, commandLine: 'x' });
  world.find(esent, {
    at: '2026-10-08T01:52:45Z',
    type: 'event',
    channel: 'Application',
    eventId: 325,
    text: 'NTDS (2772,D,100) A new database.',
  });
  expect(reasonsOf(judged(world))).toEqual(['same process 2772 (0xad4) on dc1.example.test']);
});

test.each([
  ['quotes', '7z a x.7z "C:\\Windows\\Temp\\Pro"'],
  ['case and slashes', '7z a x.7z c:/windows/TEMP/pro'],
  ['the share of the same host', '7z a x.7z \\\\127.0.0.1\\c$\\windows\\temp\\pro'],
  ['the share of the host by its name', '7z a x.7z \\\\DC1\\admin$\\temp\\pro'],
  ['a variable', '7z a x.7z %windir%\\temp\\pro\\*'],
  ['a file in the folder', '7z a x.7z "c:\\windows\\temp\\pro\\Active Directory\\ntds.dit"'],
])('the folder of a theft as an archive names it: %s', (_, commandLine) => {
  const world = new World();
  world.find(ntds, theft);
  world.find(archive, {
    at: '2026-10-08T03:00:00Z',
    pid: 9,
    logonId: 9,
    account: 'EXAMPLE\\other',
    commandLine,
  });
  expect(sizes(world)).toEqual([2]);
});

test('the folder of a theft as another host names it', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(archive, {
    at: '2026-10-08T03:00:00Z',
    host: 'ws6',
    pid: 9,
    logonId: 9,
    account: 'EXAMPLE\\other',
    commandLine: '7z a x.7z \\\\dc1\\c$\\windows\\temp\\pro',
  });
  expect(reasonsOf(judged(world))).toEqual(['both name c:\\windows\\temp\\pro']);
});

test.each([
  ['another folder', '7z a x.7z c:\\windows\\temp\\pro2'],
  ['the folder of that name on another host', '7z a x.7z \\\\ws6\\c$\\windows\\temp\\pro'],
  ['a tool that both start', 'c:\\windows\\system32\\ntdsutil.exe'],
])('not %s', (_, commandLine) => {
  const world = new World();
  world.fact({ at: '2026-10-01T00:00:00Z', host: 'ws6', type: 'boot' });
  world.find(ntds, { ...theft, commandLine: `c:\\windows\\system32\\ntdsutil.exe ${theft.commandLine}` });
  world.find(survey, {
    at: '2026-10-08T03:00:00Z',
    pid: 9,
    logonId: 9,
    account: 'EXAMPLE\\other',
    commandLine,
  });
  expect(sizes(world)).toEqual([1]);
});

test('not two that only put something into everybody’s folder', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(hive, {
    at: '2026-10-08T03:00:00Z',
    pid: 9,
    logonId: 9,
    account: 'EXAMPLE\\other',
    commandLine: 'reg save hklm\\sam c:\\windows\\temp\\s.dat',
  });
  expect(sizes(world)).toEqual([1, 1]);
});

const remote: Told = {
  at: '2026-10-08T01:52:13Z',
  host: 'jump1.example.test',
  account: 'EXAMPLE\\op',
  logonId: 0x77,
  pid: 50,
  commandLine:
    'wmic /node:DC1 /user:example\\adm.hollis process call create "ntdsutil \\"ac i ntds\\" ifm \\"create full C:\\Windows\\Temp\\pro\\" q q"',
};

test('a command that holds the one that then ran on the host it names', () => {
  const world = new World();
  world.find(wmic, remote);
  world.find(ntds, theft);
  expect(sizes(world)).toEqual([2]);
  expect(reasonsOf(judged(world))[0]).toContain(
    'names dc1.example.test and holds the one that ran there: ntdsutil',
  );
});

test('not a command that names the host hours before', () => {
  const world = new World();
  world.find(wmic, { ...remote, at: '2026-10-07T20:00:00Z' });
  world.find(ntds, { ...theft, account: 'EXAMPLE\\other' });
  expect(sizes(world)).not.toContain(2);
});

test('a command that names a host, and a logon from here there within seconds', () => {
  const world = new World();
  world.fact({
    at: '2026-10-08T01:52:14Z',
    type: 'logon',
    logonType: 3,
    logonId: 0x551686,
    account: 'EXAMPLE\\adm.hollis',
    sourceIp: '10.0.0.7',
    sourceHost: 'JUMP1',
  });
  world.fact({ at: '2026-10-01T00:00:00Z', host: 'jump1.example.test', type: 'boot' });
  world.find(wmic, { ...remote, commandLine: 'wmic /node:dc1 process call create x.cmd' });
  world.find(ntds, theft);
  expect(sizes(world)).toEqual([3]);
  expect(reasonsOf(judged(world))[0]).toContain(
    'there logon 0x551686 was opened 1 s away in time, from 10.0.0.7',
  );
});

test('credentials given to a host, and the logon there', () => {
  const world = new World();
  world.fact({
    at: '2026-10-08T01:52:13Z',
    host: 'jump1.example.test',
    type: 'explicit-credentials',
    byLogonId: 0x77,
    account: 'EXAMPLE\\adm.hollis',
    target: 'RPCSS/dc1.example.test',
  });
  world.fact({
    at: '2026-10-08T01:52:15Z',
    type: 'logon',
    logonType: 3,
    logonId: 0x551686,
    account: 'EXAMPLE\\adm.hollis',
  });
  world.find(wmic, { ...remote, commandLine: 'powershell -file c:\\x\\y.ps1' });
  world.find(ntds, theft);
  expect(reasonsOf(judged(world))).toEqual([
    'logon 0x77 on jump1.example.test gave credentials of EXAMPLE\\adm.hollis to dc1.example.test, where logon 0x551686 was opened by them 2 s away in time',
  ]);
});

test('a logon from the host where the same account had just acted', () => {
  const world = new World();
  world.fact({
    at: '2026-10-08T01:40:00Z',
    type: 'logon',
    logonType: 10,
    logonId: 0x551686,
    account: 'EXAMPLE\\adm.hollis',
    sourceHost: 'JUMP1',
  });
  world.find(hive, {
    at: '2026-10-08T01:10:00Z',
    host: 'jump1.example.test',
    account: 'adm.hollis@example.test',
    logonId: 5,
    pid: 6,
    commandLine: 'reg save hklm\\sam s',
  });
  world.find(ntds, theft);
  expect(sizes(world)).toEqual([3]);
});

const output = '__1619090610.0007844';
const shell: Told = {
  ...theft,
  at: '2026-10-08T01:52:33Z',
  commandLine: `cmd.exe /Q /c whoami 1> \\\\127.0.0.1\\ADMIN$\\${output} 2>&1`,
};

test('the output file of a remote shell gives the address it is read from', () => {
  const world = new World();
  world.find(wmiexec, shell);
  world.fact({
    at: '2026-10-08T01:52:34Z',
    type: 'share-access',
    share: '\\\\*\\ADMIN$',
    file: output,
    sourceIp: '172.18.39.5',
    logonId: 0x99,
    account: 'EXAMPLE\\adm.hollis',
  });
  world.find(ntds, { ...theft, at: '2026-10-08T01:55:33Z', logonId: 0x99, pid: 2800 });
  const story = judged(world);
  expect(story.intrusions[0]!.sources).toEqual(['172.18.39.5']);
  expect(reasonsOf(story)).toContain(
    `the output file ${output} on dc1.example.test was read in logon 0x99 from 172.18.39.5`,
  );
});

test('one account from one address outside, days apart', () => {
  const world = new World();
  for (const [logonId, at] of [
    [1 << 20, '2026-10-06T01:00:00Z'],
    [2 << 20, '2026-10-08T01:00:00Z'],
  ] as const) {
    world.fact({
      at,
      type: 'logon',
      logonType: 10,
      logonId,
      account: 'EXAMPLE\\adm.hollis',
      sourceIp: '198.51.100.23',
    });
  }
  world.find(hive, {
    ...theft,
    at: '2026-10-06T01:10:00Z',
    logonId: 1 << 20,
    pid: 1,
    commandLine: 'reg save hklm\\sam s',
  });
  world.find(ntds, { ...theft, logonId: 2 << 20 });
  expect(sizes(world)).toEqual([4]);
});

test('not one account from one address inside, days apart', () => {
  const world = new World();
  for (const [logonId, at] of [
    [1 << 20, '2026-10-06T01:00:00Z'],
    [2 << 20, '2026-10-08T01:00:00Z'],
  ] as const) {
    world.fact({
      at,
      type: 'logon',
      logonType: 10,
      logonId,
      account: 'EXAMPLE\\adm.hollis',
      sourceIp: '10.1.1.1',
    });
  }
  world.find(hive, {
    ...theft,
    at: '2026-10-06T01:10:00Z',
    logonId: 1 << 20,
    pid: 1,
    commandLine: 'reg save hklm\\sam s',
  });
  world.find(ntds, { ...theft, logonId: 2 << 20 });
  expect(sizes(world)).toEqual([1, 1]);
});

test('one address outside under two accounts within a day, unless it is an office', () => {
  for (const others of [0, 5]) {
    const world = new World();
    const from = { type: 'event', channel: 'fortigate', sourceIp: '203.0.113.9' } as const;
    world.find(hive, { ...from, at: '2026-10-08T01:00:00Z', account: 'fwadmin' });
    world.find(ntds, { ...from, at: '2026-10-08T02:00:00Z', account: 'adm.hollis' });
    for (let i = 0; i < others; i++)
      world.find(survey, { ...from, at: '2026-10-08T03:00:00Z', account: `user${i}` });
    expect(sizes(world)).toEqual(others === 0 ? [2] : [1, 1]);
  }
});

test('a tunnel and what its inner address did while it was up', () => {
  const world = new World();
  world.fact({
    at: '2026-10-08T01:30:00Z',
    host: 'fw1',
    type: 'tunnel',
    action: 'up',
    account: 'adm.hollis',
    sourceIp: '203.0.113.9',
    target: '10.9.0.5',
  });
  world.fact({
    at: '2026-10-08T01:49:00Z',
    type: 'logon',
    logonType: 3,
    logonId: 0x551686,
    account: 'EXAMPLE\\adm.hollis',
    sourceIp: '10.9.0.5',
  });
  world.find(ntds, theft);
  world.fact({
    at: '2026-10-08T04:30:00Z',
    host: 'fw1',
    type: 'tunnel',
    action: 'down',
    account: 'adm.hollis',
    sourceIp: '203.0.113.9',
    target: '10.9.0.5',
  });
  const story = judged(world);
  expect(story.intrusions[0]!.evidence.map(({ behaviour }) => behaviour?.id)).toEqual([
    'VT-IA-02',
    undefined,
    'VT-CA-01',
  ]);
  expect(reasonsOf(story)).toContain(
    'logon 0x551686 on dc1.example.test came from 10.9.0.5, the inner address of the tunnel that adm.hollis had opened from 203.0.113.9',
  );
  expect(story.intrusions[0]!.sources).toEqual(['203.0.113.9', '10.9.0.5']);
});

test('not a tunnel that had that address the day before', () => {
  const world = new World();
  world.fact({
    at: '2026-10-07T01:30:00Z',
    host: 'fw1',
    type: 'tunnel',
    action: 'up',
    account: 'b',
    sourceIp: '203.0.113.9',
    target: '10.9.0.5',
  });
  world.fact({
    at: '2026-10-07T02:30:00Z',
    host: 'fw1',
    type: 'tunnel',
    action: 'down',
    account: 'b',
    sourceIp: '203.0.113.9',
    target: '10.9.0.5',
  });
  world.fact({
    at: '2026-10-08T01:49:00Z',
    type: 'logon',
    logonType: 3,
    logonId: 0x551686,
    account: 'EXAMPLE\\adm.hollis',
    sourceIp: '10.9.0.5',
  });
  world.find(ntds, theft);
  expect(sizes(world)).toEqual([1]);
});

test('a staged file that another host then reads', () => {
  const world = new World();
  world.find(archive, { ...theft, commandLine: '7z a -px c:\\windows\\temp\\d.7z c:\\windows\\temp\\pro' });
  world.find(ntds, { ...theft, at: '2026-10-08T01:40:33Z', pid: 2 });
  world.fact({
    at: '2026-10-08T02:52:34Z',
    type: 'share-access',
    share: '\\\\*\\C$',
    file: 'Windows\\Temp\\d.7z',
    sourceIp: '10.3.3.3',
    logonId: 0x1234,
    account: 'EXAMPLE\\x',
  });
  world.fact({
    at: '2026-10-08T02:52:34Z',
    type: 'share-access',
    share: '\\\\*\\C$',
    file: 'Windows\\Temp\\other.7z',
    sourceIp: '10.3.3.3',
    logonId: 0x1234,
    account: 'EXAMPLE\\x',
  });
  expect(sizes(world)).toEqual([3]);
  expect(reasonsOf(judged(world))).toContain('both name c:\\windows\\temp\\d.7z');
});

test('one act in two logs, of which one names neither logon nor process', () => {
  const world = new World();
  world.find(hive, { ...theft, commandLine: 'reg save hklm\\sam s' });
  world.find(hive, {
    at: '2026-10-08T01:52:34Z',
    type: 'event',
    channel: 'Windows PowerShell',
    eventId: 800,
  });
  expect(reasonsOf(judged(world))).toEqual([
    'the same behaviour on dc1.example.test, 1 s apart: one act in two records',
  ]);
});

test('not of two accounts', () => {
  const world = new World();
  world.find(hive, { ...theft, commandLine: 'reg save hklm\\sam s' });
  world.find(hive, { at: '2026-10-08T01:52:34Z', type: 'event', account: 'EXAMPLE\\two', eventId: 800 });
  expect(sizes(world)).toEqual([1, 1]);
});

test('a reason never holds a password that the example hides', () => {
  const world = new World();
  const fact = world.fact({
    ...remote,
    commandLine: 'wmic /node:dc1 process call create "net user x Secr3t /add"',
  });
  const there = world.fact({ ...theft, commandLine: 'net user x Secr3t /add' });
  world.find(wmic, { ...remote, at: '2026-10-08T01:52:12Z', pid: 51, commandLine: 'x' });
  const rule = world.findings.at(-1)!.rule;
  world.findings.push({ rule, fact, example: 'wmic /node:dc1 …', form: 'written' });
  world.findings.push({ rule, fact: there, example: 'net user x *** /add', form: 'written' });
  const text = JSON.stringify(judged(world).intrusions, (key, value) => (key === 'fact' ? undefined : value));
  expect(text).toContain('net user x ***');
  expect(text).not.toContain('Secr3t');
});

test('thousands of items under one account, logon, source and file make a few links each', () => {
  const world = new World();
  const commandLine = 'wmic /node:dc1 os get caption > c:\\work\\out.txt';
  world.fact({
    at: '2026-10-08T00:00:00Z',
    host: 'ws6',
    type: 'logon',
    logonType: 3,
    logonId: 7,
    account: 'EXAMPLE\\scan',
    sourceIp: '198.51.100.1',
  });
  for (let i = 0; i < 3000; i++) {
    const at = new Date(Date.UTC(2026, 9, 8, 0, 0, i)).toISOString();
    world.find(wmic, {
      at,
      host: 'ws6',
      account: 'EXAMPLE\\scan',
      logonId: 7,
      pid: 5000 + i,
      parentPid: 4,
      commandLine,
    });
  }
  world.find(ntds, {
    ...theft,
    at: '2026-10-08T00:20:00Z',
    account: 'EXAMPLE\\scan',
    commandLine: 'caption > c:\\work',
  });
  const [intrusion] = judged(world).intrusions;
  expect(intrusion!.evidence.length).toBeGreaterThanOrEqual(3000);
  expect(intrusion!.links.length).toBeLessThan(5 * 3000);
});
