/**
 * Events that matched, as columns of numbers: 40 bytes each, because a hunt over gigabytes finds hundreds of
 * thousands. One entry stands for all findings of one event: they are neighbours in the output order (time, host,
 * channel, record, file, offset, rule), and their lines lie together in the spool.
 */

export type References = {
  readonly length: number;
  readonly micros: Float64Array;
  /** Index into the kinds of the same worker. */
  readonly kind: Uint32Array;
  /** System/EventRecordID. */
  readonly record: Float64Array;
  /** Index of the input. */
  readonly input: Uint32Array;
  /** Offset of the record in its input. */
  readonly offset: Float64Array;
  /** Where its lines begin in the worker's spool; they end where the next entry's begin. */
  readonly spool: Float64Array;
};

export class ReferenceList implements References {
  length = 0;
  micros: Float64Array = new Float64Array(1024);
  kind: Uint32Array = new Uint32Array(1024);
  record: Float64Array = new Float64Array(1024);
  input: Uint32Array = new Uint32Array(1024);
  offset: Float64Array = new Float64Array(1024);
  spool: Float64Array = new Float64Array(1024);

  add(micros: number, kind: number, record: number, input: number, offset: number, spool: number): void {
    const at = this.length;
    if (at === this.micros.length) this.#resize(at * 2);
    this.micros[at] = micros;
    this.kind[at] = kind;
    this.record[at] = record;
    this.input[at] = input;
    this.offset[at] = offset;
    this.spool[at] = spool;
    this.length = at + 1;
  }

  #resize(capacity: number): void {
    const sized = <T extends Float64Array | Uint32Array>(from: T, to: T): T => {
      to.set(from.length > capacity ? from.subarray(0, capacity) : from);
      return to;
    };
    this.micros = sized(this.micros, new Float64Array(capacity));
    this.kind = sized(this.kind, new Uint32Array(capacity));
    this.record = sized(this.record, new Float64Array(capacity));
    this.input = sized(this.input, new Uint32Array(capacity));
    this.offset = sized(this.offset, new Float64Array(capacity));
    this.spool = sized(this.spool, new Float64Array(capacity));
  }
}

/** The columns' memory, for `postMessage`: moved, not copied. */
export function transferables(list: References): ArrayBuffer[] {
  return [list.micros, list.kind, list.record, list.input, list.offset, list.spool].map(
    column => column.buffer as ArrayBuffer,
  );
}

/** A plain object with the columns of `list`, which crosses threads. */
export function columnsOf(list: References): References {
  const { length, micros, kind, record, input, offset, spool } = list;
  return { length, micros, kind, record, input, offset, spool };
}
