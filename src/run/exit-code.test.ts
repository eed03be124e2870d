import { describe, expect, it } from 'vitest';
import { type Ending, exitCode } from './exit-code.ts';

const fine: Ending = { interrupted: false, couldNotRun: false, failOnReached: false, incomplete: false };

describe('exit code', () => {
  it('is 0 for a finished run', () => expect(exitCode(fine)).toBe(0));
  it('is 1 when --fail-on is reached', () => expect(exitCode({ ...fine, failOnReached: true })).toBe(1));
  it('is 2 when nothing could be run', () => expect(exitCode({ ...fine, couldNotRun: true })).toBe(2));
  it('is 3 when input is unread or damaged', () => expect(exitCode({ ...fine, incomplete: true })).toBe(3));
  it('is 1 rather than 3', () =>
    expect(exitCode({ ...fine, failOnReached: true, incomplete: true })).toBe(1));
  it('is 130 when interrupted, whatever else', () =>
    expect(exitCode({ interrupted: true, couldNotRun: true, failOnReached: true, incomplete: true })).toBe(
      130,
    ));
});
