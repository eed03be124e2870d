/** One file of JSON lines out of a folder of zipped recordings. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { ArchiveStore, discover, openInput } from '../src/read/inputs/index.ts';
import { sources } from '../src/read/sources/index.ts';

/** Writes what JSON of Windows events is below `folder` into `path`, archives unpacked, in order of their names. */
export async function unpackRecordings(folder: string, path: string): Promise<void> {
  const { inputs } = await discover([folder], { sources });
  const store = new ArchiveStore();
  const out = openSync(path, 'w');
  try {
    for (const input of inputs.filter(({ type }) => type === 'ndjson')) {
      const open = openInput(input, { store });
      if (open.kind === 'stream') for await (const chunk of open.chunks) writeSync(out, chunk);
      open.close();
    }
  } finally {
    closeSync(out);
    store.dispose();
  }
}
