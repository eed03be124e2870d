import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratch } from '../../../test/scratch.ts';
import { emptyMemory, type Memory, writeMemory } from '../../judge/index.ts';
import type { Io, Outlet } from '../io.ts';
import {
  expireInMemory,
  forgetInMemory,
  loadAccounts,
  loadMemory,
  type MemoryKeys,
  saveMemory,
  showMemory,
} from './index.ts';

const memory: Memory = {
  ...emptyMemory(),
  exposed: [
    {
      account: 'adm\u001b[2J',
      scope: 'ws7.wairua.test',
      since: 1.7e15,
      how: 'host',
      evidence: 'VT-CA-05 on ws7.wairua.test',
    },
  ],
  uses: [
    {
      account: 'bob',
      source: '10.1.2.0/24',
      network: '',
      way: 'remote',
      host: 'dc1',
      first: 1.6e15,
      last: 1.6e15,
    },
  ],
  days: [{ account: 'bob', kind: 'remote inside', days: '18518:05' }],
  periods: [{ host: 'dc1', from: 1.6e15, to: 1.7e15 }],
};
const plain: MemoryKeys = { keyFile: null, passphrase: null, ask: null };
const withPassphrase: MemoryKeys = { ...plain, passphrase: 'correct horse' };

function testIo(): { readonly io: Io; readonly out: () => string; readonly err: () => string } {
  const texts = ['', ''];
  const outlet = (at: number): Outlet => ({
    isTerminal: false,
    columns: 80,
    color: false,
    write: bytes => {
      texts[at] += Buffer.from(bytes).toString();
    },
  });
  const io = { stdout: outlet(0), stderr: outlet(1), signal: new AbortController().signal, now: () => 0 };
  return { io, out: () => texts[0]!, err: () => texts[1]! };
}

async function saved(keys: MemoryKeys = plain): Promise<string> {
  const path = join(scratch(), 'site.memory');
  saveMemory(await loadMemory(path, keys), memory);
  return path;
}

