/** Archives made at random are read as they were made; archives damaged at random are read or refused. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeGzip, makeSkippable, makeZip, makeZstd } from '../../../test/archives.ts';
import { find, log, read } from '../../../test/found.ts';
import { framedText, frames } from '../../../test/zstd-frames.ts';
import { ArchiveStore } from './index.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'huntaway-test-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** A log, or a container of such trees. */
type Tree =
  | { readonly kind: 'log'; readonly text: string }
  | { readonly kind: 'gzip'; readonly inner: Tree }
  | { readonly kind: 'zstd'; readonly inner: Tree }
  | { readonly kind: 'zip'; readonly members: readonly Member[] };
type Member = {
  readonly name: string;
  readonly tree: Tree;
  readonly method: number;
  readonly descriptor: boolean;
  readonly zip64: boolean;
};

const name = fc
  .stringMatching(/^[a-zé.\-_ ]{1,6}(?:\/[a-z]{1,3}){0,2}$/)
  .filter(text => !text.includes('..'));
const { tree } = fc.letrec<{ tree: Tree; member: Member }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({
      kind: fc.constant('log' as const),
      text: fc.string({ maxLength: 300, unit: 'binary-ascii' }),
    }),
    fc.record({ kind: fc.constant('gzip' as const), inner: tie('tree') }),
    fc.record({ kind: fc.constant('zstd' as const), inner: tie('tree') }),
    fc.record({
      kind: fc.constant('zip' as const),
      members: fc.uniqueArray(tie('member'), { minLength: 1, maxLength: 4, selector: member => member.name }),
    }),
  ),
  member: fc.record({
    name,
    tree: tie('tree'),
    method: fc.constantFrom(0, 8),
    descriptor: fc.boolean(),
    zip64: fc.boolean(),
  }),
}));

function pack(node: Tree): Buffer {
  if (node.kind === 'log') return log(node.text);
  if (node.kind === 'gzip') return makeGzip(pack(node.inner));
  if (node.kind === 'zstd') return makeZstd(pack(node.inner));
  return makeZip(node.members.map(({ tree: inner, ...how }) => ({ ...how, data: pack(inner) })));
}

/** Path and text of each log in a tree, in order. */
function logsOf(node: Tree, path: string): [string, string][] {
  if (node.kind === 'log') return [[path, `LOG!${node.text}`]];
  if (node.kind !== 'zip') return logsOf(node.inner, path);
  return node.members.flatMap(member => logsOf(member.tree, `${path}!/${member.name}`));
}

test('every log of a random tree of containers is found and read, in order', async () => {
  await fc.assert(
    fc.asyncProperty(tree, async node => {
      writeFileSync(join(cwd, 't'), pack(node));
      const found = await find(cwd, ['t']);
      const store = new ArchiveStore();
      const texts: [string, string][] = [];
      for (const input of found.inputs) {
        const { bytes, error } = await read(structuredClone(input), { store });
        expect(error).toBe(null);
        texts.push([input.path, bytes.toString('latin1')]);
      }
      store.dispose();
      expect(texts).toEqual(logsOf(node, 't'));
      expect(found.unread).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

const text = 'some words of a log, '.repeat(400);
const victims = [
  makeZip(
    [
      { name: 'a', data: log(text) },
      { name: 'b', data: log(text), method: 0 },
      { name: 'c', data: log(text), descriptor: true, zip64: true },
      { name: 'in.zip', data: makeZip([{ name: 'd', data: log(text) }]) },
      { name: 'e.gz', data: makeGzip(log(text), Buffer.from(text)) },
    ],
    { zip64: true, comment: 'comment' },
  ),
  makeGzip(log(text), Buffer.from(text)),
  makeGzip(makeZip([{ name: 'd', data: log(text) }])),
  frames.fast,
  Buffer.concat([makeZstd(log(text)), makeSkippable(Buffer.alloc(99)), frames.small]),
  makeZip([{ name: 'm', data: framedText, packed: frames.small, method: 93 }]),
];
/** Where the numbers of a zip stand: damage there does most. */
const headerPlaces = victims.map(bytes =>
  [...bytes.toString('latin1').matchAll(/PK[\x01-\x07]/g)].map(m => m.index),
);

const damage = fc.record({
  victim: fc.nat(victims.length - 1),
  edits: fc.array(
    fc.record({
      place: fc.nat(10_000_000),
      inHeader: fc.boolean(),
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        fc.constant(new Uint8Array(4).fill(255)),
        fc.constant(new Uint8Array(4)),
      ),
    }),
    { maxLength: 6 },
  ),
  cut: fc.option(fc.nat(10_000_000)),
});

test('damaged archives end in inputs or typed refusals, within their limits', async () => {
  const limits = { memberBytes: 300_000, totalBytes: 1_000_000, entries: 50 };
  await fc.assert(
    fc.asyncProperty(damage, async ({ victim, edits, cut }) => {
      const bytes = Buffer.from(victims[victim]!);
      const places = headerPlaces[victim]!;
      for (const edit of edits) {
        const base = edit.inHeader && places.length > 0 ? places[edit.place % places.length]! : 0;
        const at = edit.inHeader ? base + (edit.place % 56) : edit.place % bytes.length;
        bytes.set(edit.bytes.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
      }
      writeFileSync(join(cwd, 'v'), cut === null ? bytes : bytes.subarray(0, cut % bytes.length));
      const found = await find(cwd, ['v'], { limits });
      expect(found.inputs.length + found.unread.length).toBeGreaterThan(0);
      const store = new ArchiveStore(limits);
      for (const input of found.inputs) {
        const result = await read(input, { store });
        // One chunk may be on its way when a limit is met.
        expect(result.bytes.length).toBeLessThanOrEqual(limits.memberBytes + 256 * 1024);
        if (result.error !== null) expect(result.error.bytes).toBe(result.bytes.length);
      }
      store.dispose();
    }),
    { numRuns: 500 },
  );
});

test('a prefix of an archive gives prefixes of its logs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(victims[0]!.length - 1), async keep => {
      writeFileSync(join(cwd, 'p'), victims[0]!.subarray(0, keep));
      const found = await find(cwd, ['p']);
      for (const input of found.inputs) {
        const { bytes } = await read(input);
        const whole = input.path.endsWith('e.gz') ? log(text + text) : log(text);
        expect(whole.subarray(0, bytes.length).equals(bytes.subarray(0, whole.length))).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});
