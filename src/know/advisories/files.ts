/** The files of a pack: where each kind lies, found by name and never beyond the pack's own folders. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problems } from '../yaml/index.ts';
import { limits } from './limits.ts';

const yamlName = /\.ya?ml$/i;
const MOST_DEEP = 8;

export type PackFiles = {
  readonly advisory: string;
  readonly behaviours: readonly string[];
  readonly chain: string | null;
  readonly tests: readonly string[];
  /** Folder of the rules. */
  readonly rules: string | null;
  readonly indicators: string | null;
};

export function findPackFiles(folder: string, problems: Problems): PackFiles {
  const orNull = (name: string, isWanted: (path: string) => boolean): string | null => {
    const path = join(folder, name);
    return isWanted(path) ? path : null;
  };
  return {
    advisory: join(folder, 'advisory.yml'),
    behaviours: yamlBelow(join(folder, 'behaviours'), problems),
    chain: orNull('chain.yml', exists),
    tests: yamlBelow(join(folder, 'tests'), problems),
    rules: orNull('rules', isFolder),
    indicators: orNull('indicators.json', isFile),
  };
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** YAML files below `folder` in a fixed order, links not followed; none where it is no folder. */
function yamlBelow(folder: string, problems: Problems): string[] {
  const found: string[] = [];
  walk(folder, 0, found);
  if (found.length <= limits.files) return found;
  const place = { path: folder, document: 0, line: 1, column: 1 };
  problems.add('error', `the folder holds more than ${limits.files} files: the rest is left out`, place);
  return found.slice(0, limits.files);
}

function walk(folder: string, depth: number, found: string[]): void {
  if (depth > MOST_DEEP || found.length > limits.files || !isFolder(folder)) return;
  const entries = readdirSync(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path, depth + 1, found);
    else if (entry.isFile() && yamlName.test(entry.name)) found.push(path);
  }
}
