/** The figures of the detection bench as a table: a line a kind, totals against the targets, what differs under other names. */
import { drillTargets } from '../src/tell/index.ts';
import type { DetectionResult } from './detection-job.ts';

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;

type Figures = {
  readonly intrusions: number;
  readonly found: number;
  readonly asIntrusion: number;
  readonly merged: number;
  readonly split: number;
  readonly core: number;
  readonly coreFound: number;
  readonly evidence: number;
  readonly evidenceTrue: number;
  readonly falseIntrusions: number;
  readonly falseSuspected: number;
  /** Of the drill that did worst. */
  readonly worstRecall: number;
  readonly worstPrecision: number;
};

export function figuresOf(results: readonly DetectionResult[]): Figures {
  const scores = results.map(({ score }) => score);
  const all = scores.flatMap(({ intrusions }) => intrusions);
  return {
    intrusions: all.length,
    found: all.filter(({ found }) => found !== null).length,
    asIntrusion: all.filter(({ found }) => found === 'intrusion').length,
    merged: all.filter(({ merged }) => merged).length,
    split: all.filter(({ split }) => split).length,
    core: sum(all.map(({ core }) => core)),
    coreFound: sum(all.map(({ coreFound }) => coreFound)),
    evidence: sum(scores.map(({ evidence }) => evidence)),
    evidenceTrue: sum(scores.map(({ evidenceTrue }) => evidenceTrue)),
    falseIntrusions: sum(scores.map(({ falseIntrusions }) => falseIntrusions.length)),
    falseSuspected: sum(scores.map(({ falseSuspected }) => falseSuspected.length)),
    worstRecall: Math.min(1, ...scores.map(({ recall }) => recall)),
    worstPrecision: Math.min(1, ...scores.map(({ precision }) => precision)),
  };
}

const columns = [
  ['kind', 22],
  ['drills', 6],
  ['found', 7],
  ['strong', 6],
  ['recall (worst)', 16],
  ['precision (worst)', 17],
  ['merged', 6],
  ['split', 5],
  ['false intr./susp.', 17],
  ['s/hunt', 6],
] as const;

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, i) => (i === 0 ? String(cell).padEnd(columns[i]![1]) : String(cell).padStart(columns[i]![1])))
    .join('  ');
}

function kindRow(name: string, results: readonly DetectionResult[]): string {
  const of = figuresOf(results);
  const worst = (share: number): string => `(${(share * 100).toFixed(0)})`;
  return row([
    name,
    results.length,
    of.intrusions === 0 ? '–' : `${of.found}/${of.intrusions}`,
    of.intrusions === 0 ? '–' : of.asIntrusion,
    of.intrusions === 0 ? '–' : `${percent(of.coreFound, of.core)} ${worst(of.worstRecall)}`,
    of.intrusions === 0 ? '–' : `${percent(of.evidenceTrue, of.evidence)} ${worst(of.worstPrecision)}`,
    of.merged,
    of.split,
    `${of.falseIntrusions} / ${of.falseSuspected}`,
    (sum(results.map(({ hunted }) => hunted)) / results.length).toFixed(1),
  ]);
}

export function tableOf(results: readonly DetectionResult[]): string {
  const kinds = [...new Set(results.map(({ job }) => job.kind))];
  const lines = [row(columns.map(([name]) => name))];
  for (const kind of kinds)
    lines.push(
      kindRow(
        kind,
        results.filter(({ job }) => job.kind === kind),
      ),
    );
  lines.push('', kindRow('all', results));
  return lines.join('\n');
}

/** The targets, each with whether it is met. */
export function targetsOf(
  results: readonly DetectionResult[],
): readonly (readonly [met: boolean, text: string])[] {
  const of = figuresOf(results);
  const recall = of.core === 0 ? 1 : of.coreFound / of.core;
  const precision = of.evidence === 0 ? 1 : of.evidenceTrue / of.evidence;
  const links = results.map(result => result.links);
  const total = sum(links.map(each => each.links));
  const each = sum(links.map(link => link.each));
  const shared = sum(links.map(link => link.shared));
  const third = sum(links.map(link => link.third));
  const lost = sum(links.map(link => link.lost));
  return [
    [of.found === of.intrusions, `every intrusion found: ${of.found} of ${of.intrusions}`],
    [
      recall >= drillTargets.recall,
      `core evidence recall at least ${drillTargets.recall}: ${recall.toFixed(3)}`,
    ],
    [
      precision >= drillTargets.precision,
      `evidence precision at least ${drillTargets.precision}: ${precision.toFixed(3)}`,
    ],
    [of.falseIntrusions === 0, `no false intrusion: ${of.falseIntrusions}`],
    [of.merged + of.split === 0, `none merged or split: ${of.merged} merged, ${of.split} split`],
    [
      each === total && lost === 0,
      `reasons of links name what is in the records: ${each} of ${total} in each (${shared} in both alike), ` +
        `${third} name something of a third record besides, ${lost} not found again`,
    ],
  ];
}

/** What a hunt concluded of a drill, without any name: it must not change with them. */
export function conclusionOf({ score }: DetectionResult): string {
  const each = score.intrusions.map(
    ({ found, merged, split }) => `${found ?? 'missed'}${merged ? ' merged' : ''}${split ? ' split' : ''}`,
  );
  return [...each, `false ${score.falseIntrusions.length}/${score.falseSuspected.length}`].join(', ');
}
