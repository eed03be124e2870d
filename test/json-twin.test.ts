/**
 * The JSON twins of real logs: what a rule finds in an event log it finds in the JSON of the same events, be it the one that
 * evtx_dump wrote beside the log or our own dump of it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LazyEvent } from '../src/read/events/index.ts';
import { sourceOf } from '../src/read/sources/index.ts';
import { ByteWriter, createEventWriter, type EventLayout } from '../src/tell/index.ts';
import { eachEvent, filesBelow, sharedRules } from './logs.ts';
import { matchers } from './matchers.ts';
import { scratch } from './scratch.ts';
import { haveShared, sharedData } from './shared.ts';

/** How often each rule matched, by its place among the rules. */
type Counts = ReadonlyMap<number, number>;

function countsOf(
  hits: (event: LazyEvent) => readonly number[],
  paths: readonly string[],
  type: string,
): Counts {
  const counts = new Map<number, number>();
  const visit = (event: LazyEvent): void => {
    // evtx_dump does not look for left-over records, of which two of the logs have some.
    if (event.salvaged) return;
    for (const rule of hits(event)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  };
  eachEvent(paths, visit, type);
  return new Map([...counts].sort(([a], [b]) => a - b));
}

describe.skipIf(!haveShared)('the JSON twins of real logs', () => {
  const rules = haveShared ? sharedRules() : [];
  const hits = matchers[1]!.of(rules);
  const logs = haveShared ? filesBelow(sharedData('sigma/regression_data'), '.evtx') : [];

  test.each(logs.map(path => path.slice(sharedData('sigma/regression_data/').length)))('%s', name => {
    const log = join(sharedData('sigma/regression_data'), name);
    const twin = log.replace(/\.evtx$/, '.json');
    expect(sourceOf(readFileSync(twin).subarray(0, 4096))?.name).toBe('ndjson');
    expect(countsOf(hits, [twin], 'ndjson')).toEqual(countsOf(hits, [log], 'evtx'));
  });

  test.each<EventLayout>(['windows', 'ecs'])('our own dump, layout %s', layout => {
    const paths = [...logs, ...filesBelow(sharedData('evtx-attack-samples'), '.evtx')];
    const writer = createEventWriter(layout, { reveal: true });
    const out = new ByteWriter();
    const counts = new Map<number, number>();
    eachEvent(paths, event => {
      writer.write(out, event);
      for (const rule of hits(event)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    });
    const folder = scratch({ 'dump.jsonl': out.take() });
    const again = countsOf(hits, [join(folder, 'dump.jsonl')], 'ndjson');
    const titles = (of: Counts): string[] =>
      [...of].map(([rule, count]) => `${count} ${rules[rule]!.title}`).sort();
    expect(titles(again)).toEqual(titles(counts));
  });
});
