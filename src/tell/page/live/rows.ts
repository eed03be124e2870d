/**
 * The evidence as a table that makes only the rows that are looked at, a page of them at a time; the reasons and the raw event of
 * a row are made when it is opened. So a page with fifty thousand pieces of evidence opens as fast as one with a hundred.
 */
import { grouped } from '../../terminal/index.ts';
import type { PageEvidence } from '../data.ts';
import { wordOf } from './controls.ts';
import { detailOf } from './detail.ts';
import { button, make, nameOf, say } from './dom.ts';
import type { Passed } from './filtering.ts';
import type { Model } from './model.ts';
import { signOf } from './signs.ts';
import type { State, Store } from './state.ts';

export const ROWS = 100;

export type Rows = {
  readonly element: HTMLElement;
  readonly show: (state: State, passed: Passed) => void;
  /** Turns to the row of a piece of evidence that passes, opens it and gives it the focus. False where it does not pass. */
  readonly open: (position: number) => boolean;
};

/** In the order of time that it comes in, or the weightiest first. */
export function sorted(
  passed: readonly number[],
  all: readonly PageEvidence[],
  sort: State['sort'],
): readonly number[] {
  return sort === 'time' ? passed : passed.toSorted((a, b) => all[b]!.weight - all[a]!.weight);
}

const heads = ['Time', 'Host', 'Account', 'Stage', 'What', 'Weight', 'Record'] as const;

