import { execFileSync, spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type MadeBlock,
  makeFrame,
  makeGzip,
  makeSkippable,
  makeZip,
  makeZstd,
  xxh64,
  zipOf,
} from '../../../../test/archives.ts';
import { find, log, read, readAll, refusals } from '../../../../test/found.ts';
import { noise } from '../../../../test/noise.ts';
import { scratch } from '../../../../test/scratch.ts';
import { framedText, frames } from '../../../../test/zstd-frames.ts';
import { ArchiveError } from '../archive-error.ts';
import { ByteReader } from '../byte-reader.ts';
import type { DiscoverOptions, Discovery } from '../index.ts';
import { isZstd, unzstd } from './frames.ts';
import { Xxh64 } from './xxh64.ts';

const MiB = 2 ** 20;

function findZstd(content: Uint8Array, options: Partial<DiscoverOptions> = {}): Promise<Discovery> {
  return find(scratch({ 'a.zst': content }), ['a.zst'], options);
}

/** Unpacks bytes that come in pieces of `size`. */
async function unpack(
  packed: Uint8Array,
  size = 65_536,
): Promise<{ bytes: Buffer; error: ArchiveError | null }> {
  async function* pieces(): AsyncGenerator<Uint8Array, void, void> {
    for (let at = 0; at < packed.length; at += size) yield packed.subarray(at, at + size);
  }
  const parts: Uint8Array[] = [];
  try {
    for await (const part of unzstd(new ByteReader(pieces()))) parts.push(part);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { bytes: Buffer.concat(parts), error };
  }
  return { bytes: Buffer.concat(parts), error: null };
}

/**
 * Contents of a block without literals and with one sequence: a match at an offset of 2^code + extra - 3, of 3 bytes,
 * or of 131 where the offset is to be written behind seven other bits.
 */
function matchBlock(code: number, extra: bigint, isLong = false): Uint8Array {
  const [matchCode, matchBits] = isLong ? [43, 7n] : [0, 0n];
  const bits = (extra | (1n << BigInt(code))) << matchBits;
  const stream = Buffer.alloc(((code + Number(matchBits)) >> 3) + 1);
  for (let i = 0; i < stream.length; i++) stream[i] = Number((bits >> BigInt(8 * i)) & 255n);
  // No literals, one sequence, three tables of one symbol; then the bits, with the marker above.
  return Buffer.concat([Buffer.from([0, 1, 0b01_01_01_00, 0, code, matchCode]), stream]);
}

