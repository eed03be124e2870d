/** All tests of a pack: which rule each is about, how it came out, and which rules have none. */
import { basename, relative } from 'node:path';
import type { Advisory, AdvisoryProblem, RuleTest, TestFile } from '../../know/advisories/index.ts';
import { type RuleDocument, ruleId } from '../../know/sigma/index.ts';
import { Bench, type TestOutcome } from './bench.ts';

type Pack = Pick<Advisory, 'path' | 'rules'>;

export type TestReport = {
  readonly outcomes: readonly TestOutcome[];
  readonly problems: readonly AdvisoryProblem[];
};

/** `documents` are the rules of the pack, linked or not; those that were refused run no test and are told elsewhere. */
export async function runTests(
  pack: Pack,
  documents: readonly RuleDocument[],
  files: readonly TestFile[],
): Promise<TestReport> {
  const problems: AdvisoryProblem[] = [];
  const outcomes: TestOutcome[] = [];
  const benches = new Map<string, Bench>();
  const find = finderOf(pack, documents);
  for (const { path, tests } of files) {
    const found = find(path);
    if (typeof found === 'string') {
      problems.push(problemAt(path, found));
      continue;
    }
    for (const test of tests) {
      const targets = targetsOf(found, test);
      if (targets.length === 0) {
        problems.push({ severity: 'error', message: noTarget(found, test), place: test.place });
        continue;
      }
      const key = targets.map(ruleId).join();
      const bench = benches.get(key) ?? new Bench(documents, targets);
      benches.set(key, bench);
      outcomes.push(await bench.run(test));
    }
  }
  problems.push(...untested(documents, outcomes));
  return { outcomes, problems };
}

function problemAt(path: string, message: string): AdvisoryProblem {
  return { severity: 'error', message, place: { path, document: 0, line: 1, column: 1 } };
}

const bare = (path: string): string => path.replace(/\.ya?ml$/i, '').replaceAll('\\', '/');

/** By path of a test file: the documents of its rule file, or why there is not one alone. */
function finderOf(
  { path, rules }: Pack,
  documents: readonly RuleDocument[],
): (test: string) => readonly RuleDocument[] | string {
  const byPath = new Map<string, RuleDocument[]>();
  for (const document of documents) {
    const below = bare(relative(rules ?? path, document.place.path));
    const known = byPath.get(below);
    if (known === undefined) byPath.set(below, [document]);
    else known.push(document);
  }
  return test => {
    const below = bare(relative(`${path}/tests`, test));
    const whole = byPath.get(below);
    if (whole !== undefined) return whole;
    const name = basename(below);
    const named = [...byPath].filter(([each]) => basename(each) === name);
    if (named.length === 1) return named[0]![1];
    if (named.length === 0) return `no rule file in rules/ is called ${name}.yml, as these tests are`;
    return `${named.length} rule files are called ${name}.yml: put the tests into a folder as the rule is`;
  };
}

/** What the test names; else the correlations of the file, else its rules. */
function targetsOf(documents: readonly RuleDocument[], { rule }: RuleTest): readonly RuleDocument[] {
  const running = documents.filter(({ kind }) => kind === 'rule' || kind === 'correlation');
  if (rule !== null) return running.filter(({ id, title }) => id === rule || title === rule);
  const correlations = running.filter(({ kind }) => kind === 'correlation');
  return correlations.length > 0 ? correlations : running;
}

function noTarget(documents: readonly RuleDocument[], { rule }: RuleTest): string {
  const path = documents[0]!.place.path;
  if (rule !== null) return `${path} holds no rule with the id or title '${rule}'`;
  return `the rule in ${path} was refused, so that it cannot be tested`;
}

/** Each rule wants an event that it matches and one that it does not; what only feeds a tested correlation is tested by it. */
function untested(documents: readonly RuleDocument[], outcomes: readonly TestOutcome[]): AdvisoryProblem[] {
  const seen = { match: new Set<string>(), none: new Set<string>() };
  for (const { tested, test } of outcomes) for (const id of tested) seen[test.expect].add(id);
  const fed = new Set<string>();
  for (const document of documents) {
    if (document.kind !== 'correlation' || !seen.match.has(ruleId(document))) continue;
    for (const name of document.rules) fed.add(name.toLowerCase());
  }
  return documents.flatMap(document => {
    const { title, id, name, place, kind } = document;
    if (kind !== 'rule' && kind !== 'correlation') return [];
    if (fed.has(id?.toLowerCase() ?? '') || fed.has(name?.toLowerCase() ?? '')) return [];
    const missing = (['match', 'none'] as const).filter(expect => !seen[expect].has(ruleId(document)));
    if (missing.length === 0) return [];
    const message = `'${title}' has no test with 'expect: ${missing.join("' and none with 'expect: ")}'`;
    return [{ severity: 'warning' as const, message, place }];
  });
}
