/** The packings that hold one content each, recognised by how they begin. A new one is a class and a line in each. */
import type { Content } from './content.ts';
import { GzipContent, isGzip } from './gzip.ts';
import type { ArchiveLimits, Packing } from './input.ts';
import { ZstdContent } from './zstd/content.ts';
import { isZstd } from './zstd/frames.ts';

/** How content that begins so is packed; null if it is not. */
export function packingOf(head: Uint8Array): Packing | null {
  return isGzip(head) ? 'gzip' : isZstd(head) ? 'zstd' : null;
}

/** What `packed` holds. `repeatable`: it can be read more than once. */
export function unpackedContent(
  packing: Packing,
  packed: Content,
  limits: ArchiveLimits,
  repeatable: boolean,
): Content {
  const Unpacked = packing === 'gzip' ? GzipContent : ZstdContent;
  return new Unpacked(packed, limits, repeatable);
}
