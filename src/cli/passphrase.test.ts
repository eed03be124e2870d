import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { askHidden, memoryKeys } from './passphrase.ts';

class FakeTerminal extends EventEmitter {
  readonly modes: boolean[] = [];
  setRawMode(on: boolean): this {
    this.modes.push(on);
    return this;
  }
  resume(): this {
    return this;
  }
  pause(): this {
    return this;
  }
}

async function typed(
  ...pieces: Uint8Array[]
): Promise<{ answer: string | null; shown: string; modes: boolean[] }> {
  const terminal = new FakeTerminal();
  let shown = '';
  const asked = askHidden('Passphrase: ', terminal as never, {
    write: (text: string) => {
      shown += text;
    },
  });
  for (const piece of pieces) terminal.emit('data', piece);
  const answer = await asked;
  expect(terminal.listenerCount('data')).toBe(0);
  return { answer, shown, modes: terminal.modes };
}
const keys = (text: string): Uint8Array => Buffer.from(text);

describe('asking for a passphrase', () => {
  it('shows nothing of what is typed, and gives the terminal back', async () =>
    expect(await typed(keys('se'), keys('cret\r'))).toEqual({
      answer: 'secret',
      shown: 'Passphrase: \n',
      modes: [true, false],
    }));
  it('takes letters of several bytes, also in pieces', async () => {
    const bytes = Buffer.from('tē\r');
    expect((await typed(bytes.subarray(0, 2), bytes.subarray(2))).answer).toBe('tē');
  });
  it('takes back the last letter', async () => expect((await typed(keys('ab\u007fc\r'))).answer).toBe('ac'));
  it.each(['\u0003', '\u0004'])('ends without one at %j', async key => {
    expect(await typed(keys(`ab${key}`))).toMatchObject({ answer: null, modes: [true, false] });
  });
  it('is not done without a terminal, and needs no flag for the environment', () => {
    const found = memoryKeys({ memoryKey: 'site.key' }, { HUNTAWAY_MEMORY_PASSPHRASE: 'x' });
    expect(found).toMatchObject({ keyFile: 'site.key', passphrase: 'x' });
    if (process.stdin.isTTY !== true) expect(found.ask).toBeNull();
  });
});
