/**
 * Makes the large input: one dense log repeated to 2 GB, its chunks renumbered nowhere, so that each chunk is as
 * a reader meets it in a real file. Written once below the temporary directory and used again.
 */
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const headerBytes = 4096;

/** Path of `source` repeated to at least `bytes`; its size is a whole number of repetitions. */
export function repeatedLog(source: string, bytes: number, directory: string): string {
  const content = readFileSync(source);
  const chunks = content.subarray(headerBytes);
  const times = Math.ceil((bytes - headerBytes) / chunks.length);
  const path = join(directory, `huntaway-bench-${times}x.evtx`);
  if (existsSync(path) && statSync(path).size === headerBytes + times * chunks.length) return path;
  const fd = openSync(`${path}.part`, 'w');
  writeSync(fd, content, 0, headerBytes);
  for (let i = 0; i < times; i++) writeSync(fd, chunks);
  closeSync(fd);
  renameSync(`${path}.part`, path);
  return path;
}
