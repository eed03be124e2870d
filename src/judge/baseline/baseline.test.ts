import { describe, expect, it } from 'vitest';
import { factSource, testFact } from '../../../test/fact.ts';
import type { Fact, FactValues } from '../../read/entities/index.ts';
import type { Naming } from '../naming.ts';
import { buildBaseline, eventKey } from './index.ts';
import type { BuiltBaseline } from './types.ts';

const DAY = 86_400e6;
const START = Date.UTC(2026, 0, 1, 2) * 1000;

const names: Naming = {
  host: written => written.toLowerCase().split('.')[0]!,
  account: written => ({ key: written?.toLowerCase().replace(/^.*\\/, '') ?? null, name: written ?? null }),
};

function baselineOf(facts: readonly Fact[], evidence: readonly Fact[] = [], most?: number): BuiltBaseline {
  return buildBaseline(factSource(facts), {
    evidence: new Set(evidence.map(eventKey)),
    names,
    hosts: [],
    ...(most === undefined ? {} : { most }),
  });
}

function run(day: number, commandLine: string, values: FactValues = {}, host = 'DC1.example.test'): Fact {
  return testFact({
    micros: START + day * DAY,
    host,
    values: {
      account: 'WAIRUA\\svc_backup',
      image: `C:\\Windows\\System32\\${commandLine.split(' ')[0]}.exe`,
      commandLine,
      ...values,
    },
  });
}

/** What goes on every day on two hosts. */
const routine: readonly Fact[] = Array.from({ length: 60 }, (_, day) => [
  run(day, `robocopy C:\\Data\\${day} D:\\Copy\\${day}`),
  run(day + 0.1, 'gpupdate /force', { account: 'WAIRUA\\DC1$' }),
  run(day + 0.2, `whoami /all`, { account: 'WAIRUA\\adm' }, 'JUMP1'),
]).flat();
const backups = [0, 7, 14, 21, 28, 35, 42, 49, 56].map(day =>
  run(day, `ntdsutil "ac i ntds" ifm "create full D:\\ifm\\2026-${day}" q q`, {
    parentImage: 'C:\\Program Files\\Backup\\agent.exe',
  }),
);

describe('the baseline', () => {
  const baseline = baselineOf([...routine, ...backups], backups);

  it('rests on the days that hold events', () => {
    expect(baseline.days).toBe(60);
    expect(baseline.isShort).toBe(false);
    expect(baseline.notes).toEqual([]);
  });
  it('knows the weekly backup, though each of its runs is evidence', () => {
    const unusual = baseline.unusual(backups[4]!);
    expect(unusual.seen).toEqual({ account: 8, host: 8, anywhere: 8 });
    expect(unusual.regular).toMatchObject({ times: 9, period: 7 * 86_400 });
    expect(unusual.reasons).toContain('recurs every week, as a schedule does (9 times)');
    expect(unusual.bits).toBeLessThan(4);
  });
  it('is surprised by the same command typed once by somebody else on another host', () => {
    const once = run(
      33.4,
      'ntdsutil "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro" q q',
      { account: 'WAIRUA\\adm' },
      'DC2',
    );
    const other = baselineOf([...routine, ...backups, once], [...backups, once]);
    const unusual = other.unusual(once);
    expect(unusual.regular).toBeNull();
    expect(unusual.bits).toBeGreaterThan(other.unusual(backups[4]!).bits + 3);
  });
  it('does not take a command between two runs for a run', () => {
    const between = run(31.3, backups[0]!.values.commandLine!, {
      parentImage: 'C:\\Program Files\\Backup\\agent.exe',
    });
    expect(baselineOf([...routine, ...backups, between], [between]).unusual(between).regular).toBeNull();
  });
  it('does not take the command under another parent for a run', () => {
    const typed = run(35.001, backups[0]!.values.commandLine!, {
      parentImage: 'C:\\Windows\\System32\\cmd.exe',
    });
    expect(baselineOf([...routine, ...backups, typed], [typed]).unusual(typed).regular).toBeNull();
  });
  it('says where a command was seen before', () => {
    expect(baseline.unusual(run(10, 'nltest /dclist')).reasons[0]).toBe(
      'this command is seen on no other day anywhere in 60 days of logs',
    );
    expect(baseline.unusual(run(10, 'whoami /all')).reasons[0]).toMatch(
      /on no other day on dc1\.example\.test/,
    );
    expect(baseline.unusual(run(10, 'gpupdate /force')).reasons[0]).toMatch(/never of WAIRUA\\svc_backup/);
  });
  it('lets nothing vouch for itself within the day', () => {
    const burst = Array.from({ length: 50 }, (_, i) => run(20 + i / 1000, 'nltest /dclist'));
    const unusual = baselineOf([...routine, ...burst], burst).unusual(burst[7]!);
    expect(unusual.seen.anywhere).toBe(0);
  });
  it('counts copies of an event once', () => {
    const twice = baselineOf([
      ...routine,
      ...routine.map(fact => ({ ...fact, place: { ...fact.place, input: 1 } })),
    ]);
    for (const fact of [backups[0]!, ...routine.slice(0, 9)]) {
      expect(twice.unusual(fact)).toEqual(baselineOf(routine).unusual(fact));
    }
    expect(twice.days).toBe(60);
  });
  it('does not depend on the order of facts', () => {
    const facts = [...routine, ...backups];
    const turned = baselineOf([...facts].reverse(), backups);
    for (const fact of [...backups, run(10, 'nltest /dclist')]) {
      expect(turned.unusual(fact)).toEqual(baselineOf(facts, backups).unusual(fact));
    }
  });
  it('compares an event without a time with nothing', () => {
    expect(baseline.unusual(testFact({ micros: 0 }))).toMatchObject({ bits: 0, regular: null });
  });
  it('is no hindrance where there are no facts at all', () => {
    const empty = baselineOf([]);
    expect(empty.unusual(backups[0]!).bits).toBe(0);
    expect(empty.isShort).toBe(true);
  });
});

