import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSpool, Spool, SpoolFolder } from './spool.ts';

const parent = (): string => mkdtempSync(join(tmpdir(), 'huntaway-test-'));

function fill(spool: Spool, lines: number): void {
  for (let i = 0; i < lines; i++) {
    spool.writer.ascii(`line ${i}\n`);
    spool.settle();
  }
}

describe('the spool', () => {
  it('keeps few lines in memory', () => {
    const spool = new Spool(() => {
      throw new Error('opened a file');
    });
    fill(spool, 100);
    expect(spool.finish().kind).toBe('memory');
  });

  it('gives back from a file what it was given, piece by piece', () => {
    const folder = new SpoolFolder(parent());
    const spool = new Spool(() => folder.openFile(), 64);
    fill(spool, 100);
    const content = spool.finish();
    expect(content.kind).toBe('file');
    const whole = Buffer.alloc(spool.length + 3);
    readSpool(content, 0, spool.length, whole, 3);
    expect(whole.toString('latin1', 3).split('\n')[99]).toBe('line 99');
    folder.close();
  });

  it('leaves nothing behind', () => {
    const where = parent();
    const folder = new SpoolFolder(where);
    folder.openFile();
    folder.close();
    expect(readdirSync(where)).toEqual([]);
  });

  it('makes no folder where none is needed', () => {
    const where = parent();
    new SpoolFolder(where).close();
    expect(readdirSync(where)).toEqual([]);
  });

  it('says which folder it could not use and what to do', () => {
    expect(() => new SpoolFolder('/nowhere/at/all').openFile()).toThrow(/\/nowhere\/at\/all.*--spool-dir/);
  });
});
