import { expect, test } from 'vitest';
import { judged, reasonsOf, verdictsOf } from '../../../test/judged.ts';
import { behaviours, type Told, World } from '../../../test/judging.ts';
import { parseSite } from '../../know/site/index.ts';
import { judge } from '../judge.ts';
import { commonPattern } from './explain/approval.ts';

const { ntds, esent, archive } = behaviours;

/** A Sunday's job, `weeks` after the first. */
function job(weeks: number, more: Partial<Told> = {}): Told {
  const at = new Date(Date.UTC(2026, 5, 7, 2, 0, 3) + weeks * 7 * 86_400_000);
  return {
    at: at.toISOString(),
    account: 'EXAMPLE\\svc-backup',
    logonId: 0x5000 + weeks,
    pid: 3000 + weeks,
    image: 'C:\\Windows\\System32\\ntdsutil.exe',
    parentImage: 'C:\\Windows\\System32\\svchost.exe',
    commandLine: `ntdsutil "ac i ntds" ifm "create full E:\\Backup\\ifm\\${at.toISOString().slice(0, 10)}" q q`,
    ...more,
  };
}

function weekly(count: number, of: (week: number) => Partial<Told> = () => ({})): World {
  const world = new World();
  for (let week = 0; week < count; week++) world.find(ntds, job(week, of(week)));
  return world;
}

test('a weekly job is told once, with the evidence of all its times', () => {
  const story = judged(weekly(8));
  expect(verdictsOf(story)).toEqual(['suspected']);
  const [told] = story.intrusions;
  expect(told!.evidence).toHaveLength(8);
  expect(told!.recurs).toMatchObject({ times: 8, period: 604_800 });
  expect(told!.summary).toMatch(/^8 times, every 7 days: Directory database copied on dc1/);
  expect(told!.against[0]).toContain(
    'The same was done 8 times, every 7 days, from 2026-06-07 to 2026-07-26',
  );
  expect(told!.settle[0]).toMatch(
    /^Ask whoever looks after dc1\.example\.test and EXAMPLE\\svc-backup whose job/,
  );
});

test('its times are linked by what is in both records', () => {
  expect(reasonsOf(judged(weekly(4)))).toEqual(
    Array(3).fill(
      'the same again on dc1.example.test, EXAMPLE\\svc-backup, started by svchost.exe: 7 days later',
    ),
  );
});

test.each([1, 2, 3])('what was done %i times is no habit', times => {
  const story = judged(weekly(times));
  expect(story.intrusions).toHaveLength(times);
  expect(story.intrusions[0]!.recurs).toBeUndefined();
});

test.each<[string, Partial<Told>]>([
  ['account', { account: 'EXAMPLE\\adm.hollis' }],
  ['host', { host: 'dc2.example.test' }],
  ['parent', { parentImage: 'C:\\Windows\\System32\\cmd.exe' }],
  ['path', { commandLine: 'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q' }],
  ['shape', { commandLine: 'ntdsutil "ac i ntds" snapshot create "E:\\Backup\\ifm\\2026-06-28"' }],
])('one of another %s is told by itself', (_, other) => {
  const story = judged(weekly(8, week => (week === 3 ? other : {})));
  expect(story.intrusions.map(({ recurs }) => recurs?.times)).toEqual([7, undefined]);
});

test('another hour is no difference, and is said', () => {
  const story = judged(weekly(12, week => (week === 3 ? { at: '2026-06-28T11:41:00Z' } : {})));
  expect(story.intrusions.map(({ recurs }) => recurs?.times)).toEqual([12]);
  expect(story.intrusions[0]!.against[1]).toBe('1 of the 12 times lie beside its schedule.');
});

test('one whose output was then packed is told by itself', () => {
  const world = weekly(8);
  world.find(
    archive,
    job(3, {
      at: '2026-06-28T02:10:00Z',
      pid: 77,
      commandLine: '7z a -px e:\\x.7z e:\\backup\\ifm\\2026-06-28',
    }),
  );
  const story = judged(world);
  expect(story.intrusions.map(({ verdict, recurs }) => [verdict, recurs?.times])).toEqual([
    ['suspected', 7],
    ['suspected', undefined],
  ]);
});

test('on days without a schedule it takes those of a habit', () => {
  const days = [1, 4, 9, 11, 20, 27, 29];
  const at = (week: number): string => `2026-06-${String(days[week]).padStart(2, '0')}T0${week}:1${week}:00Z`;
  const often = judged(weekly(7, week => ({ at: at(week) })));
  expect(often.intrusions.map(({ recurs }) => recurs)).toMatchObject([{ times: 7, period: null }]);
  expect(judged(weekly(5, week => ({ at: at(week) }))).intrusions).toHaveLength(5);
});

test('of days that lie side by side two are one', () => {
  const at = (day: number): string => `2026-06-1${day}T${10 + ((day * 7) % 11)}:1${day}:00Z`;
  expect(judged(weekly(6, day => ({ at: at(day) }))).intrusions).toHaveLength(6);
});

