/** One known visit tells of others: by its place, its account, the door that was made ready, and the host it held. */
import { expect, test } from 'vitest';
import { judged } from '../../../../test/judged.ts';
import { behaviours, type Told, World } from '../../../../test/judging.ts';
import type { Fact } from '../../../read/entities/index.ts';
import { formatMicros } from '../../../read/events/index.ts';

const { ntds, lsass, proxy } = behaviours;
const vpn = { ...behaviours.vpn, gravity: 'weak' as const };
const rdp = { ...behaviours.wmic, id: 'VT-LM-04', title: 'Remote desktop session', gravity: 'weak' as const };
const changed = { ...vpn, id: 'VT-IA-09', title: 'Device changed' };

const timeOf = ({ micros }: Fact): string => formatMicros(micros);

const INNER = '10.9.0.5';

/** A tunnel of an account, an hour long. */
function enter(world: World, at: string, account: string, sourceIp: string, inner = INNER): void {
  const tunnel: Told = { at, host: 'fw1', type: 'tunnel', account, sourceIp, target: inner };
  world.find(vpn, { ...tunnel, action: 'up', channel: 'fortigate', eventId: 39947 });
  const down = new Date(Date.parse(at) + 3_600_000).toISOString();
  world.fact({ ...tunnel, at: down, action: 'down', channel: 'fortigate', eventId: 39948 });
}

/** The directory is taken in a session through a tunnel of that day, over a jump host or not. */
function take(world: World, day: string, overJump: boolean): void {
  const account = 'EXAMPLE\\jdoe';
  const logon = { type: 'logon' as const, logonType: 10, account };
  if (overJump) {
    world.find(rdp, {
      ...logon,
      ...{ at: `${day}T02:05:00Z`, host: 'jump1.example.test', logonId: 0x70, sourceIp: INNER },
    });
  }
  world.fact({
    ...logon,
    ...{ at: `${day}T02:10:00Z`, host: 'dc1.example.test', logonId: 0x80 },
    ...(overJump ? { sourceHost: 'JUMP1' } : { sourceIp: INNER }),
  });
  world.find(ntds, {
    ...{ at: `${day}T02:20:00Z`, host: 'dc1.example.test', account, logonId: 0x80, pid: 4 },
    commandLine: 'ntdsutil "ac i ntds" ifm "create full c:\\p" q q',
  });
}

/** Days on which the first story holds a tunnel that came in. */
function tunnels(world: World): string[] {
  const [story] = judged(world).intrusions;
  return story!.evidence
    .filter(({ fact }) => fact.type === 'tunnel')
    .map(({ fact }) => timeOf(fact).slice(0, 10))
    .sort();
}

test('the tunnel behind a session over a jump host is part of the story', () => {
  const world = new World();
  enter(world, '2026-10-08T02:00:00Z', 'jdoe', '203.0.113.9');
  take(world, '2026-10-08', true);
  expect(tunnels(world)).toEqual(['2026-10-08']);
});

test('so is what came from the same address under the same account on other days', () => {
  const world = new World();
  enter(world, '2026-10-01T02:00:00Z', 'jdoe', '203.0.113.9', '10.9.0.77');
  enter(world, '2026-10-08T02:00:00Z', 'jdoe', '203.0.113.9');
  take(world, '2026-10-08', false);
  expect(tunnels(world)).toEqual(['2026-10-01', '2026-10-08']);
});

test('what came from elsewhere, or under another account, is not', () => {
  const world = new World();
  enter(world, '2026-10-01T02:00:00Z', 'jdoe', '198.51.100.4', '10.9.0.77');
  enter(world, '2026-10-02T02:00:00Z', 'kea', '203.0.113.9', '10.9.0.78');
  enter(world, '2026-10-08T02:00:00Z', 'jdoe', '203.0.113.9');
  take(world, '2026-10-08', false);
  expect(tunnels(world)).toEqual(['2026-10-08']);
});

