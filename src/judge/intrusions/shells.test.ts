/** What is typed at a prompt acts in the logon of the prompt, where the logs hold its start. */
import { expect, test } from 'vitest';
import { behaviours, type Told, World } from '../../../test/judging.ts';
import { gatherItems } from './gather.ts';
import { makeNames } from './names.ts';
import { inLogonOfShell } from './shells.ts';

const SHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
const start: Told = {
  ...{ at: '2026-10-08T01:50:00Z', account: 'EXAMPLE\\jdoe', sid: 'S-1-5-21-1-2-3-1104' },
  ...{ pid: 6468, logonId: 0x77, image: SHELL },
};
const typed: Told = {
  ...{ at: '2026-10-08T02:00:00Z', type: 'event', channel: 'Microsoft-Windows-PowerShell/Operational' },
  ...{ eventId: 4104, pid: 6468, sid: 'S-1-5-21-1-2-3-1104', text: 'Copy-Item s\\ntds.dit x' },
};

function logons(facts: readonly Told[], script: Told = typed): readonly number[] {
  const world = new World();
  for (const told of facts) world.fact(told);
  world.find(behaviours.ntds, script);
  const { hosts, facts: source, findings } = world.input();
  const names = makeNames(hosts, source, findings);
  return inLogonOfShell(gatherItems(findings, names), source, names)[0]!.logons;
}

test('the latest start of its process before it', () => {
  const again = { ...start, at: '2026-10-08T01:59:00Z', logonId: 0x78 };
  const later = { ...start, at: '2026-10-08T02:01:00Z', logonId: 0x79 };
  expect(logons([start, again, later])).toEqual([0x78]);
});

test.each<[string, Told]>([
  ['another host', { ...start, host: 'ws1.example.test' }],
  ['another process', { ...start, pid: 6469 }],
  ['another account', { ...start, account: 'EXAMPLE\\kea', sid: 'S-1-5-21-1-2-3-1105' }],
  ['a program that is no shell', { ...start, image: 'C:\\Windows\\notepad.exe' }],
  ['two days before', { ...start, at: '2026-10-06T01:50:00Z' }],
  ['the logon of the system', { ...start, logonId: 0x3e7 }],
])('not %s', (_, told) => {
  expect(logons([told])).toEqual([]);
});

test('a start that has a name and no SID, as Sysmon tells it', () => {
  const { sid, ...named } = start;
  expect(sid).toBeDefined();
  expect(logons([named])).toEqual([0x77]);
});

test('what names a logon itself keeps it', () => {
  expect(logons([start], { ...typed, logonId: 0x99 })).toEqual([0x99]);
});
