/**
 * How the parser stops: the first thing that makes a document unusable is thrown as a `RuleError` and turned
 * into a `Rejection` at the edge (`parse.ts`), so that no step between has to hand failures upwards.
 */
import type { RejectionReason } from './rule.ts';

export class RuleError extends Error {
  readonly reason: RejectionReason;
  /** Offset of the offending text in the file; null = not yet known, the caller's place is taken. */
  readonly at: number | null;

  constructor(reason: RejectionReason, message: string, at: number | null = null) {
    super(message);
    this.reason = reason;
    this.at = at;
  }
}

/** Runs `step`; a `RuleError` without a place gets `at`. */
export function placed<T>(at: number, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof RuleError && error.at === null) throw new RuleError(error.reason, error.message, at);
    throw error;
  }
}

/** `text` in quotes for a message, on one line and at most 80 characters long. */
export function quoted(text: string): string {
  const shown = text.length > 80 ? `${text.slice(0, 77)}...` : text;
  return JSON.stringify(shown).replace(/^"|"$/g, "'").replace(/\\"/g, '"').replace(/\\\\/g, '\\');
}
