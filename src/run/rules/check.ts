/** `rules check`: parses rules, asks what is wrong with them and tells it. */
import { relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkRules } from '../../know/checks/index.ts';
import { isCompiled, readRuleText } from '../../know/rulesets/index.ts';
import { loadParser, type RuleDocument, type Written } from '../../know/sigma/index.ts';
import {
  type CheckReport,
  countSeverities,
  plain,
  problemsJson,
  problemsSarif,
  renderProblems,
  summaryLine,
} from '../../tell/index.ts';
import { exitCodes } from '../exit-code.ts';
import { BrokenPipe, type Io } from '../io.ts';
import { loadRules } from './load.ts';

export type CheckFormat = 'text' | 'json' | 'sarif';

export type CheckOptions = {
  readonly paths: readonly string[];
  readonly placeholders: string | null;
  readonly format: CheckFormat;
  /** Warnings count as errors for the exit code. */
  readonly strict: boolean;
  /** Every note with its place, however many. */
  readonly all: boolean;
  /** Of Huntaway, for SARIF. */
  readonly version: string;
};

/** Returns the exit code: 1 where an error was found. */
export async function checkRuleFiles(options: CheckOptions, io: Io): Promise<number> {
  // Never from the cache: what is checked is what stands in the files now.
  const { documents } = await loadRules({ ...options, cacheDirectory: null });
  const { readWritten } = await loadParser();
  const problems = checkRules(documents, writtenIn(readWritten));
  const report: CheckReport = {
    problems,
    documents: documents.length,
    files: new Set(documents.map(({ place }) => place.path)).size,
  };
  try {
    io.stdout.write(Buffer.from(textOf(report, options, io)));
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
  }
  if (options.format !== 'text') io.stderr.write(Buffer.from(`huntaway: ${plain(summaryLine(report))}\n`));
  const { error, warning } = countSeverities(problems);
  return error > 0 || (options.strict && warning > 0) ? exitCodes.failOn : exitCodes.finished;
}

function textOf(report: CheckReport, { format, all, version }: CheckOptions, io: Io): string {
  switch (format) {
    case 'text':
      return renderProblems(report, { width: io.stdout.columns, color: io.stdout.color, all });
    case 'json':
      return problemsJson(report);
    case 'sarif':
      return problemsSarif(report, { version, uriOf });
  }
}

type ReadWritten = (text: string, path: string) => (document: number) => Written;

/** What a document's file says. The last file is kept, because documents come by file; all would be too many. */
export function writtenIn(readWritten: ReadWritten): (document: RuleDocument) => Written | null {
  let path: string | null = null;
  let file: ((document: number) => Written) | null = null;
  return ({ place }) => {
    if (place.path !== path) {
      path = place.path;
      const text = isCompiled(path) ? null : readRuleText(path);
      file = text === null ? null : readWritten(text, path);
    }
    return file?.(place.document) ?? null;
  };
}

/** Relative to the working directory where the path lies below it, else a `file:` URI. */
function uriOf(path: string): string {
  const whole = resolve(path);
  const below = relative('', whole);
  if (below === '' || below.startsWith('..') || resolve(below) !== whole) return pathToFileURL(whole).href;
  return (
    below
      .split(sep)
      // Half a surrogate pair, which names on Windows can hold, has no place in a URI.
      .map(part => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd')))
      .join('/')
  );
}
