/**
 * The values of a field of an event as text: the plain, obvious form. Whoever reads one field of every event
 * asks `soleSlot` once per shape instead and then `slotText`, or the bytes themselves.
 */
import type { LazyEvent } from './event.ts';
import type { ShapeField, ValueRef } from './shape.ts';
import { slotText, slotTexts } from './value.ts';

/** Text of the parts in order; undefined where every part is an absent value. */
function joinedText(event: LazyEvent, parts: readonly (number | string)[]): string | undefined {
  let text: string | undefined;
  for (const part of parts) {
    const piece = typeof part === 'string' ? part : slotTexts(event, part).join(', ');
    if (typeof part === 'string' || event.types[part] !== 0) text = (text ?? '') + piece;
  }
  return text;
}

/** All present values of one reference: an array gives several, an absent slot none. */
export function refTexts(event: LazyEvent, ref: ValueRef): readonly string[] {
  if (ref.kind === 'slot') return slotTexts(event, ref.slot);
  const text = ref.kind === 'constant' ? ref.text : joinedText(event, ref.parts);
  return text === undefined ? [] : [text];
}

/** All present values of the field in document order; empty where the event lacks it. */
export function fieldTexts(event: LazyEvent, field: ShapeField): readonly string[] {
  if (field.values.length === 1) return refTexts(event, field.values[0]!);
  const texts: string[] = [];
  for (const ref of field.values) texts.push(...refTexts(event, ref));
  return texts;
}

/** The first present value of the field, undefined where the event lacks it. */
export function fieldText(event: LazyEvent, field: ShapeField): string | undefined {
  for (const ref of field.values) {
    const text =
      ref.kind === 'slot'
        ? slotText(event, ref.slot)
        : ref.kind === 'constant'
          ? ref.text
          : joinedText(event, ref.parts);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The slot that alone holds the field's value, -1 where it is a constant, joined, or has several values. */
export function soleSlot(field: ShapeField): number {
  const ref = field.values[0];
  return field.values.length === 1 && ref !== undefined && ref.kind === 'slot' ? ref.slot : -1;
}
