/**
 * Slides one window over each group and joins the windows that fulfil the condition. Hits enter once and leave once,
 * and once more where the moment of a firing is looked for: the first windows of firings share no hit. So the work
 * is that of sorting by counting plus what the family does per hit, whatever the timespan holds.
 */
import { families } from './families.ts';
import { type Stream, streamOf } from './stream.ts';
import type { Firing, Hits, Pattern } from './types.ts';
import type { Window } from './window.ts';

/**
 * The firings of `pattern` on `hits`, by moment, then by first hit. Times are whole numbers; bounds are finite. For
 * what fires, and when, see `reference/correlate.ts`.
 */
export function correlate(pattern: Pattern, hits: Hits): Firing[] {
  const ordered = pattern.type === 'temporal_ordered' && pattern.condition.occurrence === null;
  const anchored = ordered && pattern.condition.bounds.length === 0;
  const stream = streamOf(hits, ordered ? pattern.rules : null);
  const window = families[pattern.type](pattern, stream);
  const slide = new Slide(pattern.timespan, anchored, stream, window(), window());
  const firings: Firing[] = [];
  for (let group = 0; group + 1 < stream.starts.length; group++) {
    slide.over(stream.starts[group]!, stream.starts[group + 1]!, found => {
      firings.push({ ...found, group: hits.group[found.hits[0]!]! });
    });
  }
  return firings.sort((a, b) => a.micros - b.micros || a.hits[0]! - b.hits[0]!);
}

type Found = Omit<Firing, 'group'>;

class Slide {
  readonly #timespan: number;
  /** Windows start only at the first rule, which stands first among hits of equal time. */
  readonly #anchored: boolean;
  readonly #stream: Stream;
  readonly #window: Window;
  /** Grows from the start of a window until the condition holds. */
  readonly #growing: Window;

  constructor(timespan: number, anchored: boolean, stream: Stream, window: Window, growing: Window) {
    this.#timespan = timespan;
    this.#anchored = anchored;
    this.#stream = stream;
    this.#window = window;
    this.#growing = growing;
  }

  /** Hands over the firings of the group that lies at [`from`, `to`), by time. */
  over(from: number, to: number, found: (firing: Found) => void): void {
    const { micros, rule } = this.#stream;
    let end = from;
    let first = -1;
    let last = -1;
    let micro = 0;
    let measure = 0;
    for (let start = from, next = from; start < to; start = next) {
      next = this.#after(start, to);
      const entered = end;
      while (end < to && micros[end]! - micros[start]! <= this.#timespan) end++;
      if (end > entered) this.#window.enter(entered, end);
      if ((!this.#anchored || rule[start] === 0) && this.#window.holds()) {
        if (start >= last) {
          if (first >= 0) found({ micros: micro, hits: this.#hits(first, last), measure });
          first = start;
          micro = this.#moment(start, end);
          measure = this.#window.measure();
        }
        last = end;
      }
      this.#window.leave(start, next);
    }
    if (first >= 0) found({ micros: micro, hits: this.#hits(first, last), measure });
  }

  /** The position behind the hits that have the time of the one at `start`. */
  #after(start: number, to: number): number {
    const { micros } = this.#stream;
    let next = start + 1;
    while (next < to && micros[next] === micros[start]) next++;
    return next;
  }

  /** The earliest moment by which the window [`start`, `end`), which holds as a whole, held. */
  #moment(start: number, end: number): number {
    let next = start;
    let moment = start;
    do {
      moment = next;
      next = this.#after(moment, end);
      this.#growing.enter(moment, next);
    } while (next < end && !this.#growing.holds());
    this.#growing.leave(start, next);
    return this.#stream.micros[moment]!;
  }

  #hits(from: number, to: number): Uint32Array {
    return this.#stream.hit.slice(from, to).sort();
  }
}
