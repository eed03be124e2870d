/** A colour and a shape for each stage: told apart without colour too. */
import { type Stage, stages } from '../../know/advisories/index.ts';
import { type Html, html } from './html.ts';
import { stageTitles } from './words.ts';

/** Outlines around 0,0, six units in radius. */
export const outlines: Readonly<Record<Stage, string>> = {
  'initial-access': 'M-6-5L6 0L-6 5Z',
  execution: 'M-5-5H5V5H-5Z',
  discovery: 'M0-6A6 6 0 1 1 0 6A6 6 0 1 1 0-6Z',
  'credential-access': 'M0-7L7 0L0 7L-7 0Z',
  'lateral-movement': 'M-6-4H0V-7L7 0L0 7V4H-6Z',
  collection: 'M0-6L6 5H-6Z',
  staging: 'M0 6L-6-5H6Z',
  'command-and-control': 'M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z',
  exfiltration: 'M0-7L7 0H3V6H-3V0H-7Z',
  persistence: 'M-3-6H3L6-3V3L3 6H-3L-6 3V-3Z',
  'defense-evasion': 'M-6-4L-4-6L0-2L4-6L6-4L2 0L6 4L4 6L0 2L-4 6L-6 4L-2 0Z',
};

/** A mark of a stage at a place of a drawing. */
export function mark(stage: Stage, x: number, y: number, scale = 1): Html {
  const size = scale === 1 ? null : ` scale(${scale})`;
  return html`<path class="st st-${stage}" d="${outlines[stage]}" transform="translate(${round(x)} ${round(y)})${size}"/>`;
}

/** The mark beside a word; the word says it. */
export function stageSign(stage: Stage): Html {
  return html`<svg class="shape" viewBox="-8 -8 16 16" width="14" height="14" aria-hidden="true" focusable="false">${mark(stage, 0, 0)}</svg>`;
}

/** What the marks mean, of those stages that are drawn. */
export function legend(drawn: ReadonlySet<Stage>): Html {
  const shown = stages.filter(stage => drawn.has(stage));
  return html`<ul class="legend">${shown.map(stage => html`<li>${stageSign(stage)} ${stageTitles[stage]}</li>`)}</ul>`;
}

/** A tenth of a pixel is fine enough, and keeps the file small. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
