/**
 * Runs the correlations of a hunt, each after those that it is fed with: hits of base rules and firings of other
 * correlations become columns for the engine of `match/correlations`, what fires becomes findings (`findings.ts`).
 *
 * A firing that feeds another correlation counts at the moment its condition first held, with the values of its own
 * `group-by`. Memory: about 40 bytes a hit for the correlation at hand.
 */
import type { CorrelationType } from '../../../know/sigma/index.ts';
import { correlate, type Firing, type Hits } from '../../../match/index.ts';
import { NO_TIME } from '../../../read/events/index.ts';
import type { Selected } from '../../selection.ts';
import type { Ordered } from '../merged.ts';
import { orderByTime } from '../order.ts';
import type { Columns, Needs } from './needs.ts';
import type { Rows } from './rows.ts';
import { Tuples } from './tuples.ts';

/** One firing as the findings need it. */
export type Fired = {
  /** Microseconds: when the condition first held. */
  readonly micros: number;
  readonly measure: number;
  /** Texts of `group-by` in its order: index in the texts of the rows, -1 = absent. */
  readonly group: Int32Array;
  /** Rows that belong to it, ascending, each once; those of the correlations that fed it among them. */
  readonly rows: Uint32Array;
  /** By position in `rules`: how many hits of it belong here. */
  readonly counts: readonly number[];
};

export type Outcome = {
  readonly fired: readonly Fired[];
  /** Hits that could not be grouped because their event lacks a field of `group-by`, or a time. */
  readonly ungrouped: number;
  /** Hits it was fed with. */
  readonly hits: number;
};

/** By correlation, in the order of `selected.correlations`. */
export function runCorrelations(selected: Selected, needs: Needs, rows: Rows, ordered: Ordered): Outcome[] {
  const outcomes: Outcome[] = [];
  // Loops, because `from` with a function takes ten times as long.
  const micros = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row++) micros[row] = ordered.references.micros[rows.reference[row]!]!;
  for (const index of selected.correlations.keys()) {
    const feed = new Feed(selected, needs, rows, micros, outcomes, index);
    outcomes.push(feed.run());
  }
  return outcomes;
}

/** Types that ask which rules occur, for which an event that matched two of them is two hits. */
const countsRules: ReadonlySet<CorrelationType> = new Set(['temporal', 'temporal_ordered']);

/** What one correlation is fed with. */
class Feed {
  readonly #selected: Selected;
  readonly #rows: Rows;
  readonly #outcomes: readonly Outcome[];
  readonly #index: number;
  readonly #columns: readonly Columns[];
  /** By hit: position of its rule, and the row or firing that it is. */
  readonly #rule: Uint32Array;
  readonly #origin: Uint32Array;
  readonly #micros: Float64Array;

  constructor(
    selected: Selected,
    needs: Needs,
    rows: Rows,
    micros: Float64Array,
    outcomes: readonly Outcome[],
    index: number,
  ) {
    this.#selected = selected;
    this.#rows = rows;
    this.#outcomes = outcomes;
    this.#index = index;
    this.#columns = needs.columns[index]!;
    const { length, rule, origin, times } = this.#gather(micros);
    const order = orderByTime(times, length);
    this.#rule = new Uint32Array(length);
    this.#origin = new Uint32Array(length);
    this.#micros = new Float64Array(length);
    for (let hit = 0; hit < length; hit++) {
      const at = order[hit]!;
      this.#rule[hit] = rule[at]!;
      this.#origin[hit] = origin[at]!;
      this.#micros[hit] = times[at]!;
    }
  }

