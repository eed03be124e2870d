/** A parser of lines for tests of what text sources share: each line is an event whose one field is its text. */
import { LazyEvent, type ReadContext, Shape, ValueType } from '../src/read/events/index.ts';
import type { RecordOutput, TextParser, TextWindow } from '../src/read/sources/text/index.ts';
import { fieldsOf } from '../src/read/sources/windows/index.ts';

export class LineParser implements TextParser {
  readonly #event = new LazyEvent();
  readonly #cut: 'lines' | 'whole';
  #skipping = false;
  head = '';

  constructor(context: ReadContext, cut: 'lines' | 'whole' = 'lines') {
    this.#cut = cut;
    const root = {
      name: 'Event',
      attributes: [],
      text: [],
      children: [
        {
          name: 'EventData',
          attributes: [],
          text: [],
          children: [
            { name: 'Line', attributes: [], children: [], text: [{ kind: 'slot', slot: 0 } as const] },
          ],
        },
      ],
    };
    const shape = new Shape(context.nextShapeId(), root, fieldsOf(root), 1);
    this.#event.shape = shape;
    this.#event.kind = context.kind(shape, 'Lines', '', 1, '');
  }

  begin(head: string): 'lines' | 'whole' {
    this.head = head;
    this.#skipping = false;
    return this.#cut;
  }

  read(window: TextWindow, most: number, output: RecordOutput): void {
    const { units } = window;
    for (let left = most; left > 0 && window.at < window.end; left--) {
      const start = window.at;
      let end = start;
      while (end < window.end && units[end] !== 10) end++;
      if (end === window.end && !window.last) return;
      window.at = Math.min(end + 1, window.end);
      if (this.#skipping) {
        this.#skipping = false;
        continue;
      }
      this.#event.offsets[0] = start * 2;
      this.#event.sizes[0] = (end - start) * 2;
      this.#event.types[0] = ValueType.String;
      output.event(this.#event, start);
    }
  }

  skip(window: TextWindow, output: RecordOutput): void {
    if (!this.#skipping) output.unparsed(window.at, null, 'too long');
    this.#skipping = true;
    window.at = window.end;
  }
}
