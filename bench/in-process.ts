/**
 * What the stages cost inside one process and one thread, without start-up: read alone, read and match. The first
 * pass is shown apart, because most hunts are one pass over logs that nobody has read before.
 */
import { closeSync, openSync, statSync } from 'node:fs';
import { loadRuleSet } from '../src/know/rulesets/index.ts';
import type { Rule } from '../src/know/sigma/index.ts';
import { createMatcher } from '../src/match/index.ts';
import { type LazyEvent, ReadContext } from '../src/read/events/index.ts';
import { type EventSink, type Source, sources } from '../src/read/sources/index.ts';
import { ByteWriter, createEventWriter } from '../src/tell/index.ts';
import { type Spread, spread } from './process.ts';

export type StageResult = {
  /** MB (10^6 bytes) and events of one pass. */
  readonly megabytes: number;
  readonly events: number;
  readonly findings: number;
  /** Seconds of the first pass and of the later ones. */
  readonly cold: number;
  readonly steady: Spread;
};

/** Rules below `directories` that may run, from the cache where it holds them. */
export async function benchRules(
  directories: readonly string[],
  cacheDirectory: string,
): Promise<readonly Rule[]> {
  const set = await loadRuleSet(directories, { cacheDirectory });
  return set.documents.filter(
    document =>
      document.kind === 'rule' && document.status !== 'deprecated' && document.status !== 'unsupported',
  ) as Rule[];
}

/** Reads `path` of the source `type` `passes` times with one reader, handing each event to `each`, which returns its findings. */
function passes(
  path: string,
  count: number,
  context: ReadContext,
  each: (event: LazyEvent) => number,
  type = 'evtx',
): StageResult {
  const source = sources.find(candidate => candidate.name === type) as Source;
  const reader = source.open(context);
  const size = statSync(path).size;
  const fd = openSync(path, 'r');
  const seconds: number[] = [];
  let events = 0;
  let findings = 0;
  const sink: EventSink = {
    event(event) {
      events++;
      findings += each(event);
    },
    damaged() {},
    unparsed() {},
  };
  for (let i = 0; i < count; i++) {
    events = 0;
    findings = 0;
    const started = process.hrtime.bigint();
    for (const _ of reader.readFile(fd, 0, size, sink));
    seconds.push(Number(process.hrtime.bigint() - started) / 1e9);
  }
  closeSync(fd);
  return {
    megabytes: size / 1e6,
    events,
    findings,
    cold: seconds[0]!,
    steady: spread(seconds.slice(Math.ceil(count / 3))),
  };
}

export function readStage(path: string, count: number, type?: string): StageResult {
  return passes(path, count, new ReadContext(), () => 0, type);
}

export function matchStage(path: string, rules: readonly Rule[], count: number, type?: string): StageResult {
  const matcher = createMatcher(rules);
  return passes(path, count, new ReadContext(), event => matcher.match(event), type);
}

/** Every event as a line of JSON, written to memory and forgotten. */
export function dumpStage(path: string, count: number): StageResult {
  const out = new ByteWriter();
  const writer = createEventWriter('windows', { reveal: false });
  return passes(path, count, new ReadContext(), event => {
    if (out.length > 1 << 20) out.reset();
    writer.write(out, event);
    return 0;
  });
}
