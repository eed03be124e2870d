import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type MadeMember, makeGzip, makeZip, zipOf } from '../../../test/archives.ts';
import { find, log, paths, read, readAll, refusals } from '../../../test/found.ts';
import { noise } from '../../../test/noise.ts';
import { scratch } from '../../../test/scratch.ts';
import { haveShared, sharedData } from '../../../test/shared.ts';
import { ArchiveStore, type DiscoverOptions, type Discovery } from './index.ts';

/** Discovers one archive under the name `a.zip`. */
function findZip(content: Uint8Array, options: Partial<DiscoverOptions> = {}): Promise<Discovery> {
  return find(scratch({ 'a.zip': content }), ['a.zip'], options);
}

const MiB = 2 ** 20;
/** A log that packs some ten times: words in no order. */
function longLog(size: number): Buffer {
  const random = noise(size / 8);
  const words = Array.from(random, byte => `word-${byte & 15}-`).join('');
  return log(words.slice(0, size));
}

describe('zip', () => {
  test('members come in the order of the directory, with size and steps', async () => {
    const found = await findZip(
      makeZip([
        { name: 'b', data: log('1') },
        { name: 'a', data: log('22') },
      ]),
    );
    expect(found.inputs.map(({ path, size, steps }) => ({ path, size, steps }))).toEqual([
      { path: 'a.zip!/b', size: 5, steps: [{ container: 'zip', index: 0 }] },
      { path: 'a.zip!/a', size: 6, steps: [{ container: 'zip', index: 1 }] },
    ]);
  });

  const content = longLog(9 * MiB);
  test.each<[string, Partial<MadeMember>, Parameters<typeof makeZip>[1]]>([
    ['deflated', {}, {}],
    ['stored', { method: 0 }, {}],
    ['with a data descriptor', { descriptor: true }, {}],
    ['zip64', { zip64: true }, { zip64: true }],
    ['zip64 with a data descriptor', { zip64: true, descriptor: true }, { zip64: true }],
    ['with a comment', {}, { comment: 'PK\x05\x06 a comment that looks like an end' }],
    ['with bytes before it', { method: 0 }, { before: makeZip([]) }],
  ])('%s: small and large members are read whole', async (_, how, options) => {
    const zip = makeZip(
      [
        { name: 'small', data: log('x'), ...how },
        { name: 'large', data: content, ...how },
      ],
      options,
    );
    const found = await findZip(zip);
    const store = new ArchiveStore();
    const both = await Promise.all(found.inputs.map(input => read(input, { store })));
    store.dispose();
    expect(both.map(one => one.error)).toEqual([null, null]);
    expect(both[0]!.bytes).toEqual(log('x'));
    expect(both[1]!.bytes.equals(content)).toBe(true);
  });

  test('a member is read without a store too', async () => {
    const found = await findZip(zipOf('m', log('alone')));
    expect((await read(found.inputs[0]!)).bytes).toEqual(log('alone'));
  });

  test('folders in it are no members, an archive without files is empty', async () => {
    expect(refusals(await findZip(makeZip([{ name: 'd/', data: Buffer.alloc(0), method: 0 }])))).toEqual([
      'empty a.zip',
    ]);
    expect(refusals(await findZip(makeZip([])))).toEqual(['empty a.zip']);
  });

  test('an empty member and one of no known type are named', async () => {
    const zip = makeZip([
      { name: 'e', data: Buffer.alloc(0) },
      { name: 'u', data: Buffer.from('{"a":1}') },
    ]);
    const found = await findZip(zip);
    expect(refusals(found)).toEqual(['empty a.zip!/e', 'unknown-type a.zip!/u']);
    expect(found.unread[1]!.message).toContain('JSON');
  });

  test('an encrypted member is named with the remedy, the others are read', async () => {
    const zip = makeZip([
      { name: 's', data: log(), flags: 1 },
      { name: 'o', data: log() },
    ]);
    const found = await findZip(zip);
    expect(refusals(found)).toEqual(['encrypted a.zip!/s']);
    expect(found.unread[0]!.message).toContain('password');
    expect(paths(found)).toEqual(['a.zip!/o']);
  });

  test('a method that is not read is named', async () => {
    const found = await findZip(
      makeZip([
        { name: 'm', data: log(), method: 14 },
        { name: 'n', data: log(), method: 77 },
      ]),
    );
    expect(found.unread.map(unread => `${unread.reason}: ${unread.message}`)).toEqual([
      'unknown-type: packed with LZMA, which is not read; unpack it and give the folder',
      'unknown-type: packed with method 77, which is not read; unpack it and give the folder',
    ]);
  });

  describe('Deflate64', () => {
    // Without matches of 258 bytes and reaching back less than 32 KiB, deflate data mean the same as Deflate64.
    const content = Buffer.concat([log(), noise(2_000_000).map(byte => byte & 63)]);
    const packed = deflateRawSync(content, { strategy: constants.Z_HUFFMAN_ONLY });

    test('is read', async () => {
      const found = await findZip(makeZip([{ name: 'm', data: content, method: 9, packed }]));
      expect(found.unread).toEqual([]);
      const { bytes, error } = await read(found.inputs[0]!);
      expect(error).toBe(null);
      expect(bytes.equals(content)).toBe(true);
    });

    test('damaged or cut off, most of what comes before is read and the damage is said', async () => {
      const damaged = Buffer.concat([packed.subarray(0, 1_000_000), noise(1000)]);
      for (const bad of [damaged, packed.subarray(0, 1_000_000)]) {
        const found = await findZip(makeZip([{ name: 'm', data: content, method: 9, packed: bad }]));
        const { bytes, error } = await read(found.inputs[0]!);
        expect(error?.code).toBe('corrupt');
        expect(bytes.length).toBeGreaterThan(500_000);
        expect(bytes.subarray(0, 500_000).equals(content.subarray(0, 500_000))).toBe(true);
      }
    });
  });

  test('a name in code page 437 and one in unmarked UTF-8 are text', async () => {
    const zip = makeZip([
      { name: Buffer.from([0x84, 0x2e, 0x94]), data: log(), flags: 0 },
      { name: Buffer.from('ä.ö'), data: log(), flags: 0 },
    ]);
    expect(paths(await findZip(zip))).toEqual(['a.zip!/ä.ö', 'a.zip!/ä.ö']);
  });
});

