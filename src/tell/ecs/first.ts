/**
 * The first of several fields that says something: as a text, or, where a single UTF-16 value decides, as the place
 * of its bytes, which saves decoding most accounts and paths.
 */
import {
  fieldText,
  type LazyEvent,
  type Shape,
  type ShapeField,
  soleSlot,
  ValueType,
} from '../../read/events/index.ts';
import { trimmedEnd } from '../bytes/slots.ts';
import type { From } from './mapping.ts';

const DASH = 0x2d;

/** Fields of a shape in order of preference. */
export type Choice = { readonly fields: readonly ShapeField[]; readonly slots: readonly number[] };

/** Nothing says anything. */
export const NOTHING = -1;
/** Only the text can tell: a constant, several values, or another type than UTF-16. */
export const UNDECIDED = -2;

/** Those fields that the shape has. */
export function choose(shape: Shape, from: From | undefined): Choice {
  const names = from === undefined ? [] : typeof from === 'string' ? [from] : from;
  const fields = names.flatMap(name => shape.byName.get(name) ?? []);
  return { fields, slots: fields.map(soleSlot) };
}

/** The first value that says something; undefined where none does. */
export function firstText(event: LazyEvent, { fields }: Choice): string | undefined {
  for (const field of fields) {
    const text = fieldText(event, field);
    if (text !== undefined && text !== '' && text !== '-') return text;
  }
  return undefined;
}

/** The slot of UTF-16 text that `firstText` would read, `NOTHING` or `UNDECIDED`. */
export function firstSlot(event: LazyEvent, { slots }: Choice): number {
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]!;
    if (slot < 0) return UNDECIDED;
    const type = event.types[slot]!;
    if (type === ValueType.Null) continue;
    if (type !== ValueType.String) return UNDECIDED;
    const { bytes } = event;
    const at = event.offsets[slot]!;
    const size = trimmedEnd(bytes, at, event.sizes[slot]!) - at;
    if (size > 2 || (size === 2 && (bytes[at] !== DASH || bytes[at + 1] !== 0))) return slot;
  }
  return NOTHING;
}
