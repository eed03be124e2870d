/**
 * One file → its tree. The file may be anything (a pipe, a folder, gigabytes): only a regular file of a bounded size is
 * opened. Cost: what parsing YAML costs, about 1 ms for 30 KB.
 */
import { readFileSync, statSync } from 'node:fs';
import { loadParser, type YamlNode } from '../sigma/index.ts';
import type { Problems } from './section.ts';

export type YamlFile = {
  readonly path: string;
  readonly root: YamlNode;
  /** The file's bytes, for whoever hashes what a run was made with. */
  readonly bytes: Buffer;
};

/** The file's tree; null where there is none, and `problems` says why. `most` in bytes. Never throws. */
export async function readYamlFile(path: string, problems: Problems, most: number): Promise<YamlFile | null> {
  const parser = await loadParser();
  const bytes = readBytes(path, most);
  const nowhere = { path, document: 0, line: 1, column: 1 };
  if (typeof bytes === 'string') {
    problems.add('error', bytes, nowhere);
    return null;
  }
  const { root, trouble, place } = parser.readTree(bytes.toString('utf8'), path);
  problems.enter(place);
  if (trouble !== null) problems.add('error', trouble.message, trouble.place);
  return root === null ? null : { path, root, bytes };
}

/** The bytes, or why they can't be had. */
function readBytes(path: string, most: number): Buffer | string {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return 'it is not a regular file';
    if (stats.size > most) return `the file is larger than ${most} bytes`;
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'there is no such file' : `the file cannot be read: ${message}`;
  }
}
