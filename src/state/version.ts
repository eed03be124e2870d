/**
 * The version of this program and of the Node it needs, read from its package.json: the one place where they are
 * written; and where the files lie that ship with it. The file is looked for upwards, because the same code runs from
 * several folders (installed, built for tools, in tests).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Package = {
  readonly name: string;
  readonly version: string;
  readonly engines: { readonly node: string };
};

/** Version such as `0.1.0`; throws if the package is torn apart. */
export function packageVersion(): string {
  return ownPackage().manifest.version;
}

/** The oldest Node that is supported: `20.19`. */
export function oldestNode(): string {
  return ownPackage().manifest.engines.node.replace(/^>=/, '');
}

/** The path of a file or folder that ships with the program: `shippedPath('advisories')`. */
export function shippedPath(name: string): string {
  return fileURLToPath(new URL(name, ownPackage().folder));
}

function ownPackage(): { readonly manifest: Package; readonly folder: URL } {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    try {
      const manifest: Package = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
      if (manifest.name === 'huntaway') return { manifest, folder };
    } catch {
      // No package.json here; look one folder up.
    }
    if (folder.pathname === new URL('../', folder).pathname)
      throw new Error('package.json of huntaway not found');
  }
}
