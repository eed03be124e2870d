/**
 * What makes the findings page live: a timeline to zoom, filters, evidence row by row, a graph that answers. It reads the data that
 * stands in the page and builds on the page that is there. It asks nothing of the network, stores nothing, makes no markup out of
 * text; where it cannot start, the page stays as it is, which is whole.
 */
import type { PageData } from '../data.ts';
import { createControls } from './controls.ts';
import { pass } from './filtering.ts';
import { enliven } from './graph.ts';
import { enlivenMatrix } from './matrix.ts';
import { createModel, type Model } from './model.ts';
import { enlivenRest } from './rest.ts';
import { createRows } from './rows.ts';
import { createStore, firstState, fragmentOf, type State, type Store, stateOf } from './state.ts';
import { adoptStyle } from './style.ts';
import { createTimeline } from './timeline.ts';
import { enlivenTrees } from './trees.ts';

try {
  start();
} catch (error) {
  console.error('Huntaway: the page stays without its live parts', error);
}

function start(): void {
  const data = readData();
  if (data === null || data.evidence.length === 0) return;
  const model = createModel(data);
  const store = createStore(stateOf(location.hash) ?? firstState);
  const controls = createControls(model, store);
  const rows = createRows(model, store, look);
  const timeline = createTimeline(model, store, look);
  const graph = enliven(model, store);
  const matrix = enlivenMatrix(model, store, () => {
    document.querySelector('#evidence')?.scrollIntoView();
    rows.element.querySelector<HTMLElement>('.scroll')?.focus({ preventScroll: true });
  });
  const rest = enlivenRest(model);
  enlivenTrees();
  adoptStyle();
  place(controls.element, timeline?.element ?? null, rows.element);

  store.watch(state => {
    const passed = pass(model, state.filters);
    controls.show(state, passed);
    rows.show(state, passed);
    timeline?.show(state, passed);
    graph?.show(passed);
    matrix.show(state);
    rest(state, passed);
  });
  store.set({});
  whenLoaded(() => openAsked(store.get()));
  follow(model, store, look, openAsked);

  /** A row that the filters hide is worth more than the filters. */
  function look(position: number): void {
    const { id } = data!.evidence[position]!;
    const { filters } = store.get();
    const isHidden = !pass(model, filters).evidence.includes(position);
    store.set(isHidden ? { filters: firstState.filters, row: id } : { row: id });
    const fragment = fragmentOf(store.get());
    if (location.hash !== fragment) history.pushState(null, '', fragment);
    rows.open(position);
  }

  function openAsked({ row }: State): void {
    const position = row === '' ? undefined : model.byId.get(row);
    if (position !== undefined && !rows.open(position)) look(position);
  }
}

/** A browser takes the focus away when it looks for the place that the address names, which it does until the page is loaded. */
function whenLoaded(act: () => void): void {
  if (document.readyState === 'complete') act();
  else window.addEventListener('load', () => requestAnimationFrame(act), { once: true });
}

/** Null where the page has no data of a kind that this script knows. */
function readData(): PageData | null {
  const text = document.querySelector('#huntaway-data')?.textContent ?? 'null';
  const data: PageData | null = JSON.parse(text);
  return data?.version === 1 ? data : null;
}

/** Beside what it stands for: that stays for paper. */
function place(controls: HTMLElement, timeline: HTMLElement | null, rows: HTMLElement): void {
  const section = document.querySelector('#timeline');
  section?.before(controls);
  const drawing = document.querySelector('#timeline-drawing');
  if (timeline !== null && drawing !== null) {
    for (const each of section?.querySelectorAll(':scope > p:not(.left)') ?? [])
      each.classList.add('on-paper');
    drawing.classList.add('on-paper');
    drawing.before(timeline);
  }
  const tables = document.querySelectorAll('#evidence > [data-intrusion]');
  tables[0]?.before(rows);
  for (const each of tables) each.classList.add('on-paper');
}

/** The address follows the filters, the page follows the address and the links to evidence. */
function follow(
  model: Model,
  store: Store,
  look: (position: number) => void,
  openAsked: (state: State) => void,
): void {
  store.watch(state => {
    const fragment = fragmentOf(state);
    if (state.row !== '' || fragment === location.hash) return;
    if (fragment === '' && stateOf(location.hash) === null) return;
    history.replaceState(null, '', fragment === '' ? location.pathname + location.search : fragment);
  });
  window.addEventListener('hashchange', () => {
    const asked = stateOf(location.hash);
    if (asked === null) return;
    store.set(asked);
    openAsked(asked);
  });
  document.addEventListener('click', event => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#e-"]') : null;
    const position = model.byId.get(link?.getAttribute('href')?.slice(3) ?? '');
    if (position === undefined) return;
    event.preventDefault();
    look(position);
  });
}
