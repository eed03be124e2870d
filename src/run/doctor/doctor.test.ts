import { existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratch } from '../../../test/scratch.ts';
import { type Diagnosis, renderDiagnosis } from '../../tell/index.ts';
import type { Io, Outlet } from '../io.ts';
import { type DoctorOptions, diagnose, doctor } from './doctor.ts';
import type { Machine } from './machine.ts';

const outlet = (written: string[] = []): Outlet => ({
  isTerminal: true,
  columns: 80,
  color: false,
  write: bytes => written.push(Buffer.from(bytes).toString()),
});
const now = Date.UTC(2026, 2, 1);
const io = (written: string[] = []): Io => ({
  stdout: outlet(written),
  stderr: outlet(),
  signal: new AbortController().signal,
  now: () => now,
});

const machine = (home: string | null): Machine => ({
  huntaway: '0.1.0',
  oldestNode: '20.19',
  versions: { node: 'v22.11.0', v8: '12.4', zlib: '1.3', icu: '75.1' },
  system: 'Linux 6.1.0 x64',
  cpu: 'a processor of a name so long that it does not fit beside the other words on one line',
  cores: 8,
  memory: { total: 16 * 2 ** 30, free: 8 * 2 ** 30, limit: null, heap: 4 * 2 ** 30 },
  openFiles: 1024,
  home,
  utf8: true,
});

const options = (home: string): DoctorOptions => ({
  cacheDirectory: join(home, 'cache'),
  spoolDirectory: home,
  temporaryDirectory: home,
  clearCache: false,
  format: 'text',
});

const cacheFile = `rules-${'a'.repeat(32)}.cache`;

/** Verdict and text of one check. */
function check(
  { groups }: Diagnosis,
  name: string,
): { verdict: string; found: string; remedy: string | null } {
  return groups.flatMap(group => group.checks).find(one => one.name === name)!;
}

