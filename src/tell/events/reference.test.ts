/** The programs that write an event against the obvious way: build an object, then `JSON.stringify`. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  fixedSizes,
  LazyEvent,
  ReadContext,
  refTexts,
  Shape,
  slotTexts,
  type ValueRef,
  ValueType,
  type XmlElement,
} from '../../read/events/index.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { holdsFreeText, mask } from '../masking/index.ts';
import { createEventWriter } from './index.ts';

const SLOTS = 6;

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Half surrogates are written as U+FFFD. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** The obvious writer. */
class Reference {
  readonly #event: LazyEvent;
  readonly #reveal: boolean;

  constructor(event: LazyEvent, reveal: boolean) {
    this.#event = event;
    this.#reveal = reveal;
  }

  line(): Json {
    const { root } = this.#event.shape;
    return { [root.name]: this.#content(root, root.name, root.attributes) };
  }

  #shown(text: string, field: string): string {
    return wellFormed(this.#reveal || !holdsFreeText(field) ? text : mask(text));
  }

  /** Null where the value is absent. */
  #value(ref: ValueRef, field: string): Json {
    if (ref.kind !== 'slot') {
      const text = refTexts(this.#event, ref)[0];
      return text === undefined ? null : this.#shown(text, field);
    }
    const type = this.#event.types[ref.slot]!;
    if (type === ValueType.Null) return null;
    const texts = slotTexts(this.#event, ref.slot);
    if (type >= ValueType.Array) return texts.map(text => this.#typed(text, type & 0x7f, field));
    // A number of a size that is none reads as hexadecimal.
    const isWhole = fixedSizes[type] === 0 || fixedSizes[type] === this.#event.sizes[ref.slot];
    return this.#typed(texts[0]!, isWhole || type === ValueType.Bool ? type : ValueType.Binary, field);
  }

  #typed(text: string, type: number, field: string): Json {
    if (type === ValueType.Bool && (text === 'true' || text === 'false')) return text === 'true';
    const isNumeric = type >= ValueType.Int8 && type <= ValueType.Real64;
    if (isNumeric && /^-?\d+(?:\.\d+)?(?:e[+-]\d+)?$/.test(text) && !/^-?0\d/.test(text)) return Number(text);
    return this.#shown(text, field);
  }

  #attributes(attributes: XmlElement['attributes']): Json | undefined {
    const present = attributes.flatMap(({ name, value }) => {
      const json = this.#value(value, name);
      return json === null ? [] : [[name, json] as const];
    });
    return present.length === 0 ? undefined : Object.fromEntries(present);
  }

  #text(refs: readonly ValueRef[], field: string): Json {
    if (refs.length === 0) return null;
    return refs.length === 1 ? this.#value(refs[0]!, field) : refs.map(ref => this.#value(ref, field));
  }

  #content(element: XmlElement, field: string, attributes: XmlElement['attributes']): Json {
    const some = this.#attributes(attributes);
    const members: { [key: string]: Json } = some === undefined ? {} : { '#attributes': some };
    if (element.children.length === 0) {
      const text = this.#text(element.text, field);
      if (some === undefined) return text;
      return element.text.length === 0 ? members : { ...members, '#text': text };
    }
    if (element.text.length > 0) members['#text'] = this.#text(element.text, field);
    // Names are unique here and none is `Data`: what becomes of those is tested by example.
    for (const child of element.children) {
      members[child.name] = this.#content(child, child.name, child.attributes);
    }
    return members;
  }
}

const text = fc.oneof(
  fc.constantFrom(
    '',
    '-',
    'C:\\Windows\\cmd.exe',
    'net user bob S3cret! /add',
    'a -Password x "y"',
    'é\u202e',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 120 }),
);

const slotValue = fc.oneof(
  { weight: 3, arbitrary: text.map(one => ({ type: ValueType.String, bytes: Buffer.from(one, 'utf16le') })) },
  { weight: 1, arbitrary: fc.constant({ type: ValueType.Null, bytes: Buffer.alloc(0) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc
        .constantFrom(...Object.values(ValueType).filter(type => type !== ValueType.Array && type > 0))
        .chain(type => fc.constantFrom(type, type, type | ValueType.Array)),
      bytes: fc
        .constantFrom(0, 1, 2, 4, 8, 16, 28)
        .chain(size => fc.uint8Array({ minLength: size, maxLength: size }).map(bytes => Buffer.from(bytes))),
    }),
  },
);

const ref: fc.Arbitrary<ValueRef> = fc.oneof(
  { weight: 4, arbitrary: fc.nat(SLOTS - 1).map(slot => ({ kind: 'slot', slot }) as const) },
  { weight: 1, arbitrary: text.map(one => ({ kind: 'constant', text: one }) as const) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(fc.nat(SLOTS - 1), fc.string({ maxLength: 5 })), { minLength: 1, maxLength: 3 })
      .map(parts => ({ kind: 'joined', parts }) as const),
  },
);

const name = fc.oneof(
  fc.constantFrom('EventID', 'Image', 'CommandLine', 'Über"\\', 'ProcessId'),
  fc.stringMatching(/^[a-z]{1,9}$/),
);
const attributes = fc.uniqueArray(fc.record({ name, value: ref }), {
  selector: attribute => attribute.name,
  maxLength: 3,
});

const { tree } = fc.letrec<{ tree: XmlElement }>(tie => ({
  tree: fc.record({
    name,
    attributes,
    text: fc.array(ref, { maxLength: 2 }),
    children: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant([]),
      fc.uniqueArray(tie('tree'), { selector: child => child.name, maxLength: 6 }),
    ),
  }),
}));

it('an event is written as what its object would be', () => {
  const out = new ByteWriter(1);
  const context = new ReadContext();
  const slots = fc.array(slotValue, { minLength: SLOTS, maxLength: SLOTS });
  const writers = [false, true].map(reveal => ({ reveal, writer: createEventWriter('windows', { reveal }) }));
  fc.assert(
    fc.property(tree, fc.array(slots, { minLength: 1, maxLength: 3 }), (root, events) => {
      const shape = new Shape(context.nextShapeId(), root, [], SLOTS);
      for (const values of events) {
        const event = eventOf(shape, values);
        for (const { reveal, writer } of writers) {
          out.reset();
          writer.write(out, event);
          const written = out.take().toString('utf8');
          expect(written.endsWith('}\n')).toBe(true);
          const expected = new Reference(event, reveal).line();
          expect(JSON.stringify(JSON.parse(written))).toBe(JSON.stringify(expected));
        }
      }
    }),
    { numRuns: 1000 },
  );
});

function eventOf(
  shape: Shape,
  values: readonly { readonly type: number; readonly bytes: Buffer }[],
): LazyEvent {
  const event = new LazyEvent();
  event.shape = shape;
  event.bytes = Buffer.concat([Buffer.of(0xee), ...values.map(({ bytes }) => bytes), Buffer.alloc(4, 0xdd)]);
  let at = 1;
  for (const [slot, { type, bytes }] of values.entries()) {
    event.types[slot] = type;
    event.offsets[slot] = at;
    event.sizes[slot] = bytes.length;
    at += bytes.length;
  }
  return event;
}
