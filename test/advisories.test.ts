/**
 * Advisory packs as a user meets them: the program as a process of its own. Needs the build (`npm test` makes it first).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadAdvisory, loadTests } from '../src/know/advisories/index.ts';
import type { YamlNode } from '../src/know/sigma/index.ts';
import { readTree } from '../src/know/sigma/parser.ts';
import { shippedPath } from '../src/state/index.ts';
import { packFiles, packIndicator, packRule, packWith, writePack } from './pack.ts';
import { bin, type Result, requireBuild } from './program.ts';
import { schema } from './schemas.ts';
import { scratch } from './scratch.ts';

function run(...words: readonly string[]): Result {
  const child = spawnSync(process.execPath, [bin, ...words], {
    cwd: scratch(),
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', XDG_CACHE_HOME: scratch() },
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

/** Without the breaks of an 80-column terminal. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

const starting = (more: string): string =>
  `${JSON.stringify({
    Channel: 'Security',
    EventID: 4688,
    Computer: 'HOST1.example.test',
    EventTime: '2026-11-24T01:00:00Z',
    NewProcessName: 'C:\\Windows\\System32\\whoami.exe',
    CommandLine: more,
  })}\n`;

beforeAll(requireBuild);

describe('advisory check', () => {
  it('finds nothing wrong with a pack that was just begun', () => {
    const folder = join(scratch(), 'my-pack');
    expect(run('advisory', 'new', folder).code).toBe(0);
    const { code, out } = run('advisory', 'check', folder, '--strict');
    expect(out).toBe(
      'my-pack 0.1.0: 2 behaviours (1 not observable), 1 rule, 1 indicator, 2 tests: 2\n  passed, 0 failed; no errors, no warnings\n',
    );
    expect(code).toBe(0);
  });
  it('says what is wrong by file, line and column, and exits with 1', () => {
    const folder = packWith('behaviours/discovery.yml', 'step: look', 'step: lok');
    const { code, out } = run('advisory', 'check', folder);
    expect(out).toContain(`${folder}/behaviours/discovery.yml:3:5\n  error    the step 'lok'`);
    expect(code).toBe(1);
  });
  it('shows of a test that fails which part of the condition decided', () => {
    const folder = packWith('tests/discovery/account_names_itself.yml', 'whoami /all', 'whoami /user');
    const { code, out } = run('advisory', 'check', folder);
    expect(code).toBe(1);
    expect(out).toContain("failed   test 'rights asked for': it must match, and does not");
    expect(oneLine(out)).toContain("✗ rights: ✗ CommandLine contains '/all' = whoami /user");
  });
  it('asks rules for the normal form of a command line too, as a hunt does', () => {
    const folder = packWith('tests/discovery/account_names_itself.yml', 'whoami /all', `'w^hoami "/al"l'`);
    expect(run('advisory', 'check', folder).code).toBe(0);
  });
  it('says what a test lacks that is no event', () => {
    const folder = packWith('tests/discovery/account_names_itself.yml', '    Channel: Security\n', '');
    expect(run('advisory', 'check', folder).out).toContain(
      "failed   test 'rights asked for': the event cannot be read: no Windows event:",
    );
  });
  it('names a behaviour whose rule is gone, and a rule without behaviour', () => {
    const folder = packWith('behaviours/discovery.yml', packRule, '00000000-0000-4000-8000-000000000000');
    const { out } = run('advisory', 'check', folder);
    expect(oneLine(out)).toContain(
      'error EX-DI-01 names the rule 00000000-0000-4000-8000-000000000000, which is not in the pack',
    );
    expect(oneLine(out)).toContain("no behaviour names the rule 'Account Asks Who It Is'");
  });
  it('takes a behaviour for shown that an exposed account leads to', () => {
    const behaviour = packFiles['behaviours/discovery.yml']!.replace(
      / {4}not-observable: .*/,
      '    step: take',
    );
    const folder = writePack({ 'behaviours/discovery.yml': behaviour });
    expect(oneLine(run('advisory', 'check', folder).out)).toContain('error EX-EX-01 has neither rules');
    const chain = packFiles['chain.yml']!.replace('on: [logon, account-host]', 'on: [exposure]');
    const linked = writePack({ 'behaviours/discovery.yml': behaviour, 'chain.yml': chain });
    expect(run('advisory', 'check', linked).code).toBe(0);
  });
  it('warns of a rule without tests, which --strict does not let pass', () => {
    const folder = writePack({ 'tests/discovery/account_names_itself.yml': null });
    const { code, out } = run('advisory', 'check', folder);
    expect(code).toBe(0);
    expect(oneLine(out)).toContain(
      "warning 'Account Asks Who It Is' has no test with 'expect: match' and none with 'expect: none'",
    );
    expect(run('advisory', 'check', folder, '--strict').code).toBe(1);
  });
  it('runs the tests of a correlation over events in time', () => {
    const correlation = `title: Asked Thrice
id: 4f0b6d2e-1c3a-4b5d-8e7f-a1b2c3d4e5f6
status: experimental
date: 2026-11-24
correlation:
  type: event_count
  rules: ${packRule}
  group-by: [Computer]
  timespan: 5m
  condition: {gte: 3}
level: low
`;
    const event = (minute: number): string =>
      `    - {Channel: Security, EventID: 4688, Computer: H, EventTime: '2026-11-24T01:0${minute}:00Z', NewProcessName: 'C:\\whoami.exe', CommandLine: whoami /all}\n`;
    const tests = `- name: in time\n  expect: match\n  events:\n${event(0)}${event(1)}${event(2)}- name: too slow\n  expect: none\n  events:\n${event(0)}${event(1)}${event(9)}`;
    const folder = writePack({
      'rules/thrice.yml': correlation,
      'tests/thrice.yml': tests,
      'behaviours/discovery.yml': packFiles['behaviours/discovery.yml']!.replace(
        packRule,
        '4f0b6d2e-1c3a-4b5d-8e7f-a1b2c3d4e5f6',
      ),
    });
    const { code, out } = run('advisory', 'check', folder, '--strict');
    expect(oneLine(out)).toContain('4 tests: 4 passed');
    expect(code).toBe(0);
    writeFileSync(join(folder, 'tests/thrice.yml'), tests.replace('expect: none', 'expect: match'));
    expect(oneLine(run('advisory', 'check', folder).out)).toContain(
      "it must match, and does not; what feeds it matched so often: 'Account Asks Who It Is' 3",
    );
  });
  it('goes on with what is there where advisory.yml is missing', () => {
    const { code, out } = run('advisory', 'check', writePack({ 'advisory.yml': null }));
    expect(code).toBe(1);
    expect(oneLine(out)).toContain('2 behaviours (1 not observable), 1 rule, 1 indicator, 2 tests: 2 passed');
  });
  it('prints JSON as its schema says', () => {
    const folder = packWith('tests/discovery/account_names_itself.yml', 'whoami /all', 'whoami /user');
    const { out } = run('advisory', 'check', folder, '--format', 'json');
    const validate = schema('advisory-check');
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
    expect(JSON.parse(out)).toMatchObject({
      advisories: [
        {
          id: 'river-fox',
          counts: { error: 0, tests: 2, failed: 1 },
          failed: [{ name: 'rights asked for' }],
        },
      ],
    });
  });
  it('lets nothing that a terminal obeys through', () => {
    const folder = packWith('behaviours/discovery.yml', 'step: look', 'step: "lo\\e[31mk"');
    const { out, err } = run('advisory', 'check', folder);
    expect(out + err).not.toContain('\u001b');
    expect(out).toContain('\\u{1b}');
  });
});

