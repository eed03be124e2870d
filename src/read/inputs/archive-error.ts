/** The one error that reading an input ends with when its content, not the machine, is at fault. */
import type { UnreadReason } from './input.ts';

/**
 * Thrown by the chunks of an `OpenInput`, and by nothing else there: what was yielded before is sound and stays
 * read; `message` is one sentence for a person, without the path.
 */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly code: UnreadReason;
  /** Bytes of content that were yielded before. */
  readonly bytes: number;

  constructor(code: UnreadReason, message: string, bytes = 0) {
    super(message);
    this.code = code;
    this.bytes = bytes;
  }

  /** The same fault, met after `bytes` bytes of content. */
  after(bytes: number): ArchiveError {
    return bytes === this.bytes ? this : new ArchiveError(this.code, this.message, bytes);
  }
}
