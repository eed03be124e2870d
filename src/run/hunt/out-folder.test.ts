import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OutFolder } from './out-folder.ts';

const names = ['ledger.json', 'run.json'];
const scratch = (): string => mkdtempSync(join(tmpdir(), 'huntaway-test-'));

describe('the out folder', () => {
  it('is made where it is absent, for the owner only', () => {
    const path = join(scratch(), 'a', 'b');
    new OutFolder(path, names, false).write('ledger.json', '{}');
    if (process.platform === 'win32') return;
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, 'ledger.json')).mode & 0o777).toBe(0o600);
  });
  it.skipIf(process.platform !== 'linux')('is refused at once where no folder can be made', () =>
    expect(() => new OutFolder('/proc/huntaway/out', names, false)).toThrow(/cannot write to --out/),
  );
  it('may hold other files', () => {
    const path = scratch();
    writeFileSync(join(path, 'notes.txt'), 'mine');
    expect(() => new OutFolder(path, names, false)).not.toThrow();
  });
  it('refuses to replace its own files, and says which', () => {
    const path = scratch();
    writeFileSync(join(path, 'run.json'), 'old');
    expect(() => new OutFolder(path, names, false)).toThrow(/already holds run\.json.*--force/);
  });
  it('replaces them with --force', () => {
    const path = scratch();
    writeFileSync(join(path, 'run.json'), 'old');
    new OutFolder(path, names, true).write('run.json', 'new');
    expect(readFileSync(join(path, 'run.json'), 'utf8')).toBe('new');
  });
  it('may not be a file', () => {
    const path = join(scratch(), 'file');
    writeFileSync(path, '');
    expect(() => new OutFolder(path, names, true)).toThrow(/is a file/);
  });
  it('shows no file before it is complete', () => {
    const path = scratch();
    const folder = new OutFolder(path, names, false);
    const writer = folder.create('ledger.json');
    writer.write(Buffer.from('{}'));
    expect(existsSync(join(path, 'ledger.json'))).toBe(false);
    folder.discard();
    expect(readdirSync(path)).toEqual([]);
  });
  it('tells size and hash of what it wrote', () => {
    const file = new OutFolder(scratch(), names, false).write('run.json', 'abc');
    expect(file.size).toBe(3);
    expect(file.sha256).toMatch(/^ba7816bf/);
  });
  it('knows what lies in it', () => {
    const path = scratch();
    mkdirSync(join(path, 'out'));
    const folder = new OutFolder(join(path, 'out'), names, false);
    expect([folder.holds(join(path, 'out', 'x.evtx')), folder.holds(join(path, 'output'))]).toEqual([
      true,
      false,
    ]);
    expect([folder.liesBelow(path), folder.liesBelow(join(path, 'out'))]).toEqual([true, false]);
  });
});
