import { describe, expect, it } from 'vitest';
import { progressText } from './progress.ts';

describe('progress', () => {
  it('tells share, rate and time left where the size is known', () => {
    expect(progressText({ bytes: 50e6, events: 100_000 }, 200e6, 2)).toBe(
      '25 %  50 of 200 MB  25 MB/s  50,000 events/s  6 s left',
    );
  });
  it('promises no end where the size is unknown', () => {
    expect(progressText({ bytes: 50e6, events: 0 }, 0, 2)).toBe('50 MB  25 MB/s  0 events/s');
  });
  it('tells no events where none are read', () => {
    expect(progressText({ bytes: 50e6, events: null }, 200e6, 2)).toBe(
      '25 %  50 of 200 MB  25 MB/s  6 s left',
    );
  });
  it('tells long times in minutes', () => {
    expect(progressText({ bytes: 1e9, events: 0 }, 100e9, 10)).toMatch(/16 min 30 s left$/);
  });
});
