/** Reads recordings that are JSON in an archive. */
import { type LazyEvent, ReadContext } from '../src/read/events/index.ts';
import { ArchiveStore, discover, openInput } from '../src/read/inputs/index.ts';
import { sourceByName, sources, type Unparsed } from '../src/read/sources/index.ts';

/** Calls `visit` with every event of the JSON in an archive; what could not be read. */
export async function eachRecorded(path: string, visit: (event: LazyEvent) => void): Promise<Unparsed[]> {
  const { inputs } = await discover([path], { sources });
  const store = new ArchiveStore();
  const unread: Unparsed[] = [];
  const sink = { event: visit, damaged: () => {}, unparsed: (record: Unparsed) => unread.push(record) };
  for (const input of inputs) {
    const open = openInput(input, { store });
    if (open.kind === 'file') throw new Error('an archive member is a stream');
    const reader = sourceByName(input.type)!.open(new ReadContext());
    for await (const _ of reader.readStream(open.chunks, sink));
    open.close();
  }
  store.dispose();
  return unread;
}
