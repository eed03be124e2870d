import { expect, test } from 'vitest';
import {
  fieldText,
  fieldTexts,
  LazyEvent,
  Shape,
  type ShapeField,
  soleSlot,
  type ValueRef,
  ValueType,
  type XmlElement,
} from './index.ts';

/** Slots 0 and 1 hold `a` and nothing, slot 2 an array of `x` and `y`. */
function sample(): LazyEvent {
  const event = new LazyEvent();
  event.bytes = Buffer.from('ax\0y\0', 'utf16le');
  event.types.set([ValueType.String, ValueType.Null, ValueType.String | ValueType.Array]);
  event.offsets.set([0, 0, 2]);
  event.sizes.set([2, 0, 8]);
  return event;
}

function field(...values: ValueRef[]): ShapeField {
  return { name: 'F', section: 'EventData', values };
}

const slot = (number: number): ValueRef => ({ kind: 'slot', slot: number });
const constant = (text: string): ValueRef => ({ kind: 'constant', text });

test('a field has all its present values in document order', () => {
  expect(fieldTexts(sample(), field(constant('c'), slot(2), slot(1), slot(0)))).toEqual(['c', 'x', 'y', 'a']);
});

test('the first present value is the text of a field', () => {
  expect(fieldText(sample(), field(slot(1), slot(2), slot(0)))).toBe('x');
  expect(fieldText(sample(), field(slot(1), constant('c')))).toBe('c');
});

test('a field whose values are all absent has none', () => {
  expect(fieldText(sample(), field(slot(1)))).toBeUndefined();
  expect(fieldTexts(sample(), field(slot(1), slot(1)))).toEqual([]);
});

test('a joined value is its parts in order', () => {
  const joined: ValueRef = { kind: 'joined', parts: ['<', 0, 1, '>', 2] };
  expect(fieldText(sample(), field(joined))).toBe('<a>x, y');
  expect(fieldTexts(sample(), field(joined))).toEqual(['<a>x, y']);
});

test('a joined value of absent parts alone is absent', () => {
  expect(fieldText(sample(), field({ kind: 'joined', parts: [1, 1] }))).toBeUndefined();
});

test('only a field of one slot has a sole slot', () => {
  expect(soleSlot(field(slot(5)))).toBe(5);
  expect(soleSlot(field(constant('c')))).toBe(-1);
  expect(soleSlot(field(slot(1), slot(2)))).toBe(-1);
  expect(soleSlot(field())).toBe(-1);
});

function shapeOf(...fields: [section: ShapeField['section'], name: string, text: string][]): Shape {
  const root: XmlElement = { name: 'Event', attributes: [], children: [], text: [] };
  return new Shape(
    0,
    root,
    fields.map(([section, name, text]) => ({ section, name, values: [constant(text)] })),
    0,
  );
}

test('no provider shadows a field of the header', () => {
  const shape = shapeOf(
    ['System', 'EventID', '1'],
    ['EventData', 'EventID', '2'],
    ['Other', 'Level', '3'],
    ['System', 'Level', '4'],
  );
  expect(shape.byName.get('EventID')!.section).toBe('System');
  expect(shape.byName.get('Level')!.section).toBe('System');
});

test('Channel is what the event speaks of, where it speaks of one', () => {
  const shape = shapeOf(['System', 'Channel', 'System'], ['UserData', 'Channel', 'Security']);
  expect(shape.byName.get('Channel')!.section).toBe('UserData');
  expect(shape.fields).toHaveLength(2);
  expect(shapeOf(['System', 'Channel', 'System']).byName.get('Channel')!.section).toBe('System');
});

test('event data answers before what stands beside it', () => {
  const shape = shapeOf(['Other', 'Message', 'a'], ['EventData', 'Message', 'b']);
  expect(shape.byName.get('Message')!.section).toBe('EventData');
});