describe('Zstandard', () => {
  test.each(['fast', 'small'] as const)('frames of the zstd program are unpacked (%s)', async name => {
    for (const size of [1, 7, 1000, 1_000_000]) {
      const { bytes, error } = await unpack(frames[name], size);
      expect(error).toBe(null);
      expect(bytes.equals(framedText)).toBe(true);
    }
  });

  test('a file is one input, with its step', async () => {
    const found = await findZstd(frames.fast);
    expect(found.unread).toEqual([]);
    expect(found.inputs).toMatchObject([{ path: 'a.zst', size: -1, steps: [{ container: 'zstd' }] }]);
    expect((await read(found.inputs[0]!)).bytes.equals(framedText)).toBe(true);
  });

  test('all its frames are one content, those to be skipped are skipped', async () => {
    const file = Buffer.concat([
      makeSkippable(Buffer.alloc(4), 0),
      makeZstd(log('1')),
      makeSkippable(noise(300_000), 15),
      makeZstd(Buffer.from('2'), Buffer.alloc(0), Buffer.from('3')),
      makeSkippable(Buffer.alloc(0), 7),
    ]);
    expect(await readAll(await findZstd(file))).toEqual({ 'a.zst': 'LOG!123' });
  });

  test('a large file is read whole, in blocks of any kind', async () => {
    const content = Buffer.concat([log(), noise(3 * MiB)]);
    const blocks: MadeBlock[] = [];
    for (let at = 0; at < content.length; at += 65_536) blocks.push(content.subarray(at, at + 65_536));
    blocks.push({ byte: 65, times: 131_072 }, Buffer.from('end'), { byte: 0, times: 0 });
    const { bytes, error } = await read((await findZstd(makeFrame(blocks))).inputs[0]!);
    expect(error).toBe(null);
    expect(bytes.equals(Buffer.concat([content, Buffer.alloc(131_072, 65), Buffer.from('end')]))).toBe(true);
  });

  test('a match reaches as far back as a large window', async () => {
    // Beyond 96 MiB, so that the highest bits of the offset count.
    const blocks: MadeBlock[] = [Buffer.from('abc')];
    for (let i = 0; i < 800; i++) blocks.push({ byte: 46, times: 131_072 });
    const back = 3 + 800 * 131_072;
    const code = Math.floor(Math.log2(back + 3));
    blocks.push({ compressed: matchBlock(code, BigInt(back + 3 - 2 ** code), true) });
    const frame = makeFrame(blocks, { window: 17 << 3, checkSum: false });
    let size = 0;
    let last = Buffer.alloc(0);
    for await (const piece of unzstd(
      new ByteReader(
        (async function* () {
          yield frame;
        })(),
      ),
    )) {
      size += piece.length;
      last = Buffer.concat([last, piece]).subarray(-131);
    }
    expect(size).toBe(back + 131);
    expect(last.toString()).toBe(`abc${'.'.repeat(128)}`);
  });

  test('nests with other containers', async () => {
    const cwd = scratch({
      'a.zip': zipOf('b.zst', makeZstd(log('1'))),
      'c.zst': makeZstd(zipOf('d', log('2'))),
      'e.zst': makeZstd(makeGzip(makeZstd(log('3')))),
      'f.gz': makeGzip(frames.small),
    });
    expect(await readAll(await find(cwd, ['.']))).toEqual({
      './a.zip!/b.zst': 'LOG!1',
      './c.zst!/d': 'LOG!2',
      './e.zst': 'LOG!3',
      './f.gz': framedText.toString('latin1'),
    });
  });

  test.each([
    ['plain', frames.small, framedText],
    ['twice', makeZstd(frames.fast), framedText],
    [
      'in blocks of full size',
      makeFrame([Buffer.concat([log(), noise(131_068)])]),
      Buffer.concat([log(), noise(131_068)]),
    ],
  ])('comes from standard input (%s)', async (_, packed, content) => {
    const file = join(scratch({ in: packed }), 'in');
    const found = await find('/', ['-'], { stdin: openSync(file, 'r') });
    // What was read to tell it is left out of a second reading, as it would be of a pipe.
    expect(refusals(found)).toEqual([]);
    const input = found.inputs[0]!;
    const rest = packed.subarray(input.head!.length);
    const { bytes, error } = await read(input, { stdin: openSync(join(scratch({ rest }), 'rest'), 'r') });
    expect(error).toBe(null);
    expect(bytes.equals(content)).toBe(true);
  });

  test.each([93, 20])('members of zips packed so are read (method %i)', async method => {
    const member = { data: framedText, packed: frames.small, method };
    const zip = makeZip([
      { name: 'whole', ...member },
      { name: 'wrong', ...member, crc: 1 },
      { name: 'short', ...member, packed: frames.small.subarray(0, 3000) },
    ]);
    const found = await find(scratch({ 'a.zip': zip }), ['a.zip']);
    const [whole, wrong, short] = await Promise.all(found.inputs.map(input => read(input)));
    expect(whole!.error).toBe(null);
    expect(whole!.bytes.equals(framedText)).toBe(true);
    expect(wrong!.error?.message).toContain('check sum');
    expect(short!.error?.message).toContain('cut off');
    expect(short!.bytes.length).toBeGreaterThan(50_000);
    expect(framedText.subarray(0, short!.bytes.length).equals(short!.bytes)).toBe(true);
  });

  test('is told by its beginning', () => {
    expect(isZstd(frames.fast)).toBe(true);
    expect(isZstd(Buffer.concat([makeSkippable(Buffer.alloc(12), 3), frames.fast]))).toBe(true);
    expect(isZstd(makeSkippable(Buffer.alloc(12), 3))).toBe(false);
    expect(
      isZstd(Buffer.concat([makeSkippable(Buffer.alloc(12)), Buffer.from('\x04\x22\x4d\x18aaaa')])),
    ).toBe(false);
    expect(isZstd(Buffer.alloc(0))).toBe(false);
    expect(isZstd(makeSkippable(Buffer.alloc(0xffff)).fill(255, 4, 8))).toBe(false);
  });
});

