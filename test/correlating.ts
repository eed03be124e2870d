/**
 * Rules as text and events as fields through everything between matcher and output, in process: what a hunt would find,
 * however the events are spread over workers and files.
 */
import { parseRules } from '../src/know/sigma/parser.ts';
import { createMatcher, HitValueReader } from '../src/match/index.ts';
import type { LazyEvent } from '../src/read/events/index.ts';
import type { Input } from '../src/read/inputs/index.ts';
import { type Collected, Collector } from '../src/run/hunt/collector.ts';
import { correlateParts, needsOf } from '../src/run/hunt/correlations/index.ts';
import { eachLines } from '../src/run/hunt/lines.ts';
import { type Merged, merge } from '../src/run/hunt/merged.ts';
import { Spool } from '../src/run/hunt/spool.ts';
import { type Selected, selectRules } from '../src/run/selection.ts';
import type { CorrelationFinding, Finding } from '../src/tell/index.ts';
import { EventBuilder, type TestEvent } from './event.ts';

/** Seconds since 1970 from which the events of a test count. */
const start = 1_800_000_000;

/** An event at a second, or without any time; `record` is its number, by default one of its own. */
export type TimedEvent = TestEvent & { readonly at: number | null; readonly record?: number };

export type Hunted = {
  readonly selected: Selected;
  readonly merged: Merged;
  readonly findings: readonly Finding[];
  readonly ungrouped: readonly number[];
};

/** Each list of `parts` is what one worker read, in its order, from a file of its own. */
export function huntParts(texts: readonly string[], parts: readonly (readonly TimedEvent[])[]): Hunted {
  const documents = texts.flatMap((text, i) => parseRules(text, `rules-${i}.yml`));
  const selected = selectRules(documents, { level: null, statuses: null, include: [], exclude: [] });
  const needs = needsOf(selected);
  const inputs = parts.map(
    (_, i): Input => ({ path: `file-${i}`, file: `file-${i}`, steps: [], type: 'evtx', size: 0 }),
  );
  const collected = parts.map((events, input): Collected => {
    const builder = new EventBuilder();
    const collector = new Collector(
      builder.context,
      selected.rules,
      createMatcher(selected.rules),
      new HitValueReader(selected.rules, needs.requests),
      new Spool(() => -1),
      {
        from: Number.NEGATIVE_INFINITY,
        to: Number.POSITIVE_INFINITY,
        reveal: false,
        hidden: selected.hidden,
      },
      () => false,
    );
    collector.enter(input, `file-${input}`);
    for (const [i, from] of events.entries()) collector.event(timed(builder, from, i));
    return collector.finish();
  });
  const { part, outcomes } = correlateParts(collected, selected, needs, inputs, {
    reveal: false,
    spool: new Spool(() => -1),
  });
  const merged = merge([...collected, part]);
  const findings: Finding[] = [];
  eachLines(merged.lines, lines => {
    for (const line of Buffer.from(lines).toString('utf8').split('\n')) {
      if (line !== '') findings.push(JSON.parse(line) as Finding);
    }
    return true;
  });
  return { selected, merged, findings, ungrouped: outcomes.map(({ ungrouped }) => ungrouped) };
}

/** Numbers for events that have none of their own: equal for equal events whatever list they stand in. */
const numbers = new WeakMap<TimedEvent, number>();
let next = 1;

function timed(builder: EventBuilder, from: TimedEvent, offset: number): LazyEvent {
  const event = builder.build(from);
  let record = from.record ?? numbers.get(from);
  if (record === undefined) {
    record = next++;
    numbers.set(from, record);
  }
  event.micros = from.at === null ? 0 : (start + from.at) * 1e6;
  event.recordId = record;
  event.recordOffset = offset;
  return event;
}

export function isCorrelation(finding: Finding): finding is CorrelationFinding {
  return finding.huntaway.kind === 'correlation';
}

/** The second, counted as `at` is, of a time that `huntParts` gave. */
export function secondsOf(time: string): number {
  return Date.parse(time) / 1000 - start;
}
