/** Hunting in two halves with a memory between tells of the same returns as hunting once. */
import { describe, expect, test } from 'vitest';
import { behaviours, type Told, World } from '../../test/judging.ts';
import { parseTime } from '../read/events/index.ts';
import { judge } from './judge.ts';
import { emptyMemory, type Memory, parseMemory, writeMemory } from './memory/index.ts';
import type { Judgement } from './types.ts';

const { ntds } = behaviours;

const theft: Told = {
  at: '2026-10-08T01:52:33Z',
  account: 'EXAMPLE\\adm.hollis',
  logonId: 0x551686,
  pid: 2772,
  commandLine: 'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q',
};

/** Half a year of people who come from their desks, and of one who travels. */
function people(world: World, days = 180): void {
  for (let i = 0; i < days; i++) {
    for (const [at, user] of ['svc_backup', 'a.ngata', 'b.smith'].entries()) {
      const from = user === 'b.smith' && i % 9 === 0 ? i : 6 + at;
      world.fact({
        at: new Date(Date.UTC(2026, 5, 1 + i, 8)).toISOString(),
        host: 'srv1.example.test',
        type: 'logon',
        logonType: 3,
        logonId: 1_000_000 + i * 10 + at,
        account: `EXAMPLE\\${user}`,
        sourceIp: `10.${from}.0.6`,
      });
    }
  }
}

const back: Told = {
  at: '2026-11-12T03:05:31Z',
  type: 'logon',
  logonType: 10,
  logonId: 0x900000,
  account: 'EXAMPLE\\svc_backup',
  sourceIp: '198.51.100.23',
};

function half(world: World, keep: (micros: number) => boolean): World {
  const part = new World();
  part.facts.push(...world.facts.filter(({ micros }) => keep(micros)));
  part.findings.push(...world.findings.filter(({ fact }) => keep(fact.micros)));
  return part;
}

/** Judges what lies before and after a moment, with the memory as a file between them. */
function inHalves(world: World, at: string): { readonly first: Judgement; readonly second: Judgement } {
  const cut = parseTime(at)!;
  const first = judge(half(world, micros => micros < cut).input({ memory: emptyMemory() }));
  const memory = reread(first.memory!);
  return { first, second: judge(half(world, micros => micros >= cut).input({ memory })) };
}

function reread(memory: Memory): Memory {
  const parsed = parseMemory(writeMemory(memory));
  if (parsed.kind === 'fault') throw new Error(parsed.message);
  return parsed.memory;
}

const noveltiesOf = ({ intrusions }: Judgement): string[] =>
  intrusions
    .flatMap(({ evidence }) => evidence.flatMap(({ reasons }) => reasons))
    .filter(reason => reason.startsWith('used '))
    .sort();

