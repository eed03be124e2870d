/**
 * `huntaway rules …` as a user meets it: the program as a process of its own, on rules and logs written for the
 * purpose. Needs the build (`npm test` makes it first).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EvtxEvent, writeEvtx } from '../src/read/sources/evtx/write/index.ts';
import { bin, type Result, requireBuild } from './program.ts';
import { haveShared, sharedData } from './shared.ts';

let scratch = '';
const at = (...path: string[]): string => join(scratch, ...path);

function run(...words: string[]): Result {
  const child = spawnSync(process.execPath, [bin, ...words], {
    cwd: scratch,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', XDG_CACHE_HOME: at('cache') },
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}
const rules = (...words: string[]): Result => run('rules', ...words);
const lines = (text: string): string[] => text.split('\n').filter(line => line !== '');

const id = 'a0000000-0000-4000-8000-000000000001';
const good = `title: Shadow Copy Tool
id: ${id}
status: test
level: high
tags: [attack.t1003.003]
logsource: { product: windows, category: process_creation }
detection:
  selection: { CommandLine|contains: [vssadmin, ntdsutil] }
  condition: selection
`;

function processStart(recordId: number, commandLine: string): EvtxEvent {
  return {
    provider: { name: 'Microsoft-Windows-Sysmon', guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}' },
    eventId: 1,
    time: Date.UTC(2026, 2, 1, 12) * 1000,
    recordId,
    channel: 'Microsoft-Windows-Sysmon/Operational',
    computer: 'HOST-A',
    data: { kind: 'named', fields: [['CommandLine', commandLine]] },
  };
}

/** Three of the same within ten minutes on a host, but not our backup's. */
const many = `title: Many Shadow Copies
id: a0000000-0000-4000-8000-000000000002
status: test
level: critical
correlation:
  type: event_count
  rules: ${id}
  group-by: [Computer]
  timespan: 10m
  condition: { gte: 2 }
  generate: true
`;
const backup = `title: Our Backup
id: a0000000-0000-4000-8000-000000000003
logsource: { product: windows, category: process_creation }
filter:
  rules: [${id}]
  ours: { CommandLine|contains: veeam }
  condition: not ours
`;

beforeAll(() => {
  requireBuild();
  scratch = mkdtempSync(join(tmpdir(), 'huntaway-rules-'));
  for (const folder of ['good', 'odd', 'bad', 'logs', 'empty', 'whole', 'torn']) mkdirSync(at(folder));
  writeFileSync(at('good', 'a.yml'), good);
  writeFileSync(
    at('odd', 'b.yml'),
    good.replace('T', 'Other t').replace(id, 'no-uuid').replace('high', 'low'),
  );
  writeFileSync(at('bad', 'c.yml'), good.replace('|contains', '|nonsense'));
  writeFileSync(at('whole', 'a.yml'), good);
  writeFileSync(at('whole', 'many.yml'), many);
  writeFileSync(at('whole', 'backup.yml'), backup);
  writeFileSync(
    at('torn', 'many.yml'),
    many.replace(`rules: ${id}`, 'rules: nobody').replace('-000000000002', '-000000000004'),
  );
  const log = writeEvtx([
    processStart(1, 'vssadmin create shadow'),
    processStart(2, 'ping \u001b[31m'),
    processStart(3, 'net use x /user:corp\\bob Hunter2Secret & ntdsutil'),
  ]);
  mkdirSync(at('more'));
  writeFileSync(
    at('more', 'a.evtx'),
    writeEvtx([
      processStart(1, 'vssadmin a'),
      processStart(2, 'veeam vssadmin b'),
      processStart(3, 'vssadmin c'),
    ]),
  );
  writeFileSync(at('logs', 'a#b.evtx'), log);
  writeFileSync(at('a.evtx.gz'), gzipSync(log));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('rules check', () => {
  it('ends with 0 and one line where nothing is wrong', () =>
    expect(rules('check', 'good')).toEqual({
      code: 0,
      out: '1 rule in 1 file: no errors, no warnings, no notes\n',
      err: '',
    }));
  it('ends with 1 where a rule is refused, and says where', () => {
    const { code, out } = rules('check', 'good', 'bad');
    expect(code).toBe(1);
    expect(out).toContain('bad/c.yml:8:28\n  error    there is no modifier');
  });
  it('links the set: a correlation is as good as what it refers to', () => {
    expect(rules('check', 'whole').out).toBe('3 rules in 3 files: no errors, no warnings, no notes\n');
    const { code, out } = rules('check', 'torn');
    expect(code).toBe(1);
    expect(out).toContain('torn/many.yml:7:10\n  error    ');
  });
  it('ends with 0 on warnings, with 1 if --strict', () => {
    const { code, out } = rules('check', 'odd');
    expect(code).toBe(0);
    expect(out).toContain("odd/b.yml:2:1\n  warning  the id 'no-uuid' is not a UUID");
    expect(rules('check', 'odd', '--strict').code).toBe(1);
  });
  it('prints SARIF with relative places', () => {
    const { code, out, err } = rules('check', 'bad', '--format', 'sarif');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [
        { results: [{ locations: [{ physicalLocation: { artifactLocation: { uri: 'bad/c.yml' } } }] }] },
      ],
    });
    expect(err).toBe('huntaway: 1 rule in 1 file: 1 error, no warnings, no notes\n');
  });
  it('prints JSON, and nothing beside it if --quiet', () => {
    const { out, err } = rules('check', 'odd', '--format', 'json', '--quiet');
    expect(JSON.parse(out)).toMatchObject({ counts: { error: 0, warning: 1, note: 0 } });
    expect(err).toBe('');
  });
  it.each([['nothing-here'], ['empty']])('ends with 2 where %s holds nothing to read', path => {
    const { code, out, err } = rules('check', path);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(new RegExp(`^huntaway: ${path}: [^\n]*\n$`));
  });
  it.skipIf(!haveShared)('has little to say of the rules of SigmaHQ', () => {
    const started = performance.now();
    const { out } = rules('check', sharedData('sigma/rules'), '--format', 'json');
    expect(performance.now() - started).toBeLessThan(30_000);
    const { counts, problems } = JSON.parse(out) as { counts: object; problems: { code: string }[] };
    expect(counts).toMatchObject({ error: 0, warning: 0 });
    expect(new Set(problems.map(({ code }) => code)).size).toBeLessThan(6);
  });
});

