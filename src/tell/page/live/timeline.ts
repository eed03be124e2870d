/**
 * The timeline that can be looked at closely, from years to seconds. It takes the place of the page's drawing on screens; paper
 * gets the drawing. By mouse: Ctrl and the wheel zoom, a drag chooses a span, which filters. By keys: + - 0 zoom, arrows move
 * among the marks or, where none has the focus, the window; Enter opens what a mark stands for.
 */
import { counted, duration, second } from '../../terminal/index.ts';
import { drawChart, type Layout, layoutOf, markText } from './chart.ts';
import { button, make, say } from './dom.ts';
import type { Passed, Span } from './filtering.ts';
import { type Lane, lanesOf, type Mark } from './lanes.ts';
import type { Model } from './model.ts';
import { takePointer } from './pointer.ts';
import { around, boundsOf, centred, panned, zoomed } from './scale.ts';
import type { State, Store } from './state.ts';
import { stepAmong } from './steps.ts';
import { createTip } from './tip.ts';

const MOST_LANES = 30;
const CLOSER = 0.5;
/** How far from the screen the first drawing begins. */
const NEARING = '1200px';

export type Timeline = {
  readonly element: HTMLElement;
  readonly show: (state: State, passed: Passed) => void;
};

/** Null where no evidence has a time. `look` opens the row of a piece of evidence. */
export function createTimeline(
  model: Model,
  store: Store,
  look: (position: number) => void,
): Timeline | null {
  const { evidence } = model.data;
  const all = model.inOrder.flatMap(i => evidence[i]!.at ?? []);
  if (all.length === 0) return null;
  const bounds = boundsOf(all);
  let window: Span = bounds;
  let span: Span | null = null;
  let lanes: readonly Lane[] = [];
  let times: readonly number[] = all;
  let firstLane = 0;
  let marks: readonly (readonly Mark[])[] = [];
  let layout: Layout = layoutOf(1000);
  /** The piece of evidence whose mark has the stop of the tab key. */
  let current = -1;
  let isAsked = false;
  /** Drawn when somebody is about to look: thousands of marks cost more than the rest of the page. */
  let isNear = false;

  const said = make('output', { class: 'live-window' });
  const drawing = make('div', {
    class: 'live-drawing',
    tabindex: 0,
    role: 'group',
    'aria-label': 'Timeline. Plus and minus zoom, zero shows all, arrows move, Tab goes to the marks.',
  });
  const tip = createTip(drawing);
  const more = make('p', { class: 'left' });
  const next = button('More hosts', {}, () => {
    firstLane = firstLane + MOST_LANES < lanes.length ? firstLane + MOST_LANES : 0;
    redraw();
  });
  const clear = button('Clear the span', {}, () => {
    window = bounds;
    store.filter({ span: null });
  });
  const element = make(
    'div',
    { class: 'live live-timeline' },
    make(
      'div',
      { class: 'live-tools', role: 'group', 'aria-label': 'Zoom of the timeline' },
      button('Closer +', { 'aria-keyshortcuts': '+' }, () => zoom(CLOSER)),
      button('Wider −', { 'aria-keyshortcuts': '-' }, () => zoom(1 / CLOSER)),
      button('All time', { 'aria-keyshortcuts': '0' }, () => go(bounds)),
      button('Earlier', {}, () => go(panned(window, -0.5, bounds))),
      button('Later', {}, () => go(panned(window, 0.5, bounds))),
      button('Filter by what is in view', {}, () => store.filter({ span: window })),
      clear,
    ),
    said,
    drawing,
    make('div', { class: 'live-tools' }, more, next),
    make(
      'p',
      { class: 'meta' },
      'Ctrl and the wheel zoom; a drag chooses a span of time. Keys: + − 0, arrows, Enter on a mark opens it.',
    ),
  );

  function go(to: Span): void {
    window = to;
    redraw();
  }

  function zoom(factor: number, at = focusedTime() ?? (window.from + window.to) / 2): void {
    go(zoomed(window, factor, at, bounds));
  }

  function focusedTime(): number | null {
    const isOnMark =
      document.activeElement?.classList.contains('mark') && drawing.contains(document.activeElement);
    const at = isOnMark ? evidence[current]?.at : null;
    return at !== null && at !== undefined && at >= window.from && at <= window.to ? at : null;
  }

  /** Many causes, one drawing a frame. */
  function redraw(): void {
    if (isAsked || !isNear) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      render();
    });
  }

  function render(): void {
    const hadFocus = drawing.contains(document.activeElement) && document.activeElement !== drawing;
    layout = layoutOf(Math.max(280, drawing.clientWidth));
    const shown = lanes.slice(firstLane, firstLane + MOST_LANES);
    const chart = drawChart(model, { lanes: shown, times, bounds, window, span }, layout);
    marks = chart.marks;
    drawing.replaceChildren(chart.svg, tip.element);
    tip.hide();
    const holder = markWith(current) ?? marks.find(own => own.length > 0)?.[0];
    if (holder !== undefined) {
      const stop = elementOf(holder);
      stop?.setAttribute('tabindex', '0');
      if (hadFocus) stop?.focus({ preventScroll: true });
    }
    if (hadFocus && holder === undefined) drawing.focus({ preventScroll: true });
    const inView = times.filter(at => at >= window.from && at <= window.to).length;
    say(
      said,
      `${second(window.from)} to ${second(window.to)} UTC, ${duration(window.to - window.from)}: ${counted(inView, 'event')} in view.`,
    );
    const isMore = lanes.length > MOST_LANES;
    more.hidden = next.hidden = !isMore;
    const end = Math.min(lanes.length, firstLane + MOST_LANES);
    if (isMore) say(more, `Hosts ${firstLane + 1} to ${end} of ${lanes.length}.`);
    clear.hidden = span === null;
  }

  function markWith(position: number): Mark | undefined {
    return marks.flat().find(each => each.evidence.includes(position));
  }

  function elementOf(mark: Mark): SVGElement | null {
    return drawing.querySelector<SVGElement>(`.mark[data-first="${mark.evidence[0]!}"]`);
  }

  function markAt(target: EventTarget | null): { mark: Mark; element: SVGElement } | null {
    const element = target instanceof Element ? target.closest<SVGElement>('.mark') : null;
    if (element === null) return null;
    const mark = markWith(Number(element.dataset['first']));
    return mark === undefined ? null : { mark, element };
  }

  /** A single event is opened; of many, their time is looked at, until they can be told apart no more. */
  function choose(mark: Mark): void {
    const [first, last] = [mark.evidence[0]!, mark.evidence.at(-1)!];
    current = first;
    const own = { from: evidence[first]!.at!, to: evidence[last]!.at! };
    const closer = around(own, bounds);
    if (mark.evidence.length > 1 && closer.to - closer.from < (window.to - window.from) * 0.9) go(closer);
    else look(mark.weightiest);
  }

  function tell({ mark, element }: { mark: Mark; element: SVGElement }): void {
    tip.show(element, markText(model, mark.evidence));
  }

  /** Moves the focus; where the next one lies outside of the window, the window goes along. */
  function step(key: string): boolean {
    const shown = lanes.slice(firstLane, firstLane + MOST_LANES);
    const to = stepAmong(key, current, shown, marks, evidence);
    if (to === null) return false;
    current = to;
    const at = evidence[to]!.at!;
    if (at < window.from || at > window.to) window = centred(window, at, bounds);
    render();
    const mark = markWith(current);
    const stop = mark === undefined ? null : elementOf(mark);
    stop?.focus();
    return true;
  }

  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const on = markAt(event.target);
    if (!act(event.key, on?.mark ?? null)) return;
    event.preventDefault();
  }

  /** True where the key meant something. */
  function act(key: string, on: Mark | null): boolean {
    if (key === '+' || key === '=') zoom(CLOSER);
    else if (key === '-') zoom(1 / CLOSER);
    else if (key === '0') go(bounds);
    else if (key === 'Escape') tip.hide();
    else if (on !== null && (key === 'Enter' || key === ' ')) choose(on);
    else if (on !== null) return step(key);
    else if (key === 'ArrowLeft') go(panned(window, -0.2, bounds));
    else if (key === 'ArrowRight') go(panned(window, 0.2, bounds));
    else return false;
    return true;
  }

  drawing.addEventListener('keydown', press);
  drawing.addEventListener('click', event => {
    const on = markAt(event.target);
    if (on !== null) choose(on.mark);
  });
  drawing.addEventListener('focusin', event => {
    const on = markAt(event.target);
    if (on === null) return;
    if (!on.mark.evidence.includes(current)) {
      current = on.mark.evidence[0]!;
      for (const each of drawing.querySelectorAll('.mark')) {
        each.setAttribute('tabindex', each === on.element ? '0' : '-1');
      }
    }
    tell(on);
  });
  drawing.addEventListener('focusout', () => tip.hide());
  drawing.addEventListener('pointerover', event => {
    const on = markAt(event.target);
    if (on === null) tip.hide();
    else tell(on);
  });
  drawing.addEventListener('pointerleave', () => tip.hide());
  takePointer(drawing, {
    timeAt: x => window.from + ((x - layout.left) / layout.room) * (window.to - window.from),
    zoom: (factor, at) => zoom(factor, at),
    choose: chosen => {
      const cut = {
        from: Math.max(bounds.from, chosen.from),
        to: Math.min(bounds.to, chosen.to),
      };
      if (cut.to > cut.from) store.filter({ span: cut });
    },
  });
  new ResizeObserver(redraw).observe(drawing);
  const nearing = new IntersectionObserver(
    entries => {
      if (!entries.some(each => each.isIntersecting)) return;
      nearing.disconnect();
      isNear = true;
      redraw();
    },
    { rootMargin: NEARING },
  );
  nearing.observe(drawing);

  return {
    element,
    show: ({ filters }, passed) => {
      if (filters.span !== null && filters.span !== span) window = around(filters.span, bounds);
      span = filters.span;
      lanes = lanesOf(evidence, passed.anyTime);
      times = passed.anyTime.flatMap(i => evidence[i]!.at ?? []);
      if (firstLane >= lanes.length) firstLane = 0;
      redraw();
    },
  };
}
