/**
 * When and where: a lane for each host, a mark for each moment, colour and shape by stage. Marks that would lie on one another
 * are one with a number. The same stands below as text, with links to the evidence.
 */
import type { Stage } from '../../know/advisories/index.ts';
import { counted, duration, plain, second } from '../terminal/index.ts';
import { type Axis, type Stretch, ticksOf, timeAxis } from './axis.ts';
import { type Html, html } from './html.ts';
import { details, list, name, section } from './parts.ts';
import { legend, mark, round } from './shapes.ts';
import { isTime } from './times.ts';
import { clipped, groupBy, type Shown, type View } from './view.ts';
import { stageTitles } from './words.ts';

/** As wide as the page's column; more where many stretches need it, then the drawing scrolls. */
const LEAST_WIDTH = 1180;
const LABELS = 190;
const LANE = 34;
const HEAD = 68;
const MOST_LANES = 40;
/** Marks closer than that are one. */
const NEAR = 13;
/** Lines of the text below, for each host. */
const MOST_LINES = 40;

/** Evidence that is drawn as one mark. */
export type Mark = { readonly x: number; readonly stage: Stage; readonly shown: readonly Shown[] };

export type Lane = {
  readonly host: string;
  readonly isPlant: boolean;
  readonly marks: readonly Mark[];
  readonly shown: readonly Shown[];
};

export function timelineSection(view: View): Html {
  const timed = view.evidence.filter(({ evidence }) => isTime(evidence.micros));
  const untimed = view.evidence.length - timed.length;
  if (timed.length === 0) {
    return section(
      'timeline',
      'Timeline',
      html`<p>${view.evidence.length === 0 ? 'No evidence to draw.' : 'No event of the evidence says a time.'}</p>`,
    );
  }
  const times = timed.map(({ evidence }) => evidence.micros).sort((a, b) => a - b);
  const axis = timeAxis(times, LABELS, LEAST_WIDTH - 10);
  const lanes = lanesOf(timed, view.plant, axis);
  const drawn = lanes.slice(0, MOST_LANES);
  return section('timeline', 'Timeline', [
    html`<p>One lane for each host, first entered on top. Between two bands time runs evenly; a band is time without evidence, cut out, and says how long it was. Stretches between bands differ in scale, and each says when it begins. Times above the drawing are UTC${
      view.clock.zone !== null && html`, and below that site time (${view.clock.zone})`
    }.</p>`,
    html`<div class="scroll drawing" role="group" aria-label="A drawing that may scroll sideways" tabindex="0" id="timeline-drawing">${drawing(drawn, axis, view)}</div>`,
    legend(new Set(timed.map(({ evidence }) => evidence.stage))),
    lanes.length > drawn.length &&
      html`<p class="left">${counted(lanes.length - drawn.length, 'more host')} with evidence not drawn; the evidence table has all.</p>`,
    untimed > 0 &&
      html`<p class="left">${counted(untimed, 'piece')} of evidence without a time not drawn.</p>`,
    details('The timeline as text', html`${drawn.map(lane => laneText(lane, view))}`, { onPaper: false }),
  ]);
}

/** By the time of a host's first evidence, then by name. */
export function lanesOf(timed: readonly Shown[], plant: ReadonlySet<string>, axis: Axis): Lane[] {
  const inOrder = timed.toSorted((a, b) => a.evidence.micros - b.evidence.micros);
  const byHost = groupBy(inOrder, ({ evidence }) => evidence.host);
  return [...byHost].map(([host, shown]) => ({
    host,
    isPlant: plant.has(host),
    marks: marksOf(shown, axis),
    shown,
  }));
}

/** In order of time; what lies within `NEAR` of a mark's beginning joins it, under the stage of its weightiest. */
function marksOf(shown: readonly Shown[], axis: Axis): Mark[] {
  const groups: { x: number; shown: Shown[] }[] = [];
  for (const each of shown) {
    const x = axis.x(each.evidence.micros);
    const open = groups.at(-1);
    if (open !== undefined && x - open.x < NEAR) open.shown.push(each);
    else groups.push({ x, shown: [each] });
  }
  return groups.map(group => ({
    ...group,
    stage: group.shown.reduce((a, b) => (b.evidence.weight > a.evidence.weight ? b : a)).evidence.stage,
  }));
}

