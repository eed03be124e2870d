/** `advisory check`: reads packs, asks what is wrong with them and their rules, runs their tests, and tells it. */
import {
  type AdvisoryProblem,
  crossCheck,
  loadTests,
  type PackParts,
  readPack,
} from '../../know/advisories/index.ts';
import { checkRules, type Problem } from '../../know/checks/index.ts';
import { type LoadedIndicators, loadIndicators } from '../../know/indicators/index.ts';
import { loadRuleSet } from '../../know/rulesets/index.ts';
import { loadParser, type RuleDocument } from '../../know/sigma/index.ts';
import { type AdvisoryReport, advisoryCheckJson, renderAdvisoryCheck } from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { type Io, writeResult } from '../io.ts';
import { writtenIn } from '../rules/index.ts';
import { runTests } from './tests.ts';

export type CheckOptions = {
  /** Folders of packs. */
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  /** Warnings count as errors for the exit code. */
  readonly strict: boolean;
};

/** Returns the exit code: 1 where an error was found or a test failed. */
export async function checkAdvisories(options: CheckOptions, io: Io): Promise<number> {
  const reports: AdvisoryReport[] = [];
  for (const path of options.paths) reports.push(await checkAdvisory(path, io.now()));
  const { columns: width, color } = io.stdout;
  writeResult(
    io.stdout,
    options.format === 'json' ? advisoryCheckJson(reports) : renderAdvisoryCheck(reports, { width, color }),
  );
  const isBad = reports.some(
    ({ problems, tests }) =>
      tests.some(({ passed }) => !passed) ||
      problems.some(({ severity }) => severity === 'error' || options.strict),
  );
  return isBad ? exitCodes.failOn : exitCodes.finished;
}

const none: LoadedIndicators = { indicators: [], problems: [] };

/** `now` in milliseconds since 1970. */
export async function checkAdvisory(path: string, now: number): Promise<AdvisoryReport> {
  const pack = await readPack(path);
  const documents = await rulesOf(pack);
  const found = pack.indicators === null ? none : await loadIndicators(pack.indicators, now * 1000);
  const { files, problems: unreadTests } = await loadTests(path);
  const tests = await runTests(pack, documents, files);
  return {
    path,
    head: pack.head,
    behaviours: pack.behaviours,
    rules: documents.length,
    indicators: found.indicators.length,
    problems: sorted([
      ...pack.problems,
      ...(await ruleProblems(documents)),
      ...crossCheck(
        pack,
        documents,
        found.indicators.map(({ indicator }) => indicator),
      ),
      ...found.problems,
      ...unreadTests,
      ...tests.problems,
    ]),
    tests: tests.outcomes,
  };
}

/** Never from a cache: what is checked is what stands in the files now. */
async function rulesOf({ rules }: PackParts): Promise<readonly RuleDocument[]> {
  if (rules === null) return [];
  return (await loadRuleSet([rules], { cacheDirectory: null, placeholders: null })).documents;
}

/** Errors and warnings of `rules check`; its notes (a source that lacks a field) are nothing to mend in a pack. */
async function ruleProblems(documents: readonly RuleDocument[]): Promise<AdvisoryProblem[]> {
  const { readWritten } = await loadParser();
  return checkRules(documents, writtenIn(readWritten))
    .filter((problem): problem is Problem & AdvisoryProblem => problem.severity !== 'note')
    .map(({ severity, message, code, place }) => ({ severity, message: `${message} (${code})`, place }));
}

function sorted(problems: readonly AdvisoryProblem[]): AdvisoryProblem[] {
  return problems.toSorted(
    ({ place: a }, { place: b }) =>
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
}
