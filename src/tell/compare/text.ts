/**
 * What is new since a former hunt, for a person: stories that are new or have changed, a line each; what is gone; what can be
 * seen now that could not be seen then. What stayed the same is a count.
 */
import type { Change, ComparedIntrusion, ComparedSight, Comparison } from '../../judge/index.ts';
import { strengthWords } from '../intrusions/index.ts';
import { clip, counted, plain, style, type TableOptions, wrap } from '../terminal/index.ts';

const INDENT = '  ';
/** Stories and hosts of a kind that are listed. */
const MOST = 20;
const READABLE = 100;

const words: Readonly<Record<Exclude<Change, 'same'>, string>> = {
  new: 'new',
  stronger: 'stronger',
  grown: 'grown',
  weaker: 'weaker',
  shrunk: 'less left',
};

/** Text with newlines; `before` is what the former hunt is called. */
export function renderComparison(
  { intrusions, gone, visibility }: Comparison,
  before: string,
  { width, color }: TableOptions,
): string {
  const paint = style(color);
  const columns = Math.min(Math.max(60, width), READABLE);
  const changed = intrusions.filter(({ change }) => change !== 'same');
  const same = intrusions.length - changed.length;
  const lines = [
    ...wrap(`Since ${plain(before)}`, columns).map(paint.bold),
    ...listed(changed, columns, each => storyLine(each, columns)),
    ...listed(gone, columns, ({ id, verdict, summary }) =>
      clip(`${INDENT}gone       ${strengthWords[verdict]}  ${id}  ${plain(summary)}`, columns),
    ),
    ...wrap(INDENT + restSaid(intrusions.length + gone.length, same), columns),
    ...sightLines(visibility, columns),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function listed<T>(items: readonly T[], columns: number, line: (item: T) => string): string[] {
  const lines = items.slice(0, MOST).map(line);
  const more = items.length - lines.length;
  return more === 0 ? lines : [...lines, ...wrap(`${INDENT}and ${more} more`, columns)];
}

function storyLine(
  { change, verdict, id, summary, before, fresh, lost }: ComparedIntrusion,
  columns: number,
): string {
  const what = words[change as Exclude<Change, 'same'>];
  const was =
    before.length === 0 || change === 'grown'
      ? ''
      : ` (was ${before.map(each => strengthWords[each.verdict]).join(', ')})`;
  const counts = [
    fresh.length === 0 || change === 'new' ? '' : `+${fresh.length} evidence`,
    lost === 0 ? '' : `-${lost}`,
  ].filter(text => text !== '');
  const text = `${INDENT}${what.padEnd(9)}  ${strengthWords[verdict]}${was}  ${id}  ${counts.length === 0 ? '' : `${counts.join(' ')}  `}${plain(summary)}`;
  return clip(text, columns);
}

function restSaid(all: number, same: number): string {
  if (all === 0) return 'nothing found, then or now';
  return same === 0 ? 'no story is the same as then' : `${counted(same, 'story', 'stories')} as then`;
}

function sightLines(visibility: readonly ComparedSight[] | null, columns: number): string[] {
  if (visibility === null) {
    return wrap(`${INDENT}what could be seen then was not recorded`, columns);
  }
  if (visibility.length === 0) return wrap(`${INDENT}what can be seen is the same as then`, columns);
  return listed(visibility, columns, ({ host, gained, lost }) => {
    const parts = [
      gained.length === 0 ? '' : `${counted(gained.length, 'behaviour')} can be seen now`,
      lost.length === 0 ? '' : `${counted(lost.length, 'behaviour')} no longer`,
    ].filter(text => text !== '');
    return clip(`${INDENT}${plain(host ?? 'the site as a whole')}: ${parts.join(', ')}`, columns);
  });
}