describe('hostile names', () => {
  test.each(['../../evil', '/etc/evil', 'C:\\Windows\\evil', 'x\\..\\..\\evil', '\\\\host\\evil'])(
    '%s gets one line, and is read because nothing is written by it',
    async name => {
      const found = await findZip(
        makeZip([
          { name, data: log() },
          { name: 'good', data: log() },
        ]),
      );
      expect(paths(found)).toEqual([`a.zip!/${name}`, 'a.zip!/good']);
      expect(found.notes.map(note => `${note.reason} ${note.path}`)).toEqual([`traversal a.zip!/${name}`]);
      expect(found.notes[0]!.message).toContain('path traversal');
    },
  );

  test('many such names in one archive get one line', async () => {
    const found = await findZip(makeZip(['../a', '../b', '../c'].map(name => ({ name, data: log() }))));
    expect(found.notes.map(note => note.message)).toEqual([
      expect.stringContaining('(and 2 more members like it)'),
    ]);
  });

  test('a name with terminal escapes or NUL stays as it is and gets one line', async () => {
    const found = await findZip(
      makeZip([
        { name: 'a\x1b]0;x\x07', data: log() },
        { name: 'b\0.evtx', data: log() },
      ]),
    );
    expect(paths(found)).toEqual(['a.zip!/a\x1b]0;x\x07', 'a.zip!/b\0.evtx']);
    expect(found.notes.map(note => note.reason)).toEqual(['odd-name']);
  });

  test('a very long name is a name', async () => {
    const name = 'n'.repeat(65_000);
    expect(paths(await findZip(zipOf(name, log())))).toEqual([`a.zip!/${name}`]);
  });

  test('a name with two dots that leads nowhere is not odd', async () => {
    expect((await findZip(zipOf('a..b/c..', log()))).notes).toEqual([]);
  });
});

