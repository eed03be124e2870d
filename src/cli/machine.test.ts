import { expect, it } from 'vitest';
import { machineFacts, takesUtf8 } from './machine.ts';

it.each([
  [{ LANG: 'C.UTF-8' }, true],
  [{ LANG: 'de_DE.utf8' }, true],
  [{ LANG: 'C.UTF-8', LC_ALL: 'C' }, false],
  [{ LANG: 'C', LC_CTYPE: 'en_NZ.UTF-8' }, true],
  [{ LANG: 'C.UTF-8', LC_ALL: '' }, true],
  [{}, false],
])('a terminal with %j takes UTF-8: %s', (env, expected) => expect(takesUtf8(env, 'linux')).toBe(expected));
it('is not known to take UTF-8 where the system has no locales', () =>
  expect(takesUtf8({}, 'win32')).toBeNull());
it('knows this machine', () => {
  const { versions, memory, openFiles } = machineFacts('1.2.3');
  expect(versions.node).toBe(process.version);
  expect(memory.total).toBeGreaterThan(memory.free);
  if (process.platform === 'linux') expect(openFiles).toBeGreaterThan(0);
});
