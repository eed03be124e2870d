import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { scratch } from '../../../test/scratch.ts';
import { deflateJson, joinBlobs, splitBlobs } from './bytes.ts';
import { isCompiled, writeCompiled } from './compiled.ts';
import { loadRuleSet } from './load.ts';
import type { RuleSet } from './ruleset.ts';

const rule = (title: string): string => `title: ${title}
logsource: { product: windows, category: process_creation }
detection:
  selection: { CommandLine|contains: x }
  condition: selection
`;
const load = (...paths: string[]): Promise<RuleSet> => loadRuleSet(paths, { cacheDirectory: null });

async function compiled(): Promise<{ folder: string; file: string; set: RuleSet }> {
  const folder = scratch({ 'rules/a.yml': rule('A'), 'rules/b.yml': 'title: [' });
  const set = await load(join(folder, 'rules'));
  const file = join(folder, 'any.name');
  expect(writeCompiled(file, set)).toBe(readFileSync(file).length);
  return { folder, file, set };
}

/** The file with its summary changed, checksum and all. */
function withSummary(file: string, summary: unknown): void {
  const bytes = readFileSync(file);
  const pack = splitBlobs(bytes.subarray(12))[1]!;
  const body = joinBlobs([deflateJson(summary), pack]);
  const header = Buffer.from(bytes.subarray(0, 12));
  header.writeUInt32LE(crc32(body), 8);
  writeFileSync(file, Buffer.concat([header, body]));
}

describe('compiled rules', () => {
  it('are the same set as the folder, refusals and hash included', async () => {
    const { file, set } = await compiled();
    const loaded = await load(file);
    expect(loaded.documents).toEqual(set.documents);
    expect([loaded.sha256, loaded.fromCache]).toEqual([set.sha256, true]);
  });
  it('stand beside folders, whose rules come first', async () => {
    const { folder, file } = await compiled();
    writeFileSync(join(folder, 'c.yml'), rule('C'));
    const loaded = await load(file, join(folder, 'c.yml'), file);
    expect(loaded.documents.map(({ title }) => title)).toEqual(['C', 'A', null]);
  });
  it('are recognised by content', async () => {
    const { folder, file } = await compiled();
    expect(isCompiled(file)).toBe(true);
    expect(isCompiled(join(folder, 'rules', 'a.yml'))).toBe(false);
    expect(isCompiled(join(folder, 'rules'))).toBe(false);
    expect(isCompiled(join(folder, 'nothing'))).toBe(false);
  });
  it('are refused where a byte changed, whichever', async () => {
    const { file, set } = await compiled();
    const bytes = readFileSync(file);
    for (let at = 8; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 0x10;
      writeFileSync(file, changed);
      const { documents } = await load(file);
      expect(documents).toMatchObject([{ kind: 'rejection', reason: 'unreadable' }]);
    }
    writeFileSync(file, bytes);
    expect((await load(file)).documents).toEqual(set.documents);
  });
  it('are refused where they end too soon, wherever', async () => {
    const { file } = await compiled();
    const bytes = readFileSync(file);
    for (let end = 8; end < bytes.length; end += 11) {
      writeFileSync(file, bytes.subarray(0, end));
      expect((await load(file)).documents).toMatchObject([{ kind: 'rejection' }]);
    }
  });
  it.each([
    [
      { version: '0.0.1', format: 2, endianness: 'LE' },
      /compiled by version 0\.0\.1, this is .*rules compile/,
    ],
    [{ version: 'x', format: 1, endianness: 'LE' }, /compile them again/],
    [null, /cannot be read/],
  ])('of another version say to compile again: %j', async (summary, message) => {
    const { file } = await compiled();
    withSummary(file, summary);
    expect((await load(file)).documents).toMatchObject([
      {
        kind: 'rejection',
        reason: 'unreadable',
        message: expect.stringMatching(message),
        place: { path: file },
      },
    ]);
  });
  it('of a machine of another byte order say so', async () => {
    const { file } = await compiled();
    const { packageVersion } = await import('../../state/index.ts');
    const { formatVersion } = await import('./format-version.ts');
    withSummary(file, { version: packageVersion(), format: formatVersion, endianness: 'XE', sha256: '' });
    expect((await load(file)).documents).toMatchObject([{ message: expect.stringContaining('byte order') }]);
  });
  it('leave nothing behind where they cannot be written', async () => {
    const { folder, set } = await compiled();
    expect(() => writeCompiled(join(folder, 'no', 'folder'), set)).toThrow(/ENOENT/);
  });
});