describe('a return after a theft that only memory holds', () => {
  test.each<[string, Partial<Told>]>([
    ['of an account that was used every day', {}],
    ['of an account that was never used', { account: 'EXAMPLE\\svc_old' }],
    ['of one who travels', { account: 'EXAMPLE\\b.smith' }],
    [
      'of one who comes in as everybody does',
      { account: 'EXAMPLE\\new', logonType: 3, sourceIp: '10.6.0.7', host: 'srv1.example.test' },
    ],
  ])('%s is told with the same bits as in one hunt', (_, more) => {
    const world = new World();
    people(world);
    world.find(ntds, theft);
    world.fact({ ...back, ...more });
    expect(noveltiesOf(inHalves(world, '2026-10-20T00:00:00Z').second)).toEqual(
      noveltiesOf(judge(world.input())),
    );
  });

  test('is told of the sleeper at all', () => {
    const world = new World();
    people(world);
    world.find(ntds, theft);
    world.fact({ ...back, account: 'EXAMPLE\\svc_old' });
    const { second } = inHalves(world, '2026-10-20T00:00:00Z');
    expect(second.intrusions.map(({ verdict }) => verdict)).toEqual(['suspected']);
    expect(noveltiesOf(second)[0]).toContain('never seen before; nobody had come in like that before');
  });

  test('is none once the password was changed, in whichever half', () => {
    for (const at of ['2026-10-10T00:00:00Z', '2026-10-30T00:00:00Z']) {
      const world = new World();
      people(world);
      world.find(ntds, theft);
      world.fact({ at, type: 'password-change', account: 'EXAMPLE\\svc_backup' });
      world.fact(back);
      expect(inHalves(world, '2026-10-20T00:00:00Z').second.intrusions).toEqual([]);
    }
  });

  test('of two accounts is one story', () => {
    const world = new World();
    people(world);
    world.find(ntds, theft);
    world.fact(back);
    world.fact({
      ...back,
      at: '2026-11-14T03:00:00Z',
      account: 'EXAMPLE\\a.ngata',
      sourceIp: '203.0.113.9',
      logonId: 0x900001,
    });
    const { second } = inHalves(world, '2026-10-20T00:00:00Z');
    expect(second.intrusions.map(({ accounts }) => accounts.length)).toEqual([2]);
    expect(second.intrusions[0]!.links[0]!.reason).toContain('were exposed by one theft that memory holds');
  });
});

test('learning from the same logs again changes nothing', () => {
  const world = new World();
  people(world, 40);
  world.find(ntds, theft);
  const once = judge(world.input({ memory: emptyMemory() })).memory!;
  expect(writeMemory(judge(world.input({ memory: reread(once) })).memory!)).toBe(writeMemory(once));
});

test('an intruder does not become usual by having been told of', () => {
  const world = new World();
  people(world);
  world.find(ntds, theft);
  world.fact({ ...back, at: '2026-10-12T03:05:31Z' });
  world.fact(back);
  const { second } = inHalves(world, '2026-10-20T00:00:00Z');
  expect(noveltiesOf(second)).toHaveLength(1);
});

test('a theft that is a habit exposes nobody in memory', () => {
  const world = new World();
  people(world);
  for (let week = 0; week < 8; week++) {
    const at = new Date(Date.UTC(2026, 5, 7 + week * 7, 2)).toISOString();
    world.find(ntds, { ...theft, at, logonId: week, pid: week + 1 });
  }
  expect(judge(world.input({ memory: emptyMemory() })).memory!.exposed).toEqual([]);
});

describe('the memory of a drill', () => {
  const drill = (): World => {
    const world = new World();
    world.find(ntds, { ...theft, host: 'HWDRILL-DC1.example.test' });
    return world;
  };
  const real = (): World => {
    const world = new World();
    world.find(ntds, theft);
    world.fact(back);
    return world;
  };

  test('holds its theft, and says whose it is', () => {
    const { memory } = judge(drill().input({ memory: emptyMemory() }));
    expect(memory).toMatchObject({ drill: true, exposed: [{ account: '*' }] });
  });

  test('is neither used for a real site nor changed by it, and the other way round', () => {
    const pairs = [
      [drill(), real()],
      [real(), drill()],
    ] as const;
    for (const [before, after] of pairs) {
      const memory = judge(before.input({ memory: emptyMemory() })).memory!;
      const judged = judge(after.input({ memory }));
      expect(judged.memory).toBe(memory);
      expect(judged.notes.join(' ')).toContain('it was not used');
    }
  });

  test('of logs that hold both, a site learns its own', () => {
    const both = real();
    both.find(ntds, { ...theft, host: 'HWDRILL-DC1.example.test', account: 'EXAMPLE\\drill' });
    both.fact({ ...back, host: 'HWDRILL-DC1.example.test', account: 'EXAMPLE\\drill' });
    const { memory } = judge(both.input({ memory: emptyMemory() }));
    expect(memory!.drill).toBe(false);
    expect(writeMemory(memory!)).not.toMatch(/hwdrill|"drill"[^:]/i);
  });
});
