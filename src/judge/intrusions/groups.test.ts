/** Two intrusions stay two, weak evidence makes none, and what was approved is listed apart. */
import { expect, test } from 'vitest';
import { judged, verdictsOf } from '../../../test/judged.ts';
import { behaviours, fakeBaseline, type Told, World } from '../../../test/judging.ts';
import type { Behaviour } from '../../know/advisories/index.ts';
import type { Approval } from '../../know/site/index.ts';
import { parseTime } from '../../read/events/index.ts';
import type { JudgedRule } from '../types.ts';
import type { Approved } from './approvals.ts';
import type { Item } from './item.ts';

const { ntds, esent, hive, archive, survey, wmic, cleared, cleaned } = behaviours;

const theft: Told = {
  at: '2026-10-08T01:52:33Z',
  account: 'EXAMPLE\\adm.hollis',
  logonId: 0x551686,
  pid: 2772,
  commandLine: 'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q',
};
const other: Told = {
  ...theft,
  at: '2026-10-08T09:52:33Z',
  logonId: 0x661686,
  pid: 3772,
  commandLine: 'ntdsutil "ac i ntds" ifm "create full d:\\x\\y" q q',
};

test('two thefts by one account on one host stay two', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(ntds, other);
  expect(verdictsOf(judged(world))).toEqual(['suspected', 'suspected']);
});

test('what only shares the account goes to the theft nearest in time, and makes no bridge', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(ntds, other);
  const { commandLine: _, ...silent } = other;
  world.find(archive, { ...silent, at: '2026-10-08T09:59:00Z', logonId: 0x771686, pid: 4772 });
  const { intrusions } = judged(world);
  expect(intrusions.map(({ verdict, evidence }) => [verdict, evidence.length])).toEqual([
    ['intrusion', 2],
    ['suspected', 1],
  ]);
  expect(intrusions[0]!.firstSeen).toBe(parseTime(other.at));
});

test('one logon makes one of two thefts', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(ntds, { ...other, logonId: theft.logonId! });
  expect(verdictsOf(judged(world))).toEqual(['suspected']);
});

const packedLater: Told = {
  ...other,
  at: '2026-10-18T09:52:33Z',
  commandLine: '7z a -px y.7z c:\\windows\\temp\\pro',
};

test('what one account took and packs ten days later, by its path, is one story', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(archive, packedLater);
  const { intrusions } = judged(world);
  expect(intrusions.map(({ verdict, evidence }) => [verdict, evidence.length])).toEqual([['intrusion', 2]]);
  expect(intrusions[0]!.links[0]!.reason).toContain('c:\\windows\\temp\\pro');
});

test('so late a path joins what another account does to nothing, nor what is a habit', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(archive, { ...packedLater, account: 'EXAMPLE\\another' });
  expect(judged(world).intrusions[0]!.evidence).toHaveLength(1);
  const habit = new World();
  habit.find(ntds, theft);
  habit.find(archive, packedLater);
  const baseline = fakeBaseline(({ values }) => values.pid === packedLater.pid);
  expect(judged(habit, { baseline }).intrusions[0]!.evidence).toHaveLength(1);
});

/** Two thefts of one account, months apart, in logons that were opened from two addresses. */
function twoVisits(...sources: readonly [string, string]): World {
  const world = new World();
  for (const [i, told] of [theft, { ...other, at: '2027-03-08T09:52:33Z' }].entries()) {
    const { account, logonId } = told;
    world.fact({
      at: told.at.replace(/:\d\dZ/, ':00Z'),
      type: 'logon',
      logonType: 10,
      account: account!,
      logonId: logonId!,
      sourceIp: sources[i]!,
    });
    world.find(ntds, told);
  }
  return world;
}

test('two thefts of one account from one address outside are one party’s, however long between', () => {
  expect(judged(twoVisits('198.51.100.23', '198.51.100.23')).intrusions).toHaveLength(1);
  expect(judged(twoVisits('198.51.100.23', '198.51.100.24')).intrusions).toHaveLength(2);
});

test('from one desk inside two thefts months apart stay two', () => {
  expect(judged(twoVisits('172.18.39.5', '172.18.39.5')).intrusions).toHaveLength(2);
});

