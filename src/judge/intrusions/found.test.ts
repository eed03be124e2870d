/** What no rule can see: first uses of exposed accounts, and the way to the plant. */
import { expect, test } from 'vitest';
import { judged, reasonsOf, verdictsOf } from '../../../test/judged.ts';
import { behaviours, type Told, World } from '../../../test/judging.ts';
import { parseTime } from '../../read/events/index.ts';
import { emptyMemory, type Memory } from '../memory/index.ts';

const { ntds, hive, lsass, esent, archive, vpn } = behaviours;

const theft: Told = {
  at: '2026-10-08T01:52:33Z',
  account: 'EXAMPLE\\adm.hollis',
  logonId: 0x551686,
  pid: 2772,
  commandLine: 'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q',
};

const day = (number: number, hour = 8): string => new Date(Date.UTC(2026, 6, 1 + number, hour)).toISOString();

/** A hundred days of an account that comes from one host to one server. */
function habit(world: World, account: string, days = 140): void {
  for (let i = 0; i < days; i++) {
    world.fact({
      at: day(i),
      host: 'srv1.example.test',
      type: 'logon',
      logonType: 3,
      logonId: 1_000_000 + i,
      account,
      sourceHost: 'WS6',
      sourceIp: '10.0.0.6',
    });
  }
}

const back: Told = {
  at: '2026-11-02T03:05:31Z',
  type: 'logon',
  logonType: 10,
  logonId: 0x900000,
  account: 'EXAMPLE\\svc_backup',
  sourceIp: '198.51.100.23',
};

function stolen(): World {
  const world = new World();
  habit(world, 'EXAMPLE\\svc_backup');
  world.find(ntds, theft);
  return world;
}

test('an exposed account that comes back from elsewhere, in another way, to another host', () => {
  const world = stolen();
  world.fact(back);
  const { intrusions } = judged(world);
  expect(intrusions.map(({ verdict }) => verdict)).toEqual(['intrusion']);
  expect(intrusions[0]!.evidence.map(({ behaviour }) => behaviour?.id)).toEqual(['VT-CA-01', 'VT-PE-01']);
  expect(intrusions[0]!.links[0]!.reason).toContain(
    'EXAMPLE\\svc_backup was exposed by what happened on dc1.example.test',
  );
  expect(intrusions[0]!.evidence[1]!.reasons.join(' ')).toContain(
    'from a new source and in a new way and on a new host',
  );
});

test('not one whose password was changed since', () => {
  const world = stolen();
  world.fact({ at: '2026-10-10T00:00:00Z', type: 'password-change', account: 'EXAMPLE\\svc_backup' });
  world.fact(back);
  expect(verdictsOf(judged(world))).toEqual(['suspected']);
});

test('a refused change of the password changes nothing', () => {
  const world = stolen();
  world.fact({
    at: '2026-10-10T00:00:00Z',
    type: 'password-change',
    account: 'EXAMPLE\\svc_backup',
    action: 'refused',
  });
  world.fact(back);
  expect(verdictsOf(judged(world))).toEqual(['intrusion']);
});

test('a change before the theft changes nothing, whoever tells of it', () => {
  const world = stolen();
  world.fact(back);
  const row = { sid: null, name: 'EXAMPLE\\svc_backup', privileged: true, role: null };
  const accounts = (at: string) => ({ rows: [{ ...row, passwordSet: parseTime(at)! }] });
  expect(verdictsOf(judged(world, {}, { accounts: accounts('2026-01-01T00:00:00Z') }))).toEqual([
    'intrusion',
  ]);
  expect(verdictsOf(judged(world, {}, { accounts: accounts('2026-10-20T00:00:00Z') }))).toEqual([
    'suspected',
  ]);
});

