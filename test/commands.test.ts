/** The commands around a hunt as a user meets them. Needs the build (`npm test` makes it first). */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../src/cli/commands/index.ts';
import { bin, type Result } from './program.ts';
import { haveTool } from './shells.ts';

let home = '';
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'huntaway-commands-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function run(words: readonly string[], env: NodeJS.ProcessEnv = {}): Result {
  const child = spawnSync(process.execPath, [bin, ...words], {
    encoding: 'utf8',
    env: { ...process.env, HOME: home, XDG_CACHE_HOME: '', NO_COLOR: '1', FORCE_COLOR: '', ...env },
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

const escapes = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/;

describe('doctor', () => {
  it('fits 80 columns and has no escapes', () => {
    const { code, out, err } = run(['doctor']);
    expect([code, err]).toEqual([0, '']);
    expect(out).not.toMatch(escapes);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
  it('has colours when asked', () => expect(run(['doctor', '--color', 'always']).out).toContain('\u001b['));
  it('tells no secrets in JSON', () => {
    const { code, out } = run(['doctor', '--format', 'json'], { HUNTAWAY_TEST_TOKEN: 'swordfish' });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ version: 1, exitCode: 0 });
    expect(out).not.toContain('swordfish');
    expect(out).not.toContain(home);
  });
  it('ends with 1 where something would stop a hunt', () => {
    const { code, out } = run(['doctor', '--spool-dir', join(home, 'none')]);
    expect(code).toBe(1);
    expect(out).toContain('1 problem would stop a hunt');
  });
});

describe('completions', () => {
  it.each(['bash', 'zsh', 'fish', 'powershell'])('for %s know every command and flag', shell => {
    const { code, out } = run(['completions', shell]);
    expect(code).toBe(0);
    for (const { name, flags } of commands) {
      for (const word of name.split(' ')) expect(out).toContain(word);
      for (const flag of flags) expect(out).toContain(flag.name);
    }
  });
  for (const shell of ['bash', 'zsh', 'fish']) {
    it.skipIf(!haveTool(shell))(`are taken by ${shell}`, () => {
      const file = join(home, `script.${shell}`);
      writeFileSync(file, run(['completions', shell]).out);
      const child = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
      expect([child.status, child.stderr]).toEqual([0, '']);
    });
  }
  it('are refused for another shell', () =>
    expect(run(['completions', 'tcsh'])).toEqual({
      code: 2,
      out: '',
      err: "huntaway: completions takes bash, zsh, fish or powershell, not 'tcsh'\n",
    }));
});

describe('man', () => {
  it('prints the page that the package carries', () => {
    const { code, out } = run(['man']);
    expect(code).toBe(0);
    expect(out).toBe(readFileSync(new URL('../dist/huntaway.1', import.meta.url), 'utf8'));
  });
  it.skipIf(!haveTool('groff'))('is taken by groff without a warning', () => {
    const child = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-z'], {
      input: run(['man']).out,
      encoding: 'utf8',
    });
    expect([child.status, child.stderr]).toEqual([0, '']);
  });
  it.skipIf(!haveTool('groff'))('names every command and flag as it is typed', () => {
    const child = spawnSync('groff', ['-man', '-Tutf8'], { input: run(['man']).out, encoding: 'utf8' });
    const shown = child.stdout.replace(/\u001b\[[\d;]*m|.\u0008/g, '');
    for (const { name, flags } of commands) {
      expect(shown).toContain(`huntaway ${name}`);
      for (const flag of flags) expect(shown).toContain(`--${flag.name}`);
    }
  });
});
