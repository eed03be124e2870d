/** What logs show of a host plainly, and what they do not. */
import { expect, test } from 'vitest';
import { factSource, World } from '../../../test/judging.ts';
import { inferRoles, plantAmong } from './index.ts';
import type { InferredRole, LogKind } from './types.ts';

const at = '2026-10-08T01:50:00Z';
const WINCC = 'C:\\Program Files (x86)\\Siemens\\WinCC\\bin\\PdlRt.exe';

function inferred(world: World, kinds: readonly LogKind[] = []): Record<string, readonly InferredRole[]> {
  const hosts = [...world.facts, ...kinds].map(({ host }) => host);
  return Object.fromEntries(inferRoles(kinds, factSource(world.facts), hosts));
}

const rolesOf = (all: Record<string, readonly InferredRole[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(all).map(([host, roles]) => [host, roles.map(({ role }) => role)]));

test('a host that runs a product of the plant is of the plant, and the path says why', () => {
  const world = new World();
  world.fact({ at, host: 'PC12.example.test', image: WINCC });
  world.fact({ at, host: 'pc12', image: 'C:\\Windows\\explorer.exe' });
  const roles = inferred(world);
  expect(roles).toEqual({
    'pc12.example.test': [{ role: 'hmi', because: `it runs Siemens WinCC (${WINCC})` }],
  });
  expect(plantAmong(new Map(Object.entries(roles)))).toEqual(new Set(['pc12.example.test']));
});

test('the name of a host tells nothing, and neither does a copy of a program', () => {
  const world = new World();
  world.fact({ at, host: 'HMI3', image: 'C:\\Windows\\explorer.exe' });
  world.fact({ at, host: 'HMI4', image: 'C:\\Users\\ana\\Siemens\\WinCC\\bin\\PdlRt.exe' });
  expect(inferred(world)).toEqual({});
});

test('a controller is known by its tickets, or by the log of its directory', () => {
  const kinds = [
    { host: 'DC1', channel: 'Security', eventId: 4769 },
    { host: 'DC2', channel: 'Directory Service', eventId: 1000 },
    { host: 'WS1', channel: 'Security', eventId: 4776 },
    { host: 'WS2', channel: 'Application', eventId: 4768 },
  ];
  expect(rolesOf(inferred(new World(), kinds))).toEqual({ dc1: ['dc'], dc2: ['dc'] });
});

test('a file server is known by its clients, not by the shares that every host has', () => {
  const world = new World();
  for (let i = 1; i <= 6; i++) {
    const sourceIp = `10.0.0.${i}`;
    world.fact({ at, host: 'FS1', type: 'share-access', share: '\\\\*\\Projects', sourceIp });
    world.fact({ at, host: 'WS1', type: 'share-access', share: '\\\\*\\IPC$', sourceIp });
    world.fact({ at, host: 'DC1', type: 'share-access', share: '\\\\*\\SYSVOL', sourceIp });
    world.fact({ at, host: 'WS2', type: 'share-access', share: '\\\\*\\Photos', sourceIp: '10.0.0.1' });
  }
  expect(rolesOf(inferred(world))).toEqual({ fs1: ['file'] });
});

test('a jump host is come to and gone on from', () => {
  const world = new World();
  const session = (host: string, type: 'remote-session' | 'remote-session-out', peer: string): unknown =>
    world.fact({ at, host, type, ...(type === 'remote-session' ? { sourceIp: peer } : { target: peer }) });
  session('JUMP1', 'remote-session', '10.0.0.9');
  session('JUMP1', 'remote-session-out', 'FS1');
  session('JUMP1', 'remote-session-out', 'DC1');
  // An administrator's desk goes out and is not come to.
  session('WS1', 'remote-session-out', 'FS1');
  session('WS1', 'remote-session-out', 'DC1');
  session('FS1', 'remote-session', '10.0.0.9');
  session('FS2', 'remote-session', 'LOCAL');
  expect(rolesOf(inferred(world))).toEqual({ jump1: ['jump'] });
});

test('what is inferred does not depend on the order of facts', () => {
  const world = new World();
  for (const name of ['PdlRt.exe', 'CCAgent.exe', 'Alarm.exe'])
    world.fact({ at, host: 'PC1', image: WINCC.replace('PdlRt.exe', name) });
  const hosts = ['PC1'];
  const there = inferRoles([], factSource(world.facts), hosts);
  expect(inferRoles([], factSource([...world.facts].reverse()), hosts)).toEqual(there);
});