test('not one who only moved house', () => {
  const world = stolen();
  const tunnel: Told = {
    at: day(0),
    host: 'fw1',
    type: 'tunnel',
    action: 'up',
    account: 'mover',
    sourceIp: '203.0.113.5',
  };
  for (let i = 0; i < 120; i++) world.fact({ ...tunnel, at: day(i), target: `10.9.0.${i}` });
  world.fact({ ...tunnel, at: '2026-11-02T08:00:00Z', sourceIp: '198.51.100.77', target: '10.9.0.200' });
  expect(judged(world).intrusions[0]!.evidence).toHaveLength(1);
});

test('an account that slept until somebody comes in with it as nobody does', () => {
  const world = stolen();
  world.fact({ ...back, account: 'EXAMPLE\\svc_old' });
  expect(verdictsOf(judged(world))).toEqual(['intrusion']);
});

test('not a newcomer who comes in as everybody does', () => {
  const world = stolen();
  world.fact({
    at: '2026-11-02T08:00:00Z',
    host: 'srv1.example.test',
    type: 'logon',
    logonType: 3,
    logonId: 77,
    account: 'EXAMPLE\\new.comer',
    sourceIp: '10.0.0.44',
  });
  expect(judged(world).intrusions[0]!.evidence).toHaveLength(1);
});

test('not one who works everywhere anyway', () => {
  const world = new World();
  for (let i = 0; i < 140; i++) {
    world.fact({
      at: day(i),
      host: `srv${i}`,
      type: 'logon',
      logonType: i % 2 === 0 ? 3 : 2,
      logonId: i + 10_000_000,
      account: 'EXAMPLE\\svc_backup',
      sourceIp: `10.0.3.${i}`,
    });
  }
  world.find(ntds, theft);
  world.fact({ ...back, sourceIp: '10.0.4.4' });
  expect(verdictsOf(judged(world))).toEqual(['suspected']);
});

test('local accounts are exposed on their host alone', () => {
  for (const [account, verdict] of [
    ['SRV1\\admin', 'intrusion'],
    ['EXAMPLE\\admin', 'suspected'],
  ] as const) {
    const world = new World();
    habit(world, account);
    world.find(hive, { ...theft, host: 'srv1.example.test' });
    world.fact({ ...back, account, host: 'srv1.example.test', at: '2026-11-02T03:05:31Z' });
    world.fact({ ...back, account, host: 'srv2.example.test', at: '2026-11-02T03:06:31Z' });
    expect(verdictsOf(judged(world)), account).toEqual([verdict]);
  }
});

test('a memory dump exposes who was logged on there, and nobody else', () => {
  for (const [logonType, verdict] of [
    [10, 'intrusion'],
    [3, 'suspected'],
  ] as const) {
    const world = new World();
    habit(world, 'EXAMPLE\\svc_backup');
    world.fact({
      at: day(50),
      type: 'logon',
      logonType,
      logonId: 77,
      account: 'EXAMPLE\\svc_backup',
      sourceHost: 'WS6',
      sourceIp: '10.0.0.6',
    });
    world.find(lsass, theft);
    world.fact({ ...back, host: 'srv9.example.test', logonType: 2 });
    expect(verdictsOf(judged(world)), String(logonType)).toEqual([verdict]);
  }
});

test('what memory knows of a theft years ago makes a first use suspected', () => {
  const world = new World();
  habit(world, 'EXAMPLE\\svc_backup');
  world.fact(back);
  const memory: Memory = {
    ...emptyMemory(),
    exposed: [
      {
        account: '*',
        scope: 'example',
        since: parseTime('2024-05-01T00:00:00Z')!,
        how: 'domain',
        evidence: 'VT-CA-01 on dc1',
      },
    ],
  };
  expect(judged(world).intrusions).toEqual([]);
  expect(verdictsOf(judged(world, {}, { memory }))).toEqual(['suspected']);
});

