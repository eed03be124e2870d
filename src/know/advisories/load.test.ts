import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packFiles, packRule, packWith, writePack } from '../../../test/pack.ts';
import { scratch } from '../../../test/scratch.ts';
import { loadAdvisory, loadTests } from './load.ts';

const told = async (folder: string): Promise<string[]> => {
  const { problems } = await loadAdvisory(folder);
  return problems.map(
    ({ severity, message, place }) =>
      `${place.path.slice(folder.length + 1)}:${place.line}:${place.column} ${severity} ${message}`,
  );
};

describe('a pack', () => {
  it('is read into typed values', async () => {
    const { advisory, problems, sha256 } = await loadAdvisory(writePack());
    expect(problems).toEqual([]);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(advisory).toMatchObject({
      id: 'river-fox',
      version: '0.1.0',
      published: '2026-11-24',
      actor: { name: 'The actor', aliases: [] },
      firstSteps: [{ title: 'Preserve' }, { title: 'Report' }],
      behaviours: [
        {
          id: 'EX-DI-01',
          stage: 'discovery',
          step: 'look',
          gravity: 'weak',
          exposes: null,
          attack: ['T1033'],
          rules: [packRule],
          sources: [
            { channel: 'Security', eventIds: [4688], fields: ['CommandLine'] },
            { channel: 'Microsoft-Windows-Sysmon/Operational', eventIds: [1], enable: null },
          ],
          ask: { whom: 'the administrators of the host' },
          notObservable: null,
          place: { line: 3, column: 5 },
        },
        { id: 'EX-EX-01', notObservable: 'only the router sees it; ask the network for its flow records' },
      ],
      chain: {
        links: [
          { from: ['look'], to: ['take'], on: ['logon', 'account-host'], within: 604_800, ordered: true },
        ],
        intrusion: [['look', 'take']],
        suspected: [],
      },
    });
  });
  it('has another hash where its chain is another', async () => {
    const [before, after] = await Promise.all([
      loadAdvisory(writePack()),
      loadAdvisory(packWith('chain.yml', 'within: 7d', 'within: 8d')),
    ]);
    expect(after.sha256).not.toBe(before.sha256);
  });
  it('has another hash where its indicators are others', async () => {
    const [before, after] = await Promise.all([
      loadAdvisory(writePack()),
      loadAdvisory(packWith('indicators.json', 'relay.example', 'other.example')),
    ]);
    expect(after.sha256).not.toBe(before.sha256);
  });
});

describe('a mistake', () => {
  const mistakes: readonly (readonly [
    what: string,
    file: string,
    from: string,
    to: string,
    ...told: readonly string[],
  ])[] = [
    [
      'in a word',
      'behaviours/discovery.yml',
      'stage: discovery',
      'stage: discovry',
      "behaviours/discovery.yml:5:12 error 'stage' is 'discovry': did you mean 'discovery'?",
      'behaviours/discovery.yml:3:5 error EX-DI-01 is left out: something in it is wrong',
    ],
    [
      'in a key',
      'behaviours/discovery.yml',
      '    gravity: weak # grave',
      '    gravty: weak # grave',
      "behaviours/discovery.yml:3:5 error behaviour 1 has no 'gravity': it must be grave, strong, weak",
      "behaviours/discovery.yml:7:5 warning behaviour 1 has a key 'gravty' that is not known: did you mean 'gravity'?",
      'behaviours/discovery.yml:3:5 error EX-DI-01 is left out: something in it is wrong',
    ],
    [
      'in an ATT&CK id',
      'behaviours/discovery.yml',
      '[T1033]',
      '[T1033, T99]',
      "behaviours/discovery.yml:9:21 error 'T99' is no ATT&CK technique: write T1003 or T1003.003",
    ],
    [
      'in a step',
      'behaviours/discovery.yml',
      'step: look',
      'step: lok',
      "behaviours/discovery.yml:3:5 error the step 'lok' of EX-DI-01 is none of the chain (look, take)",
    ],
    [
      'in a placeholder',
      'behaviours/discovery.yml',
      '{account}',
      '{acount}',
      'behaviours/discovery.yml:24:17 error {acount} is not known: did you mean {account}?',
    ],
    [
      'in the end of a link',
      'chain.yml',
      'from: [look]',
      'from: [EX-DI-02]',
      "chain.yml:9:12 error 'EX-DI-02' is neither a step nor a behaviour: did you mean 'EX-DI-01'?",
      "chain.yml:8:5 error the link 'look-take' is left out: something in it is wrong",
    ],
    [
      'in a join',
      'chain.yml',
      'on: [logon, account-host]',
      'on: [logn]',
      "chain.yml:11:10 error 'logn' is no way to join: did you mean 'logon'?",
      "chain.yml:8:5 error the link 'look-take' is left out: something in it is wrong",
    ],
    [
      'in a span',
      'chain.yml',
      'within: 7d',
      'within: a week',
      "chain.yml:12:13 error 'a week' is no span of time: write 90s, 12h, 7d or ever",
      "chain.yml:8:5 error the link 'look-take' is left out: something in it is wrong",
    ],
    [
      'in a verdict',
      'chain.yml',
      'intrusion: [[look, take]]',
      'intrusion: [[look, tak]]',
      "chain.yml:16:22 error 'tak' is no step: did you mean 'take'?",
    ],
    [
      'in a day',
      'advisory.yml',
      'modified: 2026-11-24',
      'modified: 2026-11-31',
      "advisory.yml:6:11 error 'modified' is '2026-11-31': write a day as 2026-11-24",
    ],
    [
      'in the id',
      'advisory.yml',
      'id: river-fox',
      'id: river-fxo',
      "advisory.yml:2:5 warning the id is 'river-fxo', but the folder is called 'river-fox'",
    ],
    [
      'in a URL',
      'advisory.yml',
      'https://www.example.org/advisory',
      'javascript:alert(1)',
      "advisory.yml:16:10 error 'url' must begin with https:// and hold no blanks",
    ],
  ];
  for (const [what, file, from, to, ...expected] of mistakes) {
    it(`${what} is told with its place and a remedy`, async () =>
      expect(await told(packWith(file, from, to))).toEqual(expected));
  }

  it('costs the part that it stands in, and the rest is used', async () => {
    const { advisory } = await loadAdvisory(
      packWith('behaviours/discovery.yml', 'stage: discovery', 'stage: x'),
    );
    expect(advisory?.behaviours.map(({ id }) => id)).toEqual(['EX-EX-01']);
    expect(advisory?.chain.links).toHaveLength(1);
  });
  it('that leaves a file no YAML costs that file', async () => {
    const { advisory, problems } = await loadAdvisory(writePack({ 'chain.yml': 'steps: [\n' }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'error', place: { line: 2 } });
    expect(advisory?.behaviours).toHaveLength(2);
    expect(advisory?.chain.links).toEqual([]);
  });
  it('of the same id twice costs the second', async () => {
    const twice = packFiles['behaviours/discovery.yml']!;
    const folder = writePack({ 'behaviours/exfiltration.yml': twice.replace('An account asks', 'Another') });
    const { advisory, problems } = await loadAdvisory(folder);
    expect(problems.map(({ message }) => message.replace(folder, ''))).toEqual([
      'EX-DI-01 is already at /behaviours/discovery.yml:3: this one is left out',
      'EX-EX-01 is already at /behaviours/discovery.yml:26: this one is left out',
    ]);
    expect(advisory?.behaviours[0]?.title).toBe('An account asks who it is');
  });
});

