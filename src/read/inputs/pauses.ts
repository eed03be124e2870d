/** Gives the event loop its turn in long synchronous work: for progress, signals and aborting. */

const PAUSE_MS = 25;
/** Looking at the clock costs as much as a system call. */
const LOOKS_PER_CLOCK = 32;

export class Pauses {
  /** Files and members looked at. */
  looked = 0;
  readonly #onProgress: ((looked: number) => void) | undefined;
  readonly #signal: AbortSignal | undefined;
  #last: number = performance.now();

  constructor(onProgress: ((looked: number) => void) | undefined, signal: AbortSignal | undefined) {
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  /** True if a pause is due. */
  due(): boolean {
    return this.looked % LOOKS_PER_CLOCK === 0 && performance.now() - this.#last > PAUSE_MS;
  }

  /** Throws the signal's reason where it was aborted. */
  async pause(): Promise<void> {
    this.#onProgress?.(this.looked);
    await new Promise(setImmediate);
    this.throwIfAborted();
    this.#last = performance.now();
  }

  throwIfAborted(): void {
    this.#signal?.throwIfAborted();
  }
}
