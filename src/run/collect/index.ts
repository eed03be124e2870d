/**
 * Prints the script that collects a host's logs. It is made for a person to read and run elsewhere; this program
 * never runs it. To a file rather than through the shell where one is named: PowerShell's `>` writes UTF-16, which a
 * command prompt does not read as a script.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type CollectFormat, type CollectScript, collectScript, plain } from '../../tell/index.ts';
import { CannotRun, errorCode, type Io } from '../io.ts';

export { isChannelName, isFolderName } from '../../tell/index.ts';

export type CollectOptions = Pick<CollectScript, 'channels' | 'every' | 'since' | 'parent'> & {
  readonly format: CollectFormat;
  /** File to write; null = standard output. */
  readonly output: string | null;
};

/** Prints or writes the script; `generator` is name and version of the program. */
export function collect(options: CollectOptions, generator: string, io: Io): void {
  const { format, output, ...what } = options;
  const printed = new Date(io.now()).toISOString();
  const text = collectScript(format, { ...what, id: randomUUID(), generator, printed });
  if (output === null) io.stdout.write(Buffer.from(text, 'ascii'));
  else writeNew(output, text);
}

/** A script that somebody has reviewed must not change under its name. */
function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { encoding: 'ascii', flag: 'wx' });
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new CannotRun(`--output ${plain(path)} exists; name a file that does not`, error);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotRun(`cannot write --output ${plain(path)}: ${plain(reason)}`, error);
  }
}
