/**
 * The tree of an event as the Windows event log service lays it out: one outer template for Event/System, whose
 * last value is EventData or UserData with a template of its own.
 */
import { ValueType } from '../../../events/index.ts';
import type { EventData, EvtxEvent, EvtxValue, UserElement } from './event.ts';
import type { EvtxOptions } from './options.ts';
import {
  type Content,
  element,
  type Instance,
  NO_DEPENDENCY,
  Slots,
  type Templates,
  type TreeAttribute,
  text,
} from './tree.ts';
import { absent, type Encoded, encode, guidBytes, sidBytes } from './values.ts';

const XMLNS = 'http://schemas.microsoft.com/win/2004/08/events/event';

const attribute = (name: string, ...content: readonly Content[]): TreeAttribute => ({ name, content });

/** Where the values of the System element stand, in the order of the service's own template. */
const systemSlots = {
  level: 0,
  opcode: 1,
  task: 2,
  eventId: 3,
  qualifiers: 4,
  keywords: 5,
  time: 6,
  activityId: 7,
  processId: 8,
  threadId: 9,
  recordId: 10,
  version: 11,
  userId: 12,
  relatedActivityId: 13,
  providerName: 14,
  providerGuid: 15,
  channel: 16,
} as const;

const systemTypes: readonly number[] = [
  ValueType.UInt8,
  ValueType.UInt8,
  ValueType.UInt16,
  ValueType.UInt16,
  ValueType.UInt16,
  ValueType.HexInt64,
  ValueType.FileTime,
  ValueType.Guid,
  ValueType.UInt32,
  ValueType.UInt32,
  ValueType.UInt64,
  ValueType.UInt8,
  ValueType.Sid,
  ValueType.Guid,
  ValueType.String,
  ValueType.Guid,
  ValueType.String,
];

/** The header's values, by slot. */
function systemValues(event: EvtxEvent, recordNumber: number, constantHeader: boolean): Encoded[] {
  const { provider } = event;
  const guid = (value: string | undefined): Encoded =>
    value === undefined ? absent : { type: ValueType.Guid, bytes: guidBytes(value) };
  return [
    encode({ type: 'uint8', value: event.level ?? 0 }),
    encode({ type: 'uint8', value: event.opcode ?? 0 }),
    encode({ type: 'uint16', value: event.task ?? 0 }),
    encode({ type: 'uint16', value: event.eventId }),
    event.qualifiers === undefined ? absent : encode({ type: 'uint16', value: event.qualifiers }),
    encode({ type: 'hex64', value: event.keywords ?? 0n }),
    encode({ type: 'filetime', value: event.time }),
    guid(event.activityId),
    encode({ type: 'uint32', value: event.processId ?? 0 }),
    encode({ type: 'uint32', value: event.threadId ?? 0 }),
    encode({ type: 'uint64', value: BigInt(event.recordId ?? recordNumber) }),
    event.version === undefined ? absent : encode({ type: 'uint8', value: event.version }),
    event.userId === undefined ? absent : { type: ValueType.Sid, bytes: sidBytes(event.userId) },
    guid(event.relatedActivityId),
    constantHeader ? absent : encode(provider.name),
    constantHeader ? absent : guid(provider.guid),
    constantHeader ? absent : encode(event.channel),
  ];
}

/** `<System>`; its holes are numbered by `systemSlots`. */
function systemElement(event: EvtxEvent, constantHeader: boolean): Content {
  const hole = (slot: number): Content => ({ kind: 'slot', slot, type: systemTypes[slot]!, optional: true });
  const valued = (name: string, slot: number, ...attributes: readonly TreeAttribute[]): Content =>
    element(name, [hole(slot)], attributes, slot);
  const { provider } = event;
  const providerAttributes = constantHeader
    ? [
        attribute('Name', text(provider.name)),
        ...(provider.guid === undefined ? [] : [attribute('Guid', text(provider.guid))]),
      ]
    : [attribute('Name', hole(systemSlots.providerName)), attribute('Guid', hole(systemSlots.providerGuid))];
  if (provider.source !== undefined)
    providerAttributes.push(attribute('EventSourceName', text(provider.source)));
  return element('System', [
    element('Provider', [], providerAttributes),
    valued('EventID', systemSlots.eventId, attribute('Qualifiers', hole(systemSlots.qualifiers))),
    valued('Version', systemSlots.version),
    valued('Level', systemSlots.level),
    valued('Task', systemSlots.task),
    valued('Opcode', systemSlots.opcode),
    valued('Keywords', systemSlots.keywords),
    element('TimeCreated', [], [attribute('SystemTime', hole(systemSlots.time))]),
    valued('EventRecordID', systemSlots.recordId),
    element(
      'Correlation',
      [],
      [
        attribute('ActivityID', hole(systemSlots.activityId)),
        attribute('RelatedActivityID', hole(systemSlots.relatedActivityId)),
      ],
    ),
    element(
      'Execution',
      [],
      [
        attribute('ProcessID', hole(systemSlots.processId)),
        attribute('ThreadID', hole(systemSlots.threadId)),
      ],
    ),
    constantHeader ? element('Channel', [text(event.channel)]) : valued('Channel', systemSlots.channel),
    element('Computer', [text(event.computer)]),
    element('Security', [], [attribute('UserID', hole(systemSlots.userId))]),
  ]);
}

