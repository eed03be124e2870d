import { describe, expect, it } from 'vitest';
import { timeRange } from './given.ts';

const noon = Date.UTC(2026, 2, 10, 12);

describe('the range of time', () => {
  it('is all of it where nothing is said', () =>
    expect(timeRange({}, noon)).toEqual({
      from: Number.NEGATIVE_INFINITY,
      to: Number.POSITIVE_INFINITY,
      asOf: null,
    }));
  it('counts back from now', () =>
    expect(timeRange({ from: '-24h' }, noon).from).toBe((noon - 86_400e3) * 1000));
  it('counts back from --as-of where that is given', () =>
    expect(timeRange({ from: '-1d', asOf: '2026-01-02' }, noon).from).toBe(Date.UTC(2026, 0, 1) * 1000));
  it('includes the day that --to names', () =>
    expect(timeRange({ to: '2026-01-01' }, noon).to).toBe(Date.UTC(2026, 0, 2) * 1000));
  it('may not be empty', () =>
    expect(() => timeRange({ from: '2026-01-02T00:00:00Z', to: '2026-01-01' }, noon)).toThrow(
      /no event fits/,
    ));
});
