/**
 * Makes of fired correlations what a worker would hand over: references, groups and lines, so that they are sorted,
 * counted and printed among all other findings, and nothing after this point knows the difference.
 */
import { ruleId } from '../../../know/sigma/index.ts';
import { formatMicros } from '../../../read/events/index.ts';
import type { Input } from '../../../read/inputs/index.ts';
import {
  type CorrelatedEvent,
  type FiredCorrelation,
  maskedValue,
  summaryOf,
  writeCorrelation,
} from '../../../tell/index.ts';
import type { Selected } from '../../selection.ts';
import type { Collected } from '../collector.ts';
import type { FiredEvents } from '../facts/index.ts';
import { noHitValues } from '../hit-values.ts';
import { type Ordered, orderParts } from '../merged.ts';
import { columnsOf, ReferenceList } from '../references.ts';
import type { Spool } from '../spool.ts';
import type { ChannelTally, Group } from '../tallies.ts';
import { type Fired, type Outcome, runCorrelations } from './correlate.ts';
import type { Needs } from './needs.ts';
import { joinRows, type Rows } from './rows.ts';

/** Events listed in one finding; more are counted. */
const MOST_EVENTS = 1_000;

export type Correlated = {
  readonly part: Collected;
  /** By correlation: hits it was fed with, and how many of them lack a field of `group-by`. */
  readonly outcomes: readonly Pick<Outcome, 'hits' | 'ungrouped'>[];
  /** The events behind each firing of a correlation that is evidence. */
  readonly firings: readonly FiredEvents[];
};

export type CorrelateOptions = {
  readonly reveal: boolean;
  /** Where lines of findings wait; null where none are wanted. */
  readonly spool: Spool | null;
  /** By index in `reported`: 1 where a correlation's firings are evidence; absent = none are. */
  readonly evidence?: Uint8Array | undefined;
};

/** Correlates what all workers found. */
export function correlateParts(
  parts: readonly Collected[],
  selected: Selected,
  needs: Needs,
  inputs: readonly Input[],
  options: CorrelateOptions,
): Correlated {
  const ordered = orderParts(parts);
  const widths: number[] = [];
  for (const { rule, fields } of needs.requests) widths[rule] = fields.length;
  const rows = joinRows(parts, ordered, widths);
  const outcomes = runCorrelations(selected, needs, rows, ordered);
  const teller = new Teller(parts, selected, rows, ordered, inputs, options);
  outcomes.forEach(({ fired }, index) => {
    if (selected.hidden[selected.rules.length + index] === 1) teller.count(index, fired.length);
    else for (const each of fired) teller.tell(index, each);
  });
  return {
    part: teller.finish(),
    outcomes: outcomes.map(({ hits, ungrouped }) => ({ hits, ungrouped })),
    firings: firedEvents(outcomes, rows, selected, options),
  };
}

function firedEvents(
  outcomes: readonly Outcome[],
  rows: Rows,
  selected: Selected,
  { evidence }: CorrelateOptions,
): FiredEvents[] {
  return outcomes.flatMap(({ fired }, index) => {
    const rule = selected.rules.length + index;
    if (evidence?.[rule] !== 1) return [];
    return fired.map(({ rows: own }) => ({
      rule,
      references: own.map(row => rows.reference[row]!),
      rules: own.map(row => rows.rule[row]!),
    }));
  });
}

/** Where events of several hosts fired: no host's name, because hosts are counted and listed. */
export const SEVERAL_HOSTS = 'several hosts';

/** Sorts behind every channel, so that a correlation comes after the event that completed it. */
const BEHIND_ALL = '\u{10ffff}';

class Teller {
  readonly #selected: Selected;
  readonly #rows: Rows;
  readonly #ordered: Ordered;
  readonly #inputs: readonly Input[];
  readonly #options: CorrelateOptions;
  readonly #kinds: readonly ChannelTally[];
  readonly #references = new ReferenceList();
  readonly #channels: ChannelTally[] = [];
  readonly #channelOf = new Map<string, number>();
  readonly #groups = new Map<string, Group>();
  #told = 0;

  constructor(
    parts: readonly Collected[],
    selected: Selected,
    rows: Rows,
    ordered: Ordered,
    inputs: readonly Input[],
    options: CorrelateOptions,
  ) {
    this.#selected = selected;
    this.#rows = rows;
    this.#ordered = ordered;
    this.#inputs = inputs;
    this.#options = options;
    this.#kinds = parts.flatMap(({ channels }) => channels);
  }

