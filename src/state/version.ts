/**
 * The version of this program, read from its package.json: the one place where it is written. The file is looked for
 * upwards, because the same code runs from several folders (installed, built for tools, in tests).
 */
import { readFileSync } from 'node:fs';

/** Version such as `0.1.0`; throws if the package is torn apart. */
export function packageVersion(): string {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
      if (name === 'huntaway') return version;
    } catch {
      // No package.json here; look one folder up.
    }
    if (folder.pathname === new URL('../', folder).pathname)
      throw new Error('package.json of huntaway not found');
  }
}