describe('damaged Zstandard data', () => {
  test('cut off anywhere, what is there is read and the cut is said', async () => {
    const packed = makeFrame([log('1'), Buffer.from('2'), Buffer.from('3')]);
    for (let keep = 14; keep < packed.length; keep++) {
      const { bytes, error } = await unpack(packed.subarray(0, keep));
      expect(error?.message).toContain('cut off');
      expect('LOG!123'.startsWith(bytes.toString())).toBe(true);
      if (keep >= packed.length - 4) expect(bytes.toString()).toBe('LOG!123');
    }
  });

  test('in a later block or frame, everything before is read', async () => {
    const first = Buffer.concat([log(), noise(200_000)]);
    const bad = [
      makeFrame([first.subarray(0, 100_000), first.subarray(100_000), { compressed: noise(50) }]),
      Buffer.concat([makeZstd(first), Buffer.from('\x28\xb5\x2f\xfd\x08\0\0\0\0', 'latin1')]),
      Buffer.concat([makeZstd(first), makeFrame([{ compressed: matchBlock(5, 0n) }])]),
    ];
    for (const content of bad) {
      const { bytes, error } = await read((await findZstd(content)).inputs[0]!);
      expect(error?.code).toBe('corrupt');
      expect(error?.bytes).toBe(bytes.length);
      expect(error?.message).toContain('what comes before was read');
      expect(bytes.equals(first)).toBe(true);
    }
  });

  test('a wrong check sum is said, of content that was read', async () => {
    const { bytes, error } = await unpack(makeFrame([log('x')], { checkSum: 1 }));
    expect(bytes).toEqual(log('x'));
    expect(error?.message).toContain('check sum does not fit');
  });

  test('every flipped bit of a frame with a check sum is noticed', async () => {
    const content = Buffer.concat([frames.fast]);
    for (let bit = 40; bit < content.length * 8; bit += 211) {
      content[bit >> 3]! ^= 1 << (bit & 7);
      const { bytes, error } = await unpack(content);
      if (error === null) expect(bytes.equals(framedText)).toBe(true);
      content[bit >> 3]! ^= 1 << (bit & 7);
    }
  });

  test('a size that lies is said', async () => {
    const { bytes, error } = await unpack(makeFrame([log('x')], { size: 1000 }));
    expect(bytes).toEqual(log('x'));
    expect(error?.message).toBe('holds 5 bytes where 1000 are said; all were read');
  });

  test('zeros after it are padding, anything else is said', async () => {
    expect(await unpack(Buffer.concat([makeZstd(log('x')), Buffer.alloc(1000)]))).toEqual({
      bytes: log('x'),
      error: null,
    });
    const { bytes, error } = await unpack(Buffer.concat([makeZstd(log('x')), Buffer.from('rubbish')]));
    expect(bytes).toEqual(log('x'));
    expect(error?.message).toContain('follows the Zstandard data');
  });

  test('a match from before the beginning never shows what lay in memory', async () => {
    for (const code of [4, 10, 20, 27, 28, 31]) {
      const { bytes, error } = await unpack(makeFrame([log('x'), { compressed: matchBlock(code, 0n) }]));
      expect(error?.code).toBe('corrupt');
      expect(bytes).toEqual(log('x'));
    }
  });

  test('of nothing is empty, of rubbish is corrupt', async () => {
    expect(refusals(await findZstd(makeZstd(Buffer.alloc(0))))).toEqual(['empty a.zst']);
    expect(refusals(await findZstd(frames.fast.subarray(0, 12)))).toEqual(['corrupt a.zst']);
  });
});