test('nor is a daily tunnel from home, where the account made media from home', () => {
  const world = new World();
  for (let day = 10; day < 30; day++)
    enter(world, `2026-09-${day}T08:00:00Z`, 'jdoe', '203.0.113.9', '10.9.0.6');
  enter(world, '2026-10-08T02:00:00Z', 'jdoe', '203.0.113.9');
  take(world, '2026-10-08', false);
  expect(tunnels(world)).toEqual(['2026-10-08']);
});

/** A device is changed the day before: `cfgattr` says in whose favour. */
function prepared(attribute: string): World {
  const world = new World();
  const change: Told = {
    ...{ at: '2026-10-07T09:10:00Z', host: 'fw1', type: 'event', channel: 'fortigate', eventId: 44547 },
    ...{ account: 'netops', sourceIp: '198.51.100.77', target: 'VPN-Users', text: attribute },
  };
  world.find(changed, change);
  const { target: _, text: __, ...login } = change;
  world.find(changed, { ...login, at: '2026-10-07T09:01:00Z', eventId: 32001 });
  world.find(changed, { ...login, at: '2026-10-05T09:01:00Z', eventId: 32001 });
  enter(world, '2026-10-08T02:00:00Z', 'jdoe', '203.0.113.9');
  take(world, '2026-10-08', false);
  return world;
}

const changes = (world: World): string[] =>
  judged(world)
    .intrusions[0]!.evidence.filter(({ behaviour }) => behaviour?.id === changed.id)
    .map(({ fact }) => timeOf(fact).slice(5, 16));

test('a change of the device in favour of the account that came in belongs to it, with the session it was made in', () => {
  expect(changes(prepared('member[jdoe]'))).toEqual(['10-07T09:01', '10-07T09:10']);
});

test('a change in favour of somebody else does not', () => {
  expect(changes(prepared('member[jdoe2]'))).toEqual([]);
});

/** A host is held with a port proxy; days later `account` comes from it to another, as it never or always did. */
function onward(before: boolean): World {
  const world = new World();
  const come = (at: string, source: string, logonType: number): void => {
    world.fact({
      ...{ at, host: 'web1.example.test', type: 'logon', logonType, logonId: Date.parse(at) % 65_536 },
      ...{ account: 'EXAMPLE\\svc', sourceHost: source },
    });
  };
  for (let day = 10; day < 30; day++)
    come(`2026-09-${day}T03:00:00Z`, before ? 'MON1' : 'WEB1', before ? 10 : 4);
  const held: Told = {
    at: '2026-10-01T02:00:00Z',
    host: 'mon1.example.test',
    account: 'EXAMPLE\\jdoe',
    logonId: 9,
  };
  world.find(proxy, { ...held, pid: 7, commandLine: 'netsh interface portproxy add v4tov4' });
  world.find(lsass, {
    ...held,
    pid: 8,
    at: '2026-10-01T02:05:00Z',
    commandLine: 'rundll32 comsvcs.dll MiniDump',
  });
  world.find(rdp, {
    ...{ at: '2026-10-05T03:00:00Z', host: 'adm1.example.test', type: 'logon', logonType: 10, logonId: 0x99 },
    ...{ account: 'EXAMPLE\\svc', sourceHost: 'MON1' },
  });
  return world;
}

const ids = (world: World): (string | undefined)[] =>
  judged(world).intrusions[0]!.evidence.map(({ behaviour }) => behaviour?.id);

test('an account that goes on from a host that is held, and had never come from there, belongs to the story', () => {
  expect(ids(onward(false))).toEqual([proxy.id, lsass.id, rdp.id]);
});

test('one that always came from there does not', () => {
  expect(ids(onward(true))).toEqual([proxy.id, lsass.id]);
});

const support = 'BAK1\\support';
const bak = 'bak1.example.test';

