/**
 * The Windows event that a layout finds in a JSON record: its header, data and time, whatever the keys are called. It
 * becomes the element tree that the event would have as XML, so that everything after reading is the same for all sources.
 *
 * What a shipper adds (`tags`, `host`, `agent.id`) is kept outside System and EventData: it can be read and asked for, but
 * never shadows a field of the event.
 */
import type { ShapeField, ValueRef, XmlElement } from '../../events/index.ts';
import { fieldsOf } from '../windows/index.ts';

/** Fields of the header by the names that rules use, in the order of Windows. */
const header = [
  'Provider_Name',
  'Provider_Guid',
  'EventID',
  'EventID_Qualifiers',
  'Version',
  'Level',
  'Task',
  'Opcode',
  'Keywords',
  'TimeCreated_SystemTime',
  'EventRecordID',
  'Correlation_ActivityID',
  'Correlation_RelatedActivityID',
  'Execution_ProcessID',
  'Execution_ThreadID',
  'Channel',
  'Computer',
  'Security_UserID',
] as const;

export type Header = (typeof header)[number];

/** Slots that hold times, by what they are worth: see `times.ts`. */
export type TimeSlots = {
  /** The time of the header, as exact as Windows has it. */
  readonly created: number[];
  /** Times that are UTC and need not say so. */
  readonly utc: number[];
  /** The event's time as somebody wrote it, often to the second. */
  readonly written: number[];
  /** When a shipper passed the event on: with a zone, and by the clock of the event's times. */
  readonly stamp: number[];
  readonly received: number[];
};

/** What is worked out for each event of a shape; slots -1 where there is nothing to do. */
export type Fixups = {
  readonly times: TimeSlots;
  /** Slot for the event's time as Windows has it. */
  readonly time: number;
  /** Keywords as a decimal number or as names: the slot they are in, and the one for Windows' form. */
  readonly keywordsFrom: number;
  readonly keywords: number;
  /** Slot of a channel behind a prefix (`WinEventLog:Security`). */
  readonly prefixed: number;
};

export class Draft {
  readonly times: TimeSlots = { created: [], utc: [], written: [], stamp: [], received: [] };
  readonly #header = new Map<Header, ValueRef>();
  readonly #data: XmlElement[] = [];
  readonly #unnamed: ValueRef[] = [];
  readonly #sections: XmlElement[] = [];
  readonly #rendering: XmlElement[] = [];
  readonly #others: XmlElement[] = [];
  #system: XmlElement | null = null;
  #prefixed = -1;
  #slots: number;

  /** `slots`: how many the record's values take. */
  constructor(slots: number) {
    this.#slots = slots;
  }

  has(name: Header): boolean {
    if (this.#system === null) return this.#header.has(name);
    return fieldsOf(element('Event', [this.#system])).some(field => field.name === name);
  }

  /** A field of the header; false where it is set already. */
  header(name: Header, slot: number): boolean {
    if (this.#header.has(name)) return false;
    this.#header.set(name, { kind: 'slot', slot });
    return true;
  }

  /** The channel as what follows the first colon of a value, if one does. */
  prefixedChannel(slot: number): void {
    if (this.header('Channel', slot)) this.#prefixed = slot;
  }

  /** The whole header, where the record has it as Windows has. */
  system(system: XmlElement): void {
    this.#system = system;
  }

  data(name: string, slot: number): void {
    this.#data.push(named(name, slot));
  }

  /** A value of EventData that answers to `Data` as well. */
  unnamed(slot: number): void {
    this.#unnamed.push({ kind: 'slot', slot });
  }

  /** `EventData` or `UserData` as Windows has it, or anything beside them. */
  section(section: XmlElement): void {
    this.#sections.push(section);
  }

  rendering(name: string, slot: number): void {
    this.#rendering.push(element(name, [], [{ kind: 'slot', slot }]));
  }

  /** What a shipper says. */
  other(name: string, slot: number): void {
    this.#others.push(element(name, [], [{ kind: 'slot', slot }]));
  }

  /** The slot for the event's time, which is written for each event. */
  timeSlot(): number {
    return this.#slots++;
  }

  finish(): { root: XmlElement; fields: readonly ShapeField[]; slots: number; fixups: Fixups } {
    let keywordsFrom = -1;
    let keywords = -1;
    const ref = this.#header.get('Keywords');
    if (ref?.kind === 'slot') {
      keywordsFrom = ref.slot;
      keywords = this.#slots++;
      this.#header.set('Keywords', { kind: 'slot', slot: keywords });
    }
    const time = this.timeSlot();
    this.#header.set('TimeCreated_SystemTime', { kind: 'slot', slot: time });
    const children = [this.#system === null ? this.#composed() : withTime(this.#system, time)];
    if (this.#data.length > 0) children.push(element('EventData', this.#data));
    children.push(...this.#sections);
    if (this.#rendering.length > 0) children.push(element('RenderingInfo', this.#rendering));
    if (this.#others.length > 0) children.push(element('Shipper', this.#others));
    const root = element('Event', children);
    const fields = fieldsOf(root);
    if (this.#unnamed.length > 0) fields.push({ name: 'Data', section: 'EventData', values: this.#unnamed });
    const fixups = { times: this.times, time, keywordsFrom, keywords, prefixed: this.#prefixed };
    return { root, fields, slots: this.#slots, fixups };
  }

  #composed(): XmlElement {
    const parts = new Map<string, { attributes: { name: string; value: ValueRef }[]; text: ValueRef[] }>();
    for (const name of header) {
      const value = this.#header.get(name);
      if (value === undefined) continue;
      const [tag, attribute] = name.split('_') as [string, string?];
      let part = parts.get(tag);
      if (part === undefined) {
        part = { attributes: [], text: [] };
        parts.set(tag, part);
      }
      if (attribute === undefined) part.text.push(value);
      else part.attributes.push({ name: attribute, value });
    }
    return element(
      'System',
      [...parts].map(([name, part]) => ({ name, children: [], ...part })),
    );
  }
}

export function element(
  name: string,
  children: readonly XmlElement[],
  text: readonly ValueRef[] = [],
): XmlElement {
  return { name, attributes: [], children, text };
}

/** `<Data Name="Image">` with the value of a slot. */
export function named(name: string, slot: number): XmlElement {
  return {
    name: 'Data',
    attributes: name === 'Data' ? [] : [{ name: 'Name', value: { kind: 'constant', text: name } }],
    children: [],
    text: [{ kind: 'slot', slot }],
  };
}

/** The header with the time that was worked out in place of the written one. */
function withTime(system: XmlElement, slot: number): XmlElement {
  const created: XmlElement = {
    ...element('TimeCreated', []),
    attributes: [{ name: 'SystemTime', value: { kind: 'slot', slot } }],
  };
  const had = system.children.some(child => child.name === 'TimeCreated');
  const children = had
    ? system.children.map(child => (child.name === 'TimeCreated' ? created : child))
    : [...system.children, created];
  return { ...system, children };
}
