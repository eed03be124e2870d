/** `advisory list` and `advisory show`: what packs there are, and what one says. */
import { type Advisory, type AdvisoryProblem, loadAdvisory } from '../../know/advisories/index.ts';
import { loadIndicators } from '../../know/indicators/index.ts';
import { loadRuleSet } from '../../know/rulesets/index.ts';
import {
  advisoriesJson,
  advisoryJson,
  type ListedAdvisory,
  plain,
  renderAdvisories,
  renderAdvisory,
} from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { CannotRun, type Io, writeResult } from '../io.ts';
import { packPath, shippedPacks } from '../packs.ts';

type Format = 'text' | 'json';

/** The packs that ship, then those of `paths`. Returns the exit code. */
export async function listAdvisories(paths: readonly string[], format: Format, io: Io): Promise<number> {
  const listed: ListedAdvisory[] = [];
  for (const path of [...shippedPacks().values(), ...paths.map(packPath)]) {
    const { advisory, problems } = await loadAdvisory(path);
    if (advisory === null) tell(io, problems);
    else listed.push(await listedAdvisory(advisory, problems, io.now()));
  }
  const { columns: width, color } = io.stdout;
  writeResult(
    io.stdout,
    format === 'json' ? advisoriesJson(listed) : renderAdvisories(listed, { width, color }),
  );
  if (listed.length === 0) io.stderr.write(Buffer.from('huntaway: no advisory packs\n'));
  return exitCodes.finished;
}

async function listedAdvisory(
  advisory: Advisory,
  problems: readonly AdvisoryProblem[],
  now: number,
): Promise<ListedAdvisory> {
  const { id, title, version, modified, issuers, path, behaviours, rules, indicators } = advisory;
  const documents =
    rules === null
      ? []
      : (await loadRuleSet([rules], { cacheDirectory: null, placeholders: null })).documents;
  const found = indicators === null ? [] : (await loadIndicators(indicators, now * 1000)).indicators;
  return {
    id,
    title,
    version,
    modified,
    issuers,
    path,
    behaviours: behaviours.length,
    notObservable: behaviours.filter(({ notObservable }) => notObservable !== null).length,
    rules: documents.length,
    indicators: found.length,
    problems: problems.filter(({ severity }) => severity === 'error').length,
  };
}

/** One pack as a page, or as JSON. Returns the exit code. */
export async function showAdvisory(named: string, format: Format, io: Io): Promise<number> {
  const { advisory, problems } = await loadAdvisory(packPath(named));
  tell(io, problems);
  if (advisory === null) throw new CannotRun(`${plain(named)}: not enough of the pack can be read`);
  const { columns: width, color } = io.stdout;
  writeResult(
    io.stdout,
    format === 'json' ? advisoryJson(advisory) : renderAdvisory(advisory, { width, color }),
  );
  return exitCodes.finished;
}

function tell(io: Io, problems: readonly AdvisoryProblem[]): void {
  for (const { message, place } of problems.filter(({ severity }) => severity === 'error')) {
    const { path, line, column } = place;
    io.stderr.write(Buffer.from(`huntaway: ${plain(`${path}:${line}:${column}: ${message}`)}\n`));
  }
}