describe('a short baseline', () => {
  const few = routine.filter(({ micros }) => micros < START + 10 * DAY);
  it('caps surprise at what its days can show, and says so', () => {
    const baseline = baselineOf(few);
    const unusual = baseline.unusual(run(5, 'nltest /dclist'));
    expect(baseline.isShort).toBe(true);
    expect(unusual.bits).toBeCloseTo(Math.log2(12));
    expect(unusual.reasons.at(-1)).toBe('only 10 days of history: surprise is held to 3.6 bits');
    expect(baseline.notes[0]).toMatch(/10 days of history, fewer than 30/);
  });
  it('is one with gaps, too: days without events are no history', () => {
    const late = run(400, 'whoami /all');
    expect(baselineOf([...few, late]).isShort).toBe(true);
  });
});

describe('more different commands than are counted', () => {
  const rare = Array.from({ length: 300 }, (_, i) =>
    run(
      i % 60,
      `tool verb${'abcdefghij'[i % 10]}${'klmnopqrst'[((i / 10) % 10) | 0]}${'uvw'[(i / 100) | 0]}`,
    ),
  );
  const facts = [...routine, ...backups, ...rare];
  it('are counted together where they are rarest, and it says so', () => {
    const baseline = baselineOf(facts, backups, 40);
    expect(baseline.rareBelow).toBeGreaterThan(1);
    expect(baseline.notes[0]).toMatch(/counted together/);
    expect(baseline.unusual(rare[0]!).reasons[0]).toMatch(/one of the rare ones/);
    expect(baseline.unusual(routine[0]!).seen.account).toBe(59);
  });
  it('never fold what the evidence did', () => {
    expect(baselineOf(facts, backups, 40).unusual(backups[4]!).seen.account).toBe(8);
  });
  it('never fold a rare thing that is evidence', () => {
    const evidence = [...backups, rare[0]!];
    expect(baselineOf(facts, evidence, 40).unusual(rare[0]!).reasons[0]).toMatch(/on no other day anywhere/);
  });
  it('are the same ones where every event was exported twice', () => {
    const copies = facts.map(fact => ({ ...fact, place: { ...fact.place, input: 1 } }));
    expect(baselineOf([...facts, ...copies], backups, 40).rareBelow).toBe(
      baselineOf(facts, backups, 40).rareBelow,
    );
  });
  it('are the same ones in any order', () => {
    const [one, other] = [baselineOf(facts, backups, 40), baselineOf([...facts].reverse(), backups, 40)];
    expect(other.rareBelow).toBe(one.rareBelow);
    for (const fact of [...rare.slice(0, 20), ...backups])
      expect(other.unusual(fact)).toEqual(one.unusual(fact));
  });
});

describe('a logon', () => {
  const logon = (day: number, sourceIp: string, values: FactValues = {}): Fact =>
    testFact({
      type: 'logon',
      eventId: 4624,
      micros: START + day * DAY,
      values: { account: 'WAIRUA\\adm', logonType: 10, sourceIp, ...values },
    });
  const usual = Array.from({ length: 40 }, (_, day) => logon(day, `10.1.2.${10 + (day % 9)}`));
  const stranger = logon(41, '198.51.100.23');
  const again = logon(44, '198.51.100.200');
  const baseline = baselineOf([...usual, stranger, again], [stranger, again]);

  it('from its usual network is no surprise, whatever the address is there', () => {
    const unusual = baseline.logon(logon(20, '10.1.2.250'))!;
    expect(unusual.isFirst).toBe(false);
    expect(unusual.seen.account).toBe(39);
  });
  it('from elsewhere is one, first of all the first time', () => {
    expect(baseline.logon(stranger)!.isFirst).toBe(true);
    expect(baseline.logon(again)!.isFirst).toBe(false);
    expect(baseline.logon(stranger)!.bits).toBeGreaterThan(baseline.logon(usual[0]!)!.bits + 2);
  });
  it('of another type is another way', () =>
    expect(baseline.logon(logon(30, '10.1.2.10', { logonType: 3 }))!.isFirst).toBe(true));
  it('of nobody is none, nor is another fact', () => {
    expect(baseline.logon(testFact({ type: 'logon' }))).toBeNull();
    expect(baseline.logon(usual[0]!)).not.toBeNull();
    expect(baseline.logon(backups[0]!)).toBeNull();
  });
});

describe('the overlap with a dwell', () => {
  it('says how much of the baseline may be the intruder', () => {
    const baseline = baselineOf(routine);
    expect(baseline.overlap(START + 45 * DAY)).toMatchObject({ after: 15, days: 60 });
    expect(baseline.overlap(START + 45 * DAY).note).toMatch(/15 of the 60 days .*\(25 %\)/);
    expect(baseline.overlap(START + 100 * DAY).note).toBeNull();
  });
});
