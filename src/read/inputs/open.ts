/** Opens an input for a reader: a plain file by its descriptor, anything else as a stream of its content. */
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import type { Content } from './content.ts';
import type { ArchiveLimits, Input } from './input.ts';
import { archiveLimits } from './limits.ts';
import { unpackedContent } from './packings.ts';
import { StdinContent } from './stdin.ts';
import { ArchiveStore } from './store.ts';

export type OpenInput =
  | { readonly kind: 'file'; readonly fd: number; readonly size: number; close(): void }
  /**
   * `chunks` can be read once. They end with an `ArchiveError` where the content is damaged or goes too far; what
   * came before is sound. Chunks are not written to again.
   */
  | { readonly kind: 'stream'; readonly chunks: AsyncIterable<Uint8Array>; close(): void };

export type OpenOptions = {
  /** Keeps archives open from one member to the next: give one per worker. It has its own limits. */
  readonly store?: ArchiveStore;
  readonly limits?: Partial<ArchiveLimits>;
  /** Descriptor of standard input, if not 0. */
  readonly stdin?: number;
};

/** What `fs` opens for an input; null for standard input. */
export function inputFile(input: Input): string | Uint8Array | null {
  return input.fileBytes ?? input.file;
}

/**
 * Opens an input, read-only. Throws on I/O errors (a plain file that is gone); with `steps` everything is met when
 * the chunks are read.
 */
export function openInput(input: Input, options: OpenOptions = {}): OpenInput {
  const file = inputFile(input);
  if (file === null) return stream(stdinChunks(input, options));
  if (input.steps.length > 0) return stream(memberChunks(file, input, options));
  const fd = openSync(file as string | Buffer, constants.O_RDONLY);
  try {
    return { kind: 'file', fd, size: fstatSync(fd).size, close: () => closeSync(fd) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function stream(chunks: AsyncGenerator<Uint8Array, void, void>): OpenInput {
  return {
    kind: 'stream',
    chunks,
    close: () => {
      chunks.return().catch(() => {});
    },
  };
}

async function* memberChunks(
  file: string | Uint8Array,
  input: Input,
  options: OpenOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const store = options.store ?? new ArchiveStore(options.limits);
  try {
    const { content, release } = await store.content(file, input.steps);
    try {
      yield* content.stream();
    } finally {
      release();
    }
  } finally {
    if (options.store === undefined) store.dispose();
  }
}

function stdinChunks(input: Input, options: OpenOptions): AsyncGenerator<Uint8Array, void, void> {
  const limits = options.store?.limits ?? archiveLimits(options.limits);
  let content: Content = new StdinContent(options.stdin ?? 0, input.head ?? new Uint8Array(0));
  for (const { container } of input.steps) {
    if (container !== 'zip') content = unpackedContent(container, content, limits, false);
  }
  return content.stream();
}