test('a return does not make one of two thefts', () => {
  const world = stolen();
  world.find(ntds, {
    ...theft,
    at: '2026-08-08T01:52:33Z',
    account: 'EXAMPLE\\other',
    logonId: 99,
    pid: 98,
    commandLine: 'ntdsutil "ac i ntds" ifm "create full c:\\perflogs\\x" q q',
  });
  world.fact(back);
  const { intrusions } = judged(world);
  expect(intrusions.map(({ verdict, evidence }) => [verdict, evidence.length])).toEqual([
    ['intrusion', 2],
    ['suspected', 1],
  ]);
  expect(reasonsOf({ intrusions, suppressed: [], thefts: [], taught: null, notes: [] })[0]).toContain(
    '2026-10-08',
  );
});

/** A theft that was packed, and months later its like by another account, in the logon that it comes back in. */
function stealsAgain(account: string, isPacked = true): World {
  const world = new World();
  habit(world, account);
  world.find(ntds, theft);
  if (isPacked)
    world.find(archive, { ...theft, at: '2026-10-08T02:52:33Z', pid: 7, commandLine: '7z a -p1 a.7z' });
  world.fact({ ...back, account });
  world.find(ntds, {
    at: '2026-11-02T03:15:00Z',
    account,
    logonId: back.logonId!,
    pid: 99,
    commandLine: 'ntdsutil "ac i ntds" ifm "create full c:\\perflogs\\x" q q',
  });
  return world;
}

test('a return that leads to a second theft is the first one’s, where nobody had used the account so before', () => {
  const { intrusions } = judged(stealsAgain('EXAMPLE\\svc_backup'));
  expect(intrusions.map(({ verdict, evidence }) => [verdict, evidence.length])).toEqual([['intrusion', 4]]);
});

test('not where the account had always come in that way: so does whoever has its password from elsewhere', () => {
  const world = stealsAgain('EXAMPLE\\hollis');
  world.fact({
    ...back,
    at: day(3),
    account: 'EXAMPLE\\hollis',
    sourceIp: '10.0.0.6',
    host: 'srv1.example.test',
  });
  expect(judged(world).intrusions).toHaveLength(2);
});

test('not where nothing but itself says that the first was a theft: media expose everybody too', () => {
  expect(judged(stealsAgain('EXAMPLE\\svc_backup', false)).intrusions).toHaveLength(2);
});

test('not where the password was changed in between', () => {
  const world = stealsAgain('EXAMPLE\\svc_backup');
  world.fact({ at: '2026-10-10T00:00:00Z', type: 'password-change', account: 'EXAMPLE\\svc_backup' });
  expect(judged(world).intrusions).toHaveLength(2);
});

test('of two thefts that exposed it the second rests on the nearer alone, in whatever order they come', () => {
  const world = stealsAgain('EXAMPLE\\svc_backup');
  const earlier = { ...theft, at: '2026-09-08T01:52:33Z', account: 'EXAMPLE\\other', logonId: 99 };
  world.find(ntds, { ...earlier, pid: 98, commandLine: 'ntdsutil ifm "create full d:\\y" q q' });
  world.find(archive, { ...earlier, at: '2026-09-08T02:52:33Z', pid: 97, commandLine: '7z a -p1 b.7z' });
  const told = (): unknown => judged(world).intrusions.map(({ evidence }) => evidence.map(({ id }) => id));
  const before = told();
  expect(before).toHaveLength(2);
  expect(judged(world).intrusions.map(({ evidence }) => evidence.length)).toEqual([2, 4]);
  world.findings.reverse();
  world.facts.reverse();
  expect(told()).toEqual(before);
});

test('a return from a host that somebody held is his, not that of a theft which chance exposed', () => {
  const world = new World();
  habit(world, 'EXAMPLE\\svc_backup');
  const held = { ...theft, host: 'ops1.example.test', at: '2026-10-09T01:00:00Z', commandLine: 'x' };
  world.find(lsass, held);
  world.find(ntds, { ...theft, at: '2026-10-20T01:00:00Z', account: 'EXAMPLE\\two', logonId: 9, pid: 98 });
  world.fact({ ...back, host: 'srv9.example.test', sourceIp: '10.0.0.77', sourceHost: 'OPS1' });
  const story = judged(world).intrusions.find(({ verdict }) => verdict === 'intrusion')!;
  expect(story.hosts).toEqual(['ops1.example.test', 'srv9.example.test']);
});