describe('the file of a memory', () => {
  it('is made where there is none, for its owner alone', async () => {
    const path = await saved();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toBe(writeMemory(memory));
    expect((await loadMemory(path, plain)).memory).toEqual(memory);
    expect(readdirSync(join(path, '..'))).toEqual(['site.memory']);
  });
  it('is encrypted with a passphrase or a key file, where one is given', async () => {
    const keyFile = join(scratch({ key: 'x'.repeat(48) }), 'key');
    for (const keys of [withPassphrase, { ...plain, keyFile }]) {
      const path = await saved(keys);
      expect(readFileSync(path, 'utf8')).not.toContain('ws7');
      expect(await loadMemory(path, keys)).toMatchObject({ memory, isEncrypted: true, isNew: false });
    }
  });
  it('is encrypted the next time it is written, where it was not', async () => {
    const path = await saved();
    saveMemory(await loadMemory(path, withPassphrase), memory);
    expect(readFileSync(path, 'utf8')).not.toContain('ws7');
    await expect(loadMemory(path, plain)).rejects.toThrow(
      /is encrypted: give --memory-key FILE, or its passphrase/,
    );
  });
  it('asks for the passphrase where a person is there, and only then', async () => {
    const path = await saved(withPassphrase);
    const asking = (typed: string | null): MemoryKeys => ({ ...plain, ask: async () => typed });
    expect((await loadMemory(path, asking('correct horse'))).memory).toEqual(memory);
    await expect(loadMemory(path, asking('wrong'))).rejects.toThrow(
      /the passphrase is not the one that it was written with/,
    );
    await expect(loadMemory(path, asking(null))).rejects.toThrow(/is encrypted/);
    await expect(
      loadMemory(await saved(), { ...plain, ask: () => Promise.reject(new Error('asked')) }),
    ).resolves.toMatchObject({ memory });
  });
  it('is left as it is where it is damaged, newer, or no memory', async () => {
    const sealed = await saved(withPassphrase);
    const damaged = readFileSync(sealed, 'utf8').slice(0, -20);
    for (const text of ['{"version":1', '{"version":3}', 'a note', '', damaged]) {
      const path = join(scratch({ m: text }), 'm');
      await expect(loadMemory(path, withPassphrase)).rejects.toThrow(/cannot be read/);
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });
  it('is not written over what somebody else wrote meanwhile', async () => {
    const path = await saved();
    const file = await loadMemory(path, plain);
    const other = writeMemory(emptyMemory());
    writeFileSync(path, other);
    expect(() => saveMemory(file, memory)).toThrow(/was changed while this ran/);
    expect(readFileSync(path, 'utf8')).toBe(other);
    const fresh = await loadMemory(join(path, '..', 'new'), plain);
    writeFileSync(fresh.path, other);
    expect(() => saveMemory(fresh, memory)).toThrow(/was changed while this ran/);
  });
  it('behind a link is written where the link leads', async () => {
    const path = await saved();
    const link = `${path}.link`;
    symlinkSync(path, link);
    saveMemory(await loadMemory(link, plain), emptyMemory());
    expect(readFileSync(path, 'utf8')).toBe(writeMemory(emptyMemory()));
    expect(readFileSync(link, 'utf8')).toBe(writeMemory(emptyMemory()));
  });
  it('leaves nothing behind where it cannot be written', async () => {
    const folder = scratch({ file: '' });
    const file = await loadMemory(join(folder, 'm'), plain);
    expect(() => saveMemory({ ...file, path: join(folder, 'file', 'm') }, memory)).toThrow(
      /cannot be (?:read|written)/,
    );
    expect(readdirSync(folder)).toEqual(['file']);
    await expect(loadMemory(folder, plain)).rejects.toThrow(/it is no file/);
  });
  it('takes no key file that is missing, tiny or huge', async () => {
    const folder = scratch({ tiny: 'x', huge: 'x'.repeat(70_000) });
    for (const [name, message] of [
      ['none', /no such file/],
      ['tiny', /fewer than 16 bytes/],
      ['huge', /more than 65536 bytes/],
    ] as const) {
      await expect(loadMemory(join(folder, 'm'), { ...plain, keyFile: join(folder, name) })).rejects.toThrow(
        message,
      );
    }
  });
});

describe('memory show', () => {
  it('tells what is exposed and what is known, on 80 columns and without escapes', async () => {
    const { io, out } = testIo();
    const path = await saved();
    expect(await showMemory({ path, keys: plain, format: 'text' }, io)).toBe(0);
    expect(out().split('\n').slice(1).join('\n')).toMatchInlineSnapshot(`
      "
      Exposed accounts, each until its next password change
        2023-11-14 22:13:20  accounts with logons on ws7.wairua.test
          adm\\u{1b}[2J
          VT-CA-05 on ws7.wairua.test

      Known: 1 way in which 1 account was used, on 2 days; password changes of 0
        accounts.
      No reset of krbtgt is known.

      Logs it has seen (outside of these periods nothing was seen)
        dc1  2020-09-13 to 2023-11-14
      "
    `);
    expect(out()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    for (const line of out().split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(80);
  });
  it('gives all of it as JSON', async () => {
    const { io, out } = testIo();
    await showMemory({ path: await saved(withPassphrase), keys: withPassphrase, format: 'json' }, io);
    expect(JSON.parse(out())).toEqual(memory);
    expect(out()).not.toContain('\u001b');
  });
  it('does not make a file that is not there', async () => {
    const path = join(scratch(), 'none');
    await expect(showMemory({ path, keys: plain, format: 'text' }, testIo().io)).rejects.toThrow(
      /there is no such file/,
    );
    expect(existsSync(path)).toBe(false);
  });
});

describe('memory forget and expire', () => {
  it('leave out what they say, and tell it', async () => {
    const path = await saved(withPassphrase);
    const { io, err } = testIo();
    expect(await forgetInMemory({ path, keys: withPassphrase, account: 'WAIRUA\\Bob' }, io)).toBe(0);
    expect(err()).toMatch(/left out what was known of WAIRUA\\Bob: 1 use, 1 list of days\n$/);
    expect((await loadMemory(path, withPassphrase)).memory).toEqual({ ...memory, uses: [], days: [] });
    await expireInMemory({ path, keys: withPassphrase, before: 1.8e15 }, io);
    expect((await loadMemory(path, withPassphrase)).memory).toEqual(emptyMemory());
    expect(err()).toMatch(/before 2027-01-15T08:00:00\.000000Z: 1 exposure, 1 period\n$/);
  });
  it('write nothing where there is nothing to leave out', async () => {
    const path = await saved(withPassphrase);
    const before = readFileSync(path, 'utf8');
    const { io, err } = testIo();
    await forgetInMemory({ path, keys: withPassphrase, account: 'nobody' }, io);
    expect(err()).toMatch(/nothing is known of nobody\n$/);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});

describe('the table of accounts', () => {
  it('is loaded with its problems by file and line', () => {
    const path = join(scratch({ 'a.csv': 'SID,pwdLastSet\nS-1-5-21-1-2-3-4,3/4/2026\n' }), 'a.csv');
    const { table, problems } = loadAccounts(path);
    expect(table.rows).toHaveLength(1);
    expect(problems).toEqual([expect.stringMatching(/a\.csv:2: '3\/4\/2026' is no date/)]);
  });
  it('ends the run where it names no accounts', () => {
    const folder = scratch({ 'a.csv': 'x\n' });
    expect(() => loadAccounts(join(folder, 'a.csv'))).toThrow(
      /--accounts .*a\.csv:1: the first row must name the columns/,
    );
    expect(() => loadAccounts(join(folder, 'none'))).toThrow(/no such file/);
  });
});
