/** What is ordinary supports nothing, unless it came from elsewhere or led to and from what is strong. */
import { expect, test } from 'vitest';
import { judged } from '../../../test/judged.ts';
import { behaviours, fakeBaseline, type Told, World } from '../../../test/judging.ts';
import { formatMicros } from '../../read/events/index.ts';
import type { Baseline } from '../baseline/index.ts';

const { lsass, ntds, archive, survey } = behaviours;
const rdp = { ...behaviours.wmic, id: 'VT-LM-04', title: 'Remote desktop session', gravity: 'weak' as const };

const account = 'EXAMPLE\\adm.hollis';
const theft: Told = {
  at: '2026-10-08T12:00:00Z',
  host: 'srv1.example.test',
  account,
  logonId: 0x900,
  pid: 2772,
  commandLine: 'rundll32 comsvcs.dll MiniDump 640 C:\\Windows\\Temp\\a.dmp full',
};
const session: Told = {
  at: '2026-10-08T11:50:00Z',
  host: 'srv1.example.test',
  type: 'logon',
  logonType: 10,
  logonId: 0x900,
  account,
  sourceIp: '10.0.0.6',
};

/** Logons of which the account had as many from that network as `days` says. */
function waysOf(days: (source: string | undefined) => number): Baseline {
  const unusual = fakeBaseline().unusual(new World().fact(theft));
  return {
    ...fakeBaseline(),
    logon: fact =>
      fact.values.logonType === undefined
        ? null
        : {
            ...unusual,
            isFirst: false,
            seen: { ...unusual.seen, account: days(fact.values.sourceIp) },
          },
  };
}
const allUsual: Baseline = {
  ...waysOf(() => 20),
  unusual: fact => {
    const unusual = fakeBaseline().unusual(fact);
    const days = fact.values.commandLine === 'whoami' ? 20 : 0;
    return { ...unusual, seen: { ...unusual.seen, account: days } };
  },
};

/** A survey by the same account on each of twenty days, the last of them in the logon of a theft. */
function world(source = '10.0.0.6'): World {
  const world = new World();
  for (let day = 10; day < 30; day++) {
    world.find(survey, {
      ...theft,
      at: `2026-09-${day}T08:00:00Z`,
      logonId: 1000 + day,
      commandLine: 'whoami',
    });
  }
  world.fact({ ...session, sourceIp: source });
  world.find(survey, { ...theft, at: '2026-10-08T11:55:00Z', pid: 11, commandLine: 'whoami' });
  world.find(lsass, theft);
  return world;
}

const behavioursOf = (each: World, baseline: Baseline): (string | undefined)[] =>
  judged(each, { baseline }).intrusions.flatMap(({ evidence }) =>
    evidence.map(({ behaviour }) => behaviour?.id),
  );

test('what the account does on many days belongs to no story, though it ran beside a theft', () => {
  expect(behavioursOf(world(), allUsual)).toEqual(['VT-CA-05']);
});

test('another form of it, that the account did not use to give there, does', () => {
  const here = world();
  here.find(survey, { ...theft, at: '2026-10-08T11:57:00Z', pid: 12, commandLine: 'whoami /priv' });
  const told = judged(here, { baseline: allUsual }).intrusions.flatMap(({ evidence }) => evidence);
  expect(told.map(({ fact }) => formatMicros(fact.micros).slice(11, 16))).toEqual(['11:57', '12:00']);
});

test('the same from where the account hardly ever came from does', () => {
  const fromElsewhere = waysOf(source => (source === '10.7.7.7' ? 0 : 20));
  expect(behavioursOf(world('10.7.7.7'), fromElsewhere)).toEqual([undefined, 'VT-DI-07', 'VT-CA-05']);
});

/** A remote session on each of twenty days, the last of them the one that a theft ran in. */
function sessions(): World {
  const world = new World();
  for (let day = 10; day < 30; day++) {
    world.find(rdp, { ...session, at: `2026-09-${day}T08:00:00Z`, logonId: 1000 + day });
  }
  world.find(rdp, session);
  world.find(lsass, theft);
  return world;
}

test('the session that a theft ran in is evidence, however often the account opens one', () => {
  expect(behavioursOf(sessions(), allUsual)).toEqual(['VT-LM-04', 'VT-CA-05']);
});

/** The client's own log names no logon: whose session it was is told by who sat at the host. */
function onward(at: string): World {
  const world = sessions();
  world.find(rdp, {
    at,
    host: 'srv1.example.test',
    type: 'remote-session-out',
    channel: 'Microsoft-Windows-TerminalServices-RDPClient/Operational',
    account,
    target: 'HMI7',
  });
  return world;
}

test('where that session went on to is evidence, and where the same account went on another day is not', () => {
  expect(behavioursOf(onward('2026-10-08T12:10:00Z'), allUsual)).toEqual([
    'VT-LM-04',
    'VT-CA-05',
    'VT-LM-04',
  ]);
  expect(behavioursOf(onward('2026-10-02T12:10:00Z'), allUsual)).toEqual(['VT-LM-04', 'VT-CA-05']);
});

