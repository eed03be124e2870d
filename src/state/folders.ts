/**
 * Folders of our own. Node's recursive `mkdir` never returns where a file system takes no folders at all (`/proc`), so
 * this goes step by step.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes `path` and what is missing above it, for the owner alone; throws what the system says where it cannot. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have been first.
    if (!existsSync(path)) throw error;
  }
}