/** Somebody comes in over a tunnel, and dumps memory behind it. */
function dumpsInTunnel(world: World, at: string, sourceIp: string, inner: string): void {
  world.fact({ ...tunnelUp, at: `${at}T08:00:00Z`, sourceIp, target: inner });
  const logon: Told = {
    at: `${at}T08:02:00Z`,
    host: 'srv1.example.test',
    account: 'EXAMPLE\\hollis',
    logonId: 0x77,
  };
  world.fact({ ...logon, type: 'logon', logonType: 10, sourceIp: inner });
  world.find(lsass, { ...logon, at: `${at}T08:05:00Z`, pid: 5, commandLine: 'x' });
}
const tunnelUp = { host: 'fw1', type: 'tunnel', action: 'up', account: 'hollis' } as const;

test('where an account came back as its owner always comes, his next travels are his own', () => {
  for (const [since, count] of [
    [0, 0],
    [110, 1],
  ] as const) {
    const world = stolen();
    for (let i = since; i < 120; i++)
      world.fact({ ...tunnelUp, at: day(i), sourceIp: '203.0.113.5', target: `10.9.1.${i}` });
    dumpsInTunnel(world, '2026-11-02', '198.51.100.77', '10.9.0.200');
    world.find(vpn, { ...tunnelUp, at: '2026-11-20T08:00:00Z', sourceIp: '192.0.2.9', target: '10.9.0.201' });
    const story = judged(world).intrusions.find(({ hosts }) => hosts.includes('srv1.example.test'))!;
    const later = story.evidence.filter(({ micros }) => micros > parseTime('2026-11-10T00:00:00Z')!);
    expect(later.length, String(since)).toBe(count);
  }
});

test('an ordinary theft exposes nobody anew: a weekly backup makes no returns of house movers', () => {
  const world = stolen();
  for (let i = 0; i < 8; i++) {
    world.find(ntds, {
      ...theft,
      at: day(7 * i, 3),
      logonId: 500 + i,
      pid: 4000 + i,
      account: 'EXAMPLE\\svc_ifm',
    });
  }
  const world2 = new World();
  world2.facts.push(...world.facts);
  world2.findings.push(...world.findings.slice(1));
  world2.fact(back);
  expect(verdictsOf(judged(world2))).not.toContain('intrusion');
});

test('a return rests on the theft that stands alone, not on a later one that is part of a schedule', () => {
  const world = stolen();
  for (let i = 0; i < 6; i++) {
    const weekly: Told = {
      ...theft,
      at: day(80 + 7 * i, 3),
      logonId: 500 + i,
      pid: 4000 + i,
      account: 'EXAMPLE\\svc_ifm',
      commandLine: 'ntdsutil "ac i ntds" ifm "create full D:\\ifm" q q',
    };
    world.find(ntds, weekly);
    // A trace that only one of the runs left looks like a theft by itself.
    if (i === 5) {
      world.find(esent, {
        at: day(80 + 7 * i, 3),
        channel: 'Application',
        type: 'event',
        pid: 4000 + i,
        file: 'd:\\ifm\\ntds.dit',
        text: `NTDS (${4000 + i},D,100) d:\\ifm\\ntds.dit`,
      });
    }
  }
  world.fact({ ...back, at: '2026-11-02T03:05:31Z' });
  const { intrusions } = judged(world);
  const story = intrusions.find(({ verdict }) => verdict === 'intrusion')!;
  expect(story.evidence.map(({ account }) => account)).toEqual([
    'EXAMPLE\\adm.hollis',
    'EXAMPLE\\svc_backup',
  ]);
});

const zoneOf = (name: string) => (name.startsWith('hmi') ? ('ot' as const) : ('it' as const));

