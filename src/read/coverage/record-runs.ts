/**
 * Record numbers that follow one another. Windows numbers the records of a log without a hole, so that a missing number is
 * a missing record, and numbers that run on over a silent week prove that nothing happened in it. They begin anew where a
 * host was set up again or a log was made anew, which is told from a second export of the same records by their times.
 *
 * Workers see pieces of a log in any order; joining sorts them first, so that the pieces give the same runs however they
 * were cut.
 */
import type { RecordRun } from './types.ts';

/** Microseconds by which times within a log may go back: clocks are set, and threads overtake one another. */
const SLACK = 3_600e6;

/** Runs that touch or overlap as one, ascending by number, then by time. Sorts, then one pass over open ends. */
export function joinRuns(runs: readonly RecordRun[]): RecordRun[] {
  const sorted = [...runs].sort(
    (a, b) => a.first - b.first || a.from - b.from || a.last - b.last || a.to - b.to,
  );
  const joined: Writable<RecordRun>[] = [];
  let open: Writable<RecordRun>[] = [];
  for (const run of sorted) {
    open = open.filter(({ last }) => last + 1 >= run.first);
    const before = nearest(open, run);
    if (before === null) {
      const own = { ...run };
      joined.push(own);
      open.push(own);
      continue;
    }
    before.last = Math.max(before.last, run.last);
    before.from = Math.min(before.from, run.from);
    before.to = Math.max(before.to, run.to);
  }
  return joined;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** The run that `run` goes on with or lies in; of several the one that ends last before it. */
function nearest(open: readonly Writable<RecordRun>[], run: RecordRun): Writable<RecordRun> | null {
  let found: Writable<RecordRun> | null = null;
  for (const each of open) {
    if (run.from < each.from - SLACK) continue;
    const isWithin = run.first <= each.last;
    if (isWithin ? run.from > each.to + SLACK : run.from < each.to - SLACK) continue;
    if (found === null || each.to > found.to) found = each;
  }
  return found;
}

/** Of a log that is told: more holes than that are an export by query. */
const MOST_RUNS = 256;
/** So many runs of so few records each are an export by query too, however short it is. */
const FEW_RUNS = 8;
const SHORT_RUN = 16;

/** Whether numbers say nothing of what is missing, because records were chosen one by one. */
export function areSparse(runs: readonly RecordRun[]): boolean {
  if (runs.length > MOST_RUNS) return true;
  if (runs.length < FEW_RUNS) return false;
  const records = runs.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return records < runs.length * SHORT_RUN;
}

/** A worker's runs of one log: what it reads from front to back costs one comparison a record. */
export class RunTally {
  /** The number that would go on with the run at hand. */
  next: number = Number.NaN;
  #first = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;
  #closed: RecordRun[] = [];
  #isSparse = false;

  /** The record of number `next`; `micros` may be `NO_TIME`. */
  goOn(micros: number): void {
    this.next++;
    if (micros > this.#to) this.#to = micros;
  }

  /** A record of another number. */
  begin(record: number, micros: number, isTimed: boolean): void {
    this.#close();
    this.#first = record;
    this.next = record + 1;
    this.#from = isTimed ? micros : Number.POSITIVE_INFINITY;
    this.#to = isTimed ? micros : Number.NEGATIVE_INFINITY;
  }

  #close(): void {
    // A run without any time proves nothing of a day.
    if (this.#isSparse || Number.isNaN(this.next) || this.#from > this.#to) return;
    this.#closed.push({ first: this.#first, last: this.next - 1, from: this.#from, to: this.#to });
    if (this.#closed.length < 2 * MOST_HELD) return;
    this.#closed = joinRuns(this.#closed);
    if (this.#closed.length <= MOST_HELD) return;
    this.#isSparse = true;
    this.#closed = [];
  }

  finish(): { readonly runs: RecordRun[]; readonly isSparse: boolean } {
    this.#close();
    this.next = Number.NaN;
    return { runs: joinRuns(this.#closed), isSparse: this.#isSparse };
  }
}

/** Runs of a log that a worker holds. Pieces of a log of 30 GB, read by two, are as many; what is more has holes. */
const MOST_HELD = 4096;
