/** Which advisory packs are meant: by the name of one that ships with the program, or by path. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { advisoryId } from '../know/advisories/index.ts';
import { shippedPath } from '../state/index.ts';
import { plain } from '../tell/index.ts';
import { CannotRun } from './io.ts';

/** The pack that a hunt uses where nobody says otherwise. */
export const defaultPack = 'volt-typhoon';

/** Folders of the packs that ship, by name, sorted. */
export function shippedPacks(): ReadonlyMap<string, string> {
  const folder = shippedPath('advisories');
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && existsSync(join(folder, entry.name, 'advisory.yml')))
    .map(({ name }) => name)
    .sort();
  return new Map(names.map(name => [name, join(folder, name)]));
}

/** The folder of the pack that `given` names. Throws `CannotRun` where there is none. */
export function packPath(given: string): string {
  const shipped = shippedPacks();
  const named = shipped.get(given);
  if (named !== undefined) return named;
  if (existsSync(given)) return given;
  const names = [...shipped.keys()].join(', ') || 'none';
  const isName = advisoryId.test(given);
  const what = isName ? 'neither a pack that ships with the program nor a folder' : 'there is no such folder';
  throw new CannotRun(`${plain(given)}: ${what}; packs that ship: ${names}`);
}

/**
 * Folders of the packs that a hunt uses, each once: the one that ships, unless rules were given, then those that were
 * named.
 */
export function packPaths(named: readonly string[], hasRules: boolean): string[] {
  const shipped = hasRules ? [] : [shippedPacks().get(defaultPack)].filter(path => path !== undefined);
  const paths = [...shipped, ...named.map(packPath)];
  const seen = new Set<string>();
  return paths.filter(path => {
    const real = realpathSync(path);
    return !seen.has(real) && seen.add(real);
  });
}