/** The same over a jump host, into which tunnels with new inner addresses led. */
function throughTunnels(...sources: readonly [string, string]): World {
  const world = new World();
  const when = ['2026-10-08', '2026-10-19'] as const;
  for (const [i, day] of when.entries()) {
    const account = 'EXAMPLE\\adm.hollis';
    const inner = `10.9.0.${5 + i}`;
    const tunnel: Told = { at: `${day}T01:00:00Z`, host: 'fw1', type: 'tunnel', account: 'hollis' };
    world.fact({ ...tunnel, action: 'up', sourceIp: sources[i]!, target: inner });
    const logon: Told = { at: `${day}T01:02:00Z`, type: 'logon', logonType: 10, account };
    const jump: Told = { ...logon, host: 'jump1.example.test', logonId: 0x100 + i, sourceIp: inner };
    world.fact(jump);
    world.find(survey, {
      ...jump,
      at: `${day}T01:03:00Z`,
      type: 'process-start',
      pid: 9,
      commandLine: 'whoami',
    });
    const there: Told = { ...logon, at: `${day}T01:05:00Z`, logonId: 0x200 + i };
    world.fact({ ...there, sourceIp: '172.18.39.9', sourceHost: 'JUMP1' });
    world.find(i === 0 ? ntds : hive, {
      ...there,
      at: `${day}T01:06:00Z`,
      type: 'process-start',
      pid: 5,
      commandLine: `x d:\\${i}`,
    });
    // Who comes from the jump host's address.
    world.fact({
      ...there,
      logonType: 3,
      account: 'EXAMPLE\\JUMP1$',
      sourceIp: '172.18.39.9',
      logonId: 0x300,
    });
  }
  return world;
}

test('thefts behind two tunnels that one account opened from one address are one party’s', () => {
  const { intrusions } = judged(throughTunnels('198.51.100.23', '198.51.100.23'));
  expect(intrusions).toHaveLength(1);
  const said = intrusions[0]!.links.map(({ reason }) => reason).join('\n');
  expect(said).toContain('tunnels that hollis had opened from 198.51.100.23');
});

test('behind tunnels from two addresses they stay two', () => {
  expect(judged(throughTunnels('198.51.100.23', '203.0.113.7')).intrusions).toHaveLength(2);
});

test('weak evidence of another day in a logon that lasts stays out', () => {
  const world = new World();
  world.find(survey, { ...theft, at: '2026-10-01T00:00:00Z', pid: 1, commandLine: 'whoami' });
  world.find(survey, { ...theft, at: '2026-10-08T01:00:00Z', pid: 2, commandLine: 'whoami' });
  world.find(ntds, theft);
  expect(judged(world).intrusions[0]!.evidence).toHaveLength(2);
});

test('strong evidence of a habit is nothing', () => {
  const world = new World();
  for (let i = 1; i < 10; i++) {
    world.find(wmic, {
      ...theft,
      at: `2026-10-${10 + 2 * i + (i % 3)}T01:00:00Z`,
      host: `ws${i}`,
      logonId: i,
      pid: i,
      commandLine: `wmic /node:srv${i} process call create x`,
    });
  }
  expect(judged(world).intrusions).toEqual([]);
});

test('a scan on each of four Tuesdays is nothing', () => {
  const world = new World();
  for (let week = 0; week < 4; week++) {
    for (let host = 0; host < 20; host++) {
      const at = new Date(Date.UTC(2026, 9, 6 + 7 * week, 1, host)).toISOString();
      world.find(wmic, {
        ...theft,
        at,
        account: 'EXAMPLE\\scanner',
        host: `ws${host}`,
        logonId: 1000 * week + host + 1,
        pid: 50,
        commandLine: `wmic os get caption ${host}`,
      });
      world.find(survey, {
        ...theft,
        at,
        account: 'EXAMPLE\\scanner',
        host: `ws${host}`,
        logonId: 1000 * week + host + 1,
        pid: 51,
        commandLine: 'net user',
      });
    }
  }
  expect(judged(world).intrusions).toEqual([]);
});

test('a weekly theft under its service account is one suspicion, also where it falls on either side of midnight', () => {
  const world = new World();
  for (const [i, at] of [
    '2026-10-04T23:58:00Z',
    '2026-10-12T00:01:00Z',
    '2026-10-18T23:59:00Z',
    '2026-10-26T00:02:00Z',
  ].entries()) {
    world.find(ntds, {
      ...theft,
      at,
      account: 'EXAMPLE\\svc_ifm',
      logonId: 100 + i,
      pid: 500 + i,
      commandLine: 'ntdsutil ifm "create full e:\\ifm"',
    });
    world.find(archive, {
      ...theft,
      at: at.replace(/:0?\d\d?Z/, ':30Z'),
      account: 'EXAMPLE\\svc_ifm',
      logonId: 100 + i,
      pid: 600 + i,
      commandLine: '7z a -px e:\\a.7z e:\\ifm',
    });
  }
  const { intrusions } = judged(world);
  expect(new Set(intrusions.map(({ verdict }) => verdict))).toEqual(new Set(['suspected']));
  expect(intrusions[0]!.against.join(' ')).toContain('every 7 days');
});

