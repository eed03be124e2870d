/**
 * Takes every event a worker reads: lets it be matched, counts, and keeps what findings need. Events that match
 * nothing cost two comparisons and a counter here; of those that match, a reference, the counters of their groups
 * and, where lines are wanted, their bytes in the spool remain.
 */
import type { Rule } from '../../know/sigma/index.ts';
import type { EventMatcher, HitValueReader, Learned, RuleActivity } from '../../match/index.ts';
import type { Coverage, CoverageTally } from '../../read/coverage/index.ts';
import { type LazyEvent, NO_TIME, type ReadContext } from '../../read/events/index.ts';
import type { Damage, EventSink, Unparsed } from '../../read/sources/index.ts';
import { createFindingWriter, exampleText, type FindingWriter } from '../../tell/index.ts';
import { CollectionTraces, type CollectionWindow } from './collection-traces.ts';
import type { FactKeeper, Observed } from './facts/index.ts';
import { HitValueList, type HitValues } from './hit-values.ts';
import { columnsOf, ReferenceList, type References } from './references.ts';
import type { Spool, SpoolContent } from './spool.ts';
import {
  type ChannelTally,
  comesBefore,
  emptyFileTally,
  type FileTally,
  type Group,
  MOST_TROUBLES,
} from './tallies.ts';

/** Everything a worker found: plain data that crosses threads. */
export type Collected = {
  readonly events: number;
  readonly salvaged: number;
  /** Events before `from` or not before `to`: counted, not matched. */
  readonly outside: number;
  /** Events that say no time. */
  readonly timeless: number;
  /** Events whose time says no zone and was taken to be in that of the options. */
  readonly zoneless: number;
  readonly channels: readonly ChannelTally[];
  readonly groups: readonly Group[];
  readonly references: References;
  readonly spool: SpoolContent | null;
  readonly hitValues: HitValues;
  /** Facts and evidence; null where none were asked for. */
  readonly observed: Observed | null;
  /** Which logs there were; null where nobody asks. */
  readonly coverage: Coverage | null;
  /** By index of the input. */
  readonly files: ReadonlyMap<number, FileTally>;
  readonly activity: readonly RuleActivity[];
  /** Of what was looked for; absent where nothing was. */
  readonly learned?: Learned;
};

export type CollectorOptions = {
  /** Microseconds; events in [from, to) are matched. */
  readonly from: number;
  readonly to: number;
  /** What was asked about, where the range above lies around it. */
  readonly asked?: { readonly from: number; readonly to: number };
  readonly reveal: boolean;
  /** By rule: 1 where its findings are not shown, because it only feeds correlations. */
  readonly hidden: Uint8Array;
  /** When the hosts of these logs were collected; absent where no manifest says. */
  readonly collections?: readonly CollectionWindow[];
};

export class Collector implements EventSink {
  readonly #context: ReadContext;
  readonly #matcher: EventMatcher | null;
  readonly #writer: FindingWriter | null;
  readonly #spool: Spool | null;
  readonly #options: CollectorOptions;
  readonly #stopped: () => boolean;
  readonly #hitValueReader: HitValueReader;
  readonly #keeper: FactKeeper | null;
  readonly #coverage: CoverageTally | null;
  readonly #references = new ReferenceList();
  readonly #hitValues = new HitValueList();
  readonly #files = new Map<number, FileTally>();
  readonly #traces: CollectionTraces;
  readonly #hosts = new Map<string, Map<number, Group>>();
  /** The same for what the collection itself left. */
  readonly #collectedHosts = new Map<string, Map<number, Group>>();
  /** Groups of the host, by kind. */
  readonly #groupsOfKind: (Map<number, Group> | undefined)[] = [];
  #input = 0;
  #path = '';
  #file: FileTally = emptyFileTally();
  #salvaged = 0;
  #outside = 0;
  #timeless = 0;
  events = 0;

  /**
   * Without a matcher events are only counted; without a spool no lines are written, without a keeper no facts kept, without
   * a tally of coverage no days.
   */
  constructor(
    context: ReadContext,
    rules: readonly Rule[],
    matcher: EventMatcher | null,
    hitValues: HitValueReader,
    spool: Spool | null,
    options: CollectorOptions,
    stopped: () => boolean,
    keeper: FactKeeper | null = null,
    coverage: CoverageTally | null = null,
  ) {
    this.#context = context;
    this.#matcher = matcher;
    this.#hitValueReader = hitValues;
    this.#keeper = keeper;
    this.#coverage = coverage;
    this.#spool = spool;
    this.#writer = spool === null ? null : createFindingWriter(rules, { reveal: options.reveal });
    this.#options = options;
    this.#traces = new CollectionTraces(options.collections ?? []);
    this.#stopped = stopped;
  }

  /** Says which input the next events come from. */
  enter(input: number, path: string): FileTally {
    let file = this.#files.get(input);
    if (file === undefined) {
      file = emptyFileTally();
      this.#files.set(input, file);
    }
    this.#coverage?.enter();
    this.#input = input;
    this.#path = path;
    this.#file = file;
    return file;
  }

