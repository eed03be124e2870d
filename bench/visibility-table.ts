/** The figures of blind spots as a table: a line a kind, then the totals against the targets. */
import type { KindScore, VisibilityScore } from './visibility-score.ts';

/** Of the issue: precision and recall of blind spots. */
export const visibilityTarget = 0.95;

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${(100 * share(part, whole)).toFixed(1)} %`;

const columns = [
  ['reason', 16],
  ['spots', 7],
  ['named', 9],
  ['period right', 12],
  ['cells', 9],
  ['told blind', 10],
] as const;

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, i) => (i === 0 ? String(cell).padEnd(columns[i]![1]) : String(cell).padStart(columns[i]![1])))
    .join('  ');
}

const kindRow = (name: string, { spots, named, timely, cells, told }: KindScore): string =>
  row([name, spots, percent(named, spots), percent(timely, spots), cells, percent(told, cells)]);

export function visibilityTable({ kinds }: VisibilityScore): string {
  return [
    row(columns.map(([name]) => name)),
    ...[...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, of]) => kindRow(name, of)),
    '',
    kindRow('all', spotsOf(kinds)),
  ].join('\n');
}

function spotsOf(kinds: ReadonlyMap<string, KindScore>): KindScore {
  const all = { spots: 0, named: 0, timely: 0, cells: 0, told: 0 };
  for (const { spots, named, timely, cells, told } of kinds.values()) {
    all.spots += spots;
    all.named += named;
    all.timely += timely;
    all.cells += cells;
    all.told += told;
  }
  return all;
}

/** The targets, each with whether it is met. */
export function visibilityTargets(
  score: VisibilityScore,
): readonly (readonly [met: boolean, text: string])[] {
  const { blind, missed, imagined, reasoned, partRight, toldSpots, falseSpots, kinds } = score;
  const { spots, named, timely } = spotsOf(kinds);
  const atLeast = (name: string, part: number, whole: number): readonly [boolean, string] => [
    share(part, whole) >= visibilityTarget,
    `${name} at least ${visibilityTarget}: ${share(part, whole).toFixed(3)} (${part} of ${whole})`,
  ];
  return [
    atLeast('recall of blind cells', blind, blind + missed),
    atLeast('precision of blind cells', blind, blind + imagined),
    atLeast('recall of blind spots, with reason and host', named, spots),
    atLeast('precision of blind spots', toldSpots - falseSpots, toldSpots),
    atLeast('spots told for the right days', timely, spots),
    atLeast('cells told blind for the right reason', reasoned, blind),
    atLeast('cells told blind wholly or in part as they are', partRight, blind),
    [missed === 0, `none visible though its records had been removed: ${missed}`],
    [imagined === 0, `none blind though its records are present: ${imagined}`],
  ];
}
