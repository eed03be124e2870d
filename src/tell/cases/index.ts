/** Cases for people: what was decided on which intrusion, by whom and why, and what is open again. */
import type { CaseEntry, CaseState, CaseSubject, CaseView } from '../../judge/index.ts';
import { counted, plain, second, style, type TableOptions, wrap } from '../terminal/index.ts';

const INDENT = '    ';
/** Decisions on one intrusion that are told; the oldest are left out. */
const MOST_ENTRIES = 10;

/** What a state is called where people read it. */
export const caseWords: Readonly<Record<CaseState, string>> = {
  open: 'undecided',
  asked: 'asked',
  confirmed: 'confirmed incident',
  dismissed: 'dismissed',
  reopened: 'open again',
};

/** Text with newlines: each intrusion with its decisions. `subjects` in the order of `views`. */
export function renderCases(
  subjects: readonly CaseSubject[],
  views: readonly CaseView[],
  { width, color }: TableOptions,
): string {
  const paint = style(color);
  if (views.length === 0) return 'No intrusion to decide on.\n';
  const lines = views.flatMap((view, i) => {
    const { id, summary } = subjects[i]!;
    return [
      ...wrap(`${id}  ${caseWords[view.state]}  ${plain(summary)}`, width).map((line, at) =>
        at === 0 ? paint.bold(line) : INDENT + line,
      ),
      ...view.entries.slice(-MOST_ENTRIES).flatMap(entry => wrap(INDENT + saidEntry(entry), width)),
      ...wrap(INDENT + saidState(view), width).filter(line => line.trim() !== ''),
    ];
  });
  return `${lines.join('\n')}\n`;
}

const verbs: Readonly<Record<CaseEntry['decision'], string>> = {
  ask: 'asked',
  confirm: 'confirmed',
  dismiss: 'dismissed',
};

/** `2026-11-24 09:12:00  dismissed by J. Smith: restore test (until 2027-01-01)`. */
export function saidEntry({ at, decision, by, reason, until }: CaseEntry): string {
  const end = until === null ? '' : ` (until ${second(until)})`;
  const why = reason === '' ? '' : `: ${plain(reason)}`;
  return `${second(at)}  ${verbs[decision]} by ${plain(by)}${why}${end}`;
}

/** What follows from the decisions; empty where they say all. */
export function saidState({ state, aware, fresh, isExpired }: CaseView): string {
  const more = counted(fresh.length, 'piece of evidence', 'pieces of evidence');
  switch (state) {
    case 'confirmed':
      return `aware since ${second(aware!)}${fresh.length === 0 ? '' : `; ${more} since then`}`;
    case 'reopened':
      return isExpired
        ? 'open again: the dismissal has run out'
        : `open again: ${more} nobody had decided on`;
    default:
      return '';
  }
}

/** What was recorded, and of a question its words, to be read out. */
export function renderDecision(entry: CaseEntry, { width, color }: TableOptions): string {
  const paint = style(color);
  const lines = wrap(`${entry.intrusion}: ${saidEntry(entry)}`, width);
  if (entry.question !== null) {
    lines.push(
      '',
      ...wrap(`By phone, on a number that you had before, to ${plain(entry.question.whom)}:`, width).map(
        paint.bold,
      ),
      ...wrap(`“${plain(entry.question.text)}”`, Math.max(20, width - 2)).map(line => `  ${line}`),
      '',
      ...wrap('Not by mail or chat: whoever holds the account would read it.', width).map(paint.dim),
    );
  }
  if (entry.decision === 'confirm') {
    lines.push('', ...wrap(`This makes it an incident. Time of awareness: ${second(entry.at)} UTC.`, width));
  }
  return `${lines.join('\n')}\n`;
}