test('the first time that an account goes to the plant belongs to the story of its logon', () => {
  const world = new World();
  habit(world, 'EXAMPLE\\adm.hollis', 60);
  world.fact({ at: '2026-10-08T01:00:00Z', host: 'jump1.example.test', type: 'boot' });
  world.find(lsass, { ...theft, host: 'jump1.example.test' });
  world.fact({
    at: '2026-10-08T02:10:00Z',
    host: 'jump1.example.test',
    channel: 'Microsoft-Windows-TerminalServices-RDPClient/Operational',
    type: 'remote-session-out',
    account: 'EXAMPLE\\adm.hollis',
    target: 'hmi7',
  });
  const evidence = judged(world, { zoneOf }).intrusions[0]!.evidence;
  expect(evidence).toHaveLength(2);
  expect(evidence[1]!.reasons.join(' ')).toContain('in the plant’s zone'.replace('’', "'"));
  expect(judged(world).intrusions[0]!.evidence).toHaveLength(1);
});

test('a crossing alone, of somebody who works with many hosts, is nothing', () => {
  const world = new World();
  habit(world, 'EXAMPLE\\engineer', 60);
  world.fact({
    at: '2026-10-08T02:10:00Z',
    host: 'hmi7',
    type: 'logon',
    logonType: 3,
    logonId: 5,
    account: 'EXAMPLE\\engineer',
    sourceHost: 'WS6',
    sourceIp: '10.0.0.6',
  });
  expect(judged(world, { zoneOf }).intrusions).toEqual([]);
});

test('an intruder comes back to his own theft, not to the latest', () => {
  const world = stolen();
  world.fact({
    at: '2026-10-08T01:40:00Z',
    type: 'logon',
    logonType: 10,
    logonId: 0x551686,
    account: 'EXAMPLE\\adm.hollis',
    sourceIp: '198.51.100.23',
  });
  const later = { ...theft, at: '2026-10-20T01:52:33Z', account: 'EXAMPLE\\two', logonId: 99, pid: 98 };
  world.find(ntds, { ...later, commandLine: 'ntdsutil "ac i ntds" ifm "create full c:\\perflogs\\x" q q' });
  world.fact(back);
  expect(judged(world).intrusions.map(({ verdict, evidence }) => [verdict, evidence[0]!.account])).toEqual([
    ['intrusion', 'EXAMPLE\\adm.hollis'],
    ['suspected', 'EXAMPLE\\two'],
  ]);
});

test('the device that ends a tunnel is no new host of its own', () => {
  const world = stolen();
  // Somebody's first evening at home, after three months at his desk.
  world.fact({
    at: '2026-11-02T18:00:00Z',
    host: 'fw1',
    type: 'tunnel',
    action: 'up',
    account: 'svc_backup',
    sourceIp: '203.0.113.9',
    target: '10.9.0.5',
  });
  const [, back] = judged(world).intrusions[0]!.evidence;
  expect(back!.reasons.join(' ')).toContain('used from a new source and in a new way on 2026-11-02');
  expect(back!.reasons.join(' ')).not.toContain('and on a new host');
});

test('both logons of an administrator’s remote session are its opening, though he comes so every day', () => {
  const world = new World();
  const rdp = { ...behaviours.wmic, id: 'VT-LM-04', gravity: 'weak' } as const;
  const account = 'EXAMPLE\\adm.hollis';
  const session = { type: 'logon', logonType: 10, account } as const;
  for (let i = 0; i < 9; i++)
    world.find(rdp, { ...session, at: day(i), logonId: i + 1, sourceIp: '10.1.1.9' });
  const opened: Told = { ...session, at: '2026-10-08T01:40:00Z', sourceIp: '203.0.113.9' };
  world.find(rdp, { ...opened, logonId: 0x80 });
  world.find(rdp, { ...opened, logonId: 0x81 });
  world.find(behaviours.ntds, {
    ...{ at: '2026-10-08T01:52:00Z', account, logonId: 0x81, pid: 9 },
    commandLine: 'ntdsutil ifm',
  });
  const [story] = judged(world).intrusions;
  expect(story!.evidence.map(({ fact }) => fact.values.logonId)).toEqual([0x80, 0x81, 0x81]);
});