describe('a folder that is no pack', () => {
  it('is one problem where it is not there', async () => {
    const { advisory, problems } = await loadAdvisory('/nowhere');
    expect(advisory).toBeNull();
    expect(problems.map(({ message }) => message)).toEqual([
      'there is no such folder: a pack is a folder with an advisory.yml',
    ]);
  });
  it('has no advisory where nothing says what it is called', async () => {
    const { advisory, problems } = await loadAdvisory(writePack({ 'advisory.yml': null }));
    expect(advisory).toBeNull();
    expect(problems.map(({ message }) => message)).toEqual(['there is no such file']);
  });
});

describe('tests of a pack', () => {
  it('are read by file, values as YAML has them', async () => {
    const folder = writePack({
      'tests/a.yml':
        "- {name: x, expect: none, event: {EventID: 1, Id: '007', Big: 12345678901234567890, No: null}}\n",
    });
    const { files, problems } = await loadTests(folder);
    expect(problems).toEqual([]);
    expect(files[0]?.tests[0]).toMatchObject({
      name: 'x',
      expect: 'none',
      events: [{ EventID: 1, Id: '007', Big: '12345678901234567890', No: null }],
    });
  });
  it('need one event or several, not both and not none', async () => {
    const folder = writePack({
      'tests/a.yml': '- {name: x, expect: none}\n- {name: y, expect: none, event: {a: 1}, events: []}\n',
    });
    const { files, problems } = await loadTests(folder);
    expect(problems.map(({ place }) => place.line)).toEqual([1, 2]);
    expect(files[0]?.tests).toEqual([]);
  });
});

describe('hostile files', () => {
  it('that are no regular files are not opened', async () => {
    const folder = scratch({ 'river-fox/behaviours/a.yml': 'behaviours: []' });
    mkdirSync(join(folder, 'river-fox/advisory.yml'));
    const { advisory, problems } = await loadAdvisory(join(folder, 'river-fox'));
    expect(advisory).toBeNull();
    expect(problems.map(({ message }) => message)).toContain('it is not a regular file');
  });
  it.skipIf(process.platform === 'win32')('that link elsewhere are not followed from folders', async () => {
    const folder = writePack();
    const elsewhere = scratch({ 'secret.yml': 'password: x' });
    symlinkSync(elsewhere, join(folder, 'behaviours/link'));
    symlinkSync(join(elsewhere, 'secret.yml'), join(folder, 'behaviours/secret.yml'));
    expect((await loadAdvisory(folder)).problems).toEqual([]);
  });
  it('that are too large are refused by size', async () => {
    const folder = writePack();
    writeFileSync(join(folder, 'chain.yml'), `# ${'x'.repeat(3 << 20)}\n`);
    expect(await told(folder)).toContain('chain.yml:1:1 error the file is larger than 2097152 bytes');
  });
  it('whose texts are too long lose that part', async () => {
    const folder = packWith('behaviours/discovery.yml', 'An account asks who it is', 'x'.repeat(10_000));
    expect((await loadAdvisory(folder)).advisory?.behaviours).toHaveLength(1);
  });
  it('of anything at all never make it throw', async () => {
    const names = [
      'advisory.yml',
      'behaviours/discovery.yml',
      'chain.yml',
      'tests/discovery/account_names_itself.yml',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.nat(),
        fc.nat(40),
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 20 }),
          fc.constantFrom('[', '{', '- ', ': ', '\n', '&a ', '*a', '<<: *a', "'"),
        ),
        async (name, at, cut, put) => {
          const text = packFiles[name]!;
          const start = at % text.length;
          const folder = writePack({ [name]: text.slice(0, start) + put + text.slice(start + cut) });
          const { problems } = await loadAdvisory(folder);
          const tests = await loadTests(folder);
          for (const { place } of [...problems, ...tests.problems]) expect(place.line).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
