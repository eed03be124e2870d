/**
 * Runs the test events of a pack: as JSON through the source that reads it from a log, the matcher and the correlations, all
 * in process; so a test says what a hunt would. Cost: a few milliseconds a rule, microseconds an event.
 */
import type { RuleTest } from '../../know/advisories/index.ts';
import { type RuleDocument, ruleId } from '../../know/sigma/index.ts';
import {
  createMatcher,
  type EventMatcher,
  type Explanation,
  explain,
  HitValueReader,
  type PlainEvent,
  plainEvent,
} from '../../match/index.ts';
import { type LazyEvent, normalCommandLine, ReadContext } from '../../read/events/index.ts';
import type { Input } from '../../read/inputs/index.ts';
import { type EventSink, sourceByName } from '../../read/sources/index.ts';
import { Collector, correlateParts, type Needs, needsOf, Spool } from '../hunt/index.ts';
import { type Selected, selectRules } from '../selection.ts';
import { testTexts } from './test-lines.ts';

/** How one test came out. */
export type TestOutcome = {
  readonly test: RuleTest;
  /** Path of the rule file. */
  readonly rules: string;
  readonly passed: boolean;
  /** One sentence on what went wrong; null where it passed. */
  readonly message: string | null;
  /** Why the rule matched the event or did not, where one rule is tested on one event and failed. */
  readonly explanation: Explanation | null;
  /** Ids of the documents that the test is about. */
  readonly tested: readonly string[];
};

const input: Input = { path: 'test', file: 'test', steps: [], type: 'ndjson', size: 0 };

/** The rules that one file's tests are about, ready to match. */
export class Bench {
  readonly #selected: Selected;
  readonly #targets: ReadonlySet<number>;
  readonly #needs: Needs;
  readonly #matcher: EventMatcher;
  readonly #path: string;
  readonly #tested: readonly string[];

