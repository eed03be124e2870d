/** Values of an event: as typed JSON for `dump`, as text for findings, secrets hidden. The plain form of what `programs.ts` does. */
import { type LazyEvent, refTexts, slotTexts, type ValueRef, ValueType } from '../../read/events/index.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { writeSlotJson, writeSlotText } from '../bytes/slots.ts';
import { mask, mayHoldSecret, mayHoldSecretUtf16 } from '../masking/index.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

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

/** True for an empty value and for `-` as UTF-16. */
export function saysNothing(event: LazyEvent, slot: number): boolean {
  const size = event.sizes[slot]!;
  if (size === 0) return true;
  const at = event.offsets[slot]!;
  return (
    event.types[slot] === ValueType.String &&
    size === 2 &&
    event.bytes[at] === 0x2d &&
    event.bytes[at + 1] === 0
  );
}

function writeList(out: ByteWriter, texts: readonly string[]): void {
  out.ascii('[');
  for (const [i, text] of texts.entries()) {
    if (i > 0) out.byte(COMMA);
    out.jsonString(text);
  }
  out.ascii(']');
}

/** One text, or several as a list. */
function writeTexts(out: ByteWriter, texts: readonly string[]): void {
  if (texts.length === 1) out.jsonString(texts[0]!);
  else writeList(out, texts);
}

/** The slot's value as typed JSON, `null` where it is absent. */
export function writeValue(out: ByteWriter, event: LazyEvent, slot: number, isMasked: boolean): void {
  const texts = isMasked ? hidden(event, slot) : null;
  if (texts === null) writeSlotJson(out, event, slot);
  else if (event.types[slot]! >= ValueType.Array) writeList(out, texts);
  else out.jsonString(texts[0]!);
}

/** The text of a slot that is present; an array of several as a list. */
export function writeText(out: ByteWriter, event: LazyEvent, slot: number, isMasked: boolean): void {
  if (event.types[slot]! >= ValueType.Array) {
    writeTexts(out, masked(slotTexts(event, slot), isMasked));
    return;
  }
  const texts = isMasked ? hidden(event, slot) : null;
  out.byte(QUOTE);
  if (texts === null) writeSlotText(out, event, slot);
  else out.escaped(texts[0]!);
  out.byte(QUOTE);
}

type Joined = ValueRef & { readonly kind: 'joined' };

/** The JSON string of a value that is built of several; false, and nothing written, where all of them are absent. */
export function writeJoined(out: ByteWriter, event: LazyEvent, ref: Joined, isMasked: boolean): boolean {
  const text = masked(refTexts(event, ref), isMasked)[0];
  if (text === undefined) return false;
  out.jsonString(text);
  return true;
}

/** `key` and the texts of all values that are present, with a comma; nothing where none is. */
export function writeSeveral(
  out: ByteWriter,
  event: LazyEvent,
  key: Buffer,
  refs: readonly ValueRef[],
  isMasked: boolean,
): void {
  let count = 0;
  for (let i = 0; i < refs.length; i++) {
    const ref = refs[i]!;
    const type = ref.kind === 'slot' ? event.types[ref.slot]! : ValueType.Array;
    if (type >= ValueType.Array) {
      writeAll(out, event, key, refs, isMasked);
      return;
    }
    if (type !== ValueType.Null) count++;
  }
  if (count === 0) return;
  out.raw(key);
  if (count > 1) out.byte(OPEN);
  for (let i = 0; i < refs.length; i++) {
    const { slot } = refs[i] as { readonly slot: number };
    if (event.types[slot] === ValueType.Null) continue;
    writeText(out, event, slot, isMasked);
    out.byte(COMMA);
  }
  if (count === 1) return;
  out.length--;
  out.byte(CLOSE);
  out.byte(COMMA);
}

/** The same where something is not a slot with a single value. */
function writeAll(
  out: ByteWriter,
  event: LazyEvent,
  key: Buffer,
  refs: readonly ValueRef[],
  isMasked: boolean,
): void {
  const texts = masked(
    refs.flatMap(ref => refTexts(event, ref)),
    isMasked,
  );
  if (texts.length === 0) return;
  out.raw(key);
  writeTexts(out, texts);
  out.byte(COMMA);
}
