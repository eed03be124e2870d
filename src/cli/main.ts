/**
 * The door of the program. Only what every start needs is imported here; a command brings the rest along, so
 * that `--version` and a mistyped flag answer at once.
 */
import { writeFully } from '../run/io.ts';
import { packageVersion } from '../state/index.ts';

function print(fd: number, text: string): void {
  writeFully(fd, Buffer.from(text));
}

async function main(words: readonly string[]): Promise<number> {
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    print(1, `${packageVersion()}\n`);
    return 0;
  }
  const { parse } = await import('./program.ts');
  const parsed = parse(words, packageVersion());
  if (parsed.kind === 'text') {
    print(1, parsed.text);
    return 0;
  }
  return parsed.command.run(parsed.words, parsed.given, packageVersion());
}

/** Says why it ends; that nobody can read it does not change how it ends. */
function complain(text: string): void {
  try {
    print(2, text);
  } catch {
    // Nowhere left to say it.
  }
}

/** Errors that tell a person what to do; anything else is our own mistake and shows where it happened. */
const expected: ReadonlySet<string> = new Set(['UsageError', 'CannotRun']);

try {
  // All output is written synchronously, so nothing is lost by leaving at once.
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  if (error instanceof Error && error.name === 'BrokenPipe') process.exit(0);
  if (error instanceof Error && expected.has(error.name)) complain(`huntaway: ${error.message}\n`);
  else {
    complain(
      `huntaway: a fault in the program itself; please report it with what follows\n${error instanceof Error ? error.stack : error}\n`,
    );
  }
  process.exit(2);
}