function drawing(lanes: readonly Lane[], axis: Axis, view: View): Html {
  const width = Math.max(LEAST_WIDTH, axis.right + 10);
  const bottom = HEAD + lanes.length * LANE;
  const marks = lanes.reduce((sum, lane) => sum + lane.shown.length, 0);
  return html`<svg width="${round(width)}" viewBox="0 0 ${round(width)} ${bottom + 8}" role="img" aria-labelledby="timeline-svg-title timeline-svg-desc">
<title id="timeline-svg-title">Timeline of the evidence over hosts</title>
<desc id="timeline-svg-desc">${counted(marks, 'piece')} of evidence on ${counted(lanes.length, 'host')}, in ${counted(axis.stretches.length, 'stretch', 'stretches')} of time. The same stands below as text.</desc>
${lanes.map((lane, i) => laneGround(lane, HEAD + i * LANE, width))}
${axis.breaks.map(({ left, right, micros }) => {
  return html`<g class="break"><rect x="${round(left)}" y="${HEAD - 22}" width="${round(right - left)}" height="${bottom - HEAD + 22}"/><text x="${round((left + right) / 2)}" y="${HEAD - 7}" text-anchor="middle">${inBrief(micros)}</text></g>`;
})}
${axis.stretches.map((stretch, i) => scale(stretch, axis.stretches[i - 1], axis, bottom, view))}
${lanes.map((lane, i) => laneMarks(lane, HEAD + i * LANE + LANE / 2, view))}
</svg>`;
}

/** When a stretch begins, how long it lasts where there is room, and round moments in it. */
function scale(
  stretch: Stretch,
  before: Stretch | undefined,
  axis: Axis,
  bottom: number,
  { clock }: View,
): Html {
  const { from, to, left, right } = stretch;
  const day = second(from).slice(0, 10);
  const isNewDay = before === undefined || second(before.to).slice(0, 10) !== day;
  const long = to > from && right - left > 160 ? ` for ${duration(to - from)}` : '';
  const tick = (x: number, top: string, text: string, micros: number): Html =>
    html`<g class="tick"><text x="${round(x)}" y="12">${top}</text><text x="${round(x)}" y="26">${text}</text><text class="site" x="${round(x)}" y="39">${clock.site(micros)}</text><line x1="${round(x)}" x2="${round(x)}" y1="${HEAD - 22}" y2="${bottom}"/></g>`;
  return html`${tick(left, isNewDay ? day : '', second(from).slice(11) + long, from)}${ticksOf(stretch).map(
    at => tick(axis.x(at), second(at).slice(0, 10), second(at).slice(11), at),
  )}`;
}

/** Its largest unit alone: `751 d`. */
function inBrief(micros: number): string {
  return duration(micros).split(' ').slice(0, 2).join(' ');
}

function laneGround({ host, isPlant }: Lane, y: number, width: number): Html {
  const label = plain(host);
  const short = [...label].length > 24 ? `${[...label].slice(0, 23).join('')}…` : label;
  return html`<g class="lane${isPlant && ' plant'}"><rect x="0" y="${y}" width="${round(width)}" height="${LANE}"/><text x="8" y="${y + LANE / 2 + 4}"><title>${host}</title>${isPlant && '⚙ OT '}${short}</text></g>`;
}

function laneMarks({ marks }: Lane, y: number, { stories }: View): Html {
  return html`${marks.map(({ x, stage, shown }) => {
    const first = shown[0]!;
    const said =
      shown.length === 1
        ? `${second(first.evidence.micros)} UTC: ${clipped(first.evidence.example, 120)}`
        : `${counted(shown.length, 'piece')} of evidence from ${second(first.evidence.micros)} UTC`;
    return html`<g class="mark" data-evidence="${shown
      .slice(0, 50)
      .map(each => each.row.slice(2))
      .join(
        ' ',
      )}" data-intrusion="${stories[first.of]!.intrusion.id}"><title>${said}</title>${mark(stage, x, y)}${
      shown.length > 1 && html`<text x="${round(x + 8)}" y="${y - 6}">${shown.length}</text>`
    }</g>`;
  })}`;
}

function laneText({ host, isPlant, shown }: Lane, { clock }: View): Html {
  const lines = shown
    .slice(0, MOST_LINES)
    .map(
      ({ evidence, row }) =>
        html`${clock.at(evidence.micros)}: <a href="#${row}">${evidence.behaviour?.title ?? evidence.rule?.title ?? stageTitles[evidence.stage]}</a>`,
    );
  return html`<h3>${name(host)}${isPlant && ' (OT)'}</h3>${list(lines)}${
    shown.length > MOST_LINES &&
    html`<p class="left">${counted(shown.length - MOST_LINES, 'more')} in the <a href="#evidence">evidence</a>.</p>`
  }`;
}
