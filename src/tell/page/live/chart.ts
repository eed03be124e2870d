/**
 * Draws the timeline of one window: a lane for each host, marks with shape and colour by stage, round moments above, and on top
 * where in the whole time the window lies. Pixels are those of the screen, so that text stays readable at any width.
 */
import { second } from '../../terminal/index.ts';
import { draw } from './dom.ts';
import type { Span } from './filtering.ts';
import { densityOf, type Lane, type Mark, marksOf } from './lanes.ts';
import type { Model } from './model.ts';
import { ticksOf } from './scale.ts';
import { markOf } from './signs.ts';

/** Marks closer than that are one. */
const NEAR = 15;
const OVERVIEW = 22;
const HEAD = OVERVIEW + 50;
/** Between two labels of moments; site time may carry its own date. */
const TICK_ROOM = 100;
const SITE_ROOM = 175;
/** Below that a lane has its name above its marks instead of beside them. */
const WIDE = 640;

export type Layout = {
  readonly width: number;
  /** Where time begins, and how much room it has. */
  readonly left: number;
  readonly room: number;
  readonly lane: number;
  readonly isWide: boolean;
};

export function layoutOf(width: number): Layout {
  const isWide = width >= WIDE;
  const left = isWide ? 190 : 4;
  return { width, left, room: Math.max(60, width - left - 12), lane: isWide ? 34 : 46, isWide };
}

export type Drawn = {
  readonly svg: SVGSVGElement;
  /** By lane. */
  readonly marks: readonly (readonly Mark[])[];
};

export type Chart = {
  readonly lanes: readonly Lane[];
  /** Of all lanes, also of those that are not drawn; ascending. */
  readonly times: readonly number[];
  readonly bounds: Span;
  readonly window: Span;
  readonly span: Span | null;
};

export function drawChart(
  model: Model,
  { lanes, times, bounds, window, span }: Chart,
  layout: Layout,
): Drawn {
  const { width, left, room, lane: height } = layout;
  const bottom = HEAD + lanes.length * height;
  const x = (micros: number): number => left + ((micros - window.from) / (window.to - window.from)) * room;
  const marks = lanes.map(lane => marksOf(model.data.evidence, lane, window, room, NEAR));
  const svg = draw(
    'svg',
    {
      width,
      height: bottom + 6,
      viewBox: `0 0 ${width} ${bottom + 6}`,
      role: 'group',
      'aria-label': 'Marks of evidence',
    },
    ...overview(times, bounds, window, layout),
    ...lanes.map((lane, i) => ground(model, lane, HEAD + i * height, layout)),
    ...ticks(model, window, layout, x, bottom),
    ...(span === null ? [] : [band(span, window, x, layout, bottom)]),
    ...marks.flatMap((own, i) => own.map(mark => drawMark(model, mark, left, middleOf(i, layout)))),
  );
  return { svg, marks };
}

function middleOf(lane: number, { lane: height, isWide }: Layout): number {
  return HEAD + lane * height + (isWide ? height / 2 : height * 0.68);
}

/** How much evidence lies when in all the time, and which part of it the window is. */
function overview(
  times: readonly number[],
  bounds: Span,
  window: Span,
  { left, room }: Layout,
): SVGElement[] {
  const counts = densityOf(times, bounds, Math.max(1, Math.floor(room / 4)));
  const most = Math.max(1, ...counts);
  const bars = counts.flatMap((count, i) => {
    if (count === 0) return [];
    const tall = 4 + (OVERVIEW - 8) * (Math.log1p(count) / Math.log1p(most));
    return draw('rect', { x: left + i * 4, y: OVERVIEW - 2 - tall, width: 3, height: tall });
  });
  const at = (micros: number): number => left + ((micros - bounds.from) / (bounds.to - bounds.from)) * room;
  const from = at(window.from);
  return [
    draw(
      'g',
      { class: 'live-overview', 'aria-hidden': 'true' },
      draw('rect', { class: 'all', x: left, y: 0, width: room, height: OVERVIEW }),
      ...bars,
      draw('rect', {
        class: 'seen',
        x: from,
        y: 1,
        width: Math.max(3, at(window.to) - from),
        height: OVERVIEW - 2,
      }),
    ),
  ];
}

