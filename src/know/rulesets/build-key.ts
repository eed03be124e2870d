/** What a cache is of: only the build that wrote it knows what it means. */
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packageVersion } from '../../state/index.ts';
import { formatVersion } from './format-version.ts';

/** Two builds of one version differ only while the program is being worked on. */
export function buildKey(): readonly (string | number)[] {
  return [formatVersion, packageVersion(), statSync(fileURLToPath(import.meta.url)).mtimeMs];
}
