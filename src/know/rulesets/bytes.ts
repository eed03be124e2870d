/** The parts that cache files and packs are made of. */
import { deflateSync, inflateSync } from 'node:zlib';

/** JSON in ASCII, deflated. */
export function deflateJson(value: unknown): Buffer {
  const text = JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return deflateSync(Buffer.from(text, 'latin1'), { level: 6 });
}

/** Bytes that one part may unfold to: twenty times all plans of SigmaHQ. */
const maxOutputLength = 1 << 28;

/**
 * Reads what `deflateJson` wrote: one byte a character, which is the fastest text to parse. Throws where it is no such
 * thing, or unfolds to more than 256 MiB.
 */
export function inflateJson(bytes: Uint8Array): unknown {
  return JSON.parse(inflateSync(bytes, { maxOutputLength }).toString('latin1'));
}

/** Blobs one after the other, each behind its length. */
export function joinBlobs(blobs: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    blobs.flatMap(blob => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(blob.byteLength);
      return [length, blob];
    }),
  );
}

/** The blobs in `bytes`, as views. Throws a `RangeError` where a length leads beyond the end. */
export function splitBlobs(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blobs: Uint8Array[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    const end = at + 4 + view.getUint32(at, true);
    if (end > bytes.byteLength) throw new RangeError('a length leads beyond the end');
    blobs.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return blobs;
}

/** The bytes of a typed array, in the machine's order: caches stay on the machine. */
export function bytesOf(array: Float64Array | Int32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** An aligned copy of `bytes`. */
export function int32s(bytes: Uint8Array): Int32Array {
  return new Int32Array(new Uint8Array(bytes).buffer);
}

export function float64s(bytes: Uint8Array): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer);
}
