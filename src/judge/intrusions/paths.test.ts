/** Which files events name, and which names are no files. */
import { expect, test } from 'vitest';
import { World } from '../../../test/judging.ts';
import { makeNames } from './names.ts';
import { pathsOf } from './paths.ts';

const names = makeNames(['dc1.example.test']);

function opened(share: string, file: string): string[] {
  const fact = new World().fact({ at: '2026-10-01T02:00:00Z', type: 'share-access', share, file });
  return pathsOf(fact, names).map(({ path }) => path);
}

test('a file on an administrative share is the file of the host', () => {
  expect(opened('\\\\*\\C$', 'perflogs\\x.7z')).toEqual(['c:\\perflogs\\x.7z']);
});

test('a pipe that Windows keeps is no file, for whoever manages the host goes through it', () => {
  expect(opened('\\\\*\\IPC$', 'svcctl')).toEqual([]);
});

test('a pipe that a tool made is its own', () => {
  expect(opened('\\\\*\\IPC$', 'psexesvc-ws6-4711-stdin')).toHaveLength(1);
});

test('a volume is of its archive, and a number alone makes none', () => {
  expect(opened('\\\\*\\C$', 'perflogs\\x.7z.001')).toEqual(['c:\\perflogs\\x.7z']);
  expect(opened('\\\\*\\C$', 'perflogs\\__1698765432.123')).toEqual(['c:\\perflogs\\__1698765432.123']);
});
