/**
 * Reads EVTX bytes with the project's reader and keeps what came out, for tests. Bytes go through a file, as in a
 * hunt, or through a stream in pieces of given sizes.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fieldTexts,
  type LazyEvent,
  ReadContext,
  refTexts,
  type XmlElement,
} from '../src/read/events/index.ts';
import {
  type Damage,
  type EventSink,
  type SourceReader,
  sourceByName,
  type Unparsed,
} from '../src/read/sources/index.ts';

/** What is kept of an event: it all, as text. */
export type Seen = {
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly host: string;
  readonly micros: number;
  readonly recordId: number;
  readonly recordNumber: number;
  readonly offset: number;
  readonly salvaged: boolean;
  readonly shape: number;
  /** By section and name, texts in order; `EventData/Image`. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly xml: string;
};

function xmlOf(event: LazyEvent, element: XmlElement): string {
  const attributes = element.attributes.map(
    ({ name, value }) => ` ${name}="${refTexts(event, value).join()}"`,
  );
  const text = element.text.map(value => refTexts(event, value).join()).join('');
  const inner = text + element.children.map(child => xmlOf(event, child)).join('');
  return `<${element.name}${attributes.join('')}>${inner}</${element.name}>`;
}

export class Collector implements EventSink {
  readonly events: Seen[] = [];
  readonly damage: Damage[] = [];
  readonly unread: Unparsed[] = [];
  readonly remained: Unparsed[] = [];

  event(event: LazyEvent): void {
    const { kind, shape } = event;
    this.events.push({
      channel: kind.channel,
      provider: kind.provider,
      eventId: kind.eventId,
      host: kind.host,
      micros: event.micros,
      recordId: event.recordId,
      recordNumber: event.recordNumber,
      offset: event.recordOffset,
      salvaged: event.salvaged,
      shape: shape.id,
      fields: new Map(
        shape.fields.map(field => [`${field.section}/${field.name}`, fieldTexts(event, field)]),
      ),
      xml: xmlOf(event, shape.root),
    });
  }

  damaged(damage: Damage): void {
    this.damage.push(damage);
  }

  unparsed(record: Unparsed): void {
    this.unread.push(record);
  }

  remains(record: Unparsed): void {
    this.remained.push(record);
  }
}

/** A reader with files in a folder of its own; `close` removes it. One reader for many inputs, as in a worker. */
export class TestReader {
  readonly #folder = mkdtempSync(join(tmpdir(), 'huntaway-'));
  readonly #path = join(this.#folder, 'log.evtx');
  readonly reader: SourceReader = sourceByName('evtx')!.open(new ReadContext());

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** Opens a file of these bytes for as long as `use` runs. */
  withFile<T>(bytes: Uint8Array, use: (fd: number) => T): T {
    writeFileSync(this.#path, bytes);
    const fd = openSync(this.#path, 'r');
    try {
      return use(fd);
    } finally {
      closeSync(fd);
    }
  }

  read(bytes: Uint8Array): Collector {
    const sink = new Collector();
    this.withFile(bytes, fd => {
      for (const _ of this.reader.readFile(fd, 0, bytes.length, sink)) {
        // Progress is of no interest here.
      }
    });
    return sink;
  }

  /** Reads the bytes as a stream in pieces of these sizes, over and over. */
  async stream(bytes: Uint8Array, sizes: readonly number[]): Promise<Collector> {
    const sink = new Collector();
    for await (const _ of this.reader.readStream(pieces(bytes, sizes), sink)) {
      // Progress is of no interest here.
    }
    return sink;
  }

  /** The record at this offset read alone; undefined where there is none. */
  at(bytes: Uint8Array, offset: number): Seen | undefined {
    const sink = new Collector();
    return this.withFile(bytes, fd => this.reader.readRecordAt(fd, offset, sink))
      ? sink.events[0]
      : undefined;
  }
}

async function* pieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length]!);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
