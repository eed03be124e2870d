/**
 * How far a run is: one line that is written over on a terminal, a line every ten seconds elsewhere. Nothing
 * is shown of a run that is over before anybody wonders.
 */
import { plain } from '../tell/index.ts';
import type { Outlet } from './io.ts';

/** `events` null where none are read. */
export type Measure = { readonly bytes: number; readonly events: number | null };

/** Milliseconds: between looks, before a terminal shows anything, between lines where there is no terminal. */
const TICK = 100;
const PATIENCE = 500;
const LINE_EVERY = 10_000;

/** Thousands grouped by commas; `toLocaleString` would load the locale data first. */
function number(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(Math.round(seconds) % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `41 %  1,024 of 2,059 MB  420 MB/s  470,000 events/s  3 s left`; `total` 0 where unknown. */
export function progressText(done: Measure, total: number, seconds: number): string {
  const rate = done.bytes / Math.max(seconds, 0.001);
  const megabytes = number(done.bytes / 1e6);
  const known = total > 0 && done.bytes <= total;
  const parts = [
    known
      ? `${Math.floor((100 * done.bytes) / total)} %  ${megabytes} of ${number(total / 1e6)} MB`
      : `${megabytes} MB`,
    `${number(rate / 1e6)} MB/s`,
  ];
  if (done.events !== null) parts.push(`${number(done.events / Math.max(seconds, 0.001))} events/s`);
  if (known && rate > 0) parts.push(`${duration((total - done.bytes) / rate)} left`);
  return parts.join('  ');
}

export class Progress {
  readonly #outlet: Outlet;
  readonly #started = performance.now();
  #lastLine = this.#started;
  #shown = false;
  #timer: NodeJS.Timeout | undefined;
  #look: () => string = () => '';

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

  /** Shows what `look` says until the next call or `end`. */
  show(look: () => string): void {
    this.#look = look;
    this.#timer ??= setInterval(() => this.tick(), TICK).unref();
  }

  /** Seconds since the start. */
  get seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  /** Looks whether it is time to write. Busy threads, whose timers starve, call it themselves. */
  tick(): void {
    const now = performance.now();
    if (this.#outlet.isTerminal) {
      if (now - this.#started < PATIENCE || (this.#shown && now - this.#lastLine < TICK)) return;
      this.#lastLine = now;
      this.#shown = true;
      const text = plain(this.#look()).slice(0, Math.max(20, this.#outlet.columns - 1));
      this.#outlet.write(Buffer.from(`\r\x1b[K${text}`));
    } else if (now - this.#lastLine >= LINE_EVERY) {
      this.#lastLine = now;
      this.#outlet.write(Buffer.from(`${plain(this.#look())}\n`));
    }
  }

  /** Clears the line for other output. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#shown) this.#outlet.write(Buffer.from('\r\x1b[K'));
    this.#shown = false;
  }
}
