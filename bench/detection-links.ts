/**
 * Checks that reasons of links can be checked: every value that a reason names must stand in the records it links. The
 * records are read again from the logs, by file and record number (or time, where there is none), with nothing of what
 * the hunt remembered of them. Process and logon ids count in hexadecimal and decimal alike.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { fieldTexts, type LazyEvent, ReadContext } from '../src/read/events/index.ts';
import { type EventSink, sourceOf } from '../src/read/sources/index.ts';
import type { PastEvidence, PastStory } from '../src/run/results/index.ts';

export type LinkCheck = {
  readonly links: number;
  /** One value of the reason stands in both records. */
  readonly shared: number;
  /** Each record holds a value of the reason. */
  readonly each: number;
  /** The reason names a value that stands in neither: one of a third record, as the logon that both belong to. */
  readonly third: number;
  /** A record was not found again. */
  readonly lost: number;
  readonly examples: readonly string[];
};

const HEAD = 4096;

type Wanted = ReadonlyMap<string, Map<string, string[]>>;

/** A record's number, else its time in milliseconds: what finds it again in its file. */
function keyOf({
  host,
  channel,
  recordId,
  micros,
}: Pick<PastEvidence, 'host' | 'channel' | 'recordId' | 'micros'>): string {
  const short = host.toLowerCase().split('.')[0]!;
  return recordId === null
    ? `${short} @${Math.round(micros / 1000)}`
    : `${short} ${channel.toLowerCase()} ${recordId}`;
}

function readWanted(path: string, wanted: Map<string, string[]>): void {
  const fd = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    const source = sourceOf(head.subarray(0, readSync(fd, head, 0, HEAD, 0)));
    if (source === undefined) return;
    const sink: EventSink = {
      event(event: LazyEvent): void {
        const { host, channel } = event.kind;
        const numbered = { host, channel, recordId: event.recordId, micros: event.micros };
        const texts = wanted.get(keyOf(numbered)) ?? wanted.get(keyOf({ ...numbered, recordId: null }));
        if (texts === undefined) return;
        texts.push(host);
        for (const field of event.shape.fields) texts.push(...fieldTexts(event, field));
      },
      damaged() {},
      unparsed() {},
    };
    const reader = source.open(new ReadContext());
    for (const _ of reader.readFile(fd, 0, statSync(path).size, sink)) {
      // All of it.
    }
  } finally {
    closeSync(fd);
  }
}

/** Values that a reason names: ids, addresses, guids, paths, hosts, accounts, numbers. */
function namedIn(reason: string): readonly string[] {
  // Times are said in the reader's words, not the record's.
  const text = reason.toLowerCase().replace(/\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?(?: utc)?/g, ' ');
  const values = new Set<string>();
  for (const [value] of text.matchAll(/0x[0-9a-f]+/g)) values.add(value);
  for (const [value] of text.matchAll(/\{[0-9a-f-]{36}\}/g)) values.add(value.slice(1, -1));
  for (const [value] of text.matchAll(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g)) values.add(value);
  for (const [value] of text.matchAll(/[a-z]:\\[^\s,;"]+/g)) values.add(value.replace(/\\$/, ''));
  for (const [value] of text.matchAll(/(?<=^|\s)\\[^\s,;"]+/g)) values.add(value.replace(/\\$/, ''));
  for (const [, user] of text.matchAll(/(?<![\w\\:.])[\w-]+\\([\w.$-]+)/g))
    values.add(user!.replace(/\.$/, ''));
  for (const [value] of text.matchAll(/hwdrill-[\w-]+/g)) values.add(value);
  for (const [value] of text.matchAll(/__[\d.]+\d/g)) values.add(value);
  for (const [value] of text.matchAll(/(?<![\w.:\\-])\d{3,}(?![\w.:\\-])/g)) values.add(value);
  return [...values];
}

class RecordText {
  readonly #text: string;
  readonly #numbers = new Set<number>();

  constructor(texts: readonly string[]) {
    this.#text = texts.join('\n').toLowerCase();
    for (const [value] of this.#text.matchAll(/(?<![\w.])(?:0x[0-9a-f]+|\d+)(?![\w.])/g)) {
      this.#numbers.add(Number(value));
    }
  }

  holds(value: string): boolean {
    if (/^(?:0x[0-9a-f]+|\d+)$/.test(value) && this.#numbers.has(Number(value))) return true;
    if (this.#text.includes(value)) return true;
    // A path on a share stands in pieces: the share (`E$` is drive E), and what lies in it.
    const steps = value
      .replace(/^[a-z]:/, '')
      .split('\\')
      .filter(step => step !== '');
    const drive = /^([a-z]):/.exec(value)?.[1];
    const isShared = drive !== undefined && this.#text.includes(`${drive}$`);
    return (
      (steps.length > 1 || (isShared && steps.length > 0)) && steps.every(step => this.#text.includes(step))
    );
  }
}

export function checkLinks(intrusions: readonly PastStory[]): LinkCheck {
  const byFile = new Map<string, Map<string, string[]>>();
  for (const each of intrusions.flatMap(({ evidence }) => evidence)) {
    const keys = byFile.get(each.file) ?? new Map<string, string[]>();
    keys.set(keyOf(each), []);
    byFile.set(each.file, keys);
  }
  for (const [path, wanted] of byFile) readWanted(path, wanted);
  const check = { links: 0, shared: 0, each: 0, third: 0, lost: 0, examples: [] as string[] };
  for (const { evidence, links } of intrusions) {
    const records = new Map(evidence.map(each => [each.id, textOf(each, byFile)]));
    for (const { from, to, reason } of links) {
      check.links++;
      const [a, b] = [records.get(from), records.get(to)];
      if (a === undefined || b === undefined || a === null || b === null) {
        check.lost++;
        continue;
      }
      const named = namedIn(reason);
      const isShared = named.some(value => a.holds(value) && b.holds(value));
      const isEach = named.some(value => a.holds(value)) && named.some(value => b.holds(value));
      const strangers = named.filter(value => !a.holds(value) && !b.holds(value));
      if (isShared) check.shared++;
      if (isEach) check.each++;
      if (strangers.length > 0) check.third++;
      if (!isEach && check.examples.length < 5) check.examples.push(reason);
    }
  }
  return check;
}

/** Null where the record was not found. */
function textOf(evidence: PastEvidence, byFile: Wanted): RecordText | null {
  const texts = byFile.get(evidence.file)?.get(keyOf(evidence)) ?? [];
  return texts.length === 0 ? null : new RecordText(texts);
}
