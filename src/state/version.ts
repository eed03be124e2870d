/**
 * The version of this program and of the Node it needs, read from its package.json: the one place where they are
 * written. The file is looked for upwards, because the same code runs from several folders (installed, built for
 * tools, in tests).
 */
import { readFileSync } from 'node:fs';

type Package = {
  readonly name: string;
  readonly version: string;
  readonly engines: { readonly node: string };
};

/** Version such as `0.1.0`; throws if the package is torn apart. */
export function packageVersion(): string {
  return ownPackage().version;
}

/** The oldest Node that is supported: `20.19`. */
export function oldestNode(): string {
  return ownPackage().engines.node.replace(/^>=/, '');
}

function ownPackage(): Package {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    try {
      const found: Package = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
      if (found.name === 'huntaway') return found;
    } catch {
      // No package.json here; look one folder up.
    }
    if (folder.pathname === new URL('../', folder).pathname)
      throw new Error('package.json of huntaway not found');
  }
}