describe('bombs', () => {
  const zeros = Buffer.concat([log(), Buffer.alloc(40 * MiB)]);

  test('a member that packs a thousand times is refused before it is unpacked', async () => {
    const found = await findZip(
      makeZip([
        { name: 'bomb', data: zeros },
        { name: 'good', data: log() },
      ]),
    );
    expect(refusals(found)).toEqual(['bomb a.zip!/bomb']);
    expect(found.unread[0]!.message).toContain('250 times its packed size');
    expect(paths(found)).toEqual(['a.zip!/good']);
  });

  test('one that lies about its size is stopped when it has grown too far', async () => {
    const found = await findZip(makeZip([{ name: 'bomb', data: zeros, size: 100 }]));
    const { bytes, error } = await read(found.inputs[0]!);
    expect(error?.code).toBe('bomb');
    expect(error?.bytes).toBe(bytes.length);
    expect(bytes.length).toBeLessThan(20 * MiB);
  });

  test('a gzip that unpacks a thousand times is stopped', async () => {
    const found = await find(scratch({ a: makeGzip(zeros) }), ['a']);
    const { bytes, error } = await read(found.inputs[0]!);
    expect(error?.code).toBe('bomb');
    expect(bytes.length).toBeLessThan(20 * MiB);
  });

  test('a nearly empty log of a few MiB is no bomb', async () => {
    const found = await findZip(zipOf('m', zeros.subarray(0, 8 * MiB)));
    expect((await read(found.inputs[0]!)).bytes.length).toBe(8 * MiB);
  });

  test('a member beyond the limit for one is refused', async () => {
    const zip = makeZip([{ name: 'm', data: log('x'.repeat(100)) }]);
    const found = await findZip(zip, { limits: { memberBytes: 50 } });
    expect(found.unread[0]!.message).toBe(
      'unpacks to more than 50 bytes, the limit for one member; it was not read',
    );
  });

  test('the sum of all members is bounded, through nested archives', async () => {
    const inner = makeZip(['x', 'y', 'z'].map(name => ({ name, data: log('1234567') })));
    const zip = makeZip(['p', 'q'].map(name => ({ name, data: inner })));
    const found = await findZip(zip, { limits: { totalBytes: inner.length * 2 + 20 } });
    expect(paths(found)).toEqual(['a.zip!/p!/x', 'a.zip!/p!/y', 'a.zip!/p!/z']);
    expect(refusals(found)).toEqual(['bomb a.zip']);
  });

  test('too many members are refused, in one archive and in sum', async () => {
    const zip = makeZip(['x', 'y', 'z'].map(name => ({ name, data: log() })));
    expect(refusals(await findZip(zip, { limits: { entries: 2 } }))).toEqual(['bomb a.zip']);
    const nested = makeZip(['p', 'q'].map(name => ({ name, data: zip })));
    const found = await findZip(nested, { limits: { entries: 6 } });
    expect(paths(found)).toEqual(['x', 'y', 'z'].map(name => `a.zip!/p!/${name}`));
    expect(refusals(found)).toEqual(['bomb a.zip!/q']);
  });

  test('an end record that states four thousand million members is refused at once', async () => {
    const zip = makeZip([{ name: 'm', data: log() }], { zip64: true, entries: 2 ** 32 });
    expect(refusals(await findZip(zip))).toEqual(['bomb a.zip']);
  });

  test('members that share their bytes are refused, the others are read', async () => {
    const shared = { name: 'k0', data: log('kernel') };
    const zip = makeZip([
      shared,
      { ...shared, name: 'k1', offset: 0 },
      { ...shared, name: 'k2', offset: 0 },
      { name: 'good', data: log() },
    ]);
    const found = await findZip(zip);
    expect(paths(found)).toEqual(['a.zip!/good']);
    expect(refusals(found)).toEqual(['bomb a.zip']);
    expect(found.unread[0]!.message).toContain('3 members of this archive (such as k0) share their bytes');
  });

  test('a member that quotes the next local header overlaps it', async () => {
    const second = makeZip([{ name: 'second', data: log() }]);
    const zip = makeZip([
      { name: 'first', data: log(), packed: second, method: 0, packedSize: second.length },
      { name: 'in', data: log(), offset: 30 + 5 },
    ]);
    expect(refusals(await findZip(zip))).toEqual(['bomb a.zip']);
  });
});

