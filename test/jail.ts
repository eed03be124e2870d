/**
 * A host with nothing on it, to run a program in: a folder as the whole file system (with a shell and the libraries that
 * were put there), no network, no variables but an empty PATH and HOME. That takes root, or a system that lets users have
 * namespaces of their own; where neither is, the program runs with the variables alone taken away, and `name` says so.
 */
import { type ChildProcess, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Jail = {
  /** What is taken away, for the name of a test. */
  readonly name: string;
  readonly noNetwork: boolean;
  /** Runs `words` (the first is a path as seen from inside) in `cwd` until it ends. */
  run(cwd: string, words: readonly string[]): SpawnSyncReturns<string>;
  /** The same without waiting. */
  start(cwd: string, words: readonly string[]): ChildProcess;
  /** Path inside for a path below the folder. */
  inside(path: string): string;
};

const kinds: readonly { name: string; noNetwork: boolean; chroot: boolean; words: readonly string[] }[] = [
  { name: 'no files, no network', noNetwork: true, chroot: true, words: ['unshare', '-n', 'chroot'] },
  { name: 'no files, no network', noNetwork: true, chroot: true, words: ['unshare', '-rn', 'chroot'] },
  { name: 'no files (network not taken away)', noNetwork: false, chroot: true, words: ['chroot'] },
  { name: 'no network (files not taken away)', noNetwork: true, chroot: false, words: ['unshare', '-rn'] },
  { name: 'no variables (files and network not taken away)', noNetwork: false, chroot: false, words: [] },
];

/** Shared libraries that a program is loaded with, as paths. */
export function librariesOf(program: string): string[] {
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' });
  return [...stdout.matchAll(/(?:=> )?(\/\S+) \(0x/g)].map(match => match[1]!);
}

/** Makes `folder` such a host, with what `program` needs to be loaded. */
export function makeJail(folder: string, program: string): Jail {
  for (const path of new Set(['/bin/sh', ...librariesOf('/bin/sh'), ...librariesOf(program)])) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    copyFileSync(path, join(folder, path));
  }
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  // The system's own programs are named by path, because the variable that finds them is taken away.
  const place = (name: string): string =>
    ['/usr/bin', '/usr/sbin', '/bin', '/sbin'].map(dir => join(dir, name)).find(existsSync) ?? name;
  for (const { name, noNetwork, chroot, words } of kinds) {
    const outer = words.map(word => (word.startsWith('-') ? word : place(word)));
    if (chroot) outer.push(folder);
    const command = (cwd: string, inner: readonly string[]): [string, string[]] => {
      const [first, ...rest] = [...outer, '/bin/sh', '-c', 'cd "$0" && exec "$@"', cwd, ...inner];
      return [first!, rest];
    };
    const env = { PATH: '', HOME: '' };
    const run: Jail['run'] = (cwd, inner) =>
      spawnSync(...command(cwd, inner), { env, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (run('/', ['/bin/sh', '-c', ':']).status !== 0) continue;
    const start: Jail['start'] = (cwd, inner) => spawn(...command(cwd, inner), { env });
    const inside = (path: string): string => (chroot ? path.slice(folder.length) || '/' : path);
    return { name, noNetwork, run, start, inside };
  }
  throw new Error('no shell at /bin/sh');
}
