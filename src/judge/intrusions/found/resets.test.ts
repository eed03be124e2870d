/** Accounts that were taken by a reset of their password, and people who were helped. */
import { expect, test } from 'vitest';
import { judged } from '../../../../test/judged.ts';
import { type Told, World } from '../../../../test/judging.ts';
import type { Evidence } from '../../types.ts';

const day = (number: number, hour = 8): string => new Date(Date.UTC(2026, 6, 1 + number, hour)).toISOString();
const desk = '10.0.0.6';
const inner = '10.9.0.5';
const night = { at: (minute: number): string => new Date(Date.UTC(2026, 9, 1, 2, minute)).toISOString() };

function set(world: World, at: string, account: string, sourceIp: string, logonId: number): void {
  const logon: Told = { at, host: 'dc1.example.test', type: 'logon', logonType: 3, logonId, sourceIp };
  world.fact({ ...logon, account: 'EXAMPLE\\help' });
  world.fact({
    at,
    host: 'dc1.example.test',
    type: 'password-change',
    eventId: 4724,
    account,
    byAccount: 'EXAMPLE\\help',
    byLogonId: logonId,
  });
}

/** Sixty days at desks, twenty of them with a reset; then one night the helpdesk comes in over the tunnel. */
function helpdesk(own: string | null): World {
  const world = new World();
  for (let i = 0; i < 60; i++) {
    const seat: Told = {
      at: day(i),
      host: 'ws7.example.test',
      type: 'logon',
      logonType: 2,
      logonId: 5000 + i,
    };
    world.fact({ ...seat, account: 'EXAMPLE\\jo' });
    if (i % 3 === 0) set(world, day(i, 9), 'EXAMPLE\\jo', desk, 7000 + i);
  }
  world.fact({
    at: night.at(0),
    host: 'fw1',
    channel: 'fortigate',
    type: 'tunnel',
    action: 'up',
    account: 'help',
    sourceIp: '198.51.100.23',
    target: inner,
  });
  set(world, night.at(5), 'EXAMPLE\\jo', inner, 9000);
  if (own !== null) {
    const use: Told = { at: night.at(7), host: 'srv2.example.test', type: 'logon', logonType: 3 };
    world.fact({ ...use, logonId: 9001, account: 'EXAMPLE\\jo', sourceIp: own });
  }
  return world;
}

const said = (world: World): readonly Evidence[] =>
  judged(world).intrusions.flatMap(({ evidence }) => evidence);

test('an account that comes out of the tunnel through which its password was set is a return', () => {
  const evidence = said(helpdesk(inner));
  expect(evidence.map(({ fact }) => fact.type)).toEqual(['tunnel', 'password-change', 'logon']);
  expect(evidence[2]!.reasons.join(' ')).toContain('came out of that tunnel 2 min later');
});

test('one story with a link for each step', () => {
  const [story, ...others] = judged(helpdesk(inner)).intrusions;
  expect(others).toEqual([]);
  expect(story!.links.map(({ reason }) => reason).join('\n')).toContain('the inner address of the tunnel');
});

test('who was helped and logs on at the own desk is none', () => {
  expect(said(helpdesk('10.0.0.7'))).toEqual([]);
});

test('a reset through a tunnel alone is none', () => {
  expect(said(helpdesk(null))).toEqual([]);
});
