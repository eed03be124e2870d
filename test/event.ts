/**
 * Events made of a few fields, for tests of what comes after reading: the same shape and slots that a source
 * would build, without a file. Values stand in slots (as UTF-16LE) or as constants of the shape, as asked.
 */
import {
  LazyEvent,
  ReadContext,
  Shape,
  type ShapeField,
  type ValueRef,
  ValueType,
  type XmlElement,
} from '../src/read/events/index.ts';

export type TestFields = Readonly<Record<string, string | number | readonly string[] | null>>;

export type TestEvent = {
  readonly channel?: string;
  readonly eventId?: number;
  readonly provider?: string;
  readonly host?: string;
  /** EventData; a list is several values, null a slot without value, a key in `arrays` one array slot. */
  readonly fields?: TestFields;
  /** Values of each field as one slot that holds an array of strings. */
  readonly arrays?: Readonly<Record<string, readonly string[]>>;
  /** Further header fields: `Security_UserID`. */
  readonly system?: TestFields;
  readonly as?: 'slots' | 'constants';
};

/** Builds events; one context each, so that kinds and shapes have dense ids as they would from a reader. */
export class EventBuilder {
  readonly context: ReadContext;
  readonly #shapes = new Map<string, Shape>();

  constructor(context: ReadContext = new ReadContext()) {
    this.context = context;
  }

  /** A new event (it may be kept, unlike a reader's). Events of one structure share a shape. */
  build(from: TestEvent): LazyEvent {
    const channel = from.channel ?? 'Test';
    const provider = from.provider ?? 'Test-Provider';
    const host = from.host ?? 'host.example';
    const eventId = from.eventId ?? 1;
    const asSlots = from.as !== 'constants';
    const texts: { readonly bytes: Buffer; readonly type: number }[] = [];
    const reference = (value: string | null, inSlot: boolean): ValueRef => {
      if (value !== null && !inSlot) return { kind: 'constant', text: value };
      texts.push({
        bytes: Buffer.from(value ?? '', 'utf16le'),
        type: value === null ? ValueType.Null : ValueType.String,
      });
      return { kind: 'slot', slot: texts.length - 1 };
    };
    const fieldsOf = (section: ShapeField['section'], fields: TestFields, inSlots: boolean): ShapeField[] =>
      Object.entries(fields).map(([name, value]) => ({
        name,
        section,
        values: (Array.isArray(value) ? value : [value]).map(one =>
          reference(one === null ? null : String(one), inSlots),
        ),
      }));
    const fields = [
      ...fieldsOf('System', { Provider_Name: provider, Channel: channel, Computer: host }, false),
      ...fieldsOf('System', { EventID: eventId, ...from.system }, asSlots),
      ...fieldsOf('EventData', from.fields ?? {}, asSlots),
      ...Object.entries(from.arrays ?? {}).map(([name, values]): ShapeField => {
        texts.push({
          bytes: Buffer.from(values.map(value => `${value}\0`).join(''), 'utf16le'),
          type: ValueType.String | ValueType.Array,
        });
        return { name, section: 'EventData', values: [{ kind: 'slot', slot: texts.length - 1 }] };
      }),
    ];
    const shape = this.#shape(fields, texts.length);
    const event = new LazyEvent();
    event.reserve(texts.length);
    event.shape = shape;
    event.kind = this.context.kind(shape, channel, provider, eventId, host);
    event.bytes = Buffer.concat([Buffer.alloc(1), ...texts.map(text => text.bytes)]);
    let at = 1; // An odd start, as most values of real records have.
    for (const [slot, text] of texts.entries()) {
      event.offsets[slot] = at;
      event.sizes[slot] = text.bytes.length;
      event.types[slot] = text.type;
      at += text.bytes.length;
    }
    event.recordId = 1;
    event.recordNumber = 1;
    return event;
  }

  #shape(fields: readonly ShapeField[], slotCount: number): Shape {
    const key = JSON.stringify(fields);
    let shape = this.#shapes.get(key);
    if (shape === undefined) {
      shape = new Shape(this.context.nextShapeId(), rootOf(fields), fields, slotCount);
      this.#shapes.set(key, shape);
    }
    return shape;
  }
}

/** The element tree that a Windows event with these fields would have. */
function rootOf(fields: readonly ShapeField[]): XmlElement {
  const element = (name: string, rest: Partial<XmlElement>): XmlElement => ({
    name,
    attributes: [],
    children: [],
    text: [],
    ...rest,
  });
  const system = fields
    .filter(field => field.section === 'System')
    .map(field => {
      const [name, attribute] = field.name.split('_');
      return attribute === undefined
        ? element(name!, { text: field.values })
        : element(name!, { attributes: [{ name: attribute, value: field.values[0]! }] });
    });
  const data = fields
    .filter(field => field.section !== 'System')
    .flatMap(field =>
      field.values.map(value =>
        element('Data', {
          attributes:
            field.name === 'Data' ? [] : [{ name: 'Name', value: { kind: 'constant', text: field.name } }],
          text: [value],
        }),
      ),
    );
  return element('Event', {
    children: [element('System', { children: system }), element('EventData', { children: data })],
  });
}

/** One event on its own. */
export function testEvent(from: TestEvent): LazyEvent {
  return new EventBuilder().build(from);
}