/** The content of an element that shows a value: one hole, or the parts of a joined value. */
function contentOf(value: EvtxValue, slots: Slots): readonly Content[] {
  if (value === null) return [slots.add(absent, false, ValueType.String)];
  if (typeof value === 'string' || value.type !== 'joined') return [slots.add(encode(value), false)];
  return value.parts.map((part): Content => {
    switch (part.type) {
      case 'text':
        return text(part.value);
      case 'entity':
        return { kind: 'entity', name: part.value };
      case 'charRef':
        return { kind: 'charRef', code: part.value };
      case 'cdata':
        return { kind: 'cdata', text: part.value };
      default:
        return slots.add(encode(part), false);
    }
  });
}

function userElement(from: UserElement, slots: Slots): Content {
  const content =
    from.children !== undefined
      ? from.children.map(child => userElement(child, slots))
      : from.value === undefined
        ? []
        : contentOf(from.value, slots);
  const attributes = Object.entries(from.attributes ?? {}).map(([name, value]) =>
    attribute(name, text(value)),
  );
  return element(from.name, content, attributes);
}

/**
 * Texts without a name go into one `Data` as an array, as `ReportEvent` writes them; other values apart, and all of
 * them where there is no template to hold an array.
 */
function unnamedContent(
  data: EventData & { readonly kind: 'unnamed' },
  slots: Slots,
  spelledOut: boolean,
): readonly Content[] {
  const texts = data.values.filter(value => typeof value === 'string');
  const content =
    !spelledOut && texts.length > 0 && texts.length === data.values.length
      ? [
          element(
            'Data',
            contentOf({ type: 'array', of: texts.map(value => ({ type: 'string', value })) }, slots),
          ),
        ]
      : data.values.map(value => element('Data', contentOf(value, slots)));
  return [...content, ...binaryContent(data, slots)];
}

/** The `<Binary>` behind the data, where there is one. */
function binaryContent(data: { readonly binary?: Uint8Array }, slots: Slots): readonly Content[] {
  if (data.binary === undefined) return [];
  return [element('Binary', contentOf({ type: 'binary', value: data.binary }, slots))];
}

/** EventData or UserData with its values; null where the event has none. */
function dataElement(
  data: EventData,
  slots: Slots,
  spelledOut: boolean,
): (Content & { readonly kind: 'element' }) | null {
  switch (data.kind) {
    case 'named':
      return element('EventData', [
        ...data.fields.map(([name, value]) =>
          element('Data', contentOf(value, slots), [attribute('Name', text(name))]),
        ),
        ...binaryContent(data, slots),
      ]);
    case 'unnamed':
      return element('EventData', unnamedContent(data, slots, spelledOut));
    case 'user':
      return element('UserData', [userElement(data.root, slots)]);
    case 'none':
      return null;
  }
}

/** The event as a template instance (or two), to be written as such or spelled out. */
export function windowsInstance(
  event: EvtxEvent,
  recordNumber: number,
  templates: Templates,
  options: EvtxOptions,
): Instance {
  const constantHeader = options.constantHeader === true;
  const values = systemValues(event, recordNumber, constantHeader);
  const slots = new Slots();
  const data = dataElement(event.data, slots, options.templates === false || options.innerTemplate === false);
  const dataSlot = values.length;
  const content: Content[] = [systemElement(event, constantHeader)];
  content.push({ kind: 'slot', slot: dataSlot, type: ValueType.BinXml, optional: true });
  values.push(absent);
  const root = element(
    'Event',
    content,
    [attribute('xmlns', text(XMLNS))],
    data === null ? NO_DEPENDENCY : dataSlot,
  );
  return {
    template: templates.of(root.element),
    values,
    inner: data === null ? null : { template: templates.of(data.element), values: slots.values, inner: null },
  };
}