describe('advisory new', () => {
  it('refuses a folder that is not empty', () => {
    const folder = writePack();
    const { code, err } = run('advisory', 'new', folder);
    expect(code).toBe(2);
    expect(err).toContain('is there and not empty');
  });
  it('refuses a name that no pack can have', () =>
    expect(run('advisory', 'new', join(scratch(), 'Mein Paket')).code).toBe(2));
});

describe('advisory show', () => {
  it('tells a pack on 80 columns, without colours where nobody looks', () => {
    const { code, out } = run('advisory', 'show', writePack());
    expect(code).toBe(0);
    expect(out).not.toContain('\u001b');
    expect(Math.max(...out.split('\n').map(line => line.length))).toBeLessThanOrEqual(80);
    for (const part of ['EX-DI-01', 'What these logs can not show', 'What to do first', 'Mitigations']) {
      expect(out).toContain(part);
    }
  });
  it('tells it as JSON', () => {
    const shown = JSON.parse(run('advisory', 'show', writePack(), '--format', 'json').out);
    expect(shown).toMatchObject({
      id: 'river-fox',
      behaviours: [{ id: 'EX-DI-01', 'not-observable': null }, { id: 'EX-EX-01' }],
    });
  });
  it('names the packs that ship where there is none of that name', () => {
    const { code, err } = run('advisory', 'show', 'river-fxo');
    expect(code).toBe(2);
    expect(err).toContain('packs that ship:');
  });
});

describe('advisory list', () => {
  it('lists a pack that is given, as its schema says', () => {
    const { out } = run('advisory', 'list', writePack(), '--format', 'json');
    const validate = schema('advisory-list');
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
    expect(JSON.parse(out).at(-1)).toMatchObject({ id: 'river-fox', rules: 1, indicators: 1, problems: 0 });
  });
});

