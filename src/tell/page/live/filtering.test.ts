import { describe, expect, it } from 'vitest';
import { pageOf, piece } from '../../../../test/page-model.ts';
import { type Filters, isFiltered, noFilters, pass, passesRest } from './filtering.ts';

const model = pageOf([
  piece({ id: 'a', at: 30, host: 0, account: 0, stage: 1, behaviour: 'VT-1', said: 'rar.exe a -hp***' }),
  piece({ id: 'b', at: 10, host: 1, of: 1, source: 0, raw: '{"TokenElevationType":"x"}' }),
  piece({ id: 'c', at: null, host: 2, account: 1, reasons: ['İ never seen'] }),
  piece({ id: 'd', at: 20, host: 0, account: 1 }),
]);

const passing = (filters: Partial<Filters>): string =>
  pass(model, { ...noFilters, ...filters })
    .evidence.map(i => model.data.evidence[i]!.id)
    .join('');

describe('filters', () => {
  it('let all pass in order of time, what has no time last', () => {
    expect(passing({})).toBe('bdac');
  });

  it.each([
    [{ host: 'dc1' }, 'da'],
    [{ account: 'svc' }, 'dc'],
    [{ stage: 'staging' }, 'a'],
    [{ behaviour: 'VT-1' }, 'a'],
    [{ verdict: 'lead' }, 'b'],
    [{ host: 'dc1', account: 'svc' }, 'd'],
    [{ text: 'archive RAR' }, 'a'],
    [{ text: 'tokenelevation' }, 'b'],
    [{ text: '192.0.2.7' }, 'b'],
    [{ text: 'never' }, 'c'],
    [{ text: '  ' }, 'bdac'],
  ] as const)('let pass what matches all of %o', (filters, ids) => {
    expect(passing(filters)).toBe(ids);
  });

  it.each([{ host: 'x' }, { account: 'x' }, { stage: 'x' }, { behaviour: 'x' }, { verdict: 'x' }])(
    'let nothing pass for a name that the page does not know: %o',
    filters => {
      expect(passing(filters)).toBe('');
    },
  );

  it('leave out of a span what has no time, and keep both its ends', () => {
    expect(passing({ span: { from: 10, to: 20 } })).toBe('bd');
  });

  it('give the timeline what lies outside of the span too', () => {
    const { anyTime } = pass(model, { ...noFilters, host: 'dc1', span: { from: 30, to: 30 } });
    expect(anyTime).toEqual([3, 0]);
  });

  it('are none where each is empty', () => {
    expect([isFiltered(noFilters), isFiltered({ ...noFilters, host: 'dc1' })]).toEqual([false, true]);
  });

  const rest = { rule: 'PowerShell', level: 'high', host: 1, count: 2, first: 10, last: 20, said: 'iwr' };
  it.each([
    [{}, true],
    [{ text: 'power IWR fs1' }, true],
    [{ text: 'rar' }, false],
    [{ host: 'fs1' }, true],
    [{ host: 'dc1' }, false],
    [{ stage: 'staging' }, false],
    [{ span: { from: 20, to: 30 } }, true],
    [{ span: { from: 21, to: 30 } }, false],
  ] as const)('of %o let another finding pass: %s', (filters, passes) => {
    expect(passesRest(rest, model, { ...noFilters, ...filters })).toBe(passes);
  });
});
