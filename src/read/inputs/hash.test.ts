import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch } from '../../../test/scratch.ts';
import { HashingStream, hashFile } from './index.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const content = Buffer.alloc(70_000_001, 'not a multiple of the buffer ');

test.each([0, 1, 1 << 20, (1 << 20) + 1, content.length])(
  'a file of %d bytes has its SHA-256',
  async size => {
    const bytes = content.subarray(0, size);
    expect(await hashFile(join(scratch({ f: bytes }), 'f'))).toBe(sha256(bytes));
  },
);

test('a descriptor is hashed from its start, stays where it was and stays open', async () => {
  const fd = openSync(join(scratch({ f: 'abcdef' }), 'f'), 'r');
  const byte = Buffer.alloc(1);
  readSync(fd, byte, 0, 1, null);
  expect(await hashFile(fd)).toBe(sha256(Buffer.from('abcdef')));
  readSync(fd, byte, 0, 1, null);
  expect(byte.toString()).toBe('b');
  closeSync(fd);
});

test('progress is told between slices, and timers run', async () => {
  const seen: number[] = [];
  let ran = false;
  setImmediate(() => (ran = true));
  await hashFile(join(scratch({ f: content }), 'f'), bytes => seen.push(bytes));
  expect(seen).toEqual([32 << 20, 64 << 20]);
  expect(ran).toBe(true);
});

test('it stops when aborted, with the reason', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  const file = join(scratch({ f: content }), 'f');
  await expect(hashFile(file, () => stop.abort(reason), stop.signal)).rejects.toBe(reason);
});

test('a missing file rejects with the error of the system', async () => {
  await expect(hashFile(join(scratch(), 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('chunks are hashed on their way through', async () => {
  async function* chunks(): AsyncGenerator<Uint8Array, void, void> {
    yield Buffer.from('ab');
    yield Buffer.from('c');
  }
  const stream = new HashingStream(chunks());
  const passed: Buffer[] = [];
  for await (const chunk of stream) passed.push(Buffer.from(chunk));
  expect(Buffer.concat(passed).toString()).toBe('abc');
  expect([stream.bytes, stream.digest(), stream.digest()]).toEqual([
    3,
    sha256(Buffer.from('abc')),
    stream.digest(),
  ]);
});

test('the hash of a stream that breaks off is that of what passed', async () => {
  async function* chunks(): AsyncGenerator<Uint8Array, void, void> {
    yield Buffer.from('ab');
    throw new Error('damaged');
  }
  const stream = new HashingStream(chunks());
  await expect(
    (async () => {
      for await (const _ of stream);
    })(),
  ).rejects.toThrow('damaged');
  expect(stream.digest()).toBe(sha256(Buffer.from('ab')));
});
