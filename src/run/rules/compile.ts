/** `rules compile`: a folder of rules → one file that every command takes in its place. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isCompiled, linkRules, writeCompiled } from '../../know/rulesets/index.ts';
import { makeFolder } from '../../state/index.ts';
import { plain } from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { CannotRun, type Io } from '../io.ts';
import { loadRules, type RuleInputs } from './load.ts';

export type CompileOptions = RuleInputs & {
  readonly out: string;
  /** Replace a file that holds something else. */
  readonly force: boolean;
};

/** Returns the exit code. Rules that cannot run go along, so that a hunt names them as from the folder. */
export async function compileRules(options: CompileOptions, io: Io): Promise<number> {
  const { out, force } = options;
  if (existsSync(out) && !force && !isCompiled(out)) {
    throw new CannotRun(
      `--out ${plain(out)} holds something else than compiled rules; replace it with --force`,
    );
  }
  const set = await loadRules(options);
  let size: number;
  try {
    makeFolder(dirname(resolve(out)));
    size = writeCompiled(out, set);
  } catch (error) {
    throw new CannotRun(`cannot write to --out ${plain(out)}: ${(error as Error).message}`, error);
  }
  // A reference that leads nowhere refuses a correlation only beside the others; the file keeps the correlation whole.
  const refused = linkRules(set.documents).documents.filter(({ kind }) => kind === 'rejection').length;
  const aside = refused === 0 ? '' : `, ${refused} of them refused; 'huntaway rules check' says why`;
  io.stderr.write(
    Buffer.from(
      `huntaway: ${plain(out)}: ${set.documents.length} rules in ${size} bytes${aside}\nhuntaway: rule set ${set.sha256}\n`,
    ),
  );
  return exitCodes.finished;
}