describe('containers in containers', () => {
  test('zips in zips to depth five', async () => {
    let zip = zipOf('deep', log('down here'));
    for (const name of ['4', '3', '2', '1']) zip = zipOf(name, zip);
    expect(await readAll(await findZip(zip))).toEqual({ 'a.zip!/1!/2!/3!/4!/deep': 'LOG!down here' });
  });

  test('deeper than the limit is named', async () => {
    let zip = zipOf('deep', log());
    for (let i = 0; i < 8; i++) zip = zipOf('n', zip);
    const found = await findZip(zip);
    expect(refusals(found)).toEqual([`too-deep a.zip${'!/n'.repeat(8)}`]);
    expect(found.unread[0]!.message).toContain('deeper than 8');
  });

  test('a gzip in a zip in a zip, a zip in a gzip, a gzip in a gzip', async () => {
    const cwd = scratch({
      'a.zip': zipOf('b.zip', zipOf('c.gz', makeGzip(log('1')))),
      'd.gz': makeGzip(zipOf('e', log('2'))),
      'f.gz': makeGzip(makeGzip(log('3'))),
    });
    expect(await readAll(await find(cwd, ['.']))).toEqual({
      './a.zip!/b.zip!/c.gz': 'LOG!1',
      './d.gz!/e': 'LOG!2',
      './f.gz': 'LOG!3',
    });
  });

  test('a stored inner archive is read where it lies', async () => {
    const zip = makeZip([{ name: 'in.zip', data: zipOf('m', log('x')), method: 0 }]);
    expect(await readAll(await findZip(zip))).toEqual({ 'a.zip!/in.zip!/m': 'LOG!x' });
  });

  test('an inner archive too large for memory goes to a file that nobody finds', async () => {
    const content = Buffer.concat([log(), noise(33 * MiB)]);
    const inner = makeZip([
      { name: 'm', data: content, method: 0 },
      { name: 'n', data: log('n') },
    ]);
    const cwd = scratch({ 'a.gz': gzipSync(inner, { level: 1 }) });
    const temporary = join(cwd, 'temporary');
    mkdirSync(temporary);
    for (const name of ['TMPDIR', 'TEMP']) vi.stubEnv(name, temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    const store = new ArchiveStore();
    const found = await find(cwd, ['a.gz'], { store });
    expect(paths(found)).toEqual(['a.gz!/m', 'a.gz!/n']);
    const { bytes, error } = await read(found.inputs[0]!, { store });
    expect(error).toBe(null);
    expect(bytes.equals(content)).toBe(true);
    const folders = readdirSync(temporary);
    expect(folders).toHaveLength(1);
    if (process.platform !== 'win32') {
      expect(statSync(join(temporary, folders[0]!)).mode & 0o777).toBe(0o700);
      expect(readdirSync(join(temporary, folders[0]!))).toEqual([]);
    }
    store.dispose();
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('reading members of many archives in turn keeps few open', async () => {
    const cwd = scratch(
      Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e'].map(name => [
          name,
          makeZip(['x', 'y'].map(m => ({ name: m, data: log(name + m) }))),
        ]),
      ),
    );
    const found = await find(cwd, ['.']);
    const store = new ArchiveStore();
    for (const input of [...found.inputs, ...found.inputs]) {
      const [, file, member] = /(\w)!\/(\w)/.exec(input.path)!;
      expect((await read(input, { store })).bytes.toString()).toBe(`LOG!${file}${member}`);
    }
    store.dispose();
  });
});

