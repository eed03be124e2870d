/** Parts that write values of an event: as typed JSON for `dump`, as text for findings, secrets masked. */
import { type LazyEvent, refTexts, slotTexts, type ValueRef, ValueType } from '../../read/events/index.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { writeSlotJson, writeSlotText } from '../bytes/slots.ts';
import { holdsFreeText, mask, mayHoldSecret, mayHoldSecretUtf16 } from '../masking/index.ts';
import { json, type Part, type Write } from './part.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;

/** Whether secrets are shown. */
export type Reveal = { readonly reveal: boolean };

/** True where values of `field` are searched for secrets. */
export function isMasked(field: string, { reveal }: Reveal): boolean {
  return !reveal && holdsFreeText(field);
}

function masked(texts: readonly string[], isMaskedField: boolean): readonly string[] {
  return isMaskedField ? texts.map(mask) : texts;
}

/** True where the slot's text has to be made a string because something in it may have to be hidden. */
function mayHide(event: LazyEvent, slot: number): boolean {
  const type = event.types[slot]!;
  if ((type & ~ValueType.Array) === ValueType.String) {
    const start = event.offsets[slot]!;
    return mayHoldSecretUtf16(event.bytes, start, start + event.sizes[slot]!);
  }
  // Numbers, identifiers and times hide nothing.
  return isText(type & ~ValueType.Array) && slotTexts(event, slot).some(mayHoldSecret);
}

/** Texts of the slot with their secrets hidden; null where there are none, and its bytes can be written as they are. */
function hidden(event: LazyEvent, slot: number): readonly string[] | null {
  if (!mayHide(event, slot)) return null;
  const texts = slotTexts(event, slot);
  const shown = texts.map(mask);
  return shown.some((text, i) => text !== texts[i]) ? shown : null;
}

function isText(type: number): boolean {
  return type === ValueType.AnsiString || type === ValueType.Utf8;
}

function writeList(out: ByteWriter, texts: readonly string[]): void {
  out.ascii('[');
  for (const [i, text] of texts.entries()) {
    if (i > 0) out.byte(COMMA);
    out.jsonString(text);
  }
  out.ascii(']');
}

/** The value as typed JSON, `null` where it is absent. */
export function jsonValue(ref: ValueRef, isMaskedField: boolean): Part {
  if (ref.kind === 'constant') return json(isMaskedField ? mask(ref.text) : ref.text);
  if (ref.kind === 'joined') {
    return (out, event) => {
      const text = masked(refTexts(event, ref), isMaskedField)[0];
      if (text === undefined) out.ascii('null');
      else out.jsonString(text);
    };
  }
  const slot = ref.slot;
  if (!isMaskedField) return (out, event) => writeSlotJson(out, event, slot);
  return (out, event) => {
    const texts = hidden(event, slot);
    if (texts === null) writeSlotJson(out, event, slot);
    else if (event.types[slot]! >= ValueType.Array) writeList(out, texts);
    else out.jsonString(texts[0]!);
  };
}

/** `"name":value,` as typed JSON, nothing where the value is absent. */
export function jsonMember(name: string, ref: ValueRef, isMaskedField: boolean): Write {
  const key = Buffer.from(`${json(name)}:`, 'utf8');
  const value = jsonValue(ref, isMaskedField);
  if (typeof value === 'string') {
    const whole = Buffer.from(`${json(name)}:${value},`, 'utf8');
    return out => out.raw(whole);
  }
  const slots = ref.kind === 'slot' ? [ref.slot] : ref.kind === 'joined' ? slotsOf(ref.parts) : [];
  const isSlot = ref.kind === 'slot';
  const slot = slots[0] ?? -1;
  return (out, event) => {
    if (isSlot ? event.types[slot] === ValueType.Null : areAbsent(event, slots)) return;
    out.raw(key);
    value(out, event);
    out.byte(COMMA);
  };
}

function areAbsent(event: LazyEvent, slots: readonly number[]): boolean {
  return slots.every(slot => event.types[slot] === ValueType.Null);
}

function slotsOf(parts: readonly (number | string)[]): readonly number[] {
  // Constant text makes the value present whatever its slots hold.
  if (parts.some(part => typeof part === 'string')) return [-1];
  return parts as readonly number[];
}

/** `"name":"text",`, or a list where several values are present; nothing where none is. */
export function textMember(name: string, refs: readonly ValueRef[], isMaskedField: boolean): Write {
  const key = Buffer.from(`${json(name)}:`, 'utf8');
  const several: Write = (out, event) => {
    const texts = masked(
      refs.flatMap(ref => refTexts(event, ref)),
      isMaskedField,
    );
    if (texts.length === 0) return;
    out.raw(key);
    if (texts.length === 1) out.jsonString(texts[0]!);
    else writeList(out, texts);
    out.byte(COMMA);
  };
  const ref = refs[0];
  if (refs.length !== 1 || ref === undefined || ref.kind === 'joined') return several;
  if (ref.kind === 'constant') {
    const bytes = Buffer.from(`${key.toString('utf8')}${jsonValue(ref, isMaskedField)},`, 'utf8');
    return out => out.raw(bytes);
  }
  const slot = ref.slot;
  return (out, event) => {
    const type = event.types[slot]!;
    if (type === ValueType.Null) return;
    if (type >= ValueType.Array) {
      several(out, event);
      return;
    }
    const texts = isMaskedField ? hidden(event, slot) : null;
    out.raw(key);
    out.byte(QUOTE);
    if (texts === null) writeSlotText(out, event, slot);
    else out.escaped(texts[0]!);
    out.byte(QUOTE);
    out.byte(COMMA);
  };
}