test('weak evidence that one account makes every day by the hundred is left out, and said', () => {
  const world = new World();
  world.find(ntds, { ...theft, logonId: 77 });
  for (let i = 0; i < 120; i++) {
    const at = new Date(Date.UTC(2026, 9, 1 + (i % 20), 1, i)).toISOString();
    world.find(survey, { ...theft, at, logonId: 77, pid: 10_000 + i, commandLine: 'net user' });
  }
  const usual = fakeBaseline().unusual(world.facts[0]!);
  const seen = { account: 20, host: 20, anywhere: 20 };
  const baseline = { ...fakeBaseline(), unusual: () => ({ ...usual, seen }) };
  const { intrusions, notes } = judged(world, { baseline });
  expect(intrusions[0]!.evidence).toHaveLength(1);
  expect(notes.join(' ')).toContain('120 weak findings');
});

test('an indicator that has expired supports and never decides', () => {
  const world = new World();
  world.find(ntds, theft, { kind: 'indicator', decides: false });
  expect(judged(world).intrusions).toEqual([]);
  world.find(archive, { ...theft, pid: 7, at: '2026-10-08T02:00:00Z' });
  expect(verdictsOf(judged(world))).toEqual(['lead']);
});

const foreign = (id: string, stage: JudgedRule['stage']): JudgedRule => ({
  id,
  title: id,
  level: 'high',
  behaviours: [],
  stage,
  kind: 'rule',
  decides: true,
});

test('rules without behaviour are a lead where they link across stages, else nothing', () => {
  const world = new World();
  world.add(foreign('one', 'execution'), world.fact(theft));
  expect(judged(world).intrusions).toEqual([]);
  world.add(foreign('two', 'execution'), world.fact({ ...theft, pid: 5 }));
  expect(judged(world).intrusions).toEqual([]);
  world.add(foreign('three', 'discovery'), world.fact({ ...theft, pid: 6 }));
  expect(verdictsOf(judged(world))).toEqual(['lead']);
});

test('several rules on one event are one piece of evidence, led by the gravest', () => {
  const world = new World();
  const fact = world.find(survey, theft);
  world.add(foreign('aaa', 'execution'), fact);
  world.add({ ...foreign('zzz', null), behaviours: [ntds] }, fact);
  const { evidence } = judged(world).intrusions[0]!;
  expect(evidence).toHaveLength(1);
  expect(evidence[0]!.behaviour).toBe(ntds);
  expect(evidence[0]!.reasons.join(' ')).toContain('also matched by Survey command and aaa');
});

test('copies of one event are one piece of evidence, whatever the host is called in them', () => {
  const world = new World();
  world.find(ntds, { ...theft, record: 7 });
  world.find(ntds, { ...theft, record: 7, host: 'DC1', input: 1, channel: 'security' });
  expect(judged(world).intrusions[0]!.evidence).toHaveLength(1);
});

test('without record ids, copies are told by all that they say', () => {
  const world = new World();
  world.find(ntds, { ...theft, record: -1 });
  world.find(ntds, { ...theft, record: -1, input: 1 });
  world.find(ntds, { ...theft, record: -1, pid: 2773 });
  expect(judged(world).intrusions[0]!.evidence).toHaveLength(2);
});

test('a log cleared after a theft on its host makes an intrusion, before it none', () => {
  for (const [at, verdict] of [
    ['2026-10-08T02:43:56Z', ['intrusion']],
    ['2026-10-07T20:43:56Z', ['suspected', 'suspected']],
  ] as const) {
    const world = new World();
    world.find(ntds, theft);
    world.find(cleared, { at, type: 'event', eventId: 1102, account: 'EXAMPLE\\another', logonId: 0x999 });
    expect(verdictsOf(judged(world)), at).toEqual(verdict);
  }
});