describe('rules list', () => {
  it('prints a line of JSON each where it is no terminal', () => {
    const { code, out } = rules('list', 'good', 'odd', 'bad');
    expect(code).toBe(0);
    expect(lines(out).map(line => JSON.parse(line).kind)).toEqual(['rule', 'rule', 'rejection']);
  });
  it('prints a table at eighty columns', () => {
    const { out } = rules('list', 'good', '--format', 'table', '--routes');
    expect(out).toContain('high      test          Shadow Copy Tool\n');
    for (const line of lines(out)) expect(line.length).toBeLessThanOrEqual(80);
  });
  it('says what feeds a correlation and how many rules a filter narrows', () => {
    const listed = lines(rules('list', 'whole', '--routes').out).map(line => JSON.parse(line));
    expect(listed).toMatchObject([
      { kind: 'rule', routes: [{}, {}] },
      { kind: 'filter', narrows: 1 },
      { kind: 'correlation', correlation: { inputs: [{ id }] }, routes: [{}, {}] },
    ]);
    expect(JSON.parse(rules('list', 'torn').out)).toMatchObject({ kind: 'rejection' });
  });
  it('leaves out what a hunt would leave out', () => {
    expect(lines(rules('list', 'good', 'odd', '--level', 'high').out)).toHaveLength(1);
    expect(lines(rules('list', 'good', 'odd', '--exclude', 'attack.t1003*').out)).toHaveLength(0);
    expect(rules('list', 'good', '--include', 'nothing').err).toContain(
      '--include nothing: no rule has this',
    );
  });
});