  get #correlation(): Selected['correlations'][number] {
    return this.#selected.correlations[this.#index]!;
  }

  /**
   * Rows of its rules in order, then the firings of each correlation. Where events are counted or added up, an event
   * that matched several of the rules is one hit, of the first of them.
   */
  #gather(micros: Float64Array): {
    length: number;
    rule: Uint32Array;
    origin: Uint32Array;
    times: Float64Array;
  } {
    const { inputs, correlation } = this.#correlation;
    const rows = this.#rows;
    const ruleCount = this.#selected.rules.length;
    const positionOf = new Int32Array(ruleCount).fill(-1);
    inputs.forEach((input, position) => {
      if (input < ruleCount) positionOf[input] = position;
    });
    let length = rows.length;
    for (const input of inputs)
      if (input >= ruleCount) length += this.#outcomes[input - ruleCount]!.fired.length;
    const rule = new Uint32Array(length);
    const origin = new Uint32Array(length);
    const times = new Float64Array(length);
    const isCounted = !countsRules.has(correlation.type);
    let at = 0;
    let last = -1;
    for (let row = 0; row < rows.length; row++) {
      const position = positionOf[rows.rule[row]!]!;
      if (position < 0 || (isCounted && rows.reference[row] === last)) continue;
      last = rows.reference[row]!;
      rule[at] = position;
      origin[at] = row;
      times[at++] = micros[row]!;
    }
    inputs.forEach((input, position) => {
      if (input < ruleCount) return;
      this.#outcomes[input - ruleCount]!.fired.forEach((fired, i) => {
        rule[at] = position;
        origin[at] = i;
        times[at++] = fired.micros;
      });
    });
    return { length: at, rule, origin, times };
  }

  run(): Outcome {
    const { correlation } = this.#correlation;
    const { hits, ungrouped } = this.#hits();
    const { type, timespan, condition, rules } = correlation;
    const firings = correlate({ type, timespan, condition, rules: rules.length }, hits);
    return { fired: firings.map(firing => this.#fired(firing)), ungrouped, hits: hits.length };
  }

  #hits(): { hits: Hits; ungrouped: number } {
    const { correlation } = this.#correlation;
    const length = this.#rule.length;
    const group = new Int32Array(length);
    const value = new Int32Array(length).fill(-1);
    const groups = new Tuples(this.#rows.foldedTexts.length);
    const values = new Tuples(this.#rows.foldedTexts.length);
    const hasValue = correlation.condition.fields.length > 0;
    const texts: string[] = [];
    const tuple: number[] = [];
    let ungrouped = 0;
    for (let hit = 0; hit < length; hit++) {
      const { group: groupColumns, value: valueColumns } = this.#columns[this.#rule[hit]!]!;
      const isGrouped = this.#micros[hit] !== NO_TIME && this.#folded(hit, groupColumns, tuple);
      group[hit] = isGrouped ? groups.id(tuple) : -1;
      if (!isGrouped) ungrouped++;
      if (!hasValue || !this.#folded(hit, valueColumns, tuple)) continue;
      const id = values.id(tuple);
      value[hit] = id;
      texts[id] ??= tuple.map(each => this.#rows.foldedTexts[each]!).join('\0');
    }
    return { hits: { length, micros: this.#micros, rule: this.#rule, group, value, texts }, ungrouped };
  }

  /** Puts the folded values of a hit into `into`; false where one is absent. */
  #folded(hit: number, columns: readonly number[], into: number[]): boolean {
    into.length = columns.length;
    for (let i = 0; i < columns.length; i++) {
      const text = this.#text(hit, columns[i]!);
      if (text < 0) return false;
      into[i] = this.#rows.folded[text]!;
    }
    return true;
  }

  /** A value of a hit: index in the texts of the rows, -1 = absent. */
  #text(hit: number, column: number): number {
    if (column < 0) return -1;
    const input = this.#correlation.inputs[this.#rule[hit]!]!;
    const origin = this.#origin[hit]!;
    const ruleCount = this.#selected.rules.length;
    if (input < ruleCount) return this.#rows.values[this.#rows.start[origin]! + column]!;
    return this.#outcomes[input - ruleCount]!.fired[origin]!.group[column]!;
  }

  #fired({ micros, measure, hits }: Firing): Fired {
    const { inputs, correlation } = this.#correlation;
    const ruleCount = this.#selected.rules.length;
    const first = hits[0]!;
    const columns = this.#columns[this.#rule[first]!]!;
    const counts = new Array<number>(inputs.length).fill(0);
    let isChained = false;
    for (const hit of hits) {
      const position = this.#rule[hit]!;
      counts[position]!++;
      if (inputs[position]! >= ruleCount) isChained = true;
    }
    return {
      micros,
      measure,
      group: Int32Array.from(correlation.groupBy, (_, i) => this.#text(first, columns.group[i]!)),
      rows: isChained ? this.#rowsOf(hits) : hits.map(hit => this.#origin[hit]!).sort(),
      counts,
    };
  }

  /** The rows of hits and of the firings among them, each once. */
  #rowsOf(hits: Uint32Array): Uint32Array {
    const ruleCount = this.#selected.rules.length;
    const rows = new Set<number>();
    for (const hit of hits) {
      const input = this.#correlation.inputs[this.#rule[hit]!]!;
      const origin = this.#origin[hit]!;
      if (input < ruleCount) rows.add(origin);
      else for (const row of this.#outcomes[input - ruleCount]!.fired[origin]!.rows) rows.add(row);
    }
    return Uint32Array.from(rows).sort();
  }
}
