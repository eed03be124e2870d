/** What a check of the installation found, for a person: a line each, with what to do where something is amiss. */
import {
  counted,
  displayWidth,
  plain,
  type Style,
  style,
  type TableOptions,
  wrap,
} from '../terminal/index.ts';

/** `note`: worth knowing, a hunt runs. `problem`: it would stop a hunt. */
export type Verdict = 'ok' | 'note' | 'problem';

export type Check = {
  /** Stable word: `node`, `cache folder`. */
  readonly name: string;
  readonly verdict: Verdict;
  /** What was found, in a few words. */
  readonly found: string;
  /** What to do about it; null where there is nothing to do. */
  readonly remedy: string | null;
};

export type CheckGroup = { readonly title: string; readonly checks: readonly Check[] };

export type Diagnosis = {
  readonly version: 1;
  readonly groups: readonly CheckGroup[];
  readonly exitCode: number;
};

export function renderDiagnosis({ groups }: Diagnosis, { width, color }: TableOptions): string {
  const paint = style(color);
  const checks = groups.flatMap(group => group.checks);
  const names = Math.max(...checks.map(({ name }) => displayWidth(plain(name)))) + 2;
  const lines = groups.flatMap(group => [
    paint.bold(group.title),
    ...group.checks.flatMap(check => checkLines(check, names, width, paint)),
  ]);
  return `${[...lines, '', conclusion(checks)].join('\n')}\n`;
}

const VERDICT_WIDTH = 11;

function checkLines(check: Check, names: number, width: number, paint: Style): string[] {
  const name = plain(check.name);
  const indent = VERDICT_WIDTH + names;
  const body = [
    ...wrap(plain(check.found), width - indent),
    ...(check.remedy === null ? [] : wrap(`Remedy: ${plain(check.remedy)}`, width - indent)),
  ].map(line => line.trimStart());
  const head = `  ${paintVerdict(check.verdict, paint)}${' '.repeat(VERDICT_WIDTH - 2 - check.verdict.length)}`;
  const label = name + ' '.repeat(names - displayWidth(name));
  return body.map((line, i) => (i === 0 ? head + label : ' '.repeat(indent)) + line);
}

function paintVerdict(verdict: Verdict, paint: Style): string {
  if (verdict === 'problem') return paint.level('high', verdict);
  return verdict === 'note' ? paint.level('medium', verdict) : paint.dim(verdict);
}

function conclusion(checks: readonly Check[]): string {
  const count = (verdict: Verdict): number => checks.filter(check => check.verdict === verdict).length;
  const problems = count('problem');
  const notes = count('note');
  const noted = notes === 0 ? '' : ` (${counted(notes, 'note')})`;
  if (problems === 0) return `Nothing here would stop a hunt${noted}.`;
  return `${counted(problems, 'problem')} would stop a hunt${noted}.`;
}
