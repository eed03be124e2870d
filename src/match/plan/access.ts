/**
 * Where a field that a rule names is found in the events of a shape, straight or through a view: decided once per shape,
 * so that reading a value is a look into one slot.
 */
import type { View, ViewField } from '../../know/logsources/index.ts';
import {
  fieldText,
  fieldTexts,
  type LazyEvent,
  PROVIDER_FIELD,
  type Shape,
  type ShapeField,
  slotTexts,
  withoutMark,
} from '../../read/events/index.ts';

/** Where a field's values are in events of a shape. */
export type Access =
  | { readonly kind: 'absent' }
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: number }
  /** Joined text, or several values. */
  | { readonly kind: 'several'; readonly field: ShapeField }
  /** A provider's name, which rules see without the mark of drills. */
  | { readonly kind: 'provider'; readonly field: ShapeField }
  | {
      readonly kind: 'derived';
      readonly from: readonly (ShapeField | undefined)[];
      readonly derive: (values: readonly (string | undefined)[]) => readonly string[] | undefined;
    };

/** Values that are known for all events concerned, although the shape has them in a slot. */
export type Settled = ReadonlyMap<string, string>;

const absent: Access = { kind: 'absent' };

function ownAccess(shape: Shape, name: string, settled: Settled): Access {
  const field = shape.byName.get(name);
  if (field === undefined || field.values.length === 0) return absent;
  const text = settled.get(name);
  if (text !== undefined) return { kind: 'constant', text };
  if (name === PROVIDER_FIELD) return { kind: 'provider', field };
  if (field.values.length > 1) return { kind: 'several', field };
  const ref = field.values[0]!;
  if (ref.kind === 'slot') return { kind: 'slot', slot: ref.slot };
  return ref.kind === 'constant' ? { kind: 'constant', text: ref.text } : { kind: 'several', field };
}

function viewedAccess(shape: Shape, field: ViewField, settled: Settled): Access {
  if (field.kind === 'rename') return ownAccess(shape, field.from, settled);
  const from = field.from.map(name => shape.byName.get(name));
  if (from.every(each => each === undefined)) {
    // Pure, so without any input its one outcome is known.
    const values = field.derive(from.map(() => undefined));
    if (values === undefined || values.length === 0) return absent;
  }
  return { kind: 'derived', from, derive: field.derive };
}

/** Where `name` is found; `settled` are values known for all events concerned. */
export function accessOf(shape: Shape, view: View | null, name: string, settled: Settled): Access {
  const field = view?.fields.get(name);
  if (field !== undefined) return viewedAccess(shape, field, settled);
  if (view?.absent.has(name) === true) return absent;
  return ownAccess(shape, name, settled);
}

const noTexts: readonly string[] = [];

/** All values of the field in this event; none where it lacks it. */
export function accessTexts(event: LazyEvent, access: Access): readonly string[] {
  switch (access.kind) {
    case 'absent':
      return noTexts;
    case 'constant':
      return [access.text];
    case 'slot':
      return slotTexts(event, access.slot);
    case 'several':
      return fieldTexts(event, access.field);
    case 'provider':
      return fieldTexts(event, access.field).map(withoutMark);
    case 'derived':
      return (
        access.derive(access.from.map(from => (from === undefined ? undefined : fieldText(event, from)))) ??
        noTexts
      );
  }
}
