import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EventBuilder } from '../../../../test/event.ts';
import { FactFile, readFactFile } from './fact-file.ts';
import { FactKeeper } from './keeper.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntaway-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file of facts', () => {
  test('gives back what was written, block by block', () => {
    const fd = openSync(join(folder, 'a'), 'wx+');
    const file = new FactFile(() => fd);
    const blocks = [Buffer.from('one'), Buffer.from('another')];
    const positions = blocks.map(block => file.write(block)!);
    for (const [i, block] of blocks.entries()) {
      const into = Buffer.alloc(block.length);
      readFactFile(file.fd, positions[i]!, into);
      expect(into).toEqual(block);
    }
    expect(() => readFactFile(fd, 8, Buffer.alloc(8))).toThrow('ends at 10');
    closeSync(fd);
  });

  test('is not opened before it is needed', () => {
    let opened = 0;
    const file = new FactFile(() => {
      opened++;
      return -1;
    });
    expect(opened).toBe(0);
    expect(file.write(Buffer.from('one'))).toBeNull();
    expect(file.write(Buffer.from('two'))).toBeNull();
    expect(opened).toBe(1);
  });

  test('that takes no bytes takes none later either', () => {
    const path = join(folder, 'b');
    writeFileSync(path, '');
    const fd = openSync(path, 'r');
    const file = new FactFile(() => fd);
    expect(file.write(Buffer.from('one'))).toBeNull();
    expect(file.write(Buffer.from('two'))).toBeNull();
    closeSync(fd);
  });
});

test('facts beyond the cap are counted where there is no file for them', () => {
  const keeper = new FactKeeper({ rules: new Uint8Array(1), memory: 6_000 }, () => -1, 1_000);
  const event = new EventBuilder().build({
    channel: 'Security',
    eventId: 4688,
    fields: { CommandLine: 'x' },
  });
  for (let i = 0; i < 500; i++) keeper.observe(event, 0);
  const { facts } = keeper.finish();
  expect(facts.dropped).toBeGreaterThan(100);
  expect(facts.length + facts.dropped).toBe(500);
});