  event(event: LazyEvent): void {
    // The reader ends with its window of some MB; matching the rest of it is what would take the time.
    if (this.#stopped()) return;
    this.events++;
    this.#file.events++;
    if (event.salvaged) this.#salvaged++;
    if (event.micros === NO_TIME) this.#timeless++;
    if (event.micros < this.#options.from || event.micros >= this.#options.to) {
      this.#outside++;
      return;
    }
    this.#coverage?.observe(event);
    this.#keeper?.observe(event, this.#input);
    if (this.#matcher === null) return;
    const count = this.#matcher.match(event);
    if (count > 0) this.#found(event, this.#matcher, count);
  }

  damaged(damage: Damage): void {
    if (this.#file.damaged.length < MOST_TROUBLES) this.#file.damaged.push(damage);
    else this.#file.damagedMore++;
  }

  unparsed(record: Unparsed): void {
    if (this.#file.unparsed.length < MOST_TROUBLES) this.#file.unparsed.push(record);
    else this.#file.unparsedMore++;
  }

  remains(remains: Unparsed): void {
    if (this.#file.remains.length < MOST_TROUBLES) this.#file.remains.push(remains);
    else this.#file.remainsMore++;
  }

  foreign(offset: number): void {
    const file = this.#file;
    file.foreign++;
    if (file.foreignAt < 0 || offset < file.foreignAt) file.foreignAt = offset;
  }

  #found(event: LazyEvent, matcher: EventMatcher, count: number): void {
    const { hits, forms } = matcher;
    const { kind, micros, recordOffset } = event;
    const reference = this.#references.length;
    const place = this.#spool?.length ?? 0;
    this.#references.add(micros, kind.id, event.recordId, this.#input, recordOffset, place);
    const collection = this.#traces.has(event);
    const groups = collection
      ? groupsOf(this.#collectedHosts, kind.host)
      : (this.#groupsOfKind[kind.id] ?? this.#groupsOf(kind.id, kind.host));
    const isAround = this.#isAround(micros);
    let example: string | null = null;
    const isTimed = micros !== NO_TIME;
    const first = isTimed ? micros : Number.POSITIVE_INFINITY;
    const last = isTimed ? micros : Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      const rule = hits[i]!;
      if (this.#hitValueReader.wants(rule)) {
        this.#hitValues.add(reference, rule, forms[i]!, this.#hitValueReader.read(event, rule));
      }
      const group = groups.get(rule);
      if (group !== undefined) {
        group.count++;
        if (isAround) group.around = (group.around ?? 0) + 1;
        if (last > group.last) group.last = last;
        if (first > group.first) continue;
      }
      const here = { first, input: this.#input, offset: recordOffset };
      if (group !== undefined && !comesBefore(here, group)) continue;
      example ??= exampleText(event, { reveal: this.#options.reveal });
      if (group === undefined) {
        const mark = { ...(collection ? { collection } : {}), ...(isAround ? { around: 1 } : {}) };
        groups.set(rule, { rule, host: kind.host, count: 1, last, ...here, example, ...mark });
      } else Object.assign(group, here, { example });
    }
    if (this.#keeper?.wants(hits, count)) {
      example ??= exampleText(event, { reveal: this.#options.reveal });
      this.#keeper.found(event, this.#input, reference, matcher, count, example);
    }
    this.#write(event, matcher, count, collection, isAround);
  }

  /** Writes the lines of findings that are shown. */
  #write(
    event: LazyEvent,
    { hits, forms, sightings }: EventMatcher,
    count: number,
    collection: boolean,
    isAround: boolean,
  ): void {
    const spool = this.#spool;
    if (this.#writer === null || spool === null) return;
    let isBegun = false;
    for (let i = 0; i < count; i++) {
      if (this.#options.hidden[hits[i]!] === 1) continue;
      if (!isBegun) this.#writer.begin(event, this.#path, collection);
      isBegun = true;
      const sighting = sightings?.[i] ?? null;
      this.#writer.line(
        spool.writer,
        hits[i]!,
        forms[i]!,
        sighting === null ? null : { ...sighting, isAround },
      );
    }
    spool.settle();
  }

  #isAround(micros: number): boolean {
    const { asked } = this.#options;
    return asked !== undefined && (micros < asked.from || micros >= asked.to);
  }

  #groupsOf(kind: number, host: string): Map<number, Group> {
    const groups = groupsOf(this.#hosts, host);
    this.#groupsOfKind[kind] = groups;
    return groups;
  }

  finish(): Collected {
    return {
      events: this.events,
      salvaged: this.#salvaged,
      outside: this.#outside,
      timeless: this.#timeless,
      zoneless: this.#context.zoneless,
      // All kinds, in order: references name them by index.
      channels: this.#context.kinds.map(({ channel, provider, eventId, host, events, first, last }) => ({
        channel,
        provider,
        eventId,
        host,
        events,
        first,
        last,
      })),
      groups: [...this.#hosts.values(), ...this.#collectedHosts.values()].flatMap(groups => [
        ...groups.values(),
      ]),
      references: columnsOf(this.#references),
      spool: this.#spool?.finish() ?? null,
      hitValues: this.#hitValues.finish(),
      observed: this.#keeper?.finish() ?? null,
      coverage: this.#coverage?.finish() ?? null,
      files: this.#files,
      activity: this.#matcher?.activity() ?? [],
      ...(this.#matcher?.learned === undefined ? {} : { learned: this.#matcher.learned() }),
    };
  }
}

/** The groups of a host, made at its first finding. */
function groupsOf(hosts: Map<string, Map<number, Group>>, host: string): Map<number, Group> {
  let groups = hosts.get(host);
  if (groups === undefined) {
    groups = new Map();
    hosts.set(host, groups);
  }
  return groups;
}