/** In a tunnel of `user` somebody sits down at the backup server under the host's own account. */
function sitDown(
  world: World,
  at: string,
  user: string,
  sourceIp: string,
  inner: string,
  logonId: number,
): void {
  enter(world, at, user, sourceIp, inner);
  const later = new Date(Date.parse(at) + 120_000).toISOString();
  const session = { type: 'logon' as const, logonType: 10, account: support, sourceIp: inner };
  world.find(rdp, { ...session, at: later, host: bak, logonId });
}

function packThere(world: World): void {
  sitDown(world, '2026-10-08T02:00:00Z', 'jdoe', '203.0.113.9', INNER, 0x91);
  world.find(ntds, {
    ...{ at: '2026-10-08T02:20:00Z', host: bak, account: support, logonId: 0x91, pid: 4 },
    commandLine: 'q.exe a -pSecret c:\\p\\x.tmp c:\\p\\ntds.dit',
  });
}

test('an account that sits at a host only in the tunnels of another was there on other days too', () => {
  const world = new World();
  sitDown(world, '2026-10-01T02:00:00Z', 'jdoe', '198.51.100.7', '10.9.0.77', 0x90);
  packThere(world);
  expect(tunnels(world)).toEqual(['2026-10-01', '2026-10-08']);
});

test('one that sits there from inside as well is its keeper', () => {
  const world = new World();
  sitDown(world, '2026-10-01T02:00:00Z', 'jdoe', '198.51.100.7', '10.9.0.77', 0x90);
  const session = { type: 'logon' as const, logonType: 10, account: support, sourceIp: '10.1.0.4' };
  world.find(rdp, { ...session, at: '2026-10-05T09:00:00Z', host: bak, logonId: 0x95 });
  packThere(world);
  expect(tunnels(world)).toEqual(['2026-10-08']);
});

test('in the tunnel of somebody else he is not the same guest', () => {
  const world = new World();
  sitDown(world, '2026-10-01T02:00:00Z', 'mary', '198.51.100.7', '10.9.0.77', 0x90);
  packThere(world);
  expect(tunnels(world)).toEqual(['2026-10-08']);
});

const relay = { ...proxy, id: 'VT-C2-03', title: 'Relay tool', attack: ['T1090', 'T1572'] };

/** A desktop that the host opens to itself on the 12th, in which an archive is made. */
function packOverRelay(world: World, account: string): string[] {
  const session = { type: 'logon' as const, logonType: 10, account, sourceIp: '127.0.0.1' };
  world.find(rdp, { ...session, at: '2026-10-12T22:00:00Z', host: bak, logonId: 0x77 });
  world.find(behaviours.archive, {
    ...{ at: '2026-10-12T22:10:00Z', host: bak, account, logonId: 0x77, pid: 5 },
    commandLine: '7z a -pSecret c:\\p\\x.7z c:\\q\\*',
  });
  return judged(world)
    .intrusions.filter(({ evidence }) => evidence.some(({ behaviour }) => behaviour?.id === relay.id))
    .flatMap(({ evidence }) => evidence.map(({ behaviour }) => behaviour?.id ?? ''));
}

const started = {
  at: '2026-10-01T02:20:00Z',
  host: bak,
  account: 'SYSTEM',
  pid: 4,
  commandLine: 'r -c r.ini',
};

test('what a host opens to itself after a tunnelling tool began to run is of whoever left it', () => {
  const world = new World();
  world.find(relay, started);
  world.find(behaviours.survey, { ...started, commandLine: 'whoami' });
  expect(packOverRelay(world, support)).toContain('VT-ST-01');
});

test('an account that came so before the tool was there has a way of its own', () => {
  const world = new World();
  const session = { type: 'logon' as const, logonType: 10, account: support, sourceIp: '127.0.0.1' };
  world.find(rdp, { ...session, at: '2026-09-20T09:00:00Z', host: bak, logonId: 0x60 });
  world.find(relay, started);
  world.find(behaviours.survey, { ...started, commandLine: 'whoami' });
  expect(packOverRelay(world, support)).not.toContain('VT-ST-01');
});
