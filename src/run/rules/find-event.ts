/**
 * Finds one record of a log, by the number that Windows gave it or by the offset that a finding names. It goes through
 * the sources' own interface, so that any log a hunt takes can be asked. Cost: reading the log once; a record of a
 * plain file by offset is read alone.
 */

import { type PlainEvent, plainEvent } from '../../match/index.ts';
import { type LazyEvent, ReadContext } from '../../read/events/index.ts';
import { ArchiveStore, discover, type Input, openInput } from '../../read/inputs/index.ts';
import { type EventSink, type SourceReader, sourceByName, sources } from '../../read/sources/index.ts';
import { type EventLabel, plain } from '../../tell/index.ts';
import { CannotRun, errorCode } from '../io.ts';

export type RecordReference = {
  /** Any path a hunt takes. */
  readonly path: string;
  /** The record's number (System/EventRecordID), or its offset (`log.offset` of a finding). */
  readonly by: 'record' | 'offset';
  readonly value: number;
};

export type FoundEvent<Taken> = {
  readonly label: EventLabel;
  readonly plain: PlainEvent;
  /** What was taken of it while it was at hand. */
  readonly taken: Taken;
  /** Records that fit the reference; this is the first. */
  readonly count: number;
};

class Finder<Taken> implements EventSink {
  readonly #reference: RecordReference;
  readonly #take: (event: LazyEvent) => Taken;
  /** Of the input that is being read. */
  path = '';
  found: Omit<FoundEvent<Taken>, 'count'> | null = null;
  count = 0;
  events = 0;
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;

  constructor(reference: RecordReference, take: (event: LazyEvent) => Taken) {
    this.#reference = reference;
    this.#take = take;
  }

  event(event: LazyEvent): void {
    const { by, value } = this.#reference;
    const here = by === 'offset' ? event.recordOffset : event.recordId;
    this.events++;
    if (here >= 0) {
      this.first = Math.min(this.first, here);
      this.last = Math.max(this.last, here);
    }
    if (here !== value) return;
    this.count++;
    if (this.found !== null) return;
    const { host, channel, eventId } = event.kind;
    const label: EventLabel = {
      path: this.path,
      offset: event.recordOffset,
      recordId: event.recordId,
      micros: event.micros,
      host,
      channel,
      eventId,
    };
    this.found = { label, plain: plainEvent(event), taken: this.#take(event) };
  }

  damaged(): void {}

  unparsed(): void {}
}

/**
 * `take` is called with the event, which nobody may keep. Throws `CannotRun` where the log cannot be read or has no such
 * record; null where `signal` came first.
 */
export async function findEvent<Taken>(
  reference: RecordReference,
  signal: AbortSignal,
  take: (event: LazyEvent) => Taken,
): Promise<FoundEvent<Taken> | null> {
  const store = new ArchiveStore();
  const finder = new Finder(reference, take);
  try {
    const { inputs, unread } = await discover([reference.path], { sources, store });
    if (inputs.length === 0) {
      const why = unread[0];
      throw new CannotRun(
        plain(why === undefined ? `${reference.path}: no log in it` : `${why.path}: ${why.message}`),
      );
    }
    const context = new ReadContext();
    const readers = new Map<string, SourceReader>();
    for (const input of inputs) {
      const reader = readers.get(input.type) ?? sourceByName(input.type)!.open(context);
      readers.set(input.type, reader);
      await readInput(input, reader, finder, reference, store, signal);
      if (signal.aborted) return null;
    }
  } catch (error) {
    // A fault of ours stays one; of the log or the system, it matters only if the record did not come before it.
    if (error instanceof CannotRun || errorCode(error) === undefined) throw error;
    if (finder.found === null)
      throw new CannotRun(plain(`${finder.path}: ${(error as Error).message}`), error);
  } finally {
    store.dispose();
  }
  if (finder.found === null) throw new CannotRun(missingText(reference, finder));
  return { ...finder.found, count: finder.count };
}

async function readInput(
  input: Input,
  reader: SourceReader,
  finder: Finder<unknown>,
  { by, value }: RecordReference,
  store: ArchiveStore,
  signal: AbortSignal,
): Promise<void> {
  finder.path = input.path;
  const open = openInput(input, { store });
  try {
    if (open.kind === 'file' && by === 'offset' && reader.readRecordAt(open.fd, value, finder)) return;
    const read =
      open.kind === 'file'
        ? reader.readFile(open.fd, 0, open.size, finder)
        : reader.readStream(open.chunks, finder);
    for await (const _ of read) {
      // Lets a Ctrl-C through.
      await new Promise(done => setImmediate(done));
      if (signal.aborted) return;
    }
  } finally {
    open.close();
  }
}

function missingText({ path, by, value }: RecordReference, { events, first, last }: Finder<unknown>): string {
  const what = by === 'offset' ? `at offset ${value}` : `with the id ${value}`;
  if (events === 0) return plain(`${path}: no record ${what}: no event could be read`);
  const range =
    last < first
      ? 'none of them has a record id; use @ and the log.offset of a finding'
      : `${by === 'offset' ? 'offsets' : 'record ids'} from ${first} to ${last}`;
  return plain(`${path}: no record ${what}; it has ${events} ${events === 1 ? 'event' : 'events'}, ${range}`);
}
