/** Whether what an event tells of was refused. */
import type { FieldTexts } from '../readings/index.ts';

/** `Keywords` of an audited event that failed: bit 52, or the word that some exporters write. */
function isFailure(keywords: readonly string[] | undefined): boolean {
  return (
    keywords?.some(text => /^0x8?0[0-9a-f]*1[0-9a-f]{13}$/i.test(text) || /audit.failure/i.test(text)) ??
    false
  );
}

/** `refused` where [keywords, status] say so; a status of zeros, or none, is a success. */
export function refusal([keywords, status]: FieldTexts): 'refused' | undefined {
  const isRefused = status?.some(text => /^(?:0x)?0*[1-9a-f]/i.test(text)) ?? false;
  return isRefused || isFailure(keywords) ? 'refused' : undefined;
}

/** Bits of an access mask that change what is there: write, append, delete a child, delete. */
const WRITES = 0x1_0046;
const READS = 0x1;

/** What [keywords, access mask] of an opened share say: refused, written to or read. */
export function accessTo([keywords, masks]: FieldTexts): 'refused' | 'write' | 'read' | undefined {
  if (isFailure(keywords)) return 'refused';
  const mask = Number(masks?.[0] ?? 0);
  if ((mask & WRITES) !== 0) return 'write';
  return (mask & READS) !== 0 ? 'read' : undefined;
}
