/** One manner of taking the same thing, over months, is one intruder's; a stranger or the owner shares less of it. */
import { expect, test } from 'vitest';
import { judged, reasonsOf } from '../../../test/judged.ts';
import { type behaviours as all, behaviours, World } from '../../../test/judging.ts';

type Behaviour = (typeof all)['ntds'];

const { ntds, archive, cleaned } = behaviours;
const rdp = { ...behaviours.wmic, id: 'VT-LM-04', title: 'Remote desktop session', gravity: 'weak' as const };

type Visit = {
  readonly day: string;
  readonly user?: string;
  readonly from?: string;
  /** The host that the domain controller is reached from. */
  readonly via?: string;
  readonly after?: readonly Behaviour[];
};

/** Somebody comes in over a tunnel, goes over a jump host, takes the directory into a folder, and goes on with it. */
function visit(
  world: World,
  { day, user = 'jdoe', from, via = 'jump1', after = [archive, cleaned] }: Visit,
): void {
  const account = `EXAMPLE\\adm.${user}`;
  const inner = `10.9.0.${Number(day.slice(8))}`;
  const number = Number(day.replaceAll('-', ''));
  const dc = { host: 'dc1.example.test', account, logonId: number } as const;
  if (from !== undefined) {
    const tunnel = {
      host: 'fw1',
      type: 'tunnel',
      account: `adm.${user}`,
      sourceIp: from,
      target: inner,
    } as const;
    world.fact({ ...tunnel, at: `${day}T02:00:00Z`, action: 'up' });
    world.fact({ ...tunnel, at: `${day}T04:00:00Z`, action: 'down' });
  }
  world.find(rdp, {
    ...{
      at: `${day}T02:05:00Z`,
      host: `${via}.example.test`,
      type: 'logon',
      logonType: 10,
      logonId: number + 1,
    },
    ...{ account, sourceIp: from === undefined ? '10.1.1.9' : inner },
  });
  world.fact({ ...dc, at: `${day}T02:10:00Z`, type: 'logon', logonType: 10, sourceHost: via.toUpperCase() });
  const folder = `c:\\w\\${number}`;
  world.find(ntds, {
    ...dc,
    at: `${day}T02:20:00Z`,
    pid: 4,
    commandLine: `ntdsutil ifm "create full ${folder}" q q`,
  });
  for (const [i, what] of after.entries()) {
    world.find(what, { ...dc, at: `${day}T02:3${i}:00Z`, pid: 50 + i, commandLine: `x ${folder}` });
  }
}

function stories(...visits: readonly Visit[]): number {
  const world = new World();
  // Without a third account nobody is exposed among few, and everybody has used the ways of the house before.
  for (const user of ['jdoe', 'kea', 'third']) {
    for (let i = 1; i < 25; i++) {
      const day = `2026-01-${String(i).padStart(2, '0')}`;
      const account = `EXAMPLE\\adm.${user}`;
      world.fact({
        ...{ at: `${day}T09:00:00Z`, host: 'fw1', type: 'tunnel', action: 'up', account: `adm.${user}` },
        ...{ sourceIp: '203.0.113.5', target: `10.8.0.${i}` },
      });
      for (const host of ['jump1', 'jump2', 'dc1']) {
        world.fact({
          ...{ at: `${day}T10:00:00Z`, host: `${host}.example.test`, type: 'logon', logonType: 10 },
          ...{ account, logonId: i * 100 + user.length, sourceIp: `10.8.0.${i}` },
        });
      }
    }
  }
  for (const each of visits) visit(world, each);
  const story = judged(world);
  if (story.intrusions.length === 1) {
    expect(reasonsOf(story).join('\n')).toMatch(/took the same in the same manner, both from jump1/);
  }
  return story.intrusions.length;
}

const first: Visit = { day: '2026-02-03', from: '203.0.113.70' };

test('one account, months apart, from addresses that it comes from on no other day', () => {
  expect(stories(first, { day: '2026-07-09', from: '203.0.113.81' })).toBe(1);
});

test('another account, which the first theft exposed', () => {
  expect(stories(first, { day: '2026-07-09', user: 'kea', from: '203.0.113.81' })).toBe(1);
});

test.each<[string, Visit]>([
  ['from the own desk', { day: '2026-07-09' }],
  ['from an address that the account comes from on many days', { day: '2026-07-09', from: '203.0.113.5' }],
  ['over another host', { day: '2026-07-09', user: 'kea', from: '203.0.113.81', via: 'jump2' }],
  ['and what was taken is only packed', { day: '2026-07-09', from: '203.0.113.81', after: [archive] }],
])('not %s', (_, second) => {
  expect(stories(first, second)).toBe(2);
});
