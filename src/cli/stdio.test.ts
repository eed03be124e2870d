import { describe, expect, it } from 'vitest';
import { wantsColor } from './stdio.ts';

describe('colour', () => {
  it('is on for a terminal', () => expect(wantsColor('auto', true, {})).toBe(true));
  it('is off elsewhere', () => expect(wantsColor('auto', false, {})).toBe(false));
  it('is off with NO_COLOR', () => expect(wantsColor('auto', true, { NO_COLOR: '1' })).toBe(false));
  it('is not off with an empty NO_COLOR', () =>
    expect(wantsColor('auto', true, { NO_COLOR: '' })).toBe(true));
  it('is on with FORCE_COLOR', () => expect(wantsColor('auto', false, { FORCE_COLOR: '1' })).toBe(true));
  it('is off on a dumb terminal', () => expect(wantsColor('auto', true, { TERM: 'dumb' })).toBe(false));
  it('follows the flag before the environment', () => {
    expect(wantsColor('always', false, { NO_COLOR: '1' })).toBe(true);
    expect(wantsColor('never', true, { FORCE_COLOR: '1' })).toBe(false);
  });
});
