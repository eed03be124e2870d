/**
 * The file that takes the facts of one worker beyond the cap. Its owner alone can read it, and it has no name any more
 * where the system allows that (see `SpoolFolder`). A disk that is full takes nothing more: the hunt goes on without.
 */
import { readSync, writeSync } from 'node:fs';
import type { BlockFile } from '../../../read/entities/index.ts';

export class FactFile implements BlockFile {
  /** -1 = not opened, or not to be had. */
  fd = -1;
  readonly #open: () => number;
  #isAsked = false;
  #isFull = false;
  #length = 0;

  /** `open` gives an open file, readable and writable, or -1 where there is none; asked once, when it is needed. */
  constructor(open: () => number) {
    this.#open = open;
  }

  write(block: Uint8Array): number | null {
    if (!this.#isAsked) {
      this.#isAsked = true;
      this.fd = this.#open();
    }
    if (this.fd < 0 || this.#isFull) return null;
    const position = this.#length;
    try {
      for (let at = 0; at < block.length; ) {
        at += writeSync(this.fd, block, at, block.length - at, position + at);
      }
    } catch {
      // Full, over quota or broken: whatever it is, facts that are lost are counted, and findings are not among them.
      this.#isFull = true;
      return null;
    }
    this.#length += block.length;
    return position;
  }
}

/** Fills `into` with what the file holds from `position` on. */
export function readFactFile(fd: number, position: number, into: Uint8Array): void {
  for (let at = 0; at < into.length; ) {
    const count = readSync(fd, into, at, into.length - at, position + at);
    if (count === 0) throw new Error(`the file of facts ends at ${position + at}`);
    at += count;
  }
}