describe('a hunt with a pack', () => {
  const hunt = (pack: string, log: string, ...words: readonly string[]): Result => {
    const folder = scratch({ 'log.json': log });
    return run(
      'hunt',
      join(folder, 'log.json'),
      '--rules',
      join(pack, 'rules'),
      '--advisory',
      pack,
      ...words,
    );
  };
  it('finds what its rules and its indicators describe, and says which is which', () => {
    const { out } = hunt(writePack(), starting('whoami /all') + starting('nslookup relay.example.test'));
    const found = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(found.map(({ rule, huntaway }) => [rule.id, huntaway.kind, huntaway.level])).toEqual([
      [packRule, 'rule', 'low'],
      [packIndicator, 'indicator', 'medium'],
    ]);
    const validate = schema('finding');
    for (const finding of found) expect(validate(finding), JSON.stringify(validate.errors)).toBe(true);
  });
  it('is the same with several workers', () => {
    const log = Array.from({ length: 20 }, (_, i) => starting(`nslookup relay.example.test ${i}`)).join('');
    const pack = writePack();
    // Members of archives are units of their own, so that both workers have something to do.
    const folder = scratch({ 'a.json.gz': gzipSync(log), 'b.json.gz': gzipSync(log) });
    const found = ['1', '2'].map(
      workers =>
        run('hunt', folder, '--advisory', pack, '--rules', join(pack, 'rules'), '--workers', workers).out,
    );
    expect(found[0]).toContain(packIndicator);
    expect(found[1]).toBe(found[0]);
  });
  it('asks its rules for the normal form of a command line, and rules of others for what was written', () => {
    const pack = writePack();
    const log = starting('w^hoami "/al"l');
    expect(hunt(pack, log).out).toContain(packRule);
    expect(
      run('hunt', join(scratch({ 'log.json': log }), 'log.json'), '--rules', join(pack, 'rules')).out,
    ).toBe('');
  });
  it('tells a broken part by its place and goes on with the rest', () => {
    const folder = packWith('chain.yml', 'within: 7d', 'within: a week');
    const { code, out, err } = hunt(folder, starting('whoami /all'));
    expect(code).toBe(0);
    expect(err).toContain(`${folder}/chain.yml:12:13: 'a week' is no span of time`);
    expect(out).toContain(packRule);
  });
  it('records the pack, its rules and hashes, so that verify finds them', () => {
    const pack = writePack();
    const folder = scratch({ 'log.json': starting('whoami /all') });
    const out = join(folder, 'case');
    run('hunt', join(folder, 'log.json'), '--rules', join(pack, 'rules'), '--advisory', pack, '--out', out);
    const record = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
    const validate = schema('run');
    expect(validate(record), JSON.stringify(validate.errors)).toBe(true);
    expect(record.advisories).toMatchObject([{ id: 'river-fox', version: '0.1.0', path: pack }]);
    expect(record.rules.documents).toBe(1);
    const ledger = JSON.parse(readFileSync(join(out, 'ledger.json'), 'utf8'));
    expect(schema('ledger')(ledger)).toBe(true);
    expect(ledger.rules.map(({ id, state }: { id: string; state: string }) => [id, state])).toEqual([
      [packRule, 'matched'],
      [packIndicator, 'ran'],
    ]);
    expect(run('verify', out).code).toBe(0);
  });
  it('cannot run with one that is nowhere', () => {
    const folder = scratch({ 'log.json': starting('x') });
    const { code, err } = run('hunt', join(folder, 'log.json'), '--advisory', 'nowhere');
    expect(code).toBe(2);
    expect(err).toMatch(/^huntaway: nowhere: neither a pack that ships with the program nor a folder/);
  });
});

describe('rules of a pack are rules', () => {
  const pack = (): string => join(writePack(), 'rules');
  it('for rules check', () => expect(run('rules', 'check', pack(), '--strict').code).toBe(0));
  it('for rules list', () => expect(run('rules', 'list', pack()).out).toContain(packRule));
  it('for rules explain', () =>
    expect(run('rules', 'explain', packRule, '--rules', pack()).out).toContain('Account Asks Who It Is'));
});

/** What YAML means as JSON, for ajv: scalars typed as the schema reader of an editor types them. */
function jsonOf(node: YamlNode): unknown {
  if (node.kind === 'sequence') return node.items.map(jsonOf);
  if (node.kind === 'mapping')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, jsonOf(value)]));
  if (node.type === 'null') return null;
  if (node.type === 'boolean') return node.text.toLowerCase() === 'true';
  return node.type === 'number' ? Number(node.text) : node.text;
}
const schemaOf = (path: string): string =>
  path === 'advisory.yml'
    ? 'advisory'
    : path === 'chain.yml'
      ? 'advisory-chain'
      : path.startsWith('tests/')
        ? 'advisory-test'
        : 'advisory-behaviours';

