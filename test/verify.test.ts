/**
 * `huntaway verify` as a user meets it: after a hunt, evidence is changed in one way each, and the program must name
 * it. Needs the build (`npm test` makes it first).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeEvtx } from '../src/read/sources/evtx/write/index.ts';
import type { CheckedFile, Verification } from '../src/tell/index.ts';
import { makeZip } from './archives.ts';
import { bin, type Result, requireBuild } from './program.ts';

/** The folder of all tests, the hunt that each test gets a copy of, and the copy. */
let scratch = '';
let original = '';
let folder = '';
const at = (...path: string[]): string => join(folder, ...path);

function run(words: readonly string[], cwd = folder, input = ''): Result {
  const child = spawnSync(process.execPath, [bin, ...words], {
    cwd,
    encoding: 'utf8',
    input,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', XDG_CACHE_HOME: join(scratch, 'cache') },
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

const verify = (...words: string[]): Result => run(['verify', 'case', ...words]);

function verified(...words: string[]): Verification {
  return JSON.parse(verify('--format', 'json', ...words).out);
}

/** Status by path of all that is not unchanged. */
function troubles({ files }: Verification): Record<string, string> {
  return Object.fromEntries(
    files.flatMap(({ path, status }) => (status === 'unchanged' ? [] : [[path, status]])),
  );
}

function fileOf({ files }: Verification, path: string): CheckedFile {
  return files.find(file => file.path === path)!;
}

/** Turns one bit of the byte at `offset`. */
function flip(path: string, offset: number): void {
  const bytes = readFileSync(path);
  bytes[offset]! ^= 1;
  writeFileSync(path, bytes);
}

const log = (record: number): Buffer =>
  Buffer.from(
    writeEvtx([
      {
        provider: { name: 'Microsoft-Windows-Sysmon', guid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}' },
        eventId: 1,
        time: Date.UTC(2026, 2, 1, 12) * 1000,
        recordId: record,
        channel: 'Microsoft-Windows-Sysmon/Operational',
        computer: 'HOST-A',
        data: { kind: 'named', fields: [['CommandLine', `ntdsutil ${record}`]] },
      },
    ]),
  );

const archive = (second: Buffer): Buffer =>
  makeZip([
    { name: 'one.evtx', data: log(3) },
    { name: 'deep/two.evtx', data: second },
    { name: 'inner.zip', data: makeZip([{ name: 'three.evtx', data: log(5) }]) },
  ]);

beforeAll(() => {
  requireBuild();
  scratch = mkdtempSync(join(tmpdir(), 'huntaway-verify-'));
  original = join(scratch, 'original');
  for (const name of ['logs', 'rules']) mkdirSync(join(original, name), { recursive: true });
  const write = (name: string, content: string | Buffer): void =>
    writeFileSync(join(original, name), content);
  write('logs/a.evtx', log(1));
  write('logs/b.evtx', log(2));
  write('logs/readme.txt', 'nothing to hunt in');
  write('logs/packed.evtx.gz', gzipSync(log(6)));
  write('host.zip', archive(log(4)));
  write('names.yml', 'tools: [ntdsutil]\n');
  write(
    'rules/r.yml',
    `title: R
id: a0000000-0000-4000-8000-000000000001
logsource: { product: windows, category: process_creation }
detection: { selection: { CommandLine|expand|contains: '%tools%' }, condition: selection }
`,
  );
  const hunt = ['hunt', 'logs', 'host.zip', '-r', 'rules', '--placeholders', 'names.yml', '--out', 'case'];
  const { code, out } = run(hunt, original);
  expect([code, out.split('\n').length]).toEqual([0, 7]);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'test-'));
  cpSync(original, folder, { recursive: true });
});

describe('where nothing has changed', () => {
  it('everything is unchanged, and that ends with 0', () => {
    const { code, out, err } = verify();
    expect([code, err]).toEqual([0, '']);
    for (const path of [
      'logs/a.evtx',
      'host.zip',
      'host.zip!/deep/two.evtx',
      'host.zip!/inner.zip!/three.evtx',
    ]) {
      expect(out).toMatch(new RegExp(`^unchanged .* ${path}$`, 'm'));
    }
    expect(out).toMatch(/^rules +the same as then$/m);
  });
  it('every file that the record names is told once', () => {
    expect(
      verified()
        .files.map(({ kind, path }) => `${kind} ${path}`)
        .sort(),
    ).toEqual([
      'archive host.zip',
      'archive logs/packed.evtx.gz',
      'log logs/a.evtx',
      'log logs/b.evtx',
      'member host.zip!/deep/two.evtx',
      'member host.zip!/inner.zip!/three.evtx',
      'member host.zip!/one.evtx',
      'member logs/packed.evtx.gz',
      'option names.yml',
      'other logs/readme.txt',
      'output findings.jsonl',
      'output intrusions.json',
      'output ledger.json',
      'output visibility.json',
    ]);
  });
  it('a file that the hunt did not read is no trouble, even gone', () => {
    rmSync(at('logs', 'readme.txt'));
    expect(verify().code).toBe(0);
  });
  it('what appeared beside is not looked at', () => {
    writeFileSync(at('logs', 'c.evtx'), log(9));
    expect(verify().code).toBe(0);
  });
  it('the hash of the record is printed, with what it is for', () => {
    const hash = createHash('sha256')
      .update(readFileSync(at('case', 'run.json')))
      .digest('hex');
    const { out } = verify();
    expect(out).toContain(`  ${hash}\n`);
    expect(out).toMatch(/Compare this hash with one that was written down elsewhere/);
    expect(out).toMatch(/can\schange run\.json as well/);
    expect(verify('--expect', hash.toUpperCase()).code).toBe(0);
  });
  it('the result fits its schema', () => {
    const text = readFileSync(new URL('../schema/verification.schema.json', import.meta.url), 'utf8');
    const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
      JSON.parse(text),
    );
    const result = verified();
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...result, exitCode: 7 })).toBe(false);
  });
  it('fits 80 columns but for paths', () => {
    for (const line of verify().out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('what has changed is named, and that ends with 1:', () => {
  it('one byte of a log', () => {
    flip(at('logs', 'a.evtx'), 5000);
    const result = verified();
    expect(troubles(result)).toEqual({ 'logs/a.evtx': 'changed', 'logs/readme.txt': 'not-read' });
    const { sha256, message } = fileOf(result, 'logs/a.evtx');
    expect(sha256.now).toBe(
      createHash('sha256')
        .update(readFileSync(at('logs', 'a.evtx')))
        .digest('hex'),
    );
    expect(sha256.recorded).not.toBe(sha256.now);
    expect(message).toBe('the same size, other content');
    expect(verify().code).toBe(1);
  });
  it('the size of a log', () => {
    const before = readFileSync(at('logs', 'a.evtx'));
    writeFileSync(at('logs', 'a.evtx'), Buffer.concat([before, Buffer.alloc(1)]));
    expect(verify().out).toContain('69,632 bytes then, 69,633 now');
    expect(verify().code).toBe(1);
  });
  it('a log that is gone', () => {
    rmSync(at('logs', 'b.evtx'));
    const { code, out } = verify();
    expect(code).toBe(1);
    expect(out).toMatch(/^missing +log +logs\/b\.evtx$/m);
  });
  it('a log that is a folder now', () => {
    rmSync(at('logs', 'b.evtx'));
    mkdirSync(at('logs', 'b.evtx'));
    expect(troubles(verified())['logs/b.evtx']).toBe('changed');
  });
  it('the findings', () => {
    writeFileSync(at('case', 'findings.jsonl'), '');
    const { code, out } = verify();
    expect(code).toBe(1);
    expect(out).toMatch(/^changed +output +findings\.jsonl$/m);
  });
  it('the file of an option', () => {
    writeFileSync(at('names.yml'), 'tools: [vssadmin]\n');
    expect(troubles(verified())['names.yml']).toBe('changed');
    expect(verify().code).toBe(1);
  });
  it('a member of an archive, and its archive, and no other member', () => {
    writeFileSync(at('host.zip'), archive(log(40)));
    expect(troubles(verified())).toEqual({
      'host.zip': 'changed',
      'host.zip!/deep/two.evtx': 'changed',
      'logs/readme.txt': 'not-read',
    });
  });
  it('a member that is gone', () => {
    writeFileSync(at('host.zip'), makeZip([{ name: 'one.evtx', data: log(3) }]));
    expect(troubles(verified())).toMatchObject({
      'host.zip!/deep/two.evtx': 'missing',
      'host.zip!/inner.zip!/three.evtx': 'missing',
    });
  });
  it('an archive that is gone, with its members', () => {
    rmSync(at('host.zip'));
    expect(troubles(verified())).toMatchObject({ 'host.zip': 'missing', 'host.zip!/one.evtx': 'missing' });
  });
  it('an archive that was packed anew: its members are unchanged', () => {
    writeFileSync(at('logs', 'packed.evtx.gz'), gzipSync(log(6), { level: 1 }));
    const { files } = verified();
    const both = files.filter(({ path }) => path === 'logs/packed.evtx.gz');
    expect(both.map(({ kind, status }) => [kind, status])).toEqual([
      ['archive', 'changed'],
      ['member', 'unchanged'],
    ]);
  });
  it('a record that is not the one expected', () => {
    const { code, out } = verify('--expect', 'a'.repeat(64));
    expect(code).toBe(1);
    expect(out).toContain('NOT the one expected');
  });
  it('an option in the record that does not fit its hash', () => {
    const path = at('case', 'run.json');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('"value": [\n        "rules"', '"value": [\n        "roles"'),
    );
    const { code, out } = verify();
    expect(code).toBe(1);
    expect(out).toContain('run.json was changed after the hunt');
  });
});

it.skipIf(process.platform === 'win32')('ends with 1 too where nobody reads to the end', () => {
  writeFileSync(at('case', 'findings.jsonl'), '');
  const words = `"${process.execPath}" "${bin}" verify case; echo "code $?" >&2`;
  const child = spawnSync('sh', ['-c', `{ ${words}; } | true`], { cwd: folder, encoding: 'utf8' });
  expect(child.stderr).toBe('code 1\n');
});

describe('rules', () => {
  it('that were revised are said, and no error', () => {
    writeFileSync(at('rules', 'r.yml'), 'title: other\n');
    const { code, out } = verify();
    expect(code).toBe(0);
    expect(out).toMatch(/^rules +not the same as then/m);
  });
  it('that are gone are said, and no error', () => {
    rmSync(at('rules'), { recursive: true });
    expect(verified().rules).toMatchObject({ status: 'missing', paths: ['rules'] });
    expect(verify().code).toBe(0);
  });
});

describe('an advisory', () => {
  const pack = fileURLToPath(new URL('../advisories/volt-typhoon', import.meta.url));
  const huntWith = (): void => {
    cpSync(pack, at('pack'), { recursive: true });
    run(['hunt', 'logs', '-r', 'rules', '--advisory', 'pack', '--out', 'case', '--force']);
  };

  it('that is as it was is said', () => {
    huntWith();
    const { code, out } = verify();
    expect(code).toBe(0);
    expect(out).toMatch(/^advisory +volt-typhoon: the same as then$/m);
  });

  it.each(['advisory.yml', 'behaviours/discovery.yml', 'chain.yml', 'indicators.json'])(
    'of which %s was revised is said, and no error',
    file => {
      huntWith();
      writeFileSync(at('pack', file), `${readFileSync(at('pack', file), 'utf8')}\n`);
      const { advisories, rules, exitCode } = verified();
      expect(advisories).toMatchObject([{ id: 'volt-typhoon', path: 'pack', status: 'different' }]);
      expect([rules.status, exitCode]).toEqual(['same', 0]);
      expect(verify().out).toMatch(/^advisory +volt-typhoon: not the same as then/m);
    },
  );

  it('that is gone is said, and no error', () => {
    huntWith();
    rmSync(at('pack'), { recursive: true });
    expect(verified()).toMatchObject({ advisories: [{ status: 'missing', now: null }], exitCode: 0 });
  });
});

describe('evidence that has moved', () => {
  it('is missing from another working directory, with the remedy', () => {
    const { code, out } = run(['verify', at('case')], scratch);
    expect(code).toBe(1);
    expect(out).toMatch(/give\s--base/);
  });
  it('is found with --base', () => {
    mkdirSync(at('evidence'));
    for (const name of ['logs', 'host.zip']) renameSync(at(name), at('evidence', name));
    expect(verify().code).toBe(1);
    expect(verify('--base', 'evidence').code).toBe(0);
    expect(run(['verify', at('case'), '--base', at('evidence')], scratch).code).toBe(1); // names.yml is elsewhere
  });
  it('is found with --base where it was given absolutely', () => {
    expect(run(['hunt', at('logs'), at('host.zip'), '--out', 'absolute']).code).toBe(0);
    expect(run(['verify', 'absolute']).code).toBe(0);
    mkdirSync(at('evidence'));
    for (const name of ['logs', 'host.zip']) renameSync(at(name), at('evidence', name));
    expect(run(['verify', 'absolute']).code).toBe(1);
    expect(run(['verify', 'absolute', '--base', 'evidence']).code).toBe(0);
  });
  it('is refused where --base names no folder', () =>
    expect(verify('--base', 'nowhere')).toEqual({
      code: 2,
      out: '',
      err: 'huntaway: --base nowhere: there is no such folder\n',
    }));
});

it('an archive in a folder whose name ends in ! is found again', () => {
  mkdirSync(at('odd!'));
  renameSync(at('host.zip'), at('odd!', 'host.zip'));
  expect(run(['hunt', 'odd!/host.zip', '--out', 'odd']).code).toBe(0);
  const { code, out } = run(['verify', 'odd']);
  expect(code).toBe(0);
  expect(out).toMatch(/^unchanged +archive +odd!\/host\.zip$/m);
});

describe('what cannot be checked ends with 3:', () => {
  it('standard input', () => {
    const input = readFileSync(at('logs', 'a.evtx'));
    const child = spawnSync(process.execPath, [bin, 'hunt', '-', '--out', 'piped'], { cwd: folder, input });
    expect(child.status).toBe(0);
    const { code, out } = run(['verify', 'piped']);
    expect(code).toBe(3);
    expect(out).toMatch(/^unchecked +log +-$/m);
  });
  it('a log that was never hashed', () => {
    const path = at('case', 'run.json');
    const record = JSON.parse(readFileSync(path, 'utf8'));
    record.inputs.find((input: { path: string }) => input.path === 'logs/a.evtx').sha256 = null;
    writeFileSync(path, JSON.stringify({ ...record, interrupted: true }));
    const { code, out } = verify();
    expect(code).toBe(3);
    expect(out).toContain('it was never hashed: the hunt was interrupted before');
  });
  it('a member that is damaged now', () => {
    const bytes = readFileSync(at('logs', 'packed.evtx.gz'));
    writeFileSync(at('logs', 'packed.evtx.gz'), bytes.subarray(0, bytes.length - 100));
    const member = verified().files.find(({ kind, path }) => kind === 'member' && path.endsWith('.gz'))!;
    expect(['unreadable', 'changed']).toContain(member.status);
  });
  it.skipIf(process.platform === 'win32')('a link that leads in a circle', () => {
    rmSync(at('logs', 'a.evtx'));
    symlinkSync('a.evtx', at('logs', 'a.evtx'));
    expect(troubles(verified())['logs/a.evtx']).toBe('unreadable');
    expect(verify().code).toBe(3);
  });
});

describe('a record that is none ends with 2 and one line:', () => {
  const message = (): string => {
    const { code, out, err } = verify();
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^huntaway: [^\n]*\n$/);
    return err;
  };
  const rewrite = (change: (record: Record<string, never>) => unknown): void => {
    const path = at('case', 'run.json');
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
  };
  it('a folder without one', () => {
    rmSync(at('case', 'run.json'));
    expect(message()).toContain('give the folder that was given to hunt with --out');
  });
  it('text that is no JSON, of which nothing reaches the terminal', () => {
    writeFileSync(at('case', 'run.json'), '\u001b[31mno');
    expect(message()).toContain('is not JSON');
    expect(message()).not.toContain('\u001b');
  });
  it('another version', () => {
    rewrite(record => ({ ...record, version: 2 }));
    expect(message()).toContain('has version 2; this Huntaway reads version 1');
  });
  it('a hash that is none, by its place', () => {
    rewrite(record => ({ ...record, containers: [{ path: 'x', sha256: 'abc' }] }));
    expect(message()).toContain('containers[0].sha256 is no SHA-256');
  });
  it('an output that lies elsewhere', () => {
    rewrite(record => ({ ...record, outputs: [{ name: '../x', size: 1, sha256: 'a'.repeat(64) }] }));
    expect(message()).toContain('outputs[0].name is no name of a file');
  });
});

describe('a hostile record', () => {
  const lie = (path: string, size: number | null = null): Result => {
    const file = at('case', 'run.json');
    const record = JSON.parse(readFileSync(file, 'utf8'));
    record.inputs = [{ path, type: 'evtx', size, sha256: 'a'.repeat(64) }];
    writeFileSync(file, JSON.stringify(record));
    return verify();
  };
  it('brings no terminal escape to the output', () => {
    for (const words of [[], ['--format', 'json']]) {
      lie('x\u001b[2J\u009b\u202e\ny.evtx');
      const { out } = verify(...words);
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });
  it.skipIf(!existsSync('/dev/zero'))('has no device opened', () =>
    expect(lie('/dev/zero').out).toMatch(/^changed +log +\/dev\/zero\n.*which is no file$/m),
  );
  it('has no pattern expanded and no folder walked', () => {
    expect(lie('logs/*.evtx').out).toMatch(/^missing +log +logs\/\*\.evtx$/m);
    expect(lie('/').out).toMatch(/^changed +log +\/$/m);
  });
  it('has no name with a NUL opened', () => expect(lie('logs/a.evtx\0').out).toMatch(/^missing/m));
});