describe('damage', () => {
  test('a wrong check sum is said after all bytes were given', async () => {
    for (const method of [0, 8]) {
      const found = await findZip(makeZip([{ name: 'm', data: log('x'), crc: 1, method }]));
      const { bytes, error } = await read(found.inputs[0]!);
      expect(bytes).toEqual(log('x'));
      expect(error?.message).toContain('check sum does not fit');
    }
  });

  test('damaged deflate data give every byte before the damage', async () => {
    for (const size of [100_000, 6 * MiB]) {
      const content = longLog(size);
      const packed = deflateRawSync(content);
      const at = Math.floor(packed.length * 0.7);
      // A stored block whose length check fails, put where a fixed-code block would continue.
      const sound = deflateRawSync(content.subarray(0, size * 0.6), { finishFlush: 2 });
      const broken = Buffer.concat([sound, Buffer.from([0x06]), noise(5000, at)]);
      const found = await findZip(makeZip([{ name: 'm', data: content, packed: broken }]));
      const { bytes, error } = await read(found.inputs[0]!);
      expect(error?.code).toBe('corrupt');
      expect(error?.bytes).toBe(bytes.length);
      expect(bytes.equals(content.subarray(0, size * 0.6))).toBe(true);
    }
  });

  test('sizes that lie low do not hide the rest', async () => {
    const content = longLog(3 * MiB);
    const found = await findZip(makeZip([{ name: 'm', data: content, size: 10 }]));
    const { bytes, error } = await read(found.inputs[0]!);
    expect(bytes.equals(content)).toBe(true);
    expect(error?.message).toBe(`holds ${content.length} bytes where 10 are said; all were read`);
  });

  test('sizes that lie high are said', async () => {
    const found = await findZip(makeZip([{ name: 'm', data: log('x'), size: 1000 }]));
    expect((await read(found.inputs[0]!)).error?.message).toBe('holds 5 of 1000 bytes; they were read');
  });

  test('a zip cut off in its data gives the members by their own headers, the last in part', async () => {
    const large = longLog(1 * MiB);
    const whole = makeZip([
      { name: 'a', data: log('1') },
      { name: 'b', data: large },
      { name: 'c', data: log('3') },
    ]);
    const found = await findZip(whole.subarray(0, 50_000));
    expect(refusals(found)).toEqual(['corrupt a.zip']);
    expect(found.unread[0]!.message).toContain('cut off');
    expect(paths(found)).toEqual(['a.zip!/a', 'a.zip!/b']);
    const { bytes, error } = await read(found.inputs[1]!);
    expect(error?.code).toBe('corrupt');
    expect(bytes.length).toBeGreaterThan(100_000);
    expect(bytes.equals(large.subarray(0, bytes.length))).toBe(true);
  });

  test('a zip cut off in its directory keeps all members', async () => {
    const zip = makeZip(['a', 'b', 'c'].map(name => ({ name, data: log(name), descriptor: name === 'b' })));
    for (const cut of [10, 30, 80, 140]) {
      const texts = await readAll(await findZip(zip.subarray(0, zip.length - cut)));
      expect(texts).toEqual({ 'a.zip!/a': 'LOG!a', 'a.zip!/b': 'LOG!b', 'a.zip!/c': 'LOG!c' });
    }
  });

  test('a directory damaged in the middle is made up for', async () => {
    const zip = makeZip(['a', 'b', 'c'].map(name => ({ name, data: log(name) })));
    const second = zip.indexOf('PK\x01\x02', zip.indexOf('PK\x01\x02') + 4, 'latin1');
    zip[second] = 0;
    const found = await findZip(zip);
    expect(await readAll(found)).toEqual({ 'a.zip!/a': 'LOG!a', 'a.zip!/b': 'LOG!b', 'a.zip!/c': 'LOG!c' });
    expect(found.unread.map(unread => unread.message)).toEqual([
      "the archive's directory is damaged after 1 of 3 members",
    ]);
  });

  test('a cut off archive of nothing but beginnings of headers is searched in linear time', async () => {
    const header = Buffer.from('PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0', 'latin1');
    for (const junk of [Buffer.alloc(8 * MiB, 'PK\x03\x04', 'latin1'), Buffer.alloc(8 * MiB, header)]) {
      const started = performance.now();
      expect(refusals(await findZip(junk)).filter(refusal => refusal === 'corrupt a.zip')).toHaveLength(1);
      expect(performance.now() - started).toBeLessThan(10_000);
    }
  });

  test('an entry that points nowhere is named, the others are read', async () => {
    const found = await findZip(
      makeZip([
        { name: 'a', data: log(), offset: 0x7fffffff },
        { name: 'b', data: log() },
      ]),
    );
    expect(refusals(found)).toEqual(['corrupt a.zip!/a']);
    expect(paths(found)).toEqual(['a.zip!/b']);
  });

  test('one part of a split archive is named', async () => {
    const zip = zipOf('m', log());
    zip.writeUInt16LE(3, zip.length - 18);
    const found = await findZip(zip);
    expect(found.unread[0]!.message).toContain('split archive');
  });

  test('an archive that changed after it was listed ends with an error, not with other bytes', async () => {
    const cwd = scratch({
      'a.zip': makeZip([
        { name: 'a', data: log() },
        { name: 'b', data: log() },
      ]),
    });
    const found = await find(cwd, ['a.zip']);
    writeFileSync(join(cwd, 'a.zip'), zipOf('a', log()));
    expect((await read(found.inputs[1]!)).error?.message).toContain('changed');
  });
});

