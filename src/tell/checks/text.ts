/**
 * Problems for a person: the place first and whole, because editors and terminals make a link of it; below it the
 * severity, the sentence and the code. A rule set written for many products gets hundreds of notes, so more than a
 * screenful is counted by code unless all are asked for.
 */
import { checkCodes, type Problem, type Severity } from '../../know/checks/index.ts';
import { counted, grouped, plain, type Style, style, type TableOptions, wrap } from '../terminal/index.ts';
import { type CheckReport, countSeverities } from './types.ts';

/** Notes that are shown each with its place. */
const SCREENFUL = 20;
const INDENT = '  ';
const SEVERITY_WIDTH = 9;

const levelOf = { error: 'high', warning: 'medium', note: 'low' } as const;

/** Text with newlines; the last line says how many problems there are. */
export function renderProblems(
  report: CheckReport,
  options: TableOptions & { readonly all: boolean },
): string {
  const paint = style(options.color);
  const notes = report.problems.filter(({ severity }) => severity === 'note');
  const each = options.all || notes.length <= SCREENFUL;
  const shown = each ? report.problems : report.problems.filter(({ severity }) => severity !== 'note');
  const lines = shown.flatMap(problem => problemLines(problem, options.width, paint));
  if (!each) lines.push(...countLines(notes, options.width, paint));
  if (lines.length > 0) lines.push('');
  lines.push(...wrap(summaryLine(report), options.width));
  return `${lines.join('\n')}\n`;
}

function problemLines({ place, severity, message, code }: Problem, width: number, paint: Style): string[] {
  const at = paint.bold(plain(`${place.path}:${place.line}:${place.column}`));
  return [at, ...entryLines(severity, `${plain(message)} (${code})`, width, paint)];
}

function entryLines(severity: Severity, text: string, width: number, paint: Style): string[] {
  const indent = ' '.repeat(INDENT.length + SEVERITY_WIDTH);
  const [first, ...rest] = wrap(text, Math.max(20, width - indent.length));
  const word = paint.level(levelOf[severity], severity) + ' '.repeat(SEVERITY_WIDTH - severity.length);
  return [`${INDENT}${word}${first}`, ...rest.map(line => indent + line.trimStart())];
}

/** `897 × log-source-unknown: what it means`. */
function countLines(notes: readonly Problem[], width: number, paint: Style): string[] {
  const counts = new Map<string, number>();
  for (const { code } of notes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const lines = [...counts]
    .sort(([, a], [, b]) => b - a)
    .flatMap(([code, count]) => {
      const about = checkCodes.find(known => known.code === code)?.about ?? '';
      return entryLines('note', `${grouped(count)} × ${code}: ${about}`, width, paint);
    });
  return [paint.bold('Notes by kind (--all shows each with its place)'), ...lines];
}

/** `3,780 rules in 3,780 files: 25 errors, no warnings, 1,036 notes`. */
export function summaryLine({ problems, documents, files }: CheckReport): string {
  const counts = countSeverities(problems);
  const parts = (['error', 'warning', 'note'] as const).map(severity =>
    counts[severity] === 0 ? `no ${severity}s` : counted(counts[severity], severity),
  );
  return `${counted(documents, 'rule')} in ${counted(files, 'file')}: ${parts.join(', ')}`;
}
