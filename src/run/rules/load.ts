/** Loads the rules that a command of `rules` was given. */
import { existsSync } from 'node:fs';
import { loadRuleSet, type RuleSet } from '../../know/rulesets/index.ts';
import { plain } from '../../tell/index.ts';
import { CannotRun } from '../io.ts';

export type RuleInputs = {
  /** Files and folders of rules, files of compiled rules. */
  readonly paths: readonly string[];
  /** Path of a file with values for placeholders. */
  readonly placeholders: string | null;
  /** Null = rules are parsed, and nothing is kept. */
  readonly cacheDirectory: string | null;
};

/** Throws `CannotRun` where a path is not there, no rule is in any of them, or the placeholders cannot be read. */
export async function loadRules(inputs: RuleInputs): Promise<RuleSet> {
  const { paths, placeholders, cacheDirectory } = inputs;
  for (const path of paths) {
    if (!existsSync(path)) throw new CannotRun(`${plain(path)}: there is no such file or folder`);
  }
  const set = await loadRuleSet(paths, { cacheDirectory, placeholders }).catch(error => {
    // The one thing that loading rules throws for; a rule that is wrong is a rejection.
    throw placeholders === null ? error : new CannotRun(String(error.message), error);
  });
  const { documents } = set;
  if (documents.length === 0) {
    throw new CannotRun(`${plain(paths.join(', '))}: no rule in it; Sigma rules are .yml or .yaml files`);
  }
  const [first] = documents;
  if (documents.every(document => document.kind === 'rejection' && document.reason === 'unreadable')) {
    throw new CannotRun(plain(`${first!.place.path}: ${first!.kind === 'rejection' ? first!.message : ''}`));
  }
  return set;
}