  /** Counts findings that are not shown. */
  count(index: number, count: number): void {
    if (count > 0) this.#group(index, '', { first: 0, last: 0, count, example: '' });
  }

  tell(index: number, fired: Fired): void {
    const { correlation } = this.#selected.correlations[index]!;
    const { spool } = this.#options;
    const told = this.#describe(index, fired);
    const host = told.hosts.length === 1 ? told.hosts[0]! : told.hosts.length === 0 ? '' : SEVERAL_HOSTS;
    const kind = this.#kind(told.hosts[0] ?? '');
    this.#references.add(told.micros, kind, -1, this.#inputs.length, this.#told++, spool?.length ?? 0);
    if (spool !== null) {
      writeCorrelation(spool.writer, correlation, told);
      spool.settle();
    }
    const example = summaryOf(correlation, told);
    this.#group(index, host, { first: told.start, last: told.end, count: 1, example });
  }

  #group(
    index: number,
    host: string,
    { first, last, count, example }: Pick<Group, 'first' | 'last' | 'count' | 'example'>,
  ): void {
    const key = `${index}\0${host}`;
    const known = this.#groups.get(key);
    if (known !== undefined) {
      known.count += count;
      known.last = Math.max(known.last, last);
      if (first >= known.first) return;
      Object.assign(known, { first, example });
      return;
    }
    const rule = this.#selected.rules.length + index;
    this.#groups.set(key, { rule, host, count, first, last, input: this.#inputs.length, offset: 0, example });
  }

  #describe(index: number, { micros, measure, group, rows, counts }: Fired): FiredCorrelation {
    const { correlation, inputs } = this.#selected.correlations[index]!;
    const { references } = this.#ordered;
    const timeOf = (row: number): number => references.micros[this.#rows.reference[row]!]!;
    const hosts = new Set<string>();
    for (const row of rows) hosts.add(this.#kindOf(row).host);
    return {
      micros,
      measure,
      start: timeOf(rows[0]!),
      end: timeOf(rows.at(-1)!),
      group: correlation.groupBy.map((field, i): [string, string] => [
        field,
        maskedValue(field, this.#rows.texts[group[i]!] ?? '', this.#options),
      ]),
      rules: inputs.map((input, position) => {
        const rule = this.#selected.reported[input]!;
        return { id: ruleId(rule), name: rule.title ?? ruleId(rule), count: counts[position]! };
      }),
      hosts: [...hosts],
      count: rows.length,
      isNormal: rows.some(row => this.#rows.form[row] === 1),
      // Only lines list them.
      events:
        this.#options.spool === null
          ? []
          : Array.from(rows.subarray(0, MOST_EVENTS), row => this.#event(row)),
    };
  }

  #kindOf(row: number): ChannelTally {
    return this.#kinds[this.#ordered.references.kind[this.#rows.reference[row]!]!]!;
  }

  #event(row: number): CorrelatedEvent {
    const { references } = this.#ordered;
    const at = this.#rows.reference[row]!;
    const { host, channel } = this.#kindOf(row);
    const record = references.record[at]!;
    return {
      time: formatMicros(references.micros[at]!),
      host,
      channel,
      ...(record >= 0 ? { record_id: String(record) } : {}),
      file: this.#inputs[references.input[at]!]!.path,
      offset: references.offset[at]!,
      rule: ruleId(this.#selected.rules[this.#rows.rule[row]!]!),
      ...(this.#rows.form[row] === 1 ? { form: 'normal' as const } : {}),
    };
  }

  /** A kind for the order of findings: no event is of it. */
  #kind(host: string): number {
    let kind = this.#channelOf.get(host);
    if (kind === undefined) {
      kind = this.#channels.length;
      this.#channelOf.set(host, kind);
      this.#channels.push({
        channel: BEHIND_ALL,
        provider: '',
        eventId: -1,
        host,
        events: 0,
        first: 0,
        last: 0,
      });
    }
    return kind;
  }

  finish(): Collected {
    return {
      events: 0,
      salvaged: 0,
      outside: 0,
      timeless: 0,
      zoneless: 0,
      channels: this.#channels,
      groups: [...this.#groups.values()],
      references: columnsOf(this.#references),
      spool: this.#options.spool?.finish() ?? null,
      hitValues: noHitValues,
      observed: null,
      coverage: null,
      files: new Map(),
      activity: [],
    };
  }
}
