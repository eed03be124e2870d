import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testFact } from '../../../test/fact.ts';
import { eachRecorded } from '../../../test/recorded.ts';
import { haveShared, sharedData } from '../../../test/shared.ts';
import type { Fact, FactValues } from '../../read/entities/index.ts';
import { fieldText } from '../../read/events/index.ts';
import { handsOnKeyboard } from './index.ts';
import { isCorrection, mistakes } from './typing.ts';

/** Commands at seconds, as children of a shell. */
function session(
  commands: readonly (readonly [at: number, commandLine: string])[],
  values: FactValues = {},
): Fact[] {
  return commands.map(([at, commandLine], i) =>
    testFact({
      micros: 1.7e15 + at * 1e6,
      values: {
        pid: 1000 + i,
        image: `C:\\Windows\\System32\\${commandLine.split(' ')[0]}.exe`,
        commandLine,
        parentImage: 'C:\\Windows\\System32\\cmd.exe',
        parentCommandLine: 'cmd.exe',
        ...values,
      },
    }),
  );
}

const typed = session([
  [0, 'whoami'],
  [6, 'net group "Domian Admins" /dom'],
  [14, 'net group "Domain Admins" /dom'],
  [47, 'nltest /dclist:wairua'],
  [53, 'ipconfig /all'],
  [131, 'netstat -ano'],
  [190, 'wmic process list brief'],
]);

describe('hands on a keyboard', () => {
  it('are in a typed session', () => {
    const { score, reasons } = handsOnKeyboard(typed);
    expect(score).toBeGreaterThan(0.8);
    expect(reasons).toContain('once a command was typed again with a mistake corrected');
  });
  it('are not in a script, whatever it runs', () => {
    const burst = typed.map((fact, i) => ({ ...fact, micros: 1.7e15 + i * 300_000 }));
    expect(handsOnKeyboard(burst).score).toBe(0);
  });
  it('are not in what a timer starts', () => {
    const even = typed.map((fact, i) => ({ ...fact, micros: 1.7e15 + i * 60e6 }));
    expect(handsOnKeyboard(even)).toMatchObject({ score: 0 });
    expect(handsOnKeyboard(even).reasons[0]).toMatch(/those of a timer \(60 s\)/);
  });
  it('cannot be told from a few commands, or from some that lie hours apart', () => {
    expect(handsOnKeyboard(typed.slice(0, 3)).score).toBe(0);
    expect(handsOnKeyboard(typed.map((fact, i) => ({ ...fact, micros: 1.7e15 + i * 9000e6 }))).score).toBe(0);
    expect(handsOnKeyboard([]).score).toBe(0);
  });
  it('are seen through what each command starts in turn', () => {
    const children = typed.map(fact => ({
      ...fact,
      micros: fact.micros + 20_000,
      values: {
        ...fact.values,
        pid: 1 + fact.values.pid! * 2,
        parentPid: fact.values.pid!,
        image: 'C:\\Windows\\System32\\net1.exe',
      },
    }));
    const all = [...typed, ...children].sort((a, b) => a.micros - b.micros);
    expect(handsOnKeyboard(all).score).toBe(handsOnKeyboard(typed).score);
  });
  it('are less sure under a program than under a shell', () => {
    const under = session(
      [
        [0, 'a'],
        [7, 'b'],
        [30, 'c'],
        [90, 'd'],
        [111, 'e'],
      ],
      { parentImage: 'C:\\x\\service.exe', parentCommandLine: 'service' },
    );
    const inShell = session([
      [0, 'a'],
      [7, 'b'],
      [30, 'c'],
      [90, 'd'],
      [111, 'e'],
    ]);
    expect(handsOnKeyboard(under).score).toBeLessThan(handsOnKeyboard(inShell).score);
  });
  it('give a score from 0 to 1', () => {
    const gaps = fc.array(fc.tuple(fc.nat(1_000_000), fc.string({ maxLength: 30 })), { maxLength: 40 });
    fc.assert(
      fc.property(gaps, commands => {
        const starts: [number, string][] = [];
        for (const [gap, text] of commands) starts.push([(starts.at(-1)?.[0] ?? 0) + gap / 1000, text]);
        const { score } = handsOnKeyboard(session(starts));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.skipIf(!haveShared)(
    'are not in the recorded burst of gatherNetworkInfo.vbs',
    { timeout: 60_000 },
    async () => {
      const path = 'security-datasets/empire_persistence_registry_modification_run_keys_standard_user.zip';
      const starts: Fact[] = [];
      await eachRecorded(sharedData(path), event => {
        if (event.kind.eventId !== 4688 || event.kind.channel.toLowerCase() !== 'security') return;
        const text = (name: string): string => {
          const field = event.kind.shape.byName.get(name);
          return (field === undefined ? undefined : fieldText(event, field)) ?? '';
        };
        starts.push(
          testFact({
            micros: event.micros,
            host: event.kind.host,
            values: {
              pid: Number(text('NewProcessId')),
              parentPid: Number(text('ProcessId')),
              logonId: Number(text('SubjectLogonId')),
              image: text('NewProcessName'),
              commandLine: text('CommandLine'),
            },
          }),
        );
      });
      const script = starts.find(({ values }) =>
        values.commandLine!.toLowerCase().includes('gathernetworkinfo.vbs'),
      )!;
      const children = starts.filter(
        ({ host, values }) => host === script.host && values.parentPid === script.values.pid,
      );
      expect(children.length).toBeGreaterThan(100);
      expect(handsOnKeyboard(children).score).toBeLessThan(0.1);
      const logon = starts.filter(
        ({ host, values }) => host === script.host && values.logonId === script.values.logonId,
      );
      // Services that the machine starts now and then lie among them.
      expect(handsOnKeyboard(logon).score).toBeLessThan(0.5);
    },
  );
});

describe('a correction', () => {
  it.each([
    ['net group "Domian Admins"', 'net group "Domain Admins"', true],
    ['ipconfg /all', 'ipconfig /all', true],
    ['ping host1', 'ping host2', false],
    ['whoami', 'whoami', false],
    ['net user', 'nltest /dclist', false],
    ['dir', 'di', false],
  ])('of %j by %j: %j', (before, after, expected) => expect(isCorrection(before, after)).toBe(expected));
  it('takes one step for a swap, a letter more or less, or another letter', () => {
    expect(mistakes('abcd', 'abdc', 2)).toBe(1);
    expect(mistakes('abcd', 'abxcd', 2)).toBe(1);
    expect(mistakes('abcd', 'abd', 2)).toBe(1);
    expect(mistakes('abcd', 'axcd', 2)).toBe(1);
    expect(mistakes('abcd', 'wxyz', 2)).toBe(3);
  });
  it('is the same both ways', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(mistakes(a, b, 2)).toBe(mistakes(b, a, 2));
        expect(mistakes(a, b, 2) === 0).toBe(a === b);
      }),
    );
  });
});
