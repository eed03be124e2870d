/**
 * What the main thread and its workers share: which unit comes next, whether to stop, and how far everybody is.
 * One block of shared memory and atomic operations; no messages while the hunt runs.
 */

import type { Unit } from './plan.ts';
import type { Control } from './runner.ts';

const NEXT = 0;
const STOP = 1;
const EVENTS = 2;
/** Bytes are counted in KiB, so that 32 bits last for four terabytes. */
const KIBIBYTES = 3;
const WORDS = 4;

export class SharedControl {
  readonly memory: SharedArrayBuffer;
  /** Fulfilled when this very object is told to stop: for whoever waits for input that may never come. */
  readonly whenStopped: Promise<void>;
  readonly #words: Int32Array;
  #tellStopped: () => void = () => {};

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(WORDS * 4)) {
    this.memory = memory;
    this.#words = new Int32Array(memory);
    this.whenStopped = new Promise(resolve => {
      this.#tellStopped = resolve;
    });
  }

  takeUnit(): number {
    return Atomics.add(this.#words, NEXT, 1);
  }

  stop(): void {
    Atomics.store(this.#words, STOP, 1);
    this.#tellStopped();
  }

  get stopped(): boolean {
    return Atomics.load(this.#words, STOP) !== 0;
  }

  count(kibibytes: number, events: number): void {
    Atomics.add(this.#words, KIBIBYTES, kibibytes);
    Atomics.add(this.#words, EVENTS, events);
  }

  get bytes(): number {
    return (Atomics.load(this.#words, KIBIBYTES) >>> 0) * 1024;
  }

  get events(): number {
    return Atomics.load(this.#words, EVENTS) >>> 0;
  }
}

/** The control of one runner over `units`; `pause` is called now and then and may give a promise to wait for. */
export function controlOf(
  shared: SharedControl,
  units: readonly Unit[],
  pause?: () => void | Promise<void>,
  ownQueue = false,
): Control {
  let rest = 0;
  let own = 0;
  return {
    next() {
      if (shared.stopped) return null;
      return units[ownQueue ? own++ : shared.takeUnit()] ?? null;
    },
    stopped: () => shared.stopped,
    whenStopped: shared.whenStopped,
    progress(bytes, events) {
      rest += bytes;
      const kibibytes = Math.floor(rest / 1024);
      rest -= kibibytes * 1024;
      shared.count(kibibytes, events);
      return pause?.();
    },
  };
}