const isYaml = (path: string): boolean => /^(?!rules\/).*\.ya?ml$/.test(path);

describe('schemas of the files of a pack', () => {
  const valid = (path: string, text: string): boolean =>
    schema(schemaOf(path))(jsonOf(readTree(text, path).root!));
  for (const [path, text] of Object.entries(packFiles).filter(([each]) => isYaml(each))) {
    it(`take ${path} of a new pack`, () => expect(valid(path, text)).toBe(true));
  }
  /** Mistakes that both must see, one at a time. */
  const mistakes: readonly (readonly [path: string, from: string, to: string])[] = [
    ['advisory.yml', 'id: river-fox', 'id: River Fox'],
    ['advisory.yml', 'published: 2026-11-24', 'published: soon'],
    ['advisory.yml', 'title: What', 'titel: What'],
    ['advisory.yml', 'https://www.example.org', 'javascript:x'],
    ['behaviours/discovery.yml', 'stage: discovery', 'stage: discovry'],
    ['behaviours/discovery.yml', 'gravity: weak # grave', 'gravity: heavy # grave'],
    ['behaviours/discovery.yml', '[T1033]', '[1033]'],
    ['behaviours/discovery.yml', 'id: EX-DI-01', 'id: first'],
    ['behaviours/discovery.yml', 'event-ids: [4688]', 'event-ids: [many]'],
    ['behaviours/discovery.yml', '        apart: it', '        appart: it'],
    ['chain.yml', 'within: 7d', 'within: 7 days'],
    ['chain.yml', 'on: [logon, account-host]', 'on: [chance]'],
    ['chain.yml', 'ordered: true', 'ordered: maybe'],
    ['chain.yml', '    basis: plausible', '    bassis: plausible'],
    ['tests/discovery/account_names_itself.yml', 'expect: none', 'expect: nothing'],
    ['tests/discovery/account_names_itself.yml', '  expect: match\n  event:', '  expect: match\n  evnt:'],
  ];
  for (const [path, from, to] of mistakes) {
    it(`and the parser see '${to.trim()}'`, async () => {
      const text = packFiles[path]!.replace(from, to);
      expect(text).not.toBe(packFiles[path]);
      expect(valid(path, text)).toBe(false);
      const pack = writePack({ [path]: text });
      const problems = [...(await loadAdvisory(pack)).problems, ...(await loadTests(pack)).problems];
      expect(problems.map(({ place }) => place.path)).toContain(join(pack, path));
    });
  }
});

const shipped = shippedPath('advisories/volt-typhoon');

describe.skipIf(!existsSync(join(shipped, 'advisory.yml')))('the pack that ships', () => {
  it('has nothing wrong with it, and its rules find what its tests say', () => {
    const { code, out } = run('advisory', 'check', shipped, '--strict');
    expect(out).toMatch(/0\s+failed; no errors, no\s+warnings\n$/);
    expect(code).toBe(0);
  });
  it('is as its schemas say', () => {
    for (const path of readdirSync(shipped, { recursive: true, encoding: 'utf8' }).filter(isYaml)) {
      const validate = schema(schemaOf(path.replaceAll('\\', '/')));
      validate(jsonOf(readTree(readFileSync(join(shipped, path), 'utf8'), path).root!));
      expect(validate.errors, path).toBeNull();
    }
  });
  it('is what a hunt uses where nobody says otherwise', () => {
    const folder = scratch({ 'log.json': starting('x') });
    run('hunt', join(folder, 'log.json'), '--out', join(folder, 'case'));
    const record = JSON.parse(readFileSync(join(folder, 'case/run.json'), 'utf8'));
    expect(record.advisories).toMatchObject([{ id: 'volt-typhoon', path: shipped }]);
  });
  it('is replaced by rules, and used beside them where it is named', async () => {
    const rules = join(writePack(), 'rules');
    const folder = scratch({ 'log.json': starting('x') });
    const advisoriesOf = (...words: readonly string[]): string[] => {
      run('hunt', join(folder, 'log.json'), '--out', join(folder, 'case'), '--force', ...words);
      const record = JSON.parse(readFileSync(join(folder, 'case/run.json'), 'utf8'));
      return record.advisories.map(({ id }: { id: string }) => id);
    };
    expect(advisoriesOf('--rules', rules)).toEqual([]);
    expect(advisoriesOf('--rules', rules, '--advisory', 'volt-typhoon')).toEqual(['volt-typhoon']);
    expect(advisoriesOf('--advisory', writePack(), '--advisory', 'volt-typhoon')).toEqual([
      'volt-typhoon',
      'river-fox',
    ]);
    expect((await loadAdvisory(shipped)).problems).toEqual([]);
  });
});
