/** Completion scripts in the shells themselves: their grammar is theirs, so they are the judges. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programTable } from '../../../test/program-table.ts';
import { scratch } from '../../../test/scratch.ts';
import { haveTool } from '../../../test/shells.ts';
import { completionScript, type Shell, shells } from './index.ts';

const bash = haveTool('bash');
const zsh = haveTool('zsh');
const fish = haveTool('fish');
const powershell = haveTool('pwsh');

function scriptFile(shell: Shell): string {
  return join(scratch({ script: completionScript(shell, programTable) }), 'script');
}

function run(program: string, words: readonly string[]): { code: number | null; out: string; err: string } {
  const child = spawnSync(program, words, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

describe('every script', () => {
  it.each(shells)('names all commands and flags: %s', shell => {
    const script = completionScript(shell, programTable);
    for (const word of ['hunt', 'rules', 'check', 'list', 'shell', 'help']) expect(script).toContain(word);
    for (const flag of ['format', 'rules', 'out', 'operator', 'quiet', 'strict'])
      expect(script).toContain(flag);
  });
  it.each(shells)('is the same each time: %s', shell =>
    expect(completionScript(shell, programTable)).toBe(completionScript(shell, programTable)),
  );
});

/** What bash offers for the words, of which the last is being written; and the options it sets. */
function bashOffers(...words: string[]): { offered: string[]; options: string } {
  const harness = `
    source "$1"; shift
    compopt() { options+="$*;"; }
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); options=
    _hound
    printf '%s\\n' "$options" "\${COMPREPLY[@]}"`;
  const { code, out, err } = run('bash', ['-uc', harness, 'bash', scriptFile('bash'), 'hound', ...words]);
  expect([code, err]).toEqual([0, '']);
  const [options, ...offered] = out.trimEnd().split('\n');
  return { options: options!, offered: offered.filter(word => word !== '') };
}

describe.skipIf(!bash)('bash', () => {
  it('takes the script', () =>
    expect(run('bash', ['-n', scriptFile('bash')])).toMatchObject({ code: 0, err: '' }));
  it('completes the word it is asked for', () => {
    const { code, out } = run('bash', ['-c', 'source "$1"; complete -p hound', 'bash', scriptFile('bash')]);
    expect([code, out]).toEqual([0, 'complete -o default -F _hound hound\n']);
  });
  it.each<readonly [words: readonly string[], offered: readonly string[]]>([
    [[''], ['hunt', 'rules', 'shell', 'help']],
    [['h'], ['hunt', 'help']],
    [['-'], ['--help', '-h', '--version', '-V']],
    [
      ['rules', ''],
      ['check', 'list'],
    ],
    [
      ['rules', 'check', '--'],
      ['--strict', '--help'],
    ],
    [
      ['hunt', '-'],
      ['--format', '-f', '--rules', '-r', '--out', '--operator', '--quiet', '-q', '--help', '-h'],
    ],
    [
      ['hunt', 'a.evtx', '-f', ''],
      ['table', "o\\'dd\\ \\$x"],
    ],
    [['hunt', '--format', 't'], ['table']],
    [['hunt', '--format', '=', 't'], ['table']],
    [
      ['hunt', '--format', '='],
      ['table', "o\\'dd\\ \\$x"],
    ],
    [['hunt', '--format=t'], ['--format=table']],
    [
      ['shell', ''],
      ['bash', 'zsh'],
    ],
    [
      ['help', ''],
      ['hunt', 'rules', 'shell'],
    ],
    [['hunt', 'nothing-known'], []],
    [['hunt', 'rules', '-'], bashFlagsOfHunt()],
  ])('offers for %j', (words, offered) => expect(bashOffers(...words).offered).toEqual(offered));
  it('leaves files to readline where a path goes', () => {
    expect(bashOffers('hunt', 'a').options).toBe('');
    expect(bashOffers('hunt', '--rules', 'a').options).toBe('');
    expect(bashOffers('rules', 'check', 'a').options).toBe('');
  });
  it('offers folders only where a folder goes', () =>
    expect(bashOffers('hunt', '--out', 'a').options).toBe('+o default -o dirnames;'));
  it('offers nothing where only a person knows', () =>
    expect(bashOffers('hunt', '--operator', 'a')).toEqual({ offered: [], options: '+o default;' }));
});

