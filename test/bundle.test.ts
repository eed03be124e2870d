/**
 * The archives for hosts without Node or network: made as a release makes them, unpacked, and run where there is nothing
 * else. Needs the build, and the npm registry or npm's cache for Node's packages: where they cannot be had it is skipped,
 * except in CI. The archive for Windows is looked into, not run.
 */
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Jail, librariesOf, makeJail } from './jail.ts';
import { writeMixedLogs } from './mixed.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const tarName = `huntaway-${version}-linux-x64`;
const zipName = `huntaway-${version}-win-x64`;

/** Says why the archives could not be made, or null. */
let missing: string | null = null;
let scratch = '';
/** The archive for Linux, unpacked, with a space on the way to it. */
let home = '';
let jail: Jail;
/** Working folder as seen from inside, with the sample in it. */
let desk = '';
let launcher = '';

const at = (...path: string[]): string => join(scratch, ...path);

/** Makes both archives in `folder`; the variables are those of another person's machine. */
function bundle(folder: string, env: NodeJS.ProcessEnv): Promise<{ code: number; err: string }> {
  const words = [join(root, 'scripts/bundle.js'), '--out', folder];
  return new Promise(resolve =>
    execFile(process.execPath, words, { env: { ...process.env, ...env } }, (error, _, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), err }),
    ),
  );
}

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('the bundle', () => {
  beforeAll(async () => {
    if (!existsSync(join(root, 'dist/main.js'))) throw new Error('the program is not built: npm run build');
    scratch = mkdtempSync(join(tmpdir(), 'huntaway bundle-'));
    const [made, again] = await Promise.all([
      bundle(at('once'), {}),
      bundle(at('twice'), { TZ: 'Pacific/Auckland', LC_ALL: 'C' }),
    ]);
    if (made.code === 2 && !process.env['CI']) {
      missing = made.err.trim();
      console.warn(`the bundle is not tested: ${missing}`);
      return;
    }
    for (const { code, err } of [made, again]) if (code !== 0) throw new Error(`no bundle: ${err}`);
    const host = at('a host');
    mkdirSync(join(host, 'jump host'), { recursive: true });
    const words = ['-xzf', at('once', `${tarName}.tar.gz`), '-C', join(host, 'jump host')];
    expect(spawnSync('tar', words).status).toBe(0);
    home = join(host, 'jump host', tarName);
    jail = makeJail(host, join(home, 'node'));
    cpSync(join(root, 'samples'), join(host, 'a desk', 'samples'), { recursive: true });
    writeMixedLogs(join(host, 'a desk', 'mixed'));
    desk = jail.inside(join(host, 'a desk'));
    launcher = jail.inside(join(home, 'huntaway'));
    console.log(`the bundle runs with ${jail.name}`);
  }, 300_000);

  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  beforeEach(context => {
    if (missing !== null) context.skip(missing);
  });

  it('is the same bytes again, in another time zone', () => {
    for (const name of [`${tarName}.tar.gz`, `${zipName}.zip`]) {
      expect(readFileSync(at('twice', name)).equals(readFileSync(at('once', name)))).toBe(true);
    }
  });

  it('comes with the hash of each archive', () => {
    for (const name of [`${tarName}.tar.gz`, `${zipName}.zip`]) {
      const hash = createHash('sha256')
        .update(readFileSync(at('once', name)))
        .digest('hex');
      expect(readFileSync(at('once', `${name}.sha256`), 'utf8')).toBe(`${hash}  ${name}\n`);
    }
  });

  describe('for Linux', () => {
    it('is owned by nobody in particular and opens into one folder', () => {
      const { stdout } = spawnSync('tar', ['-tvzf', at('once', `${tarName}.tar.gz`), '--numeric-owner'], {
        encoding: 'utf8',
      });
      const lines = stdout.trimEnd().split('\n');
      expect(lines.filter(line => !line.includes(` ${tarName}/`))).toEqual([]);
      expect(new Set(lines.map(line => line.split(/\s+/)[1]))).toEqual(new Set(['0/0']));
      const runnable = lines
        .filter(line => line.startsWith('-rwxr-xr-x'))
        .map(line => line.split('/').at(-1));
      expect(runnable).toEqual(['huntaway', 'node']);
    });

    it('holds what the npm package holds', () => {
      const packed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: root,
        encoding: 'utf8',
      });
      const [{ files }] = JSON.parse(packed.stdout) as [{ files: { path: string }[] }];
      const published = files.map(({ path }) => path).filter(path => path !== 'README.md');
      expect(published.filter(path => !existsSync(join(home, 'app', path)))).toEqual([]);
      expect(readdirSync(join(home, 'app')).sort()).toEqual(
        [...new Set([...published.map(path => path.split('/')[0]!), 'node_modules'])].sort(),
      );
    });

    it('holds the libraries that run, and no others', () => {
      const found = readdirSync(join(home, 'app/node_modules')).sort();
      expect(found).toEqual(['@zip.js', 'argparse', 'commander', 'js-yaml', 're2js']);
    });

    it('lists every file with its hash', () => {
      const check = spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], {
        cwd: home,
        encoding: 'utf8',
      });
      expect([check.status, check.stdout]).toEqual([0, '']);
      const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter(entry =>
        entry.isFile(),
      );
      const listed = readFileSync(join(home, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
      expect(listed).toHaveLength(files.length - 1);
    });

    it('passes on the licences of Node and the libraries', () => {
      const text = readFileSync(join(home, 'THIRD-PARTY.txt'), 'utf8');
      expect(text).toContain('Copyright Node.js contributors');
      for (const name of ['@zip.js/zip.js', 'argparse', 'commander', 'js-yaml', 're2js']) {
        expect(text).toContain(readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8').trim());
      }
    });

    it('tells its own version and that of its Node', () => {
      const first = readFileSync(join(home, 'README.txt'), 'utf8').split('\n')[0];
      const { stdout } = jail.run(desk, [jail.inside(join(home, 'node')), '--version']);
      expect(first).toBe(`Huntaway ${version} for Linux, with Node ${stdout.trim().slice(1)} inside`);
    });

    it('needs no library that a plain system lacks', () => {
      const plain = /^(?:libc|libm|libdl|libpthread|librt|libgcc_s|libstdc\+\+|ld-linux-x86-64)\.so\.\d+$/;
      const needed = librariesOf(join(home, 'node')).map(path => basename(path));
      expect(needed).toContain('libc.so.6');
      expect(needed.filter(name => !plain.test(name))).toEqual([]);
    });
  });

  describe('for Linux, alone on a host', () => {
    const sample = ['hunt', 'samples/logs', '--rules', 'samples/rules'];
    const hunt = (...words: string[]): ReturnType<Jail['run']> => jail.run(desk, [launcher, ...words]);
    /** What the program prints elsewhere. */
    const usual = (...words: string[]): string =>
      spawnSync(process.execPath, [join(root, 'bin/huntaway.js'), ...words], {
        cwd: at('a host', 'a desk'),
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      }).stdout;

    it('finds in the sample what the program finds elsewhere', () => {
      const { status, stdout, stderr } = hunt(...sample);
      expect([status, stderr]).toEqual([0, expect.stringContaining('32 findings (20 rules, 3 hosts)')]);
      expect(stdout).toBe(usual(...sample));
    });

    it('finds the same where the logs are EVTX, JSON and XML', () => {
      const mixed = ['hunt', 'mixed', '--rules', 'samples/rules', '--workers', '2'];
      const { status, stdout, stderr } = hunt(...mixed);
      expect([status, stderr]).toEqual([0, expect.stringContaining('32 findings (20 rules, 3 hosts)')]);
      expect(stderr).toContain('6 files: 6 read');
      expect(stdout).toBe(usual(...mixed));
    });

    it('finds the same with several workers', () => {
      // More than the two units that it takes for threads to start.
      for (let i = 0; i < 12; i++) {
        cpSync(join(root, 'samples/logs'), at('a host', 'a desk', 'many', `${i}`), { recursive: true });
      }
      const many = ['hunt', 'many', '--rules', 'samples/rules', '--workers', '3'];
      const { status, stdout } = hunt(...many, '--out', 'of many');
      expect([status, stdout]).toEqual([0, usual(...many)]);
      const record = readFileSync(at('a host', 'a desk', 'of many', 'run.json'), 'utf8');
      expect(JSON.parse(record)).toMatchObject({ workers: 3, exitCode: 0 });
    });

    it('prints the table', () => {
      const { status, stdout } = hunt(...sample, '--format', 'table', '--quiet');
      expect([status, stdout]).toEqual([0, usual(...sample, '--format', 'table', '--quiet')]);
    });

    it('writes a case folder', () => {
      expect(hunt(...sample, '--out', 'a case').status).toBe(0);
      expect(readdirSync(at('a host', 'a desk', 'a case')).sort()).toEqual([
        'findings.jsonl',
        'intrusions.json',
        'ledger.json',
        'run.json',
        'visibility.json',
      ]);
    });

    it('has the linear engine for an expression that would backtrack', () => {
      const rule = readFileSync(join(root, 'samples/rules/lsass_dump_comsvcs.yml'), 'utf8');
      const costly = `${rule.slice(0, rule.indexOf('detection:'))}detection:
  selection: { CommandLine|re: '(.+)+comsvcs(.+)+$' }
  condition: selection
`;
      mkdirSync(at('a host', 'a desk', 'costly'));
      writeFileSync(at('a host', 'a desk', 'costly', 'rule.yml'), costly);
      const { status, stderr } = hunt('hunt', 'samples/logs', '--rules', 'costly');
      expect([status, stderr]).toEqual([0, expect.stringContaining('1 rule: 1 ran, 1 matched')]);
    });

    it.each([
      [1, [...sample, '--fail-on', 'high']],
      [2, ['hunt', 'samples/logs', '--rules', 'nowhere']],
      [3, [...sample, 'nowhere.evtx']],
    ] as const)('ends with exit code %i', (code, words) => expect(hunt(...words).status).toBe(code));

    it('is interrupted as one process', async () => {
      // Standard input that never ends keeps the hunt waiting after the files.
      const child = jail.start(desk, [launcher, ...sample, '-', '--out', 'cut']);
      onTestFinished(() => void child.kill('SIGKILL'));
      const ended = new Promise(resolve => child.on('exit', resolve));
      await expect.poll(() => existsSync(at('a host', 'a desk', 'cut')), { timeout: 20_000 }).toBe(true);
      await new Promise(resolve => setTimeout(resolve, 1000));
      child.kill('SIGINT');
      expect(await ended).toBe(130);
    });
  });

  const shells = [['/bin/sh'], ['/bin/bash', '--posix'], ['/bin/busybox', 'sh']].filter(([shell]) =>
    existsSync(shell!),
  );
  describe.each(shells)('its launcher under %s %s', (...shell) => {
    const run = (cwd: string, ...words: string[]): string => {
      const { stdout, stderr } = spawnSync(shell[0]!, [...shell.slice(1), ...words], {
        cwd,
        encoding: 'utf8',
        env: { PATH: '', NODE_OPTIONS: '--no-such-option', NODE_PATH: '/nowhere' },
      });
      return stdout + stderr;
    };

    it('runs from its own folder', () => expect(run(home, 'huntaway', '--version')).toBe(`${version}\n`));
    it('runs from a folder above', () =>
      expect(run(at('a host', 'jump host'), `${tarName}/huntaway`, '--version')).toBe(`${version}\n`));
    it('runs through links, near and far', () => {
      const links = mkdtempSync(at('links of-'));
      mkdirSync(join(links, 'deep'));
      symlinkSync(join(home, 'huntaway'), join(links, 'deep', 'absolute'));
      symlinkSync('deep/absolute', join(links, 'relative'));
      symlinkSync('relative', join(links, 'again'));
      expect(run(links, 'again', '--version')).toBe(`${version}\n`);
      expect(run('/', join(links, 'again'), '--version')).toBe(`${version}\n`);
    });
    it('hands on words as they are', () => {
      const odd = ['a  b', '', '*', '$HOME', '`x`', '"', "'", '\\', 'ā\n!'];
      const folder = mkdtempSync(at('words-'));
      mkdirSync(join(folder, 'app/bin'), { recursive: true });
      writeFileSync(
        join(folder, 'app/bin/huntaway.js'),
        'console.log(JSON.stringify(process.argv.slice(2)))',
      );
      symlinkSync(join(home, 'node'), join(folder, 'node'));
      cpSync(join(home, 'huntaway'), join(folder, 'huntaway'));
      expect(JSON.parse(run(folder, './huntaway', ...odd))).toEqual(odd);
    });
  });

  describe('for Windows', () => {
    const members = new Map<string, Buffer>();
    const text = (name: string): string => members.get(`${zipName}/${name}`)!.toString('utf8');

    beforeAll(async () => {
      if (missing !== null) return;
      const zip = new ZipReader(new Uint8ArrayReader(readFileSync(at('once', `${zipName}.zip`))));
      for (const entry of await zip.getEntries()) {
        if (entry.directory) continue;
        members.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())));
      }
    });

    it('holds the same program as that for Linux', () => {
      const app = readdirSync(join(home, 'app'), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name));
      const differ = app.filter(
        path => !members.get(`${zipName}/${path.slice(home.length + 1)}`)?.equals(readFileSync(path)),
      );
      expect(differ).toEqual([]);
      const others = [...members.keys()].filter(name => !name.startsWith(`${zipName}/app/`)).sort();
      expect(others).toEqual(
        ['README.txt', 'SHA256SUMS', 'THIRD-PARTY.txt', 'huntaway.cmd', 'node.exe'].map(
          name => `${zipName}/${name}`,
        ),
      );
    });

    it('holds a program for Windows on x64', () => {
      const node = members.get(`${zipName}/node.exe`)!;
      const header = node.readUInt32LE(0x3c);
      expect(node.toString('latin1', header, header + 4)).toBe('PE\0\0');
      expect(node.readUInt16LE(header + 4)).toBe(0x8664);
    });

    it('lists every file with its hash', () => {
      const expected = [...members]
        .map(([name, bytes]) => [name.slice(zipName.length + 1), bytes] as const)
        .filter(([name]) => name !== 'SHA256SUMS')
        .map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}`);
      expect(text('SHA256SUMS').trimEnd().split('\n').sort()).toEqual(expected.sort());
    });

    it('is started by a batch file in the form that cmd reads', () => {
      const lines = text('huntaway.cmd').split('\r\n');
      expect(lines.filter(line => line.includes('\n') || line.includes('\r'))).toEqual([]);
      expect(text('huntaway.cmd')).toMatch(/^[\t\r\n -~]*$/);
      expect(lines[0]).toBe('@echo off');
    });

    it('is started with quotes round its folder, all words, and the exit code handed on', () => {
      const lines = text('huntaway.cmd').split('\r\n');
      expect(lines.slice(-3)).toEqual([
        '"%~dp0node.exe" "%~dp0app\\bin\\huntaway.js" %*',
        'exit /b %ERRORLEVEL%',
        '',
      ]);
      expect(lines).toContain('setlocal DisableDelayedExpansion');
    });

    it('has a text to read with the line ends of Windows', () =>
      expect(text('README.txt')).toMatch(
        /^Huntaway \S+ for Windows, with Node \S+ inside\r\n(?:[^\r\n]*\r\n)+$/,
      ));
  });
});