describe('gzip', () => {
  const findGzip = (content: Uint8Array): Promise<Discovery> => find(scratch({ 'a.gz': content }), ['a.gz']);

  test('all its members are one content', async () => {
    const found = await findGzip(makeGzip(log('1'), Buffer.from('2'), Buffer.alloc(0), Buffer.from('3')));
    expect(found.inputs).toMatchObject([{ path: 'a.gz', size: -1, steps: [{ container: 'gzip' }] }]);
    expect((await read(found.inputs[0]!)).bytes).toEqual(log('123'));
  });

  test('a large one is read whole', async () => {
    const content = longLog(9 * MiB);
    const { bytes, error } = await read((await findGzip(makeGzip(content))).inputs[0]!);
    expect(error).toBe(null);
    expect(bytes.equals(content)).toBe(true);
  });

  test('header fields are skipped', async () => {
    const plain = makeGzip(log('x'));
    const fields = Buffer.concat([
      Buffer.from([3, 0, 1, 2, 3]),
      Buffer.from('name\0comment\0'),
      Buffer.from([0, 0]),
    ]);
    const header = Buffer.from(plain.subarray(0, 10));
    header[3] = 2 | 4 | 8 | 16;
    const found = await findGzip(Buffer.concat([header, fields, plain.subarray(10)]));
    expect((await read(found.inputs[0]!)).bytes).toEqual(log('x'));
  });

  test('zeros after it are padding', async () => {
    const found = await findGzip(Buffer.concat([makeGzip(log('x')), Buffer.alloc(1000)]));
    expect(await read(found.inputs[0]!)).toEqual({ bytes: log('x'), error: null });
  });

  test('anything else after it is said', async () => {
    const { bytes, error } = await read(
      (await findGzip(Buffer.concat([makeGzip(log('x')), Buffer.from('rubbish')]))).inputs[0]!,
    );
    expect(bytes).toEqual(log('x'));
    expect(error?.message).toContain('follows the gzip data');
  });

  test('cut off anywhere, what is there is read and the cut is said', async () => {
    const content = longLog(300_000);
    const packed = makeGzip(content);
    for (const keep of [packed.length >> 1, packed.length - 9, packed.length - 8, packed.length - 1]) {
      const { bytes, error } = await read((await findGzip(packed.subarray(0, keep))).inputs[0]!);
      expect(error?.message).toContain('cut off');
      expect(bytes.equals(content.subarray(0, bytes.length))).toBe(true);
      expect(bytes.length).toBeGreaterThan(keep >= packed.length - 8 ? content.length - 1 : 100_000);
    }
  });

  test('damaged in a later member, everything before is read', async () => {
    const first = longLog(200_000);
    const sound = deflateRawSync(Buffer.from('sound'), { finishFlush: 2 });
    const second = Buffer.concat([
      makeGzip(Buffer.alloc(0)).subarray(0, 10),
      sound,
      Buffer.from([6]),
      noise(100),
    ]);
    const { bytes, error } = await read(
      (await findGzip(Buffer.concat([makeGzip(first), second]))).inputs[0]!,
    );
    expect(error?.code).toBe('corrupt');
    expect(bytes.equals(Buffer.concat([first, Buffer.from('sound')]))).toBe(true);
  });

  test('a wrong check sum is said', async () => {
    const packed = makeGzip(log('x'));
    packed[packed.length - 6]! ^= 1;
    expect((await read((await findGzip(packed)).inputs[0]!)).error?.message).toContain('check sum');
  });

  test('of nothing is empty, of rubbish is corrupt', async () => {
    expect(refusals(await findGzip(makeGzip(Buffer.alloc(0))))).toEqual(['empty a.gz']);
    expect(refusals(await findGzip(makeGzip(log()).subarray(0, 11)))).toEqual(['corrupt a.gz']);
  });
});

describe.skipIf(!haveShared)('real archives', () => {
  test('JSON in zips is named, one line each', async () => {
    const found = await find(sharedData(''), ['security-datasets']);
    expect(found.inputs).toEqual([]);
    const members = found.unread.filter(unread => unread.path.includes('.zip!/'));
    expect(members).toHaveLength(9);
    expect(members.every(unread => unread.reason === 'unknown-type' && unread.size > 0)).toBe(true);
    expect(
      members.filter(unread => unread.message.startsWith('JSON that holds no Windows events')),
    ).toHaveLength(8);
  });
});
