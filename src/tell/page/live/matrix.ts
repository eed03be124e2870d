/** The matrix of behaviours: one with evidence leads to it. */
import { counted } from '../../terminal/index.ts';
import { button } from './dom.ts';
import type { Model } from './model.ts';
import type { State, Store } from './state.ts';

export type Matrix = { readonly show: (state: State) => void };

/** `look` goes to the evidence. */
export function enlivenMatrix({ data }: Model, store: Store, look: () => void): Matrix {
  const counts = new Map<string, number>();
  for (const { behaviour } of data.evidence) {
    if (behaviour !== null) counts.set(behaviour, (counts.get(behaviour) ?? 0) + 1);
  }
  const cells = [...document.querySelectorAll<HTMLElement>('#matrix [data-behaviour]')].flatMap(cell => {
    const behaviour = cell.dataset['behaviour'] ?? '';
    const count = counts.get(behaviour) ?? 0;
    if (count === 0) return [];
    const choose = (): void => {
      store.filter({ behaviour });
      look();
    };
    const made = button(`Show ${counted(count, 'event')}`, { class: 'live live-cell' }, choose);
    made.setAttribute(
      'aria-label',
      `Show ${counted(count, 'event')}: ${data.behaviours[behaviour] ?? behaviour}`,
    );
    cell.append(made);
    cell.classList.add('live-clicks');
    cell.addEventListener('click', event => {
      if (event.target instanceof Element && event.target.closest('button, a, summary, details') === null)
        choose();
    });
    return [{ cell, behaviour }];
  });
  return {
    show: ({ filters }) => {
      for (const { cell, behaviour } of cells)
        cell.classList.toggle('chosen', filters.behaviour === behaviour);
    },
  };
}