describe('hostile Zstandard data', () => {
  test('a bomb is stopped', async () => {
    const blocks: MadeBlock[] = [log()];
    for (let i = 0; i < 400; i++) blocks.push({ byte: 0, times: 131_072 });
    const { bytes, error } = await read((await findZstd(makeFrame(blocks))).inputs[0]!);
    expect(error?.code).toBe('bomb');
    expect(bytes.length).toBeLessThan(20 * MiB);
    const zip = makeZip([{ name: 'm', data: log(), packed: makeFrame(blocks), method: 93 }]);
    const member = (await find(scratch({ 'a.zip': zip }), ['a.zip'])).inputs[0]!;
    expect((await read(member)).error?.code).toBe('bomb');
  });

  test('a member beyond the limit for one is stopped', async () => {
    const found = await findZstd(makeZstd(log('x'.repeat(200_000))), { limits: { memberBytes: 50_000 } });
    expect(refusals(found)).toEqual(['bomb a.zst']);
  });

  test('a window of more than 128 MiB is refused, one of 128 MiB takes no memory before it is filled', async () => {
    const found = await findZstd(makeFrame([log()], { window: (17 << 3) | 1 }));
    expect(found.unread[0]!.message).toBe(
      'packed with Zstandard and a window of 144 MiB, more than the 128 MiB that are read; unpack it and give the folder',
    );
    const single = makeFrame([log()], { window: null, size: 2 ** 40 });
    expect((await findZstd(single)).unread[0]!.message).toContain('a window of 1 TiB');
    const before = process.memoryUsage().arrayBuffers;
    expect((await unpack(makeFrame([log()], { window: 17 << 3 }))).bytes).toEqual(log());
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MiB);
  });

  test('a dictionary is named', async () => {
    const found = await findZstd(makeFrame([log()], { dictionary: 4711 }));
    expect(refusals(found)).toEqual(['unknown-type a.zst']);
    expect(found.unread[0]!.message).toContain('Zstandard dictionary 4711, which is not here');
  });

  test('many blocks of a byte in a large window cost what they give', async () => {
    const blocks: MadeBlock[] = Array.from({ length: 100_000 }, () => ({ byte: 65, times: 1 }));
    const started = performance.now();
    const { bytes } = await unpack(makeFrame(blocks, { window: 17 << 3 }));
    expect(bytes.length).toBe(100_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('many frames of a byte cost what they give, and see nothing of each other', async () => {
    const frame = makeFrame([Buffer.from('a')], { window: 17 << 3 });
    const started = performance.now();
    const { bytes } = await unpack(Buffer.concat(new Array(50_000).fill(frame)));
    expect(bytes.length).toBe(50_000);
    expect(performance.now() - started).toBeLessThan(5000);
    const after = await unpack(Buffer.concat([frame, makeFrame([{ compressed: matchBlock(2, 0n) }])]));
    expect(after.error?.message).toContain('from before the beginning');
    expect(after.bytes.toString()).toBe('a');
  });

  test('blocks made at random are decoded or refused', async () => {
    const block = fc
      .tuple(fc.constantFrom(0, 1, 2, 3, 9), fc.uint8Array({ maxLength: 200 }))
      .map(([kind, bytes]) => {
        // A compressed block with the beginning of a sound one, so that more than its header is met.
        const sound = frames.fast.subarray(9, 9 + kind * 40);
        return { compressed: Buffer.concat([sound, bytes]) };
      });
    await fc.assert(
      fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 3 }), async blocks => {
        const { bytes, error } = await unpack(makeFrame([log(), ...blocks], { checkSum: false }));
        expect(bytes.subarray(0, 4)).toEqual(log());
        expect(bytes.length).toBeLessThanOrEqual(4 + blocks.length * 131_072);
        if (error !== null) expect(error.code).toBe('corrupt');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the check sum', () => {
  test('is XXH64, however the content is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 6 }), parts => {
        const sum = new Xxh64();
        for (const part of parts) sum.update(part);
        expect(sum.low32()).toBe(Number(xxh64(Buffer.concat(parts)) & 0xffffffffn));
      }),
      { numRuns: 500 },
    );
  });

  test('of nothing and of "abc" is as published', () => {
    expect(xxh64(Buffer.alloc(0))).toBe(0xef46db3751d8e999n);
    expect(xxh64(Buffer.from('abc'))).toBe(0x44bc2cf5ad770999n);
  });
});

/** Text that packs in many ways: words in no order, runs, noise. */
const packable = fc
  .array(
    fc.oneof(
      fc.constantFrom('word ', 'another ', 'C:\\Windows\\System32\\', '\n').map(text => Buffer.from(text)),
      fc.uint8Array({ maxLength: 40 }),
      fc.tuple(fc.nat(255), fc.nat(70_000)).map(([byte, times]) => Buffer.alloc(times, byte)),
      fc.nat(70_000).map(size => noise(size, size).map(byte => byte & 15)),
    ),
    { maxLength: 40 },
  )
  .map(parts => Buffer.concat(parts));

type Compress = (bytes: Uint8Array, options: { params: Record<number, number> }) => Buffer;
const compress = (zlib as { zstdCompressSync?: Compress }).zstdCompressSync;

describe.skipIf(compress === undefined)('what node:zlib packs (Node 22.15 and newer)', () => {
  const { ZSTD_c_compressionLevel: level, ZSTD_c_checksumFlag: check } = zlib.constants as unknown as Record<
    string,
    number
  >;

  test('is unpacked, at any level', async () => {
    await fc.assert(
      fc.asyncProperty(
        packable,
        fc.integer({ min: -5, max: 19 }),
        fc.nat(1),
        async (content, at, withCheck) => {
          const { bytes, error } = await unpack(
            compress!(content, { params: { [level!]: at, [check!]: withCheck } }),
          );
          expect(error).toBe(null);
          expect(bytes.equals(content)).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});

const haveProgram = spawnSync('zstd', ['--version']).status === 0;

describe.skipIf(!haveProgram)('what the zstd program packs', () => {
  test('is unpacked, at any level', async () => {
    await fc.assert(
      fc.asyncProperty(
        packable,
        fc.constantFrom(['--fast=9'], ['-1'], ['-5', '--long=27'], ['-19', '--no-check'], ['-22', '--ultra']),
        async (content, options) => {
          const packed = execFileSync('zstd', ['-q', '-c', ...options], {
            input: content,
            maxBuffer: 64 * MiB,
          });
          const { bytes, error } = await unpack(packed);
          expect(error).toBe(null);
          expect(bytes.equals(content)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });
});
