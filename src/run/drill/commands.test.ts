import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Io } from '../io.ts';
import { drill, listDrills, scoreDrillRun } from './commands.ts';
import { scenarios } from './scenarios/index.ts';
import type { Truth } from './truth.ts';

const folder = mkdtempSync(join(tmpdir(), 'huntaway-drill-'));
afterAll(() => rmSync(folder, { recursive: true }));

function memoryIo(): { readonly io: Io; readonly text: () => string } {
  let text = '';
  const outlet = {
    isTerminal: false,
    columns: 80,
    color: false,
    write: (bytes: Uint8Array): void => {
      text += Buffer.from(bytes).toString();
    },
  };
  const io: Io = { stdout: outlet, stderr: outlet, signal: new AbortController().signal, now: () => 0 };
  return { io, text: () => text };
}

const out = join(folder, 'a');
const options = {
  kind: 'full-chain',
  seed: 2,
  days: 14,
  formats: ['evtx' as const],
  force: false,
  blind: 0,
  out,
};

describe('making a drill', () => {
  test('writes logs and truth, and says what to do next', () => {
    const { io, text } = memoryIo();
    expect(drill(options, io)).toBe(0);
    expect(existsSync(join(out, 'logs'))).toBe(true);
    expect(text()).toContain(`huntaway hunt ${out}/logs`);
  });
  test('says what was taken away, where that was asked for', () => {
    const { io, text } = memoryIo();
    expect(drill({ ...options, out: join(folder, 'blind'), blind: 3 }, io)).toBe(0);
    expect(text().match(/^blinded: /gm)).toHaveLength(3);
  });
  test('replaces nothing unless told to', () => {
    expect(() => drill(options, memoryIo().io)).toThrow(/not empty/);
    expect(drill({ ...options, force: true }, memoryIo().io)).toBe(0);
  });
  test('never replaces what is no drill', () => {
    const foreign = mkdtempSync(join(folder, 'f'));
    writeFileSync(join(foreign, 'letter.txt'), 'dear');
    expect(() => drill({ ...options, out: foreign, force: true }, memoryIo().io)).toThrow(
      /no drill to replace/,
    );
    expect(readFileSync(join(foreign, 'letter.txt'), 'utf8')).toBe('dear');
  });
  test('refuses a kind that there is not', () =>
    expect(() => drill({ ...options, kind: 'nope' }, memoryIo().io)).toThrow(/drill list/));
});

describe('the list of kinds', () => {
  test('names all, and describes no frozen one', () => {
    const { io, text } = memoryIo();
    listDrills('json', io);
    const kinds = JSON.parse(text()) as { name: string; state: string; summary: string | null }[];
    expect(kinds.map(({ name }) => name)).toEqual(scenarios.map(({ name }) => name));
    expect(kinds.filter(({ state, summary }) => state === 'frozen' && summary !== null)).toEqual([]);
  });
  test('has a twin of every kind, in the same state, and some that nobody has judged yet', () => {
    for (const { name, twin, kind, state } of scenarios) {
      const other = scenarios.find(each => each.name === twin)!;
      expect([other.twin, other.state]).toEqual([name, state]);
      expect(other.kind).not.toBe(kind);
    }
    const intrusions = scenarios.filter(({ kind }) => kind === 'intrusion');
    expect(intrusions.length).toBeGreaterThanOrEqual(10);
    expect(intrusions.some(({ state }) => state === 'frozen')).toBe(true);
  });
});

describe('scoring', () => {
  const truth = (): Truth => JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as Truth;
  const report = (share: number): string => {
    const [intrusion] = truth().intrusions;
    const evidence = intrusion!.evidence
      .filter(({ core }) => core)
      .slice(0, Math.ceil(intrusion!.evidence.length * share))
      .map((each, i) => ({ ...each, id: `e${i}` }));
    const path = join(out, 'intrusions.json');
    const intrusions = [{ id: 'i', verdict: 'intrusion', evidence, links: [] }];
    writeFileSync(path, JSON.stringify({ version: 1, intrusions, suppressed: [] }));
    return path;
  };
  test('finds the truth beside the report, and passes where all is found', () => {
    report(1);
    const { io, text } = memoryIo();
    expect(scoreDrillRun(out, null, 'text', io)).toBe(0);
    expect(text()).toContain('All targets are met');
  });
  test('ends with 1 where a target is missed, and names what', () => {
    report(0.01);
    const { io, text } = memoryIo();
    expect(scoreDrillRun(join(out, 'intrusions.json'), out, 'text', io)).toBe(1);
    expect(text()).toMatch(/missed VT-/);
  });
  test('says what is not there', () =>
    expect(() => scoreDrillRun(folder, null, 'text', memoryIo().io)).toThrow(/intrusions\.json/));
});
