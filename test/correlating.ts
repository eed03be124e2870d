/**
 * Rules as text and events as fields through everything between matcher and output, in process: what a hunt would find,
 * however the events are spread over workers and files.
 */
import { tmpdir } from 'node:os';
import { parseRules } from '../src/know/sigma/parser.ts';
import { createMatcher, HitValueReader } from '../src/match/index.ts';
import type { Fact } from '../src/read/entities/index.ts';
import type { LazyEvent } from '../src/read/events/index.ts';
import type { Input } from '../src/read/inputs/index.ts';
import { type Collected, Collector } from '../src/run/hunt/collector.ts';
import { correlateParts, needsOf } from '../src/run/hunt/correlations/index.ts';
import {
  FactKeeper,
  type Gathered,
  gatherEvidence,
  observedTransferables,
  wantedEvidence,
} from '../src/run/hunt/facts/index.ts';
import { eachLines } from '../src/run/hunt/lines.ts';
import { type Merged, merge } from '../src/run/hunt/merged.ts';
import { Spool, SpoolFolder } from '../src/run/hunt/spool.ts';
import { type Selected, selectRules } from '../src/run/selection.ts';
import type { CorrelationFinding, Finding } from '../src/tell/index.ts';
import { EventBuilder, type TestEvent } from './event.ts';

/** Seconds since 1970 from which the events of a test count. */
const start = 1_800_000_000;

/** An event at a second, or without any time; `record` is its number, by default one of its own. */
export type TimedEvent = TestEvent & { readonly at: number | null; readonly record?: number };

/** What is kept as evidence, and how: every finding that is shown, unless `memory` is absent. */
export type Keeping = { readonly memory: number; readonly blockBytes?: number; readonly most?: number };

export type Hunted = {
  readonly selected: Selected;
  readonly merged: Merged;
  readonly findings: readonly Finding[];
  readonly ungrouped: readonly number[];
  /** Null unless evidence was asked for. */
  readonly gathered:
    | (Omit<Gathered, 'facts'> & { readonly facts: readonly Fact[]; readonly droppedFacts: number })
    | null;
};

/** Each list of `parts` is what one worker read, in its order, from a file of its own. */
export function huntParts(
  texts: readonly string[],
  parts: readonly (readonly TimedEvent[])[],
  keeping: Keeping | null = null,
): Hunted {
  const documents = texts.flatMap((text, i) => parseRules(text, `rules-${i}.yml`));
  const selected = selectRules(documents, { level: null, statuses: null, include: [], exclude: [] });
  const needs = needsOf(selected);
  const wanted = wantedEvidence(selected, () => true);
  const spools = new SpoolFolder(tmpdir());
  const inputs = parts.map(
    (_, i): Input => ({ path: `file-${i}`, file: `file-${i}`, steps: [], type: 'evtx', size: 0 }),
  );
  const collected = parts.map((events, input): Collected => {
    const builder = new EventBuilder();
    const collector = new Collector(
      builder.context,
      selected.rules,
      createMatcher(
        selected.rules,
        keeping === null ? {} : { normal: new Uint8Array(selected.rules.length).fill(1) },
      ),
      new HitValueReader(selected.rules, needs.requests),
      new Spool(() => -1),
      {
        from: Number.NEGATIVE_INFINITY,
        to: Number.POSITIVE_INFINITY,
        reveal: false,
        hidden: selected.hidden,
      },
      () => false,
      keeping === null
        ? null
        : new FactKeeper(
            { rules: wanted.rules, memory: keeping.memory },
            () => spools.openFile(),
            keeping.blockBytes,
          ),
    );
    collector.enter(input, `file-${input}`);
    for (const [i, from] of events.entries()) collector.event(timed(builder, from, i));
    return crossed(collector.finish());
  });
  const { part, outcomes, firings } = correlateParts(collected, selected, needs, inputs, {
    reveal: false,
    evidence: wanted.reported,
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
  let gathered: Hunted['gathered'] = null;
  if (keeping !== null) {
    const most = keeping.most === undefined ? {} : { most: keeping.most };
    const { facts, ...rest } = gatherEvidence(collected, { wanted: wanted.reported, firings, ...most });
    const kept: Fact[] = [];
    facts.scan(fact => kept.push(fact.keep()));
    gathered = { ...rest, facts: kept, droppedFacts: facts.dropped };
  }
  spools.close();
  return {
    gathered,
    selected,
    merged,
    findings,
    ungrouped: outcomes.map(({ ungrouped }) => ungrouped),
  };
}

/** What arrives in the main thread of what a worker hands over. */
function crossed(collected: Collected): Collected {
  const moved = collected.observed === null ? [] : observedTransferables(collected.observed);
  const { spool, ...rest } = collected;
  return { ...structuredClone(rest, { transfer: moved }), spool };
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