test('what names no account recurs only by a schedule', () => {
  const at = [1, 4, 9, 11, 20, 27, 29].map(
    day => `2026-06-${String(day).padStart(2, '0')}T02:0${day % 10}:00Z`,
  );
  const silent = (times: readonly string[]): World => {
    const world = new World();
    for (const [i, time] of times.entries())
      world.find(esent, {
        at: time,
        type: 'event',
        channel: 'Application',
        eventId: 325,
        pid: i + 5,
        file: `e:\\backup\\${time.slice(0, 10)}\\ntds.dit`,
      });
    return world;
  };
  expect(judged(silent(at)).intrusions.every(({ recurs }) => recurs === undefined)).toBe(true);
  const weeks = [0, 1, 2, 3, 4].map(week => job(week).at);
  expect(judged(silent(weeks)).intrusions.map(({ recurs }) => recurs?.times)).toEqual([5]);
});

test('the approval that it offers suppresses all of it, and nothing else', async () => {
  const world = weekly(6);
  for (let week = 0; week < 6; week++) {
    const { at, pid } = job(week);
    world.find(esent, {
      at: at.replace(':03.', ':09.'),
      type: 'event',
      channel: 'Application',
      eventId: 325,
      pid: pid!,
      text: `lsass (${pid},D,0) e:\\backup\\ifm\\${at.slice(0, 10)}\\ntds.dit`,
    });
  }
  world.find(
    ntds,
    job(2, {
      at: '2026-06-23T03:00:00Z',
      commandLine: 'ntdsutil "ac i ntds" ifm "create full D:\\media" q q',
      account: 'EXAMPLE\\adm.hollis',
      logonId: 9,
      pid: 9,
    }),
  );
  const first = judge(world.input());
  const { approval } = first.intrusions.find(({ recurs }) => recurs !== undefined)!.recurs!;
  const signed = approval!
    .replaceAll("by: ''", 'by: K. Hollis')
    .replaceAll("why: ''", 'why: media')
    .replaceAll("until: ''", 'until: 2027-06-30');
  const { site, problems } = await parseSite(signed, 'huntaway.yml');
  expect(problems).toEqual([]);
  const again = judge(world.input({ site }));
  expect(again.intrusions.map(({ accounts }) => accounts)).toEqual([['EXAMPLE\\adm.hollis']]);
  expect(again.suppressed).toHaveLength(12);
});

test('nobody is offered an approval that the file must not take unsigned', async () => {
  const { approval } = judged(weekly(5)).intrusions[0]!.recurs!;
  const { site } = await parseSite(approval!, 'huntaway.yml');
  expect(site?.approvals ?? []).toEqual([]);
});

test.each<[string, Partial<Told>]>([
  ['a star in a name', { account: 'EXAMPLE\\*' }],
  ['a line in a name', { account: "EXAMPLE\\x'\n  - id: y" }],
  ['a folder of everybody', { commandLine: 'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp" q q' }],
])('%s is offered no approval', (_, more) => {
  const [told] = judged(weekly(5, () => more)).intrusions;
  expect(told!.recurs).toMatchObject({ times: 5, approval: null });
  expect(told!.settle[0]).toContain('these logs do not say all');
});

test.each<[string[], string | null]>([
  [['e:\\ifm\\1', 'e:\\ifm\\2\\ntds.dit'], 'e:\\ifm\\*'],
  [['e:\\ifm', 'e:\\ifm\\registry'], 'e:\\ifm'],
  [['d:\\ifm-2026\\x', 'd:\\ifm-2027\\x'], 'd:\\ifm-*\\x'],
  [['e:\\ifm', 'd:\\ifm'], null],
  [['e:\\a', 'e:\\b'], null],
  [['e:\\1', 'e:\\2'], null],
])('%j lie in %j', (paths, pattern) => {
  expect(commonPattern(paths)).toBe(pattern);
});

test('a job that writes to one folder is told as one that recurs', () => {
  const again = { commandLine: 'ntdsutil "ac i ntds" ifm "create full E:\\Backup\\ifm" q q' };
  const story = judged(weekly(9, () => again));
  expect(story.intrusions.map(({ recurs, evidence }) => [recurs?.times, evidence.length])).toEqual([[9, 9]]);
});

test('a folder that something else takes too is no habit throughout', () => {
  const again = { commandLine: 'ntdsutil "ac i ntds" ifm "create full E:\\Backup\\ifm" q q' };
  const world = weekly(9, () => again);
  world.find(
    archive,
    job(3, {
      at: '2026-06-29T14:00:00Z',
      logonId: 7,
      pid: 77,
      commandLine: '7z a -px e:\\x.7z e:\\backup\\ifm',
    }),
  );
  expect(judged(world).intrusions.map(({ recurs }) => recurs)).toEqual([undefined]);
});