function ground(model: Model, { host }: Lane, y: number, { width, lane, isWide }: Layout): SVGElement {
  const { name, isPlant } = model.data.hosts[host] ?? { name: 'an unnamed host', isPlant: false };
  const letters = [...name];
  const most = isWide ? 22 : 40;
  const short = letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : name;
  return draw(
    'g',
    { class: isPlant ? 'lane plant' : 'lane' },
    draw('rect', { x: 0, y, width, height: lane }),
    draw(
      'text',
      { x: 6, y: isWide ? y + lane / 2 + 4 : y + 15 },
      draw('title', {}, name),
      isPlant && '⚙ OT ',
      short,
    ),
  );
}

function ticks(
  { siteOf }: Model,
  window: Span,
  { room }: Layout,
  x: (micros: number) => number,
  bottom: number,
): SVGElement[] {
  const close = ticksOf(window, Math.floor(room / TICK_ROOM));
  const isByDay = close.every(at => at % 86_400e6 === 0);
  const hasSite = !isByDay && siteOf(window.from) !== null;
  const moments = hasSite ? ticksOf(window, Math.floor(room / SITE_ROOM)) : close;
  return moments.map(at => {
    const [day, clock] = second(at).split(' ');
    const site = siteOf(at);
    return draw(
      'g',
      { class: 'tick', 'aria-hidden': 'true' },
      draw('line', { x1: x(at), x2: x(at), y1: OVERVIEW + 6, y2: bottom }),
      draw('text', { x: x(at) + 4, y: OVERVIEW + 16 }, day ?? ''),
      !isByDay && draw('text', { x: x(at) + 4, y: OVERVIEW + 30 }, clock ?? ''),
      !isByDay && site !== null && draw('text', { class: 'site', x: x(at) + 4, y: OVERVIEW + 43 }, site),
    );
  });
}

function band(
  span: Span,
  window: Span,
  x: (at: number) => number,
  layout: Layout,
  bottom: number,
): SVGElement {
  const from = Math.max(layout.left, x(Math.max(span.from, window.from)));
  const to = Math.min(layout.left + layout.room, x(Math.min(span.to, window.to)));
  return draw('rect', {
    class: 'live-span',
    x: from,
    y: HEAD,
    width: Math.max(0, to - from),
    height: bottom - HEAD,
  });
}

function drawMark(model: Model, { x, evidence, weightiest }: Mark, left: number, y: number): SVGElement {
  const { data } = model;
  const stage = data.stages[data.evidence[weightiest]!.stage]?.id ?? '';
  const count = evidence.length;
  return draw(
    'g',
    {
      class: 'mark',
      role: 'button',
      tabindex: -1,
      'data-first': evidence[0]!,
      'data-last': evidence.at(-1)!,
      'aria-label': markText(model, evidence),
    },
    draw('circle', { class: 'halo', cx: left + x, cy: y, r: 11 }),
    markOf(stage, left + x, y, count > 9 ? 1.2 : 1),
    count > 1 &&
      draw('text', { x: left + x + 8, y: y - 6 }, count > 999 ? `${Math.round(count / 1000)}k` : count),
  );
}

/** One event in words; of several how many, from when to when, and the weightiest kinds. */
export function markText(model: Model, evidence: readonly number[]): string {
  const { data, timeOf, hostOf, titleOf } = model;
  const first = data.evidence[evidence[0]!]!;
  if (evidence.length === 1) return `${timeOf(first.at)}, ${hostOf(first)}: ${titleOf(first)}: ${first.said}`;
  const titles = new Set<string>();
  for (const i of evidence) if (titles.size < 4) titles.add(titleOf(data.evidence[i]!));
  const last = data.evidence[evidence.at(-1)!]!;
  const kinds = [...titles].slice(0, 3).join(', ');
  return `${evidence.length} events on ${hostOf(first)}, ${timeOf(first.at)} to ${timeOf(last.at)}: ${kinds}${titles.size > 3 ? ' and more' : ''}`;
}