describe('rules explain', () => {
  const explain = (...words: string[]): Result => rules('explain', ...words);

  it('says what a rule means, given by its path alone', () => {
    const { code, out } = explain('good/a.yml');
    expect(code).toBe(0);
    expect(out).toContain("CommandLine contains 'vssadmin' or 'ntdsutil'");
  });
  it('says why a record matched, a # in the name of the log notwithstanding', () => {
    const { code, out } = explain('shadow', '--rules', 'good', '--event', 'logs/a#b.evtx#1');
    expect(code).toBe(0);
    expect(out).toContain('✓ matched');
    expect(out).toContain('= vssadmin create shadow');
  });
  it('says why another did not, harmlessly', () => {
    const { code, out } = explain('shadow', '--rules', 'good', '--event', 'logs/a#b.evtx#2');
    expect(code).toBe(0);
    expect(out).toContain('✗ did not match');
    expect(out).toContain('= ping \\u{1b}[31m');
  });
  it('masks secrets unless --reveal', () => {
    const words = ['shadow', '-r', 'good', '--event', 'a.evtx.gz#3'];
    expect(explain(...words).out).not.toContain('Hunter2Secret');
    expect(explain(...words, '--reveal').out).toContain('Hunter2Secret');
  });
  it('explains a correlation and a filter, on their own and on a record', () => {
    expect(explain('many', '-r', 'whole').out).toContain('at least 2 events of its rule, within 10 min');
    const { out } = explain('many', '-r', 'whole', '--event', 'more/a.evtx#2');
    expect(out).toContain('✗ this event alone completes nothing');
    expect(out).toContain('✗ filter Our Backup: not ours:');
    expect(explain('backup', '-r', 'whole', '--event', 'more/a.evtx#2').out).toContain('✗ did not hold');
    expect(explain('backup', '-r', 'whole', '--event', 'more/a.evtx#1').out).toContain('✓ held');
  });
  it('takes the path and offset of a finding', () => {
    const { out } = run('hunt', 'a.evtx.gz', '--rules', 'good', '--quiet');
    for (const line of lines(out)) {
      const { log } = JSON.parse(line) as { log: { file: { path: string }; offset: number } };
      const event = `${log.file.path}#@${log.offset}`;
      const { out } = explain(id, '-r', 'good', '--event', event, '--format', 'json');
      expect(JSON.parse(out)).toMatchObject({ matched: true, event: { offset: log.offset } });
    }
    expect(lines(out)).toHaveLength(2);
  });
  it.each([
    [['shadow'], "there is no file 'shadow'; say where the rule is with --rules PATH"],
    [['nothing', '-r', 'good'], "no rule has the id, title or path 'nothing'"],
    [['shadow', '-r', 'good', '--event', 'a.evtx.gz'], /--event takes FILE#RECORD/],
    [
      ['shadow', '-r', 'good', '--event', 'a.evtx.gz#9'],
      /no record with the id 9; it has 3 events, record ids from 1 to 3/,
    ],
    [['torn/many.yml'], /refused: 'nobody' is neither .*; give the whole set with --rules/],
    [['bad/c.yml'], /bad\/c\.yml:8:28: refused: there is no modifier/],
  ])('ends with 2 and one line for %j', (words, message) => {
    const { code, out, err } = explain(...words);
    expect([code, out, lines(err).length]).toEqual([2, '', 1]);
    expect(err).toMatch(message);
  });
});

describe('rules compile', () => {
  it('makes a file that a hunt and all rules commands take in place of the folder', () => {
    const { code, err } = rules('compile', 'good', 'bad', '--out', 'made/all.rules');
    expect(code).toBe(0);
    expect(err).toContain('2 rules in ');
    expect(err).toContain('1 of them refused');
    const folder = run('hunt', 'logs', '--rules', 'good', '--rules', 'bad');
    const file = run('hunt', 'logs', '--rules', 'made/all.rules');
    expect([file.code, file.out]).toEqual([folder.code, folder.out]);
    expect(file.err).toContain('bad/c.yml:8:28: refused');
    expect(rules('list', 'made/all.rules').out).toBe(rules('list', 'good', 'bad').out);
    expect(rules('check', 'made/all.rules').code).toBe(1);
    expect(rules('explain', id, '-r', 'made/all.rules', '--event', 'a.evtx.gz#1').out).toContain('✓ matched');
  });
  it('keeps correlations and filters: findings and ledger are those of the folder', () => {
    const compiled = rules('compile', 'whole', 'torn', '--out', 'made/whole.rules');
    expect([compiled.code, compiled.err]).toEqual([0, expect.stringContaining('1 of them refused')]);
    const sources = {
      folder: ['--rules', 'whole', '--rules', 'torn'],
      file: ['--rules', 'made/whole.rules'],
    };
    const runs = Object.entries(sources).map(([out, from]) => {
      const { code } = run('hunt', 'more', ...from, '--out', `out-${out}`);
      const read = (name: string): string => readFileSync(at(`out-${out}`, name), 'utf8');
      return [code, read('findings.jsonl'), read('ledger.json')];
    });
    expect(runs[1]).toEqual(runs[0]);
    expect(lines(runs[0]![1] as string).map(line => JSON.parse(line).huntaway.level)).toEqual([
      'high',
      'high',
      'critical',
    ]);
    for (const words of [
      ['list', '--routes'],
      ['check', '--all'],
    ] as const) {
      const [command, ...flags] = words;
      expect(rules(command, 'made/whole.rules', ...flags).out.replace(/ in .* files?/, '')).toBe(
        rules(command, 'whole', 'torn', ...flags).out.replace(/ in .* files?/, ''),
      );
    }
    const on = ['-r', 'made/whole.rules', '--event', 'more/a.evtx#2'];
    expect(rules('explain', 'a0000000-0000-4000-8000-000000000002', ...on).out).toContain(
      'filter Our Backup',
    );
  });
  it('replaces what it made, and nothing else unless --force', () => {
    expect(rules('compile', 'good', '--out', 'again.rules').code).toBe(0);
    expect(rules('compile', 'good', '--out', 'again.rules').code).toBe(0);
    writeFileSync(at('notes.txt'), 'mine');
    const { code, err } = rules('compile', 'good', '--out', 'notes.txt');
    expect([code, lines(err).length, readFileSync(at('notes.txt'), 'utf8')]).toEqual([2, 1, 'mine']);
    expect(rules('compile', 'good', '--out', 'notes.txt', '--force').code).toBe(0);
  });
  it('says to compile again where the file is damaged', () => {
    rules('compile', 'good', '--out', 'damaged.rules');
    const bytes = readFileSync(at('damaged.rules'));
    bytes[40]! ^= 1;
    writeFileSync(at('damaged.rules'), bytes);
    expect(run('hunt', 'logs', '--rules', 'damaged.rules').err).toMatch(
      /damaged\.rules:1:1: refused: .*compile them again/,
    );
    expect(rules('list', 'damaged.rules').code).toBe(2);
  });
});
