/** Values and members by where they come from, as instructions of a program. */
import type { ValueRef } from '../../read/events/index.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { holdsFreeText, mask } from '../masking/index.ts';
import { Programs } from './programs.ts';
import { writeJoined, writeSeveral } from './values.ts';

/** Whether secrets are shown. */
export type Reveal = { readonly reveal: boolean };

const COMMA = 0x2c;

/** `text` as a JSON string, escaped as everywhere in our output. */
export function json(text: string): string {
  const out = new ByteWriter(text.length + 16);
  out.jsonString(text);
  return out.take().toString('utf8');
}

/** Programs made of values and members; one per writer. */
export class Parts extends Programs {
  readonly #reveal: boolean;
  readonly #maskedFields = new Map<string, boolean>();

  constructor({ reveal }: Reveal) {
    super();
    this.#reveal = reveal;
  }

  /** True where values of `field` are searched for secrets. */
  isMasked(field: string): boolean {
    if (this.#reveal) return false;
    let isMasked = this.#maskedFields.get(field);
    if (isMasked === undefined) {
      isMasked = holdsFreeText(field);
      this.#maskedFields.set(field, isMasked);
    }
    return isMasked;
  }

  /** The value as typed JSON, `null` where it is absent; `field` says whether it is searched for secrets. */
  jsonValue(ref: ValueRef, field: string): void {
    const isMasked = this.isMasked(field);
    if (ref.kind === 'slot') this.value(ref.slot, isMasked);
    else if (ref.kind === 'constant') this.string(isMasked ? mask(ref.text) : ref.text);
    else {
      this.call((out, event) => {
        if (!writeJoined(out, event, ref, isMasked)) out.ascii('null');
      });
    }
  }

  /** `"name":value,` as typed JSON, nothing where the value is absent. */
  jsonMember(name: string, ref: ValueRef): void {
    const isMasked = this.isMasked(name);
    if (ref.kind === 'slot') this.member(name, ref.slot, isMasked);
    else if (ref.kind === 'constant') this.#constant(name, ref.text, isMasked);
    else {
      const key = keyOf(name);
      this.call((out, event) => {
        const before = out.length;
        out.raw(key);
        if (writeJoined(out, event, ref, isMasked)) out.byte(COMMA);
        else out.truncate(before);
      });
    }
  }

  /** `"name":"text",`, or a list where several values are present; nothing where none is. */
  textMember(name: string, refs: readonly ValueRef[], field: string = name): void {
    const isMasked = this.isMasked(field);
    const ref = refs[0];
    if (refs.length === 1 && ref?.kind === 'slot') this.field(name, ref.slot, isMasked);
    else if (refs.length === 1 && ref?.kind === 'constant') this.#constant(name, ref.text, isMasked);
    else {
      const key = keyOf(name);
      this.call((out, event) => writeSeveral(out, event, key, refs, isMasked));
    }
  }

  #constant(name: string, text: string, isMasked: boolean): void {
    this.key(name);
    this.string(isMasked ? mask(text) : text);
    this.text(',');
  }
}

/** `"name":` */
export function keyOf(name: string): Buffer {
  return Buffer.from(`${json(name)}:`, 'utf8');
}