export function createRows(model: Model, store: Store, look: (position: number) => void): Rows {
  const { evidence } = model.data;
  let order: readonly number[] = [];
  let page = 0;
  const opened = new Set<number>();
  const body = make('tbody');
  const caption = make('caption');
  const sorters = new Map<string, HTMLElement>();
  const head = make('tr', {}, ...heads.map(title => headOf(title)));
  const scroll = make(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Evidence, row by row' },
    make('table', { class: 'events live-table' }, caption, make('thead', {}, head), body),
  );
  const pagers = [pager('above'), pager('below')];
  const empty = make('p', { class: 'live-empty' }, 'Nothing passes these filters.');
  const element = make(
    'div',
    { class: 'live live-rows' },
    pagers[0]!.element,
    empty,
    scroll,
    pagers[1]!.element,
  );

  function headOf(title: (typeof heads)[number]): HTMLElement {
    const sort = title === 'Time' ? 'time' : title === 'Weight' ? 'weight' : null;
    if (sort === null) return make('th', { scope: 'col' }, title);
    const th = make(
      'th',
      { scope: 'col' },
      button(title, { class: 'live-sort' }, () => store.set({ sort })),
    );
    sorters.set(sort, th);
    return th;
  }

  function pager(where: string): { element: HTMLElement; show: () => void } {
    const turn = (label: string, to: () => number): HTMLButtonElement =>
      button(label, {}, () => {
        page = Math.min(pages() - 1, Math.max(0, to()));
        opened.clear();
        fill();
        if (where === 'below') scroll.scrollIntoView({ block: 'start' });
      });
    const first = turn('First', () => 0);
    const before = turn('Previous', () => page - 1);
    const after = turn('Next', () => page + 1);
    const last = turn('Last', () => pages() - 1);
    const said = make('span');
    const nav = make(
      'nav',
      { class: 'live-pager', 'aria-label': `Pages of the evidence, ${where} it` },
      first,
      before,
      said,
      after,
      last,
    );
    const show = (): void => {
      nav.hidden = order.length <= ROWS;
      for (const each of [first, before]) disable(each, page === 0);
      for (const each of [after, last]) disable(each, page >= pages() - 1);
      say(said, rangeText(page, order.length));
    };
    return { element: nav, show };
  }

  const pages = (): number => Math.max(1, Math.ceil(order.length / ROWS));

  function fill(): void {
    const shown = order.slice(page * ROWS, (page + 1) * ROWS);
    body.replaceChildren(
      ...shown.flatMap(position => {
        const row = rowOf(position);
        return opened.has(position) ? [row, detailRow(position)] : [row];
      }),
    );
    say(caption, `Evidence, ${rangeText(page, order.length)}`);
    scroll.hidden = order.length === 0;
    empty.hidden = order.length > 0;
    for (const each of pagers) each.show();
  }

  function rowOf(position: number): HTMLTableRowElement {
    const each = evidence[position]!;
    const { data, timeOf, hostOf, accountOf, titleOf } = model;
    const account = accountOf(each);
    const stage = data.stages[each.stage];
    const host = data.hosts[each.host];
    const story = data.intrusions[each.of];
    const toggle = button(
      'Open',
      {
        'aria-expanded': String(opened.has(position)),
        'aria-controls': `live-detail-${position}`,
        'aria-label': `Open: ${titleOf(each)}, ${timeOf(each.at)}`,
        class: 'live-open',
      },
      () => fold(position, row),
    );
    const row = make(
      'tr',
      { 'data-position': position },
      make('td', { class: 'time' }, timeOf(each.at)),
      make(
        'td',
        { class: 'who' },
        nameOf(hostOf(each)),
        host?.isPlant === true && make('span', { class: 'badge ot' }, 'OT'),
      ),
      make('td', { class: 'who' }, account === null ? 'not named' : nameOf(account)),
      make('td', {}, stage === undefined ? null : signOf(stage.id), ` ${stage?.title ?? ''}`),
      make(
        'td',
        { class: 'what' },
        make('strong', {}, titleOf(each)),
        make(
          'span',
          { class: 'meta' },
          ` ${each.behaviour ?? ''} · story ${each.of + 1}${story === undefined ? '' : `, ${wordOf(story.verdict)}`}`,
        ),
        make('br'),
        make('code', {}, make('bdi', {}, each.said)),
        make('br'),
        toggle,
      ),
      make('td', { class: 'number' }, each.weight.toFixed(1)),
      make('td', {}, nameOf(each.channel), each.record === null ? null : ` ${each.record}`),
    );
    return row;
  }

  function detailRow(position: number): HTMLTableRowElement {
    return make(
      'tr',
      { class: 'live-detail', id: `live-detail-${position}` },
      make('td', { colspan: heads.length }, detailOf(model, position, look)),
    );
  }

  function fold(position: number, row: HTMLTableRowElement): void {
    const isOpen = !opened.delete(position);
    if (isOpen) {
      opened.add(position);
      row.after(detailRow(position));
    } else row.nextElementSibling?.remove();
    row.querySelector('.live-open')?.setAttribute('aria-expanded', String(isOpen));
  }

  return {
    element,
    show: ({ sort }, passed) => {
      const next = sorted(passed.evidence, evidence, sort);
      if (next.length !== order.length || next.some((each, i) => each !== order[i])) {
        page = 0;
        opened.clear();
      }
      order = next;
      for (const [key, th] of sorters) {
        if (key === sort) th.setAttribute('aria-sort', key === 'time' ? 'ascending' : 'descending');
        else th.removeAttribute('aria-sort');
      }
      fill();
    },
    open: position => {
      const at = order.indexOf(position);
      if (at < 0) return false;
      page = Math.floor(at / ROWS);
      opened.add(position);
      fill();
      const row = body.querySelector(`[data-position="${position}"]`);
      row?.querySelector<HTMLElement>('.live-open')?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: 'center' });
      return true;
    },
  };
}

/** Not `disabled`: that would take the focus away from whoever pages by keyboard. */
function disable(element: HTMLButtonElement, isOff: boolean): void {
  element.setAttribute('aria-disabled', String(isOff));
}

function rangeText(page: number, all: number): string {
  if (all === 0) return 'no rows';
  const end = Math.min(all, (page + 1) * ROWS);
  return `rows ${grouped(page * ROWS + 1)} to ${grouped(end)} of ${grouped(all)}`;
}