describe('the doctor', () => {
  it('finds nothing that would stop a hunt', () => {
    const home = scratch();
    const diagnosis = diagnose(options(home), machine(home), io());
    const text = renderDiagnosis(diagnosis, { width: 80, color: false });
    expect(
      text
        .replace(/[\d.]+ (?:[KMGT]iB|bytes) free$/gm, 'N free')
        // The formats are the sources' own business.
        .replace(/(formats +).*/, '$1all'),
    ).toMatchInlineSnapshot(`
      "Versions
        ok       huntaway     0.1.0
        ok       node         v22.11.0, supported (20.19 or newer is)
        ok       in node      V8 12.4, zlib 1.3, ICU 75.1
        ok       system       Linux 6.1.0 x64
        ok       processor    a processor of a name so long that it does not fit
                              beside the other words on one line, 8 cores
      Folders
        ok       cache        ~/cache: will be made when it is needed, N free
        ok       spool        ~: writable, N free
        ok       temporary    ~: writable, N free
        ok       config       none: this version takes everything from the command
                              line
      Limits
        ok       open files   at most 1,024 at once
        ok       memory       16 GiB, N free
        ok       heap         at most 4 GiB
        ok       workers      up to 4 by default (--workers)
        ok       archives     8 deep, 250,000 members, 256 GiB a member, 1 TiB in all,
                              250 times their packed size
      Caches
        ok       rule caches  none
      Logs
        ok       formats      all
        ok       packed       zip, gzip and Zstandard, also within each other
        ok       from         files, folders, patterns, standard input
      Terminal
        ok       output       a terminal of 80 columns, without colours
        ok       remarks      a terminal of 80 columns, without colours
        ok       characters   UTF-8

      Nothing here would stop a hunt.
      "
    `);
    expect(diagnosis.exitCode).toBe(0);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
  it('leaves nothing behind', () => {
    const home = scratch({ 'cache/x': '' });
    diagnose(options(home), machine(home), io());
    expect(readdirSync(home)).toEqual(['cache']);
    expect(readdirSync(join(home, 'cache'))).toEqual(['x']);
  });
  it('prints JSON that names no home', () => {
    const home = scratch();
    const written: string[] = [];
    expect(doctor({ ...options(home), format: 'json' }, machine(home), io(written))).toBe(0);
    const diagnosis: Diagnosis = JSON.parse(written.join(''));
    expect(check(diagnosis, 'spool').found).toMatch(/^~: writable/);
    expect(check(diagnosis, 'cache').found.replaceAll('\\', '/')).toMatch(/^~\/cache: /);
    expect(written.join('')).not.toContain(home);
  });
  it('does not take the beginning of another folder for home', () => {
    const home = scratch();
    const diagnosis = diagnose({ ...options(home), spoolDirectory: `${home}-other` }, machine(home), io());
    expect(check(diagnosis, 'spool').found).toBe(`${home}-other: there is no such folder`);
  });
});

describe('a problem, with a remedy and exit code 1, is', () => {
  const problem = (change: Partial<DoctorOptions>, machineChange: Partial<Machine> = {}): string => {
    const home = scratch({ file: 'x' });
    const diagnosis = diagnose({ ...options(home), ...change }, { ...machine(home), ...machineChange }, io());
    expect(diagnosis.exitCode).toBe(1);
    const found = diagnosis.groups
      .flatMap(group => group.checks)
      .find(({ verdict }) => verdict === 'problem')!;
    expect(found.remedy).not.toBeNull();
    return `${found.name}: ${found.found}`;
  };
  it('an old Node', () => {
    const versions = { ...machine(null).versions, node: 'v20.18.3' };
    expect(problem({}, { versions })).toContain('v20.18.3, not supported');
  });
  it('a folder for findings that is not there', () =>
    expect(problem({ spoolDirectory: join(scratch(), 'none') })).toContain('there is no such folder'));
  it('a folder for findings that is a file', () =>
    expect(problem({ spoolDirectory: join(scratch({ f: '' }), 'f') })).toContain('is no folder'));
  it.skipIf(process.platform !== 'linux')('a folder for findings that takes none', () =>
    expect(problem({ spoolDirectory: '/proc' })).toMatch(/takes no files \(E[A-Z]+\)/),
  );
});

describe('a note, with a remedy and exit code 0, is', () => {
  const note = (
    name: string,
    change: Partial<DoctorOptions>,
    machineChange: Partial<Machine> = {},
  ): string => {
    const home = scratch();
    const diagnosis = diagnose({ ...options(home), ...change }, { ...machine(home), ...machineChange }, io());
    expect(diagnosis.exitCode).toBe(0);
    const { verdict, found, remedy } = check(diagnosis, name);
    expect([verdict, remedy === null]).toEqual(['note', false]);
    return found;
  };
  it('no cache folder', () => expect(note('cache', { cacheDirectory: null })).toContain('none'));
  it.skipIf(process.platform !== 'linux')('a cache folder that takes nothing', () =>
    expect(note('cache', { cacheDirectory: '/proc' })).toContain('takes no files'),
  );
  it('few open files', () => expect(note('open files', {}, { openFiles: 64 })).toBe('at most 64 at once'));
  it('little memory', () => {
    const memory = { ...machine(null).memory, limit: 2 ** 28 };
    expect(note('memory', {}, { memory })).toContain('this process may use 256 MiB');
  });
  it('no UTF-8', () => expect(note('characters', {}, { utf8: false })).toContain('not UTF-8'));
});

describe('rule caches', () => {
  it('are counted, with their size and age', () => {
    const home = scratch({
      [`cache/${cacheFile}`]: 'x'.repeat(2048),
      [`cache/${cacheFile.replace('a', 'b')}`]: '',
    });
    utimesSync(join(home, 'cache', cacheFile), now / 1000 - 3 * 86_400, now / 1000 - 3 * 86_400);
    utimesSync(join(home, 'cache', cacheFile.replace('a', 'b')), now / 1000 - 7200, now / 1000 - 7200);
    expect(check(diagnose(options(home), machine(home), io()), 'rule caches').found).toBe(
      '2 files, 2 KiB, 2 hours to 3 days old; --clear-cache removes them',
    );
  });
  it('are removed when that is asked, and nothing else', () => {
    const home = scratch({ [`cache/${cacheFile}`]: 'xx', 'cache/mine.cache': 'x' });
    mkdirSync(join(home, 'cache', 'rules'));
    const { found } = check(
      diagnose({ ...options(home), clearCache: true }, machine(home), io()),
      'rule caches',
    );
    expect(found).toBe('removed: 1 file, 2 bytes');
    expect(readdirSync(join(home, 'cache')).sort()).toEqual(['mine.cache', 'rules']);
    expect(existsSync(join(home, 'cache', cacheFile))).toBe(false);
  });
});
