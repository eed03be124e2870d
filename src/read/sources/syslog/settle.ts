/** From the keys of a FortiGate's line to the shape of its event, once for all lines with the same keys. */
import { type ReadContext, Shape, type ValueRef, type XmlElement } from '../../events/index.ts';
import { fieldsOf, KindFinder, type Texts } from '../windows/index.ts';
import type { KeyPlace, KeyTree } from './keys.ts';

/** Channel and provider of all events of a FortiGate; what it logs is in their fields `type` and `subtype`. */
const CHANNEL = 'fortigate';
const PROVIDER = 'FortiGate';

/** Slots of the values that a line's time is made of; -1 where it has none. */
export type TimeSlots = {
  readonly eventtime: number;
  readonly date: number;
  readonly time: number;
  readonly tz: number;
};

/** What is known of events that end at a place. */
export type Settled = {
  readonly finder: KindFinder;
  readonly times: TimeSlots;
  /** Slot of the log id, -1 where there is none; slots for the event id in it and for the time as Windows has it. */
  readonly logId: number;
  readonly eventId: number;
  readonly created: number;
};

const BROKEN = 'a line of a FortiGate that lacks its type, or its device and log id';
/** What settles as no line of a FortiGate at all. */
export const FOREIGN = 'foreign';
/** Keys that hardly anything but FortiOS writes: a line with one of them is its, however little of it is left. */
const ownKeys = ['devname', 'devid', 'logid', 'logver', 'eventtime', 'vd', 'policyid', 'subtype'];
export const TOO_MANY = 'too many different structures of events';

/** What lines that end at `place` are; a text says why they are no events (`FOREIGN`: they are none of its), null that there is no room now. */
export function settle(
  place: KeyPlace,
  tree: KeyTree,
  context: ReadContext,
  texts: Texts,
): Settled | string | null {
  const keys = keysOf(place);
  const slotOf = (name: string): number => keys.indexOf(name);
  const host = ['devname', 'devid'].map(slotOf).find(slot => slot >= 0) ?? -1;
  const logId = slotOf('logid');
  if (slotOf('type') < 0 || (host < 0 && logId < 0))
    return ownKeys.some(key => slotOf(key) >= 0) ? BROKEN : FOREIGN;
  // Not remembered: another input may have room for it.
  if (!tree.takesShape(keys.length + 2)) return null;
  const [eventId, created] = [keys.length, keys.length + 1];
  const root = element('Event', [
    element('System', [
      { ...element('Provider'), attributes: [{ name: 'Name', value: constant(PROVIDER) }] },
      element('EventID', [], [slot(eventId)]),
      { ...element('TimeCreated'), attributes: [{ name: 'SystemTime', value: slot(created) }] },
      element('Channel', [], [constant(CHANNEL)]),
      element('Computer', [], [host < 0 ? constant('') : slot(host)]),
    ]),
    element(
      'EventData',
      keys.map((name, i) => ({
        ...element('Data', [], [slot(i)]),
        attributes: [{ name: 'Name', value: constant(name) }],
      })),
    ),
  ]);
  const shape = new Shape(context.nextShapeId(), root, fieldsOf(root), keys.length + 2);
  return {
    finder: new KindFinder(context, texts, shape, -1),
    times: {
      eventtime: slotOf('eventtime'),
      date: slotOf('date'),
      time: slotOf('time'),
      tz: slotOf('tz'),
    },
    logId,
    eventId,
    created,
  };
}

function keysOf(place: KeyPlace): string[] {
  const keys: string[] = [];
  for (let at = place; at.parent !== null; at = at.parent) keys.push(at.name);
  return keys.reverse();
}

function element(
  name: string,
  children: readonly XmlElement[] = [],
  text: readonly ValueRef[] = [],
): XmlElement {
  return { name, attributes: [], children, text };
}

function constant(text: string): ValueRef {
  return { kind: 'constant', text };
}

function slot(index: number): ValueRef {
  return { kind: 'slot', slot: index };
}