/** Credentials of another account given to a server in the logon of a theft, and the logon there. */
function given(more: Partial<Told> = {}, gave: Partial<Told> = {}): World {
  const world = new World();
  // It is used everywhere, so that another host says nothing.
  for (let i = 0; i < 60; i++) {
    world.fact({
      at: new Date(Date.UTC(2026, 7, 1 + i, 8)).toISOString(),
      host: `ws${i}.example.test`,
      type: 'logon',
      logonType: 3,
      logonId: 5000 + i,
      account: 'EXAMPLE\\svc_sched',
      sourceIp: `10.1.${i}.1`,
    });
  }
  world.fact({
    at: '2026-10-01T08:00:00Z',
    host: 'srv1.example.test',
    type: 'logon',
    logonType: 4,
    logonId: 0x50,
    account: 'EXAMPLE\\svc_sched',
  });
  world.fact(session);
  world.find(lsass, theft);
  world.fact({
    at: '2026-10-08T12:30:00Z',
    host: 'srv1.example.test',
    type: 'explicit-credentials',
    account: 'EXAMPLE\\svc_sched',
    byAccount: account,
    byLogonId: 0x900,
    target: 'cifs/FS01',
    ...gave,
  });
  world.fact({
    at: '2026-10-08T12:30:01Z',
    host: 'fs01.example.test',
    type: 'logon',
    logonType: 3,
    logonId: 0x70,
    account: 'EXAMPLE\\svc_sched',
    sourceHost: 'SRV1',
    sourceIp: '10.0.0.9',
    ...more,
  });
  return world;
}

test('credentials of an account that the theft exposed, given to a server, are a return', () => {
  const [story] = judged(given(), { baseline: allUsual }).intrusions;
  expect(story!.verdict).toBe('intrusion');
  expect(story!.evidence.at(-1)!.behaviour?.id).toBe('VT-PE-01');
  expect(story!.evidence.at(-1)!.reasons.join(' ')).toContain(
    'logon 0x900 on srv1.example.test gave credentials of EXAMPLE\\svc_sched to fs01.example.test, 1 s from this logon',
  );
});

test.each([
  ['given from another logon', given({}, { byLogonId: 0x901 })],
  [
    'of an account that never left credentials there',
    given({ account: 'EXAMPLE\\x' }, { account: 'EXAMPLE\\x' }),
  ],
  ['from another host', given({ sourceHost: 'DC1', sourceIp: '10.0.0.1' })],
  ['minutes later', given({ at: '2026-10-08T12:35:01Z' })],
])('no return: %s', (_, each) => {
  each.fact({ at: '2026-10-01T00:00:00Z', host: 'dc1.example.test', type: 'logoff' });
  expect(judged(each, { baseline: allUsual }).intrusions.map(({ verdict }) => verdict)).toEqual([
    'suspected',
  ]);
});

/** A theft, and weeks later a tunnel of an exposed account from a network that it has or has not been seen from. */
function tunnel(homes: readonly string[], isStrong: boolean): World {
  const world = new World();
  const up: Told = {
    at: '',
    host: 'fw1',
    type: 'tunnel',
    action: 'up',
    account: 'jdoe',
    sourceIp: '203.0.113.9',
    target: '10.9.0.5',
  };
  for (let i = 0; i < 60; i++) {
    const at = new Date(Date.UTC(2026, 7, 1 + i, 8)).toISOString();
    world.fact({ ...up, at, sourceIp: homes[i % homes.length]! });
    // Every day on another server, so that one more says nothing.
    world.fact({
      ...{ at, host: `srv${i + 10}.example.test`, type: 'logon', logonType: 10, logonId: 7000 + i },
      ...{ account: 'EXAMPLE\\jdoe', sourceIp: '10.9.0.5' },
    });
  }
  world.find(ntds, { ...theft, host: 'dc1.example.test' });
  world.fact({ ...up, at: '2026-11-02T08:00:00Z' });
  const inside: Told = {
    at: '2026-11-02T08:10:00Z',
    host: 'srv2.example.test',
    account: 'EXAMPLE\\jdoe',
    logonId: 0x80,
  };
  world.fact({ ...inside, at: '2026-11-02T08:05:00Z', type: 'logon', logonType: 10, sourceIp: '10.9.0.5' });
  world.find(isStrong ? archive : survey, {
    ...inside,
    pid: 4,
    commandLine: '7z a -p*** c:\\x.7z d:\\plans',
  });
  return world;
}

const elsewhere = Array.from({ length: 15 }, (_, i) => `198.51.${i}.1`);

test('an exposed account from a network never its own, with strong evidence in the tunnel, is a return', () => {
  const [story] = judged(tunnel(elsewhere, true), { baseline: allUsual }).intrusions;
  expect(story!.verdict).toBe('intrusion');
  const back = story!.evidence.filter(({ reasons }) =>
    reasons.join(' ').includes('from where it had never come from'),
  );
  expect(back.map(({ fact }) => fact.type)).toEqual(['tunnel', 'logon']);
});

test('somebody who moved house and works on is none', () => {
  const { intrusions } = judged(tunnel(elsewhere, false), { baseline: allUsual });
  expect(intrusions.map(({ verdict, evidence }) => [verdict, evidence.length])).toEqual([['suspected', 1]]);
});

test('strong evidence in a tunnel from home is no return', () => {
  const { intrusions } = judged(tunnel(['203.0.113.77', ...elsewhere], true), { baseline: allUsual });
  expect(intrusions.map(({ verdict }) => verdict)).not.toContain('intrusion');
});
