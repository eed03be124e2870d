/** The findings outside the stories follow the filters too, row by row in the page's own table. */
import { type Passed, passesRest } from './filtering.ts';
import type { Model } from './model.ts';
import type { State } from './state.ts';

/** Its rows stand in the order of the data. */
export function enlivenRest(model: Model): (state: State, passed: Passed) => void {
  const { rest } = model.data;
  const tables = [...document.querySelectorAll('#evidence table.events')];
  const rows = [...(tables.at(-1)?.querySelectorAll('tbody > tr') ?? [])];
  const isTheirs = rest.length > 0 && rows.length === rest.length && rows.every(row => row.id === '');
  if (!isTheirs) return () => {};
  return ({ filters }) => {
    for (const [i, row] of rows.entries()) row.classList.toggle('out', !passesRest(rest[i]!, model, filters));
  };
}
