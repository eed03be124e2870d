/**
 * Asks for a passphrase at a terminal, without showing it. A command line is no place for one: it stands in the history of
 * the shell and in the list of processes.
 */
import type { ReadStream } from 'node:tty';
import type { MemoryKeys } from '../run/memory/index.ts';
import type { Given } from './commands/index.ts';
import { text } from './given.ts';

/** The keys that a memory may be opened with, from flags, environment and terminal. */
export function memoryKeys(given: Given, env: Readonly<Record<string, string | undefined>>): MemoryKeys {
  const { stdin, stderr } = process;
  const ask =
    stdin.isTTY && stderr.isTTY ? () => askHidden('Passphrase of the memory: ', stdin, stderr) : null;
  return { keyFile: text(given, 'memoryKey'), passphrase: env['HUNTAWAY_MEMORY_PASSPHRASE'] ?? null, ask };
}

type Terminal = Pick<ReadStream, 'setRawMode' | 'on' | 'off' | 'resume' | 'pause'>;

const ENTER = '\r';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const DELETE = '\u007f';

/** What was typed up to Enter; null after Ctrl-C or Ctrl-D, or where the terminal is closed. */
export function askHidden(
  question: string,
  terminal: Terminal,
  out: { write(text: string): unknown },
): Promise<string | null> {
  out.write(question);
  terminal.setRawMode(true);
  return new Promise(resolve => {
    const decoder = new TextDecoder();
    let typed = '';
    const end = (answer: string | null): void => {
      terminal.off('data', take);
      terminal.off('end', close);
      terminal.setRawMode(false);
      terminal.pause();
      out.write('\n');
      resolve(answer);
    };
    const close = (): void => end(null);
    const take = (bytes: Uint8Array): void => {
      for (const char of decoder.decode(bytes, { stream: true })) {
        if (char === ENTER || char === '\n') {
          end(typed);
          return;
        }
        if (char === CTRL_C || char === CTRL_D) {
          end(null);
          return;
        }
        if (char === DELETE || char === '\b') typed = [...typed].slice(0, -1).join('');
        else if (char >= ' ') typed += char;
      }
    };
    terminal.on('data', take);
    terminal.on('end', close);
    terminal.resume();
  });
}
