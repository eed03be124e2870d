/** EVTX as a source: how it is recognised, where its files may be split, and its reader. */
import type { ReadContext } from '../../../events/index.ts';
import type { Source, SourceReader } from '../../source.ts';
import { CHUNK, FILE_HEADER } from './layout.ts';
import { EvtxReader } from './reader.ts';

const signatures = [Buffer.from('ElfFile\0', 'latin1'), Buffer.from('ElfChnk\0', 'latin1')];

/** A header whose signature is gone, but whose sizes and version still say what it is. */
function hasHeaderSizes(head: Uint8Array): boolean {
  if (head.length < 48) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  return (
    view.getUint32(32, true) === 128 && view.getUint16(38, true) === 3 && view.getUint16(40, true) === 4096
  );
}

export const evtx: Source = {
  name: 'evtx',
  recognises(head: Uint8Array): boolean {
    return (
      signatures.some(signature => head.length >= 8 && signature.equals(Buffer.from(head.subarray(0, 8)))) ||
      hasHeaderSizes(head)
    );
  },
  splitPoints(size: number, target: number): number[] {
    const step = Math.max(1, Math.round(target / CHUNK)) * CHUNK;
    const points = [0];
    // The last piece takes what would be less than half of one.
    for (let at = FILE_HEADER + step; at + step / 2 <= size; at += step) points.push(at);
    return points;
  },
  open(context: ReadContext): SourceReader {
    return new EvtxReader(context);
  },
};
