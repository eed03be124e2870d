/**
 * Collections: the manifests that the scripts of `huntaway collect` write beside the logs they export. They are found
 * by their content, in folders and archives alike, and read within bounds.
 */
import { readSync } from 'node:fs';
import { type ArchiveStore, type ContentKind, type Input, openInput } from '../inputs/index.ts';
import type { ParsedManifest } from './collection.ts';
import { parseJsonManifest } from './json-manifest.ts';
import { MOST_BYTES } from './limits.ts';
import { parseTextManifest } from './text-manifest.ts';

export type { AuditSetting, CollectedFile, Collection, ParsedManifest } from './collection.ts';

/** Knows a manifest by its first bytes. `discover` takes it beside the sources of events. */
export const manifestKind: ContentKind = {
  name: 'collection-manifest',
  recognises: head => jsonStart.test(startOf(head)) || textStart.test(startOf(head)),
};

const jsonStart = /^(?:\xef\xbb\xbf)?\{\s{1,8}"format": "huntaway-collection"/;
const textStart = /^(?:\xef\xbb\xbf)?format=huntaway-collection\r?\n/;

function startOf(head: Uint8Array): string {
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 64)).toString('latin1');
}

/** Parses the whole text of a manifest of either form. Never throws. */
export function parseManifest(bytes: Uint8Array): ParsedManifest {
  const text = new TextDecoder().decode(bytes);
  return text.startsWith('{') ? parseJsonManifest(text) : parseTextManifest(text);
}

/** The bytes of a manifest; a fault where there are too many or they can't be read. */
export async function readManifest(
  input: Input,
  store: ArchiveStore,
): Promise<
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | Extract<ParsedManifest, { kind: 'fault' }>
> {
  try {
    const open = openInput(input, { store });
    try {
      const bytes = open.kind === 'file' ? readOpen(open.fd) : await gather(open.chunks);
      if (bytes !== null) return { kind: 'bytes', bytes };
      return { kind: 'fault', message: `a manifest of a collection of more than ${MOST_BYTES >> 20} MiB` };
    } finally {
      open.close();
    }
  } catch (error) {
    return { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
  }
}

/** Null where there is more than a manifest may hold. */
function readOpen(fd: number): Uint8Array | null {
  const buffer = Buffer.allocUnsafe(MOST_BYTES + 1);
  let size = 0;
  while (size < buffer.length) {
    const count = readSync(fd, buffer, size, buffer.length - size, size);
    if (count === 0) break;
    size += count;
  }
  return size > MOST_BYTES ? null : buffer.subarray(0, size);
}

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MOST_BYTES) return null;
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