const approval: Approval = {
  id: 'ifm-weekly',
  account: 'example\\adm.hollis',
  host: '*',
  parent: null,
  path: null,
  command: null,
  behaviours: null,
  schedule: null,
  by: 'Head of IT',
  why: 'weekly media',
  until: null,
};
const approvalOf = (item: Item): Approved | null =>
  item.accountKey === 'adm.hollis' ? { approval, reason: 'approved by Head of IT' } : null;

test('what was approved is listed apart, with the events that cannot name an account', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(esent, {
    at: '2026-10-08T01:52:45Z',
    type: 'event',
    channel: 'Application',
    eventId: 325,
    text: 'NTDS (2772,D,100) C:\\Windows\\Temp\\pro\\ntds.dit',
  });
  const story = judged(world, { approvalOf });
  expect(story.intrusions).toEqual([]);
  expect(story.suppressed.map(({ approval, evidence }) => [approval, evidence.behaviour?.id])).toEqual([
    ['ifm-weekly', 'VT-CA-01'],
    ['ifm-weekly', 'VT-CA-03'],
  ]);
});

test('what was approved is evidence again once somebody else archives it', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(archive, {
    at: '2026-10-08T03:00:00Z',
    account: 'EXAMPLE\\guest',
    logonId: 8,
    pid: 9,
    commandLine: '7z a -px y.7z c:\\windows\\temp\\pro',
  });
  const story = judged(world, { approvalOf });
  expect(verdictsOf(story)).toEqual(['intrusion']);
  expect(story.suppressed).toEqual([]);
  expect(story.intrusions[0]!.evidence[0]!.reasons.join(' ')).toContain('but what it wrote was then taken');
});

test('a clean-up in the logon of a theft tells of it and does not decide', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(cleaned, {
    ...theft,
    at: '2026-10-08T02:10:00Z',
    pid: 77,
    commandLine: 'cmd /c rd /s /q c:\\windows\\temp\\pro',
  });
  const { intrusions } = judged(world);
  expect(intrusions.map(({ verdict, stages }) => [verdict, stages])).toEqual([
    ['suspected', ['credential-access', 'defense-evasion']],
  ]);
});

test('events without a time are judged by what they share, and put in no order', () => {
  const world = new World();
  world.find(ntds, { ...theft, at: '' });
  world.find(archive, { ...theft, at: '', pid: 5, commandLine: '7z a -px y.7z c:\\windows\\temp\\pro' });
  const { intrusions } = judged(world, { baseline: fakeBaseline() });
  expect(intrusions.map(({ verdict, firstSeen }) => [verdict, firstSeen])).toEqual([['intrusion', 0]]);
  expect(intrusions[0]!.story.join(' ')).toContain('At an unknown time');
});

test('another host’s clock that is a minute behind breaks no order, one host’s own does', () => {
  for (const [host, verdict] of [
    ['ws6.example.test', 'intrusion'],
    ['dc1.example.test', 'suspected'],
  ] as const) {
    const world = new World();
    world.find(ntds, theft);
    const commandLine = '7z a -px y.7z \\\\dc1\\c$\\windows\\temp\\pro';
    world.find(archive, { ...theft, host, at: '2026-10-08T01:52:00Z', pid: 5, commandLine });
    expect(verdictsOf(judged(world)), host).toEqual([verdict]);
  }
});

/** Two logons of one account from one desk, on two hosts, hours apart, each with evidence. */
function fromOneDesk(first: Behaviour, second: Behaviour): World {
  const world = new World();
  const at = { morning: '2026-10-08T09:00:00Z', night: '2026-10-08T18:00:00Z' };
  for (const [host, logonId, time, what] of [
    ['srv1.example.test', 0x10, at.morning, first],
    ['srv2.example.test', 0x20, at.night, second],
  ] as const) {
    const visit: Told = { at: time, host, account: 'EXAMPLE\\adm.hollis', logonId };
    world.fact({ ...visit, type: 'logon', logonType: 10, sourceIp: '172.18.39.5' });
    world.find(what, { ...visit, pid: logonId, commandLine: `x ${host}` });
  }
  return world;
}

test('media made in the morning and a folder packed at night, from one desk, are no theft packed', () => {
  expect(verdictsOf(judged(fromOneDesk(ntds, archive)))).not.toContain('intrusion');
});

test('where the chain leads on by the source, one desk makes one story', () => {
  const { intrusions } = judged(fromOneDesk(wmic, wmic));
  expect(intrusions[0]!.hosts).toEqual(['srv1.example.test', 'srv2.example.test']);
});
