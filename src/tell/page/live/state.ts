/**
 * What the reader has chosen, in one place, and as the fragment of the page's address: `#show?host=dc1&stage=staging`. So a view
 * can be kept and passed on, from a file as from a server, and nothing is stored anywhere else.
 */
import { type Filters, noFilters, type Span } from './filtering.ts';

export type Sort = 'time' | 'weight';

export type State = {
  readonly filters: Filters;
  readonly sort: Sort;
  /** Id of the evidence that was asked for; `''` = none. */
  readonly row: string;
};

export const firstState: State = { filters: noFilters, sort: 'time', row: '' };

export type Store = {
  readonly get: () => State;
  readonly set: (change: Partial<State>) => void;
  readonly filter: (change: Partial<Filters>) => void;
  readonly watch: (see: (state: State) => void) => void;
};

export function createStore(first: State): Store {
  let state = first;
  const watchers: ((state: State) => void)[] = [];
  const set = (change: Partial<State>): void => {
    state = { ...state, ...change };
    for (const see of watchers) see(state);
  };
  return {
    get: () => state,
    set,
    filter: change => set({ filters: { ...state.filters, ...change }, row: '' }),
    watch: see => {
      watchers.push(see);
    },
  };
}

const PREFIX = '#show?';
/** Of an address that somebody else wrote. */
const MOST = 4000;
const named = ['text', 'stage', 'behaviour', 'host', 'account', 'verdict'] as const;

/** `''` where nothing is chosen. */
export function fragmentOf({ filters, sort, row }: State): string {
  const said = new URLSearchParams();
  for (const key of named) if (filters[key] !== '') said.set(key, filters[key]);
  if (filters.span !== null) {
    said.set('from', momentText(filters.span.from));
    said.set('to', momentText(filters.span.to));
  }
  if (sort !== 'time') said.set('sort', sort);
  if (row !== '') said.set('row', row);
  const text = said.toString();
  return text === '' ? '' : PREFIX + text;
}

/** Null where the fragment is no state: the place of a section, or nothing. What it says wrongly counts as not said. */
export function stateOf(fragment: string): State | null {
  if (fragment.startsWith('#e-')) return { ...firstState, row: decoded(fragment.slice(3)) };
  if (!fragment.startsWith(PREFIX) || fragment.length > MOST) return null;
  const said = new URLSearchParams(fragment.slice(PREFIX.length));
  const filters: Filters = {
    ...noFilters,
    ...Object.fromEntries(named.map(key => [key, said.get(key) ?? ''])),
    span: spanOf(said.get('from'), said.get('to')),
  };
  return { filters, sort: said.get('sort') === 'weight' ? 'weight' : 'time', row: said.get('row') ?? '' };
}

function spanOf(from: string | null, to: string | null): Span | null {
  if (from === null || to === null) return null;
  const span = { from: Date.parse(from) * 1000, to: Date.parse(to) * 1000 };
  return span.from <= span.to ? span : null;
}

/** To the millisecond, as `Date` reads it. */
function momentText(micros: number): string {
  return new Date(micros / 1000).toISOString();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
