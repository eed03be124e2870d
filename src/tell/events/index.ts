/** Whole events as JSON lines, for `dump`. */
import type { EventKind, LazyEvent, Shape } from '../../read/events/index.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { Parts } from '../parts/part.ts';
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
  const parts = new Parts(options);
  // By id: the place of the shape's or the kind's program.
  // Where the program of a shape or kind begins, by the shape or kind: ids are unique within a reader's context only.
  const places = new Map<Shape | EventKind, number>();
  if (layout === 'windows') {
    return {
      write(out, event) {
        const place = places.get(event.shape) ?? keep(event.shape, windowsLine(event.shape.root, parts));
        parts.run(place, out, event);
      },
    };
  }
  return {
    write(out, event) {
      const place = places.get(event.kind) ?? keep(event.kind, ecsLine(event.kind, parts));
      parts.run(place, out, event);
    },
  };

  function keep(key: Shape | EventKind, place: number): number {
    places.set(key, place);
    return place;
  }
}
