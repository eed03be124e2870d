/** Where caches live, by each system's custom. */
import { posix, win32 } from 'node:path';

/**
 * The folder for Huntaway's caches: `$XDG_CACHE_HOME` or `~/.cache`, `%LOCALAPPDATA%`, `~/Library/Caches`. Null
 * where the environment names no home.
 */
export function defaultCacheDirectory(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  if (platform === 'win32') {
    const local =
      env['LOCALAPPDATA'] || (env['USERPROFILE'] && win32.join(env['USERPROFILE'], 'AppData', 'Local'));
    return local ? win32.join(local, 'huntaway', 'cache') : null;
  }
  const home = env['HOME'];
  if (platform === 'darwin') return home ? posix.join(home, 'Library', 'Caches', 'huntaway') : null;
  const xdg = env['XDG_CACHE_HOME'];
  // The XDG specification has relative paths ignored.
  if (xdg && posix.isAbsolute(xdg)) return posix.join(xdg, 'huntaway');
  return home ? posix.join(home, '.cache', 'huntaway') : null;
}
