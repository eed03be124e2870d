/**
 * The hits of base rules from all workers as one list in the order of findings. An event that stands in the input more
 * than once (the same log exported twice, or forwarded and collected) is one hit: a count must not grow with copies.
 */
import { fold } from '../../../read/events/index.ts';
import type { Collected } from '../collector.ts';
import type { Ordered } from '../merged.ts';
import { copiesIn } from '../order.ts';

export type Rows = {
  readonly length: number;
  /** Index among the references of all workers. */
  readonly reference: Uint32Array;
  readonly rule: Uint32Array;
  /** 1 where only the normal form of the event's command lines matched. */
  readonly form: Uint8Array;
  /** Where the row's values begin in `values`. */
  readonly start: Float64Array;
  /** Index in `texts`, -1 = absent. */
  readonly values: Int32Array;
  readonly texts: readonly string[];
  /** By text: the same number for texts that differ only in case. */
  readonly folded: Int32Array;
  readonly foldedTexts: readonly string[];
};

/** `widths`: by rule, how many values its rows have. */
export function joinRows(
  parts: readonly Collected[],
  { references, order }: Ordered,
  widths: readonly number[],
): Rows {
  const joined = joinHitValues(parts, widths);
  const firstRow = firstRows(joined.reference, references.length);
  const reference = new Uint32Array(joined.rule.length);
  const rule = new Uint32Array(joined.rule.length);
  const form = new Uint8Array(joined.rule.length);
  const start = new Float64Array(joined.rule.length);
  const copies = copiesIn(references, order);
  let length = 0;
  for (let i = 0; i < order.length; i++) {
    if (copies[i] === 1) continue;
    const at = order[i]!;
    for (let row = firstRow[at]!; row < firstRow[at + 1]!; row++) {
      reference[length] = at;
      rule[length] = joined.rule[row]!;
      form[length] = joined.form[row]!;
      start[length++] = joined.start[row]!;
    }
  }
  return {
    length,
    reference,
    rule,
    form,
    start,
    values: joined.values,
    ...foldTexts(joined.texts),
    texts: joined.texts,
  };
}

type Joined = {
  readonly reference: Uint32Array;
  readonly rule: Uint32Array;
  readonly form: Uint8Array;
  readonly start: Float64Array;
  readonly values: Int32Array;
  readonly texts: readonly string[];
};

function joinHitValues(parts: readonly Collected[], widths: readonly number[]): Joined {
  const sum = (of: (part: Collected) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const length = sum(({ hitValues }) => hitValues.length);
  const reference = new Uint32Array(length);
  const rule = new Uint32Array(length);
  const form = new Uint8Array(length);
  const start = new Float64Array(length);
  const values = new Int32Array(sum(({ hitValues }) => hitValues.values.length));
  const ids = new Map<string, number>();
  let row = 0;
  let referencesBefore = 0;
  let next = 0;
  for (const { hitValues, references } of parts) {
    const idOf = Int32Array.from(hitValues.texts, text => {
      const id = ids.get(text) ?? ids.size;
      ids.set(text, id);
      return id;
    });
    let own = 0;
    for (let i = 0; i < hitValues.length; i++, row++) {
      reference[row] = hitValues.reference[i]! + referencesBefore;
      rule[row] = hitValues.rule[i]!;
      form[row] = hitValues.form[i]!;
      start[row] = next;
      for (const end = own + widths[hitValues.rule[i]!]!; own < end; own++) {
        const value = hitValues.values[own]!;
        values[next++] = value < 0 ? -1 : idOf[value]!;
      }
    }
    referencesBefore += references.length;
  }
  return { reference, rule, form, start, values, texts: [...ids.keys()] };
}

/** By reference: its first row, ascending rows of one reference being neighbours; one entry more for the end. */
function firstRows(reference: Uint32Array, references: number): Uint32Array {
  const first = new Uint32Array(references + 1);
  let row = 0;
  for (let at = 0; at <= references; at++) {
    while (row < reference.length && reference[row]! < at) row++;
    first[at] = row;
  }
  return first;
}

function foldTexts(texts: readonly string[]): Pick<Rows, 'folded' | 'foldedTexts'> {
  const ids = new Map<string, number>();
  const folded = Int32Array.from(texts, text => {
    const key = fold(text);
    const id = ids.get(key) ?? ids.size;
    ids.set(key, id);
    return id;
  });
  return { folded, foldedTexts: [...ids.keys()] };
}
