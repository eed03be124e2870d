/** What is weak joins a story by its own logon, never because it is the same person's or the same desk's. */
import { expect, test } from 'vitest';
import { judged, reasonsOf } from '../../../test/judged.ts';
import { behaviours, type Told, World } from '../../../test/judging.ts';

const { lsass, survey } = behaviours;

const account = 'EXAMPLE\\adm.hollis';

/** A theft on a server, in a logon that was opened from the administrator's desk. */
const theft: Told = {
  at: '2026-10-08T12:00:00Z',
  host: 'srv1.example.test',
  account,
  logonId: 0x900,
  pid: 2772,
  commandLine: 'rundll32 comsvcs.dll MiniDump 640 C:\\Windows\\Temp\\a.dmp full',
};
const opened: Told = {
  at: '2026-10-08T11:50:00Z',
  host: 'srv1.example.test',
  type: 'logon',
  logonType: 10,
  logonId: 0x900,
  account,
  sourceIp: '10.0.0.6',
};
const desk: Told = { at: '2026-10-08T08:00:00Z', host: 'ws6.example.test', account, logonId: 0x100 };

function world(): World {
  const world = new World();
  world.fact({
    at: '2026-10-01T00:00:00Z',
    host: 'dc1.example.test',
    type: 'logon',
    logonType: 3,
    logonId: 0x1,
    account: 'EXAMPLE\\WS6$',
    sourceIp: '10.0.0.6',
  });
  world.fact({ ...desk, type: 'logon', logonType: 2 });
  world.find(survey, { ...desk, at: '2026-10-08T09:00:00Z', pid: 10, commandLine: 'whoami' });
  world.fact(opened);
  world.find(lsass, theft);
  return world;
}

const sizes = (each: World): number[] => judged(each).intrusions.map(({ evidence }) => evidence.length);

test('a survey in the logon that the account then went on from belongs to what it did there', () => {
  expect(sizes(world())).toEqual([3]);
});

test('a survey of the owner’s own morning does not, once somebody else sits at the desk under his name', () => {
  const both = world();
  both.fact({
    ...desk,
    at: '2026-10-08T11:00:00Z',
    type: 'logon',
    logonType: 10,
    logonId: 0x200,
    sourceIp: '10.9.9.9',
  });
  expect(sizes(both)).toEqual([1]);
});

test('what is strong goes on with the account, in whichever logon', () => {
  const both = world();
  both.fact({ ...desk, at: '2026-10-08T11:00:00Z', type: 'logon', logonType: 10, logonId: 0x200 });
  both.find(behaviours.wmic, {
    ...desk,
    at: '2026-10-08T09:30:00Z',
    pid: 11,
    commandLine: 'wmic process call create calc',
  });
  expect(sizes(both)).toEqual([4]);
});

test('a remote session names its own machine as workstation, which is not where it came from', () => {
  const both = world();
  // Under its own name, the server would have the desk's address.
  both.fact({ ...opened, host: 'dc1.example.test', logonId: 0x300, sourceHost: 'DC1' });
  both.find(survey, {
    at: '2026-10-08T11:30:00Z',
    host: 'dc1.example.test',
    account,
    logonId: 0x300,
    pid: 12,
    commandLine: 'whoami',
  });
  expect(reasonsOf(judged(both)).join(' ')).not.toContain('from dc1.example.test');
});

test('weak evidence of two desks behind one inner address stays apart', () => {
  const both = world();
  both.fact({
    ...opened,
    at: '2026-10-08T13:00:00Z',
    host: 'srv2.example.test',
    logonId: 0x400,
    sourceIp: '10.0.0.7',
  });
  both.fact({
    ...opened,
    at: '2026-10-08T13:00:00Z',
    host: 'srv3.example.test',
    logonId: 0x500,
    sourceIp: '10.0.0.7',
  });
  both.find(behaviours.wmic, {
    ...theft,
    at: '2026-10-08T13:10:00Z',
    host: 'srv2.example.test',
    logonId: 0x400,
    pid: 13,
  });
  both.find(survey, {
    ...theft,
    at: '2026-10-08T13:20:00Z',
    host: 'srv3.example.test',
    logonId: 0x500,
    pid: 14,
    commandLine: 'whoami',
  });
  const { intrusions } = judged(both);
  expect(intrusions.flatMap(({ hosts }) => hosts)).not.toContain('srv3.example.test');
});
