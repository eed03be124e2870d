/**
 * The two kinds of archive, each the same bytes for the same files: names sorted, one time for all, owner 0, nothing of
 * the machine that packs. (The packed bytes are zlib's, so another version of Node may pack otherwise.)
 *
 * GNU tar and the zip.js that reading archives needs anyway: no package is worth adding for what is written once a
 * release. GNU tar it must be, for `--mtime` and `--owner`; a Mac calls it gtar.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';

/** Packs `names` (below `folder`, `/` between steps) into `path`; modes are those on disk, `time` is in seconds. */
export async function writeTarGz(path, folder, names, time) {
  const words = [
    '--create',
    '--format=ustar',
    `--mtime=@${time}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
  ];
  const tar = spawn('tar', [...words, '--directory', folder, '--null', '--files-from=-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(tar, 'close');
  tar.stdin.end(names.map(name => `${name}\0`).join(''));
  await pipeline(tar.stdout, createGzip(), createWriteStream(path));
  const [code] = await ended;
  if (code !== 0) throw new Error(`tar ended with ${code}`);
}

/** The same as a zip archive. */
export async function writeZip(path, folder, names, time) {
  // A zip entry's time is local time: without this, the bytes would tell where they were written.
  process.env.TZ = 'UTC';
  const zip = new ZipWriter(new Uint8ArrayWriter(), {
    lastModDate: new Date(time * 1000),
    extendedTimestamp: false,
    dataDescriptor: false,
    useWebWorkers: false,
  });
  for (const name of names) await zip.add(name, new Uint8ArrayReader(readFileSync(join(folder, name))));
  writeFileSync(path, await zip.close());
}