function bashFlagsOfHunt(): string[] {
  return ['--format', '-f', '--rules', '-r', '--out', '--operator', '--quiet', '-q', '--help', '-h'];
}

describe.skipIf(!zsh)('zsh', () => {
  it('takes the script', () =>
    expect(run('zsh', ['-n', scriptFile('zsh')])).toMatchObject({ code: 0, err: '' }));
  it('defines a function for each place, and registers the first', () => {
    const harness = `compdef() { print -r -- "$@"; }; source $1; print -l \${(ok)functions[(I)_hound*]}`;
    const { code, out, err } = run('zsh', ['-fc', harness, 'zsh', scriptFile('zsh')]);
    expect([code, err]).toEqual([0, '']);
    expect(out.trim().split('\n')).toEqual([
      '_hound hound',
      '_hound',
      '_hound_help',
      '_hound_hunt',
      '_hound_rules',
      '_hound_rules_check',
      '_hound_rules_list',
      '_hound_shell',
    ]);
  });
  it('hands _arguments each flag in one word, with its text as it is', () => {
    const harness = '_arguments() { print -l -r -- "$@"; }; compdef() { :; }; source $1; _hound_hunt';
    const { out } = run('zsh', ['-fc', harness, 'zsh', scriptFile('zsh')]);
    expect(out).toContain('*--rules=[rules]:PATH:_files\n');
    expect(out).toContain('(--out)--out=[where to]:DIR:_files -/\n');
    expect(out).toContain('(--format -f)-f[it\'s "odd" \\[x\\]\\: \\\\n $HOME `id` $(id) %s');
    expect(out).toContain(":FORMAT:(table o\\\\'dd\\\\ \\\\$x)\n");
  });
});

describe.skipIf(!fish)('fish', () => {
  const offers = (line: string): string[] => {
    const home = scratch();
    const child = spawnSync(
      'fish',
      [
        '--no-config',
        '-c',
        'source $argv[1]; cd $argv[2]; complete -C $argv[3]',
        scriptFile('fish'),
        home,
        line,
      ],
      {
        encoding: 'utf8',
        env: { ...process.env, HOME: home, LC_ALL: 'C.UTF-8' },
      },
    );
    expect([child.status, child.stderr]).toEqual([0, '']);
    return child.stdout
      .split('\n')
      .filter(text => text !== '')
      .map(text => text.split('\t')[0]!)
      .sort();
  };
  it('takes the script', () =>
    expect(run('fish', ['-n', scriptFile('fish')])).toMatchObject({ code: 0, err: '' }));
  it.each<readonly [line: string, offered: readonly string[]]>([
    ['hound ', ['help', 'hunt', 'rules', 'shell']],
    ['hound rules ', ['check', 'list']],
    ['hound rules check --s', ['--strict']],
    ['hound hunt --format ', ["o'dd $x", 'table']],
    ['hound hunt --operator ', []],
    ['hound shell ', ['bash', 'zsh']],
    ['hound help s', ['shell']],
  ])('offers for %j', (line, offered) => {
    expect(offers(line)).toEqual(offered);
  });
});

describe.skipIf(!powershell)('PowerShell', () => {
  it('takes the script', () => {
    const check =
      '$e = $null; [void][System.Management.Automation.Language.Parser]::ParseFile($args[0], [ref]$null, [ref]$e); $e.Count';
    expect(run('pwsh', ['-NoProfile', '-Command', check, scriptFile('powershell')]).out.trim()).toBe('0');
  });
});

describe('the script for PowerShell', () => {
  const script = completionScript('powershell', programTable);
  it('doubles quotes of all kinds', () => {
    expect(script).toContain("'o''dd $x'");
    expect(script).toContain('‘‘curly’’');
  });
  it('has every quote and bracket closed', () => {
    const code = script
      .replace(/^ *#.*$/gm, '')
      .replace(/'(?:[^'‘’]|''|‘‘|’’)*'/g, '')
      .replace(/"[^"]*"/g, '');
    expect(code).not.toMatch(/['"‘’]/);
    for (const [open, close] of ['()', '{}', '[]']) {
      expect(code.split(open!).length).toBe(code.split(close!).length);
    }
  });
});
