import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from './folders.ts';

const scratch = mkdtempSync(join(tmpdir(), 'huntaway-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it('makes a folder and those above it, for the owner alone', () => {
  const path = join(scratch, 'a/b/c');
  makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
  expect(statSync(join(scratch, 'a')).mode & 0o777).toBe(0o700);
});

it('leaves a folder that is there as it is', () => {
  const before = statSync(scratch).mode;
  makeFolder(scratch);
  expect(statSync(scratch).mode).toBe(before);
});

it.skipIf(process.platform !== 'linux')('ends at once where no folder can be made', () => {
  expect(() => makeFolder('/proc/huntaway/cache')).toThrow(/ENOENT/);
});
