/** `memory forget` and `memory expire`: a memory with less in it. */
import { expireMemory, forgetAccount, type Memory, writeMemory } from '../../judge/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import { plain, tellForgotten } from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { loadMemory, saveMemory } from './file.ts';
import type { MemoryKeys } from './secret.ts';

type Place = { readonly path: string; readonly keys: MemoryKeys };

/** Leaves out what is known of one account. Returns the exit code. Throws `CannotRun`. */
export function forgetInMemory(options: Place & { readonly account: string }, io: Io): Promise<number> {
  const { account } = options;
  return change(options, `of ${plain(account)}`, memory => forgetAccount(memory, account), io);
}

/** Leaves out what ended before a moment (microseconds). Returns the exit code. Throws `CannotRun`. */
export function expireInMemory(options: Place & { readonly before: number }, io: Io): Promise<number> {
  const { before } = options;
  return change(options, `before ${formatMicros(before)}`, memory => expireMemory(memory, before), io);
}

async function change(
  { path, keys }: Place,
  what: string,
  less: (memory: Memory) => Memory,
  io: Io,
): Promise<number> {
  const file = await loadMemory(path, keys, false);
  const memory = less(file.memory);
  if (isLess(memory, file.memory)) saveMemory(file, memory);
  io.stderr.write(Buffer.from(`huntaway: ${plain(path)}: ${tellForgotten(file.memory, memory, what)}\n`));
  return exitCodes.finished;
}

function isLess(after: Memory, before: Memory): boolean {
  return writeMemory(after) !== writeMemory(before);
}
