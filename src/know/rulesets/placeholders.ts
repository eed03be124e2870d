/** Values for `expand` from a file: YAML that maps each placeholder's name to a value or a list of values. */
import { readFileSync } from 'node:fs';
import { loadParser } from '../sigma/index.ts';
import { troubleOf } from './files.ts';

export type Placeholders = ReadonlyMap<string, readonly string[]>;

/** Throws an `Error` whose message names the file and what is wrong with it. */
export async function loadPlaceholders(path: string): Promise<Placeholders> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`cannot read the placeholders in ${path}: ${troubleOf(error)}`);
  }
  const { readPlaceholders } = await loadParser();
  return readPlaceholders(text, path);
}
