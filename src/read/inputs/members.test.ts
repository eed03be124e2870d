import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeGzip, makeZip } from '../../../test/archives.ts';
import { scratch } from '../../../test/scratch.ts';
import { ArchiveStore, type Members, membersOf, openInput } from './index.ts';

const data = (text: string): Buffer => Buffer.from(text);

async function membersIn(bytes: Uint8Array): Promise<Members & { contents: string[] }> {
  const file = join(scratch({ x: bytes }), 'x');
  const store = new ArchiveStore();
  try {
    const members = await membersOf(file, 'case/x', store);
    const contents: string[] = [];
    for (const input of members.inputs) {
      const open = openInput(input, { store });
      let text = '';
      if (open.kind === 'stream')
        for await (const chunk of open.chunks) text += Buffer.from(chunk).toString();
      open.close();
      contents.push(text);
    }
    return { ...members, contents };
  } finally {
    store.dispose();
  }
}

describe('the members of an archive', () => {
  it('are given whatever they hold, also from archives in it', async () => {
    const inner = makeZip([{ name: 'deep.txt', data: data('three') }]);
    const { inputs, contents } = await membersIn(
      makeZip([
        { name: 'one.txt', data: data('one') },
        { name: 'inner.zip', data: inner },
        { name: 'two.gz', data: makeGzip(data('two')) },
      ]),
    );
    expect(inputs.map(({ path }) => path)).toEqual([
      'case/x!/one.txt',
      'case/x!/inner.zip!/deep.txt',
      'case/x!/two.gz',
    ]);
    expect(contents).toEqual(['one', 'three', 'two']);
  });
  it('are given twice where two have one name', async () => {
    const { inputs, contents } = await membersIn(
      makeZip([
        { name: 'a', data: data('one') },
        { name: 'a', data: data('two') },
      ]),
    );
    expect(inputs.map(({ path }) => path)).toEqual(['case/x!/a', 'case/x!/a']);
    expect(contents).toEqual(['one', 'two']);
  });
  it('of a gzip file are its content', async () => {
    const { inputs, contents } = await membersIn(makeGzip(data('text')));
    expect(inputs.map(({ path }) => path)).toEqual(['case/x']);
    expect(contents).toEqual(['text']);
  });
  it('that are empty are said to be', async () => {
    const { unread } = await membersIn(makeZip([{ name: 'a', data: data('') }]));
    expect(unread).toMatchObject([{ path: 'case/x!/a', reason: 'empty' }]);
  });
});
