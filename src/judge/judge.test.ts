import { expect, test } from 'vitest';
import { behaviours, type Told, World } from '../../test/judging.ts';
import type { Approval, Site } from '../know/site/index.ts';
import { judge } from './judge.ts';
import { emptyMemory } from './memory/index.ts';

const { ntds, archive, esent } = behaviours;

const theft: Told = {
  at: '2026-10-08T01:52:33Z',
  account: 'EXAMPLE\\svc_ifm',
  sid: 'S-1-5-21-1-2-3-1105',
  logonId: 0x551686,
  pid: 2772,
  parentImage: 'C:\\Scripts\\ifm.exe',
  image: 'C:\\Windows\\System32\\ntdsutil.exe',
  commandLine: 'ntdsutil "ac i ntds" ifm "create full E:\\IFM" q q',
};

const approval: Approval = {
  id: 'weekly-ifm',
  account: 'EXAMPLE\\svc_ifm',
  host: 'dc1.example.test',
  parent: 'c:\\scripts\\ifm.exe',
  path: 'e:\\ifm',
  command: null,
  behaviours: ['VT-CA-01'],
  schedule: null,
  by: 'R. Parata, head of IT',
  why: 'media for new controllers',
  until: null,
};

const site = (more: Partial<Approval> = {}): Site => ({
  hosts: [],
  networks: [],
  vendorAccounts: [],
  serviceAccounts: [],
  approvals: [{ ...approval, ...more }],
});

function world(): World {
  const made = new World();
  made.find(ntds, theft);
  made.find(esent, {
    at: '2026-10-08T01:52:45Z',
    type: 'event',
    channel: 'Application',
    eventId: 325,
    text: 'NTDS (2772,D,100) The database engine created a new database (1, E:\\IFM\\Active Directory\\ntds.dit).',
  });
  return made;
}

test('what the site approves is suppressed and listed, with by whom and why', () => {
  const { intrusions, suppressed } = judge(world().input({ site: site() }));
  expect(intrusions).toEqual([]);
  expect(suppressed.map(({ approval: id, reason }) => [id, reason])).toEqual([
    ['weekly-ifm', 'approved by R. Parata, head of IT: media for new controllers'],
    ['weekly-ifm', 'approved by R. Parata, head of IT: media for new controllers'],
  ]);
});

test.each<[string, Partial<Approval>]>([
  ['names another account', { account: 'EXAMPLE\\other' }],
  ['names another folder', { path: 'd:\\ifm' }],
  ['has ended', { until: 1 }],
  ['nobody signed', { by: '' }],
])('an approval that %s suppresses nothing', (_, more) => {
  const { intrusions, suppressed } = judge(world().input({ site: site(more) }));
  expect(suppressed).toEqual([]);
  expect(intrusions.map(({ verdict }) => verdict)).toEqual(['suspected']);
});

test('an approval does not cover output that goes elsewhere too', () => {
  const made = new World();
  made.find(ntds, { ...theft, commandLine: `${theft.commandLine} & copy E:\\IFM\\x d:\\share\\y` });
  expect(judge(made.input({ site: site() })).intrusions).toHaveLength(1);
});

test('what was approved and then archived by somebody else is evidence', () => {
  const made = world();
  made.find(archive, {
    at: '2026-10-08T04:00:00Z',
    account: 'EXAMPLE\\guest',
    logonId: 99,
    pid: 98,
    commandLine: '7z a -px c:\\perflogs\\x.7z e:\\ifm',
  });
  const { intrusions, suppressed } = judge(made.input({ site: site() }));
  expect(intrusions.map(({ verdict }) => verdict)).toEqual(['intrusion']);
  expect(suppressed.length).toBeLessThan(2);
});

test('memory learns of the theft, and only where there is one', () => {
  expect(judge(world().input()).memory).toBeNull();
  const { memory } = judge(world().input({ memory: emptyMemory() }));
  expect(memory!.exposed.map(({ account, scope, how }) => [account, scope, how])).toContainEqual([
    '*',
    'example.test',
    'domain',
  ]);
  expect(judge(world().input({ memory: emptyMemory(), site: site() })).memory!.exposed).toEqual([]);
});

test('a short baseline and dropped facts are said', () => {
  const input = world().input();
  const { notes } = judge({ ...input, facts: { ...input.facts, dropped: 7 } });
  expect(notes.join(' ')).toContain('fewer than 30');
  expect(notes.join(' ')).toContain('7 facts did not fit');
});

test('an empty hunt gives an empty judgement', () => {
  expect(judge(new World().input())).toMatchObject({ intrusions: [], suppressed: [], memory: null });
});
