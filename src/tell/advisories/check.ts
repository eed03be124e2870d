/**
 * What a check of packs turned out: for a person the place first and whole, because editors and terminals make a link of it;
 * a failed test shows which part of the condition decided, as `rules explain` does.
 */
import type { Advisory, AdvisoryProblem, Behaviour } from '../../know/advisories/index.ts';
import type { Place } from '../../know/sigma/index.ts';
import type { Explanation } from '../../match/index.ts';
import { treeLines } from '../explanations/index.ts';
import { jsonText } from '../json-text.ts';
import { counted, plain, type Style, style, type TableOptions, wrap } from '../terminal/index.ts';

export type ToldTest = {
  readonly test: { readonly name: string; readonly expect: 'match' | 'none'; readonly place: Place };
  /** Path of the rule file. */
  readonly rules: string;
  readonly passed: boolean;
  readonly message: string | null;
  readonly explanation: Explanation | null;
};

/** One pack. */
export type AdvisoryReport = {
  readonly path: string;
  /** Null where it does not even say what it is called. */
  readonly head: Pick<Advisory, 'id' | 'version'> | null;
  readonly behaviours: readonly Behaviour[];
  readonly rules: number;
  /** Those that can be hunted. */
  readonly indicators: number;
  readonly problems: readonly AdvisoryProblem[];
  readonly tests: readonly ToldTest[];
};

export function advisoryCheckJson(reports: readonly AdvisoryReport[]): string {
  return `${jsonText({
    version: 1,
    advisories: reports.map(({ path, head, behaviours, rules, indicators, problems, tests }) => ({
      path,
      id: head?.id ?? null,
      advisoryVersion: head?.version ?? null,
      behaviours: behaviours.length,
      rules,
      indicators,
      counts: { ...countProblems(problems), tests: tests.length, failed: failedOf(tests).length },
      problems: problems.map(({ severity, message, place }) => ({ severity, message, ...spot(place) })),
      failed: failedOf(tests).map(({ test, rules: rule, message }) => ({
        name: test.name,
        expect: test.expect,
        rule,
        message,
        ...spot(test.place),
      })),
    })),
  })}\n`;
}

const spot = ({ path, line, column }: Place): object => ({ path, line, column });

function countProblems(problems: readonly AdvisoryProblem[]): { error: number; warning: number } {
  const error = problems.filter(({ severity }) => severity === 'error').length;
  return { error, warning: problems.length - error };
}

function failedOf(tests: readonly ToldTest[]): ToldTest[] {
  return tests.filter(({ passed }) => !passed);
}

/** Text with newlines; the last line of each pack says how it stands. */
export function renderAdvisoryCheck(reports: readonly AdvisoryReport[], options: TableOptions): string {
  const paint = style(options.color);
  return reports.map(report => `${reportLines(report, options, paint).join('\n')}\n`).join('\n');
}

function reportLines(report: AdvisoryReport, options: TableOptions, paint: Style): string[] {
  const lines = [
    ...report.problems.flatMap(({ place, severity, message }) =>
      entryLines(place, severity, message, options.width, paint),
    ),
    ...failedOf(report.tests).flatMap(test => testLines(test, options, paint)),
  ];
  if (lines.length > 0) lines.push('');
  return [...lines, ...wrap(plain(summaryOf(report)), options.width)];
}

const INDENT = '  ';
const WORD_WIDTH = 9;
const levelOf = { error: 'high', warning: 'medium', failed: 'high' } as const;

function entryLines(
  { path, line, column }: Place,
  word: keyof typeof levelOf,
  message: string,
  width: number,
  paint: Style,
): string[] {
  const indent = ' '.repeat(INDENT.length + WORD_WIDTH);
  const [first, ...rest] = wrap(plain(message), Math.max(20, width - indent.length));
  const shown = paint.level(levelOf[word], word) + ' '.repeat(WORD_WIDTH - word.length);
  return [
    paint.bold(plain(`${path}:${line}:${column}`)),
    `${INDENT}${shown}${first}`,
    ...rest.map(more => indent + more.trimStart()),
  ];
}

function testLines({ test, message, explanation }: ToldTest, options: TableOptions, paint: Style): string[] {
  const text = `test '${test.name}': ${message ?? ''}`;
  return [
    ...entryLines(test.place, 'failed', text, options.width, paint),
    ...(explanation === null ? [] : whyLines(explanation, options)),
  ];
}

/** How the condition came out on the event; test events hold no secrets, so that values are shown as they are. */
function whyLines({ routes }: Explanation, options: TableOptions): string[] {
  const asked = routes?.find(({ condition }) => condition !== null);
  if (asked === undefined) {
    return wrap(`${INDENT.repeat(2)}${misfit(routes)}`, options.width);
  }
  const lines = treeLines(asked.condition!, asked.route.view, { ...options, reveal: true });
  return lines.map(line => INDENT + line);
}

function misfit(routes: Explanation['routes']): string {
  if (routes === null) return 'the log source of the rule is not known';
  const wanted = routes.map(({ route, misfit: why }) => {
    const ids = route.eventIds === null ? '' : ` ${route.eventIds.slice(0, 6).join(', ')}`;
    return `${plain(route.channel ?? 'any channel')}${ids} (${why === 'event-id' ? 'another event id' : `another ${why}`})`;
  });
  return `the event is none of those that the rule reads: ${wanted.join('; ')}`;
}

/** `volt-typhoon 1.0: 48 behaviours (3 not observable), 60 rules, 180 tests: 178 passed, 2 failed; 1 error, no warnings`. */
function summaryOf({ path, head, behaviours, rules, indicators, problems, tests }: AdvisoryReport): string {
  const { error, warning } = countProblems(problems);
  const counts = [
    error === 0 ? 'no errors' : counted(error, 'error'),
    warning === 0 ? 'no warnings' : counted(warning, 'warning'),
  ].join(', ');
  const blind = behaviours.filter(({ notObservable }) => notObservable !== null).length;
  const failed = failedOf(tests).length;
  const parts = [
    `${counted(behaviours.length, 'behaviour')}${blind === 0 ? '' : ` (${blind} not observable)`}`,
    counted(rules, 'rule'),
    ...(indicators === 0 ? [] : [counted(indicators, 'indicator')]),
    `${counted(tests.length, 'test')}: ${tests.length - failed} passed, ${failed} failed`,
  ];
  const name = head === null ? path : `${head.id} ${head.version}`;
  return `${name}: ${parts.join(', ')}; ${counts}`;
}
