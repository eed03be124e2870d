/**
 * Prints every event as a line of JSON, in the order of the inputs and of the records in them. One thread:
 * what costs is writing bytes, and they must come out in order.
 */
import { type LazyEvent, parseTimeZone, ReadContext } from '../../read/events/index.ts';
import { ArchiveStore, discover, type Input, openInput } from '../../read/inputs/index.ts';
import { type EventSink, type SourceReader, sourceByName, sources } from '../../read/sources/index.ts';
import {
  ByteWriter,
  createEventWriter,
  type EventLayout,
  type EventWriter,
  plain,
} from '../../tell/index.ts';
import { exitCode } from '../exit-code.ts';
import { BrokenPipe, type ByteSink, errorCode, type Io } from '../io.ts';

export const dumpLayouts: readonly EventLayout[] = ['windows', 'ecs'];

export type DumpOptions = {
  readonly paths: readonly string[];
  readonly layout: EventLayout;
  /** Microseconds; events in [from, to). */
  readonly from: number;
  readonly to: number;
  /** Of times that do not say theirs. */
  readonly timeZone: string;
  readonly reveal: boolean;
};

/** Bytes gathered before they are written. */
const WRITE_BYTES = 1 << 20;

class DumpSink implements EventSink {
  readonly #options: DumpOptions;
  readonly #writer: EventWriter;
  readonly #target: ByteSink;
  readonly #bytes = new ByteWriter(WRITE_BYTES + (1 << 18));
  damagedParts = 0;
  unparsedRecords = 0;

  constructor(options: DumpOptions, target: ByteSink) {
    this.#options = options;
    this.#writer = createEventWriter(options.layout, { reveal: options.reveal });
    this.#target = target;
  }

  event(event: LazyEvent): void {
    if (event.micros < this.#options.from || event.micros >= this.#options.to) return;
    this.#writer.write(this.#bytes, event);
    if (this.#bytes.length >= WRITE_BYTES) this.flush();
  }

  damaged(): void {
    this.damagedParts++;
  }

  unparsed(): void {
    this.unparsedRecords++;
  }

  flush(): void {
    if (this.#bytes.length > 0) this.#target.write(this.#bytes.take());
    this.#bytes.reset();
  }
}

/** Runs the dump and returns the exit code, which means the same as after a hunt. */
export async function dump(options: DumpOptions, io: Io): Promise<number> {
  const { inputs, unread, notes } = await discover(options.paths, { sources });
  const say = (path: string, message: string): void =>
    io.stderr.write(Buffer.from(`huntaway: ${plain(`${path}: ${message}`)}\n`));
  for (const { path, message } of [...notes, ...unread]) say(path, message);
  let incomplete = unread.some(
    ({ reason, asked }) => asked === true || (reason !== 'unknown-type' && reason !== 'empty'),
  );
  const sink = new DumpSink(options, io.stdout);
  const open = readers(options.timeZone);
  const store = new ArchiveStore();
  try {
    for (const input of inputs) {
      if (io.signal.aborted) break;
      const before = sink.damagedParts + sink.unparsedRecords;
      try {
        await readInput(input, open(input.type), sink, store, io.signal);
      } catch (error) {
        if (error instanceof BrokenPipe || errorCode(error) === undefined) throw error;
        incomplete = true;
        say(input.path, error instanceof Error ? error.message : String(error));
      }
      const troubles = sink.damagedParts + sink.unparsedRecords - before;
      if (troubles === 0) continue;
      incomplete = true;
      say(
        input.path,
        `${troubles} ${troubles === 1 ? 'part or record' : 'parts or records'} could not be read`,
      );
    }
    sink.flush();
  } catch (error) {
    if (!(error instanceof BrokenPipe)) throw error;
    return 0;
  } finally {
    store.dispose();
  }
  return exitCode({
    interrupted: io.signal.aborted,
    couldNotRun: inputs.length === 0,
    failOnReached: false,
    incomplete,
  });
}

/** One reader for each type, so that templates are learnt once. */
function readers(timeZone: string): (type: string) => SourceReader {
  const context = new ReadContext(parseTimeZone(timeZone));
  const known = new Map<string, SourceReader>();
  return type => {
    let reader = known.get(type);
    if (reader === undefined) {
      reader = sourceByName(type)!.open(context);
      known.set(type, reader);
    }
    return reader;
  };
}

async function readInput(
  input: Input,
  reader: SourceReader,
  sink: EventSink,
  store: ArchiveStore,
  signal: AbortSignal,
): Promise<void> {
  const open = openInput(input, { store });
  try {
    const read =
      open.kind === 'file'
        ? reader.readFile(open.fd, 0, open.size, sink)
        : reader.readStream(open.chunks, sink);
    for await (const _ of read) {
      // Lets a Ctrl-C through.
      await new Promise(resolve => setImmediate(resolve));
      if (signal.aborted) return;
    }
  } finally {
    open.close();
  }
}
