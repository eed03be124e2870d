/**
 * Record numbers that follow one another. Windows numbers the records of a log without a hole, so that a missing number is
 * a missing record, and numbers that run on over a silent week prove that nothing happened in it. They begin anew where a
 * host was set up again or a log was made anew, which is told from a second export of the same records by their times.
 *
 * Workers see pieces of a log in any order. A run ends with its piece, and what is one run is decided when all of them are
 * there, sorted, so that it does not matter who read what.
 */
import { NO_TIME } from '../events/index.ts';
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
  #next = Number.NaN;
  #first = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;
  #piece = 0;
  #closed: RecordRun[] = [];
  /** How many may be held before they are joined. */
  #room = MOST_HELD >> 2;
  #isSparse = false;

  /** A record by its number, -1 where it has none; `micros` may be `NO_TIME`. `piece`: of the input, any number of its own. */
  see(record: number, micros: number, piece: number): void {
    if (record === this.#next && piece === this.#piece && micros >= this.#to - SLACK) {
      this.#next++;
      if (micros > this.#to) this.#to = micros;
    } else if (record >= 0) this.#begin(record, micros, piece);
  }

  #begin(record: number, micros: number, piece: number): void {
    if (micros === NO_TIME) {
      // It proves its number, and no time.
      if (record === this.#next && piece === this.#piece) this.#next++;
      return;
    }
    this.#close();
    this.#piece = piece;
    this.#first = record;
    this.#next = record + 1;
    this.#from = micros;
    this.#to = micros;
  }

  #close(): void {
    if (this.#isSparse || Number.isNaN(this.#next)) return;
    this.#closed.push({ first: this.#first, last: this.#next - 1, from: this.#from, to: this.#to });
    if (this.#closed.length < this.#room) return;
    this.#closed = joinRuns(this.#closed);
    this.#room = Math.max(this.#room, 2 * this.#closed.length);
    if (this.#closed.length <= MOST_HELD) return;
    this.#isSparse = true;
    this.#closed = [];
  }

  finish(): { readonly runs: RecordRun[]; readonly isSparse: boolean } {
    this.#close();
    this.#next = Number.NaN;
    // Not joined here: what is one run shows only beside the runs that others saw.
    return { runs: this.#closed, isSparse: this.#isSparse };
  }
}

/** Runs of a log that a worker holds. Pieces of a log of 30 GB, read by two, are as many; what is more has holes. */
const MOST_HELD = 4096;
