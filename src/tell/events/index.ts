/** Whole events as JSON lines, for `dump`. */
import type { EventKind, LazyEvent, Shape } from '../../read/events/index.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import type { Write } from '../parts/part.ts';
import { ecsLine } from './ecs.ts';
import { windowsLine } from './windows.ts';

/** `windows`: nested as Windows' XML; `ecs`: Elastic Common Schema with `winlog.*`. */
export type EventLayout = 'windows' | 'ecs';

/** Writes one event as one line of JSON, newline included. One per thread: it keeps a program per shape. */
export interface EventWriter {
  write(out: ByteWriter, event: LazyEvent): void;
}

/** Secrets on command lines are masked unless `reveal`. */
export function createEventWriter(layout: EventLayout, options: { readonly reveal: boolean }): EventWriter {
  const byShape = memo((shape: Shape) => windowsLine(shape.root, options));
  const byKind = memo((kind: EventKind) => ecsLine(kind, options));
  return layout === 'windows'
    ? { write: (out, event) => byShape(event.shape)(out, event) }
    : { write: (out, event) => byKind(event.kind)(out, event) };
}

/** Prepares at first sight and finds again; the last one without a look-up, because events come in runs. */
function memo<Key extends object>(prepare: (key: Key) => Write): (key: Key) => Write {
  const known = new Map<Key, Write>();
  let lastKey: Key | undefined;
  let last: Write | undefined;
  return key => {
    if (key === lastKey) return last!;
    let write = known.get(key);
    if (write === undefined) {
      write = prepare(key);
      known.set(key, write);
    }
    lastKey = key;
    last = write;
    return write;
  };
}
