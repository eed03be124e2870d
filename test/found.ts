/** Finds and reads inputs in tests, with a source that knows a log by its first bytes. */
import {
  ArchiveError,
  ArchiveStore,
  type DiscoverOptions,
  type Discovery,
  discover,
  type Input,
  openInput,
} from '../src/read/inputs/index.ts';
import type { Source } from '../src/read/sources/source.ts';

/** Content that the test's source recognises. */
export function log(text = ''): Buffer {
  return Buffer.from(`LOG!${text}`);
}

const source: Source = {
  name: 'log',
  recognises: head => Buffer.from(head.subarray(0, 4)).toString('latin1') === 'LOG!',
  splitPoints: () => [0],
  open: () => {
    throw new Error('nothing is read by this source');
  },
};

/** Discovers below `cwd`. */
export function find(
  cwd: string,
  paths: readonly string[],
  options: Partial<DiscoverOptions> = {},
): Promise<Discovery> {
  return discover(paths, { sources: [source], cwd, ...options });
}

/** `path` of each input. */
export function paths(discovery: Discovery): string[] {
  return discovery.inputs.map(input => input.path);
}

/** `reason path` of each thing that was not read. */
export function refusals(discovery: Discovery): string[] {
  return discovery.unread.map(({ reason, path }) => `${reason} ${path}`);
}

export type Read = { readonly bytes: Buffer; readonly error: ArchiveError | null };

/** Reads an input to its end, or to what ends it. */
export async function read(input: Input, options: Parameters<typeof openInput>[1] = {}): Promise<Read> {
  const { readFileSync } = await import('node:fs');
  const open = openInput(input, options);
  const parts: Uint8Array[] = [];
  let error: ArchiveError | null = null;
  try {
    if (open.kind === 'file') parts.push(readFileSync(open.fd));
    else for await (const chunk of open.chunks) parts.push(chunk);
  } catch (thrown) {
    if (!(thrown instanceof ArchiveError)) throw thrown;
    error = thrown;
  } finally {
    open.close();
  }
  return { bytes: Buffer.concat(parts), error };
}

/** Text of every input by its path. */
export async function readAll(discovery: Discovery): Promise<Record<string, string>> {
  const store = new ArchiveStore();
  const texts: Record<string, string> = {};
  for (const input of discovery.inputs) {
    const { bytes, error } = await read(input, { store });
    texts[input.path] = bytes.toString('latin1') + (error === null ? '' : ` [${error.code}]`);
  }
  store.dispose();
  return texts;
}
