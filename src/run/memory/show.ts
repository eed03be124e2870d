/** `memory show`: what a memory holds. */
import { jsonText, renderMemory } from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { type Io, writeResult } from '../io.ts';
import { loadMemory } from './file.ts';
import type { MemoryKeys } from './secret.ts';

export type ShowMemoryOptions = {
  readonly path: string;
  readonly keys: MemoryKeys;
  readonly format: 'text' | 'json';
};

/** Prints it and returns the exit code. Throws `CannotRun`. */
export async function showMemory({ path, keys, format }: ShowMemoryOptions, io: Io): Promise<number> {
  const { memory, isEncrypted } = await loadMemory(path, keys, false);
  const { columns, color } = io.stdout;
  const text =
    format === 'json'
      ? `${jsonText(memory)}\n`
      : renderMemory(memory, { path, isEncrypted }, { width: columns, color });
  writeResult(io.stdout, text);
  return exitCodes.finished;
}
