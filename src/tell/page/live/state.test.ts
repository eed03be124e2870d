import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noFilters } from './filtering.ts';
import { createStore, firstState, fragmentOf, type State, stateOf } from './state.ts';

const millis = fc.integer({ min: -1e12, max: 4e12 }).map(each => each * 1000);
const states: fc.Arbitrary<State> = fc.record({
  filters: fc.record({
    text: fc.string({ unit: 'grapheme', maxLength: 20 }),
    stage: fc.string(),
    behaviour: fc.string(),
    host: fc.string({ unit: 'grapheme', maxLength: 20 }),
    account: fc.string(),
    verdict: fc.string(),
    span: fc.option(fc.tuple(millis, millis).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))),
  }),
  sort: fc.constantFrom('time' as const, 'weight' as const),
  row: fc.string(),
});

describe('the state in the address', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(states, state => {
        const fragment = fragmentOf(state);
        expect(fragment === '' ? firstState : stateOf(fragment)).toEqual(state);
      }),
    );
  });

  it('is readable', () => {
    const filters = { ...noFilters, host: 'dc1.example', span: { from: 0, to: 60e6 } };
    expect(fragmentOf({ ...firstState, filters })).toBe(
      '#show?host=dc1.example&from=1970-01-01T00%3A00%3A00.000Z&to=1970-01-01T00%3A01%3A00.000Z',
    );
  });

  it('is none in the place of a section', () => {
    expect([stateOf('#matrix'), stateOf(''), stateOf('#')]).toEqual([null, null, null]);
  });

  it('names a row by its place on the page', () => {
    expect(stateOf('#e-e7')?.row).toBe('e7');
    expect(stateOf('#e-%zz')?.row).toBe('%zz');
  });

  it('leaves out what it says wrongly', () => {
    expect(stateOf('#show?from=yesterday&to=2026-01-01&sort=name&other=1')).toEqual(firstState);
    expect(stateOf('#show?from=2026-01-02&to=2026-01-01')?.filters.span).toBeNull();
  });

  it('is not read beyond a length that it could have', () => {
    expect(stateOf(`#show?text=${'x'.repeat(5000)}`)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void stateOf(`#show?${text}`)));
  });
});

describe('the store', () => {
  it('tells each watcher of each change, and forgets the row when a filter changes', () => {
    const store = createStore({ ...firstState, row: 'e1' });
    const seen: State[] = [];
    store.watch(state => seen.push(state));
    store.filter({ host: 'dc1' });
    store.set({ sort: 'weight' });
    expect(seen.map(({ filters, sort, row }) => [filters.host, sort, row])).toEqual([
      ['dc1', 'time', ''],
      ['dc1', 'weight', ''],
    ]);
  });
});
