/**
 * The bytes a reader works on: one Buffer, reused for every window of every file, and one view of it. Before the
 * window lies the chunk before it, which a chunk is compared with. Behind the window is a small scratch area, so that
 * text that has to be put together from parts (entity references in records without a template) can be a slot like
 * any other.
 */
import { CHUNK } from './layout.ts';

const SCRATCH = 128 * 1024;

export class Block {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Where the window begins. */
  readonly start: number = CHUNK;
  /** Where scratch begins, and its next free byte; whoever starts a record sets it back. */
  readonly scratch: number;
  scratchUsed = 0;

  /** A block whose window holds `size` bytes. */
  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(CHUNK + size + SCRATCH);
    this.view = new DataView(this.bytes.buffer);
    this.scratch = CHUNK + size;
  }

  /** Takes `size` bytes of scratch; -1 where it is used up. */
  take(size: number): number {
    if (this.scratchUsed + size > SCRATCH) return -1;
    const at = this.scratch + this.scratchUsed;
    this.scratchUsed += size;
    return at;
  }
}
