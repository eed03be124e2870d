import { expect, test } from 'vitest';
import { judged, verdictsOf as verdicts } from '../../../test/judged.ts';
import { behaviours, fakeBaseline, type Told, World } from '../../../test/judging.ts';

const { ntds, archive, survey, cleared, esent, proxy } = behaviours;

const theft: Told = {
  at: '2026-10-08T01:52:33Z',
  account: 'EXAMPLE\\adm.hollis',
  logonId: 0x551686,
  pid: 2772,
  parentPid: 600,
  commandLine: 'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q',
};
const packing: Told = {
  at: '2026-10-08T02:01:00Z',
  account: 'EXAMPLE\\adm.hollis',
  logonId: 0x551686,
  pid: 3000,
  commandLine: '7z a -p*** c:\\windows\\temp\\d.7z c:\\windows\\temp\\pro',
};

test('a theft that is then packed is an intrusion', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(archive, packing);
  const story = judged(world);
  expect(verdicts(story)).toEqual(['intrusion']);
  expect(story.intrusions[0]!.links.map(({ reason }) => reason)).toContain(
    'same logon 0x551686 on dc1.example.test',
  );
});

test('a theft alone is suspected', () => {
  const world = new World();
  world.find(ntds, theft);
  expect(verdicts(judged(world))).toEqual(['suspected']);
});

test('a theft and its archive in two logons are linked by the folder', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(archive, { ...packing, logonId: 0x777777, account: 'EXAMPLE\\other' });
  expect(verdicts(judged(world))).toEqual(['intrusion']);
});

test('an archive of a whole temporary folder takes the theft that lies in it', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(archive, {
    ...packing,
    logonId: 9_999_999,
    account: 'EXAMPLE\\other',
    commandLine: '7z a -px c:\\perflogs\\d.7z c:\\windows\\temp\\*',
  });
  expect(verdicts(judged(world))).toEqual(['intrusion']);
});

test('an archive of something else in the logon of a theft is no theft packed', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(archive, { ...packing, commandLine: '7z a -px d:\\support\\logs.7z d:\\support\\logs' });
  expect(verdicts(judged(world))).toEqual(['suspected']);
});

test('without command lines the logon has to do', () => {
  const world = new World();
  const { commandLine: _, ...silent } = packing;
  world.find(ntds, theft);
  world.find(archive, silent);
  expect(verdicts(judged(world))).toEqual(['intrusion']);
});

test('a theft that recurs on a schedule is at most suspected, and sinks', () => {
  const world = new World();
  world.find(ntds, theft);
  world.find(archive, packing);
  const once = judged(world).intrusions[0]!;
  const often = judged(world, { baseline: fakeBaseline(() => true) }).intrusions[0]!;
  expect(often.verdict).toBe('suspected');
  expect(often.score).toBeLessThan(once.score);
  expect(often.against.join(' ')).toContain('recurs on a schedule');
});

test('survey commands alone are nothing, however many', () => {
  const world = new World();
  for (let i = 0; i < 30; i++) {
    world.find(survey, {
      ...theft,
      at: `2026-10-08T01:52:${10 + i}Z`,
      pid: 5000 + i,
      commandLine: `whoami ${i}`,
    });
  }
  expect(judged(world).intrusions).toEqual([]);
});

test('a database event joins the process that it names in its text', () => {
  const world = new World();
  world.find(ntds, { ...theft, commandLine: 'ntdsutil.exe' });
  world.find(esent, {
    at: '2026-10-08T01:52:45Z',
    type: 'event',
    channel: 'Application',
    eventId: 325,
    provider: 'ESENT',
    text: 'NTDS (2772,D,100) The database engine created a new database (1, C:\\Windows\\Temp\\pro\\Active Directory\\ntds.dit).',
  });
  const story = judged(world);
  expect(story.intrusions).toHaveLength(1);
  expect(story.intrusions[0]!.links[0]!.reason).toBe('same process 2772 (0xad4) on dc1.example.test');
});

test('a log cleared as the first thing on a host stays suspected, and it is said', () => {
  const world = new World();
  world.find(cleared, {
    at: '2026-10-01T00:00:00Z',
    type: 'event',
    eventId: 1102,
    account: 'DC1\\admin',
  });
  const { intrusions } = judged(world);
  expect(intrusions.map(({ verdict }) => verdict)).toEqual(['suspected']);
  expect(intrusions[0]!.against.join(' ')).toContain('new or imaged machine');
});

test('a port proxy in the logon of a theft is an intrusion, alone a lead', () => {
  const world = new World();
  world.find(proxy, {
    ...theft,
    pid: 3100,
    commandLine: 'netsh interface portproxy add v4tov4 listenport=9999 connectport=8443',
  });
  expect(verdicts(judged(world))).toEqual(['lead']);
  world.find(ntds, theft);
  expect(verdicts(judged(world))).toEqual(['intrusion']);
});

test('a correlation does not make of a theft the packing that the correlation is about', () => {
  const world = new World();
  const fact = world.find(ntds, theft);
  world.add(
    {
      id: 'theft-then-archive',
      title: 'A theft, then an archive',
      level: 'critical',
      behaviours: [archive],
      stage: archive.stage,
      kind: 'correlation',
      decides: true,
    },
    fact,
  );
  const story = judged(world);
  expect(verdicts(story)).toEqual(['suspected']);
  expect(story.intrusions[0]!.evidence[0]!.behaviour).toBe(ntds);
});
