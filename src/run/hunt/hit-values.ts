/**
 * What workers keep for correlations of events that matched a base rule: which rule, which reference, and the values of
 * a few fields as numbers. A hunt may hold a million of these, so they are columns; a text is kept once.
 */
import { createHash } from 'node:crypto';
import { fold } from '../../read/events/index.ts';

export type HitValues = {
  readonly length: number;
  /** Index in the worker's references. */
  readonly reference: Uint32Array;
  readonly rule: Uint32Array;
  /** 1 where only the normal form of the event's command lines matched. */
  readonly form: Uint8Array;
  /** Values of one entry after the other, as many as are asked of its rule: index in `texts`, -1 = absent. */
  readonly values: Int32Array;
  readonly texts: readonly string[];
};

/** Longer values are kept as their beginning and a hash: they are compared, and shown clipped. */
const MOST_TEXT = 1024;
const SHOWN = 200;

export const noHitValues: HitValues = {
  length: 0,
  reference: new Uint32Array(0),
  rule: new Uint32Array(0),
  form: new Uint8Array(0),
  values: new Int32Array(0),
  texts: [],
};

export class HitValueList implements HitValues {
  length = 0;
  reference: Uint32Array = new Uint32Array(256);
  rule: Uint32Array = new Uint32Array(256);
  form: Uint8Array = new Uint8Array(256);
  values: Int32Array = new Int32Array(512);
  readonly texts: string[] = [];
  #valueCount = 0;
  readonly #ids = new Map<string, number>();

  add(reference: number, rule: number, form: number, texts: readonly (string | undefined)[]): void {
    const at = this.length++;
    if (at === this.rule.length) {
      this.reference = grown(this.reference, new Uint32Array(at * 2));
      this.rule = grown(this.rule, new Uint32Array(at * 2));
      this.form = grown(this.form, new Uint8Array(at * 2));
    }
    this.reference[at] = reference;
    this.rule[at] = rule;
    this.form[at] = form;
    const end = this.#valueCount + texts.length;
    if (end > this.values.length)
      this.values = grown(this.values, new Int32Array(Math.max(end, this.values.length * 2)));
    for (const text of texts) this.values[this.#valueCount++] = text === undefined ? -1 : this.#id(text);
  }

  /** A plain object with the columns, cut to what is used, which crosses threads. */
  finish(): HitValues {
    return {
      length: this.length,
      reference: this.reference.slice(0, this.length),
      rule: this.rule.slice(0, this.length),
      form: this.form.slice(0, this.length),
      values: this.values.slice(0, this.#valueCount),
      texts: this.texts,
    };
  }

  #id(text: string): number {
    const kept = text.length <= MOST_TEXT ? text : shortened(text);
    let id = this.#ids.get(kept);
    if (id === undefined) {
      id = this.texts.push(kept) - 1;
      this.#ids.set(kept, id);
    }
    return id;
  }
}

function grown<T extends Uint32Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Equal for texts that are equal but for case, as those of full length are once they are folded. */
function shortened(text: string): string {
  const hash = createHash('sha256').update(fold(text)).digest('hex');
  return `${text.slice(0, SHOWN)}… (${text.length} characters, SHA-256 ${hash})`;
}
