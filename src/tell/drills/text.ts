/** Drills for a person: a list of kinds, and a score that says first whether the targets were met. */
import { counted, plain, type Style, style, type TableOptions, wrap } from '../terminal/index.ts';
import { type DrillKind, type DrillScore, drillTargets, type ScoredIntrusion } from './types.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export function renderDrillKinds(kinds: readonly DrillKind[], options: TableOptions): string {
  const paint = style(options.color);
  const width = Math.max(...kinds.map(({ name }) => name.length));
  const open = kinds.filter(({ state }) => state === 'open');
  const frozen = kinds.filter(({ state }) => state === 'frozen');
  const lines = open.flatMap(({ name, summary, days }) => {
    const text = `${summary ?? ''} (${counted(days ?? 0, 'day')})`;
    const [first, ...rest] = wrap(text, Math.max(20, options.width - width - 2));
    const indent = ' '.repeat(width + 2);
    return [
      `${paint.bold(name.padEnd(width))}  ${first}`,
      ...rest.map(line => `${indent}${line.trimStart()}`),
    ];
  });
  if (frozen.length > 0) {
    lines.push('', 'Frozen: not described, so that nobody fits detection to them');
    lines.push(...wrap(frozen.map(({ name }) => name).join(', '), options.width));
  }
  return `${lines.join('\n')}\n`;
}

function intrusionLines(of: ScoredIntrusion, paint: Style, width: number): string[] {
  const verdict = of.found === null ? paint.level('critical', 'not found') : `found as ${of.found}`;
  const flaws = [of.merged ? 'merged with another' : '', of.split ? `split in ${of.reported.length}` : '']
    .filter(flaw => flaw !== '')
    .map(flaw => paint.level('high', flaw));
  const head = `${paint.bold(of.id)} ${[verdict, ...flaws].join(', ')}; ${of.coreFound} of ${of.core} core records`;
  return [
    head,
    ...wrap(`  ${plain(of.summary)}`, width),
    ...of.missed
      .slice(0, 12)
      .map(
        ({ behaviour, host, channel, recordId, time }) =>
          `  missed ${behaviour ?? 'a record'} at ${time} on ${plain(host)}: ${plain(channel)}${recordId === null ? '' : ` ${recordId}`}`,
      ),
    ...(of.missed.length > 12 ? [`  and ${of.missed.length - 12} more`] : []),
  ];
}

export function renderDrillScore(score: DrillScore, options: TableOptions): string {
  const paint = style(options.color);
  const { intrusions } = score;
  const found = intrusions.filter(of => of.found !== null).length;
  const lines = [
    score.passed ? 'All targets are met.' : paint.level('high', 'Targets are missed.'),
    `Drill ${plain(score.kind)}, seed ${score.seed}: ${found} of ${counted(intrusions.length, 'intrusion')} found`,
    `core evidence recall ${percent(score.recall)} (target ${percent(drillTargets.recall)}), evidence precision ${percent(score.precision)} (target ${percent(drillTargets.precision)})`,
    `${counted(score.falseIntrusions.length, 'false intrusion')}, ${score.falseSuspected.length} falsely suspected`,
    ...intrusions.flatMap(of => intrusionLines(of, paint, options.width)),
  ];
  return `${lines.join('\n')}\n`;
}