  /** `targets` are of `documents`, the rules of the pack; what feeds a correlation is taken along. */
  constructor(documents: readonly RuleDocument[], targets: readonly RuleDocument[]) {
    const include = targets.map(ruleId);
    this.#selected = selectRules(documents, { level: null, statuses: null, include, exclude: [] });
    const wanted = new Set(targets);
    this.#targets = new Set(
      documents.flatMap((document, i) => (wanted.has(document) ? [this.#selected.indexOf[i]!] : [])),
    );
    this.#needs = needsOf(this.#selected);
    // As a hunt asks the rules of a pack: on the command line as written and on its normal form.
    const normal = new Uint8Array(this.#selected.rules.length).fill(1);
    this.#matcher = createMatcher(this.#selected.rules, { normal });
    this.#path = targets[0]!.place.path;
    this.#tested = include;
  }

  async run(test: RuleTest): Promise<TestOutcome> {
    const tap = await this.#read(test.events);
    const fired = this.#fired(tap.collector);
    const isMatch = [...this.#targets].some(target => fired.has(target));
    const unread = tap.problem ?? (tap.plain.length < test.events.length ? notEvents(test, tap) : null);
    const passed = unread === null && isMatch === (test.expect === 'match');
    const outcome = { test, rules: this.#path, passed, tested: this.#tested };
    if (passed) return { ...outcome, message: null, explanation: null };
    return {
      ...outcome,
      message: unread ?? this.#failure(test, isMatch, fired, tap.plain),
      explanation: unread === null ? this.#explain(tap.plain) : null,
    };
  }

  async #read(events: RuleTest['events']): Promise<Tap> {
    const context = new ReadContext();
    const collector = new Collector(
      context,
      this.#selected.rules,
      this.#matcher,
      new HitValueReader(this.#selected.rules, this.#needs.requests),
      null,
      {
        from: Number.NEGATIVE_INFINITY,
        to: Number.POSITIVE_INFINITY,
        reveal: true,
        hidden: this.#selected.hidden,
      },
      () => false,
    );
    collector.enter(0, input.path);
    const tap = new Tap(collector);
    for (const { source, text } of testTexts(events)) {
      const reader = sourceByName(source)?.open(context);
      if (reader === undefined) tap.problem ??= `this version reads no logs of the kind ${source}`;
      else for await (const _ of reader.readStream(bytesOf(text), tap));
    }
    return tap;
  }

  /** Indices in `reported` of what was found, and how often. */
  #fired(collector: Collector): Map<number, number> {
    const collected = collector.finish();
    const parts = [collected];
    if (this.#selected.correlations.length > 0) {
      const spool = new Spool(() => -1);
      const options = { reveal: true, spool };
      parts.push(correlateParts([collected], this.#selected, this.#needs, [input], options).part);
    }
    const fired = new Map<number, number>();
    for (const { groups } of parts) {
      for (const { rule, count } of groups) fired.set(rule, (fired.get(rule) ?? 0) + count);
    }
    return fired;
  }

  #failure(
    test: RuleTest,
    isMatch: boolean,
    fired: ReadonlyMap<number, number>,
    plain: readonly PlainEvent[],
  ): string {
    if (this.#targets.has(-1)) return 'the rule does not run: it was refused, or its status leaves it out';
    if (isMatch) return 'it must not match, and does';
    const fed = this.#selected.correlations.filter((_, i) =>
      this.#targets.has(this.#selected.rules.length + i),
    );
    if (fed.length === 0) return 'it must match, and does not';
    const counts = fed.flatMap(({ inputs }) =>
      inputs.map(index => `'${this.#selected.reported[index]!.title}' ${fired.get(index) ?? 0}`),
    );
    const timed = test.events.filter(event => 'EventTime' in event || '@timestamp' in event).length;
    const timeless =
      timed === plain.length ? '' : `; only ${timed} of ${plain.length} events have an EventTime`;
    return `it must match, and does not; what feeds it matched so often: ${counts.join(', ')}${timeless}`;
  }

  /** On the event as written where that matched, or has no other form; else on its normal form. */
  #explain([plain, another]: readonly PlainEvent[]): Explanation | null {
    const [target] = this.#targets;
    const rule = this.#selected.rules[target ?? -1];
    if (this.#targets.size !== 1 || rule === undefined || plain === undefined || another !== undefined) {
      return null;
    }
    const written = explain(rule, plain);
    const normal = written.matched ? null : normalForm(plain);
    return normal === null ? written : explain(rule, normal);
  }
}

/** Fields that the matcher knows a normal form of. */
const commandLines = ['CommandLine', 'ParentCommandLine', 'ImagePath', 'ServiceFileName'] as const;

/** The event with its command lines in normal form; null where that is how they are written. */
function normalForm(event: PlainEvent): PlainEvent | null {
  const fields = new Map(event.fields);
  let isOther = false;
  for (const name of commandLines) {
    const values = fields.get(name);
    if (values === undefined) continue;
    const normal = values.map(normalCommandLine);
    isOther ||= normal.some((text, i) => text !== values[i]);
    fields.set(name, normal);
  }
  return isOther ? { ...event, fields } : null;
}

/** Passes events on, and keeps them decoded for an explanation. */
class Tap implements EventSink {
  readonly collector: Collector;
  readonly plain: PlainEvent[] = [];
  problem: string | null = null;

  constructor(collector: Collector) {
    this.collector = collector;
  }

  event(event: LazyEvent): void {
    this.plain.push(plainEvent(event));
    this.collector.event(event);
  }

  damaged({ reason }: { readonly reason: string }): void {
    this.problem ??= `the event cannot be read: ${reason}`;
  }

  unparsed({ reason }: { readonly reason: string }): void {
    this.problem ??= `the event cannot be read: ${reason}`;
  }
}

function notEvents({ events }: RuleTest, { plain }: Tap): string {
  return `of ${events.length} events only ${plain.length} are events of Windows: each needs Channel and EventID`;
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}
