/** What a hunt has to show for itself when all is read: its ledger, the findings of each rule, and how it is to end. */
import type { Discovery } from '../../read/inputs/index.ts';
import { exitCode } from '../exit-code.ts';
import { levelRank, type Selected } from '../selection.ts';
import { withCollections } from './collections.ts';
import { buildLedger, isDamaged, type Ledger } from './ledger.ts';
import { matchesByRule } from './ledger-rules.ts';
import type { HuntOptions } from './options.ts';
import type { Prepared } from './prepare.ts';
import type { Read } from './read-all.ts';

export type Account = {
  readonly ledger: Ledger;
  /** By index in `reported`: its findings. */
  readonly matches: readonly number[];
  readonly interrupted: boolean;
  readonly code: number;
};

export function accountOf(
  { set, selected, discovery, collections }: Prepared,
  { merged, correlated, hashes, pieces }: Read,
  options: HuntOptions,
  interrupted: boolean,
): Account {
  const bare = buildLedger({
    vanished: set.vanished,
    selected,
    inputs: discovery.inputs,
    unread: discovery.unread,
    merged,
    outcomes: correlated?.outcomes ?? [],
    hashes: hashes.files,
    pieces,
    interrupted,
  });
  const ledger = withCollections(bare, collections);
  const matches = matchesByRule({ merged, selected });
  const code = exitCode({
    interrupted,
    couldNotRun: nothingRead(bare),
    failOnReached: reaches(options, selected, matches),
    incomplete: isIncomplete(ledger, discovery),
  });
  return { ledger, matches, interrupted, code };
}

/** True where inputs were asked for and not one could be read. */
function nothingRead(ledger: Ledger): boolean {
  return ledger.files.every(file => file.unread !== undefined && file.events === 0);
}

/**
 * Something that was asked for was not read, or only in part. A file of unknown type inside a folder or archive
 * (a readme beside the logs) is listed and is no loss; one that was named is.
 */
function isIncomplete(ledger: Ledger, { unread }: Discovery): boolean {
  const harmless = new Set(
    unread
      .filter(({ reason, asked }) => (reason === 'unknown-type' || reason === 'empty') && asked !== true)
      .map(({ path }) => path),
  );
  return ledger.files.some(
    file => isDamaged(file) || (file.unread !== undefined && !harmless.has(file.path)),
  );
}

function reaches(options: HuntOptions, selected: Selected, matches: readonly number[]): boolean {
  if (options.failOn === null) return false;
  const least = levelRank(options.failOn);
  return selected.reported.some(
    (rule, i) => matches[i]! > 0 && selected.hidden[i] !== 1 && levelRank(rule.level) >= least,
  );
}
