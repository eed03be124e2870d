import { describe, expect, it } from 'vitest';
import { defaultCacheDirectory } from './cache-directory.ts';

describe('the default cache directory', () => {
  it.each([
    ['linux', { HOME: '/home/a' }, '/home/a/.cache/huntaway'],
    ['linux', { HOME: '/home/a', XDG_CACHE_HOME: '/c' }, '/c/huntaway'],
    ['linux', { HOME: '/home/a', XDG_CACHE_HOME: 'relative' }, '/home/a/.cache/huntaway'],
    ['linux', {}, null],
    ['darwin', { HOME: '/Users/a', XDG_CACHE_HOME: '/c' }, '/Users/a/Library/Caches/huntaway'],
    ['win32', { LOCALAPPDATA: 'C:\\L' }, 'C:\\L\\huntaway\\cache'],
    ['win32', { USERPROFILE: 'C:\\U' }, 'C:\\U\\AppData\\Local\\huntaway\\cache'],
    ['win32', {}, null],
  ] as const)('on %s with %j is %s', (platform, env, expected) => {
    expect(defaultCacheDirectory(env, platform)).toBe(expected);
  });
});
