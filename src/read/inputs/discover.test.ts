import { execFileSync } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, openSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeGzip, makeZip, zipOf } from '../../../test/archives.ts';
import { find, log, paths, read, readAll, refusals } from '../../../test/found.ts';
import { scratch } from '../../../test/scratch.ts';

const posix = process.platform !== 'win32';

describe('files and folders', () => {
  test('a file is told by its content, not by its name', async () => {
    const cwd = scratch({ 'a.txt': log(), 'b.evtx': 'no log' });
    const found = await find(cwd, ['a.txt', 'b.evtx']);
    expect(paths(found)).toEqual(['a.txt']);
    expect(refusals(found)).toEqual(['unknown-type b.evtx']);
    expect(found.unread[0]!.message).toBe('text of no known type; this version reads log');
  });

  test('a folder is walked in the order of the bytes of its names', async () => {
    const names = ['b/x', 'a-', 'a/z', 'B', '\u{1f600}', '\uff5e', 'é', 'a0'];
    const cwd = scratch(Object.fromEntries(names.map(name => [`in/${name}`, log()])));
    const found = await find(cwd, ['in']);
    expect(paths(found)).toEqual(
      ['B', 'a/z', 'a-', 'a0', 'b/x', 'é', '\uff5e', '\u{1f600}'].map(n => `in/${n}`),
    );
  });

  test('a separator at the end of a folder is not doubled', async () => {
    const cwd = scratch({ 'in/a': log() });
    expect(paths(await find(cwd, ['in/']))).toEqual(['in/a']);
  });

  test('size and file of an input are those of the file', async () => {
    const cwd = scratch({ a: log('123') });
    expect((await find(cwd, ['a'])).inputs[0]).toEqual({
      path: 'a',
      file: join(cwd, 'a'),
      steps: [],
      type: 'log',
      size: 7,
    });
  });

  test('an empty file, an empty folder and a missing path get one line each', async () => {
    const cwd = scratch({ a: '' });
    mkdirSync(join(cwd, 'folder'));
    const found = await find(cwd, ['a', 'folder', 'gone']);
    expect(refusals(found)).toEqual(['empty a', 'empty folder', 'missing gone']);
    expect(found.unread.map(unread => unread.message)).toEqual([
      'a file of 0 bytes',
      'a folder without files',
      'no such file or folder',
    ]);
    expect(found.unread.every(unread => unread.asked === true)).toBe(true);
  });

  test('a folder without a readable log says so beside each file', async () => {
    const cwd = scratch({ 'in/a': 'x', 'in/b': 'y' });
    const found = await find(cwd, ['in']);
    expect(refusals(found)).toEqual(['unknown-type in/a', 'unknown-type in/b', 'empty in']);
    expect(found.unread[2]!.message).toContain('2 files looked at');
    expect(found.unread.map(unread => unread.asked)).toEqual([undefined, undefined, true]);
  });

  test('a name with terminal escapes stays as it is', async () => {
    const name = 'a\x1b[31mred\x07.log';
    const cwd = scratch({ [name]: log() });
    expect(paths(await find(cwd, ['.']))).toEqual([`./${name}`]);
  });

  test('a path with a NUL is missing', async () => {
    expect(refusals(await find(scratch(), ['a\0b']))).toEqual(['missing a\0b']);
  });

  test('a path that is too long is named, not thrown', async () => {
    const long = 'x'.repeat(5000);
    const found = await find(scratch(), [long]);
    expect(found.unread[0]!.reason).toBe('unreadable');
    expect(found.unread[0]!.message).toContain('longer than');
  });

  test('progress counts what was looked at', async () => {
    const cwd = scratch({ 'in/a': log(), 'a.zip': makeZip(['x', 'y'].map(name => ({ name, data: log() }))) });
    const seen: number[] = [];
    await find(cwd, ['in', 'a.zip'], { onProgress: looked => seen.push(looked) });
    expect(seen).toEqual([1, 4]);
  });

  test('an aborted discovery rejects with the reason', async () => {
    const cwd = scratch({
      'a.zip': makeZip(Array.from({ length: 3000 }, (_, i) => ({ name: `m${i}`, data: log() }))),
    });
    const stop = new AbortController();
    const reason = new Error('stop');
    setImmediate(() => stop.abort(reason));
    await expect(find(cwd, ['a.zip', 'a.zip!/m1'], { signal: stop.signal })).rejects.toBe(reason);
  });
});

describe('the same file twice', () => {
  test('is read once and noted', async () => {
    const cwd = scratch({ 'in/a': log(), 'in/b': log() });
    const found = await find(cwd, ['in/b', 'in', 'in/../in/b']);
    expect(paths(found)).toEqual(['in/b', 'in/a']);
    expect(found.notes.map(note => `${note.reason} ${note.path}: ${note.message}`)).toEqual([
      'repeated in/b: the same file as in/b; it is read once',
      'repeated in/../in/b: the same file as in/b; it is read once',
    ]);
    expect(found.unread).toEqual([]);
  });

  test.runIf(posix)('hard links are two files', async () => {
    const cwd = scratch({ a: log() });
    linkSync(join(cwd, 'a'), join(cwd, 'b'));
    expect(paths(await find(cwd, ['.']))).toEqual(['./a', './b']);
  });

  test('members of one archive can be named one by one', async () => {
    const cwd = scratch({ 'a.zip': makeZip(['x', 'y'].map(name => ({ name, data: log(name) }))) });
    const found = await find(cwd, ['a.zip!/x', 'a.zip!/y']);
    expect(paths(found)).toEqual(['a.zip!/x', 'a.zip!/y']);
    expect(found.notes).toEqual([]);
  });
});

describe.runIf(posix)('links and special files', () => {
  test('links to files and folders are followed', async () => {
    const cwd = scratch({ 'real/a': log(), 'in/b': log(), other: log() });
    symlinkSync('../real', join(cwd, 'in/folder'));
    symlinkSync('../other', join(cwd, 'in/file'));
    expect(paths(await find(cwd, ['in']))).toEqual(['in/b', 'in/file', 'in/folder/a']);
  });

  test('folders that link to each other end, and each file is read once', async () => {
    const cwd = scratch({ 'in/x/a': log(), 'in/y/b': log() });
    symlinkSync('..', join(cwd, 'in/x/up'));
    symlinkSync('../x', join(cwd, 'in/y/x'));
    const found = await find(cwd, ['in']);
    expect(paths(found)).toEqual(['in/x/a', 'in/y/b']);
    expect(found.notes.map(note => note.path)).toEqual(['in/x/up', 'in/y/x']);
  });

  test('a link to nothing and a link to itself are named', async () => {
    const cwd = scratch();
    symlinkSync('nowhere', join(cwd, 'a'));
    symlinkSync('b', join(cwd, 'b'));
    const found = await find(cwd, ['.', 'a']);
    expect(refusals(found)).toEqual(['missing ./a', 'unreadable ./b', 'empty .', 'missing a']);
    expect(found.unread[0]!.message).toBe('a link to nowhere, which does not exist');
  });

  test('a pipe is named and never opened', async () => {
    const cwd = scratch({ 'in/a': log() });
    execFileSync('mkfifo', [join(cwd, 'in/pipe')]);
    symlinkSync('pipe', join(cwd, 'in/to-pipe'));
    const found = await find(cwd, ['in', 'in/pipe']);
    expect(paths(found)).toEqual(['in/a']);
    expect(refusals(found)).toEqual([
      'special-file in/pipe',
      'special-file in/to-pipe',
      'special-file in/pipe',
    ]);
  });

  test('a socket and a device are named and never opened', async () => {
    const cwd = scratch();
    const server = createServer().listen(join(cwd, 'socket'));
    await new Promise(resolve => server.once('listening', resolve));
    const found = await find(cwd, ['.', '/dev/null']);
    server.close();
    expect(refusals(found)).toEqual(['special-file ./socket', 'empty .', 'special-file /dev/null']);
  });

  test('a name that is not UTF-8 is shown with its bytes and opened by them', async ctx => {
    const cwd = scratch();
    const name = Buffer.concat([Buffer.from(cwd), Buffer.from('/bad\xff\xe9.log', 'latin1')]);
    try {
      writeFileSync(name, log('content'));
    } catch {
      return ctx.skip();
    }
    const found = await find(cwd, ['.']);
    expect(paths(found)).toEqual(['./bad\\xff\\xe9.log']);
    expect((await read(found.inputs[0]!)).bytes).toEqual(log('content'));
    expect(paths(await find(cwd, ['bad\ufffd\ufffd.log']))).toEqual(['bad\\xff\\xe9.log']);
  });

  test('members of an archive with a name that is not UTF-8 can be opened', async ctx => {
    const cwd = scratch();
    try {
      writeFileSync(
        Buffer.concat([Buffer.from(cwd), Buffer.from('/\xff.zip', 'latin1')]),
        zipOf('m', log('in')),
      );
    } catch {
      return ctx.skip();
    }
    const found = await find(cwd, ['.']);
    expect(await readAll(found)).toEqual({ './\\xff.zip!/m': 'LOG!in' });
  });
});

describe('patterns', () => {
  const tree = {
    'l/a1.log': log(),
    'l/a2.log': log(),
    'l/b.log': log(),
    'l/.h.log': log(),
    'l/d/e/c.log': log(),
  };

  test.each([
    ['l/a?.log', ['l/a1.log', 'l/a2.log']],
    ['l/[!a]*.log', ['l/.h.log', 'l/b.log']],
    ['l/{b,a1}.log', ['l/b.log', 'l/a1.log']],
    ['l/**/c.log', ['l/d/e/c.log']],
    ['**/*.log', ['l/.h.log', 'l/a1.log', 'l/a2.log', 'l/b.log', 'l/d/e/c.log']],
    ['l/*', ['l/.h.log', 'l/a1.log', 'l/a2.log', 'l/b.log', 'l/d/e/c.log']],
    ['l/**', ['l/.h.log', 'l/a1.log', 'l/a2.log', 'l/b.log', 'l/d/e/c.log']],
    ['./l/[a-b][0-9].log', ['./l/a1.log', './l/a2.log']],
  ])('%s', async (pattern, expected) => {
    const found = await find(scratch(tree), [pattern]);
    expect(paths(found)).toEqual(expected);
    expect(found.unread).toEqual([]);
    expect(found.notes).toEqual([]);
  });

  test('an absolute pattern gives absolute paths', async () => {
    const cwd = realpathSync(scratch(tree));
    expect(paths(await find('/', [`${cwd}/l/b*`]))).toEqual([`${cwd}/l/b.log`]);
  });

  test('a pattern that nothing fits is missing', async () => {
    const found = await find(scratch(tree), ['l/*.evtx']);
    expect(found.unread).toEqual([
      {
        path: 'l/*.evtx',
        reason: 'missing',
        message: 'no file or folder fits this pattern',
        size: -1,
        asked: true,
      },
    ]);
  });

  test.runIf(posix)('a file that has the name of a pattern is that file', async () => {
    const cwd = scratch({ '[a].log': log('itself'), 'a.log': log(), '{x,y}': log() });
    expect(paths(await find(cwd, ['[a].log', '{x,y}']))).toEqual(['[a].log', '{x,y}']);
  });

  test('braces that stand for too many are refused at once', async () => {
    const found = await find(scratch(), ['{a,b}'.repeat(40)]);
    expect(found.unread[0]!.message).toContain('too many');
  });

  test.runIf(posix)('** does not go round in circles of links', async () => {
    const cwd = scratch({ 'l/a.log': log() });
    symlinkSync('.', join(cwd, 'l/self'));
    expect(paths(await find(cwd, ['l/**/*.log']))).toEqual(['l/a.log']);
  });
});

describe('members by name', () => {
  const inner = makeZip([
    { name: 'x.log', data: log('x') },
    { name: 'y.log', data: log('y') },
  ]);
  const outer = makeZip([
    { name: 'b.log', data: log('b') },
    { name: 'dir/c.log', data: log('c') },
    { name: 'in.zip', data: inner },
    { name: 'p.gz', data: makeGzip(log('p')) },
  ]);

  test.each([
    ['a.zip!/b.log', ['a.zip!/b.log']],
    ['a.zip!/dir', ['a.zip!/dir/c.log']],
    ['a.zip!/dir/', ['a.zip!/dir/c.log']],
    ['a.zip!/in.zip!/x.log', ['a.zip!/in.zip!/x.log']],
    ['a.zip!/in.zip', ['a.zip!/in.zip!/x.log', 'a.zip!/in.zip!/y.log']],
    ['a.zip!/p.gz', ['a.zip!/p.gz']],
    ['a.zip!/*.log', ['a.zip!/b.log']],
    ['a.zip!/**/*.log', ['a.zip!/b.log', 'a.zip!/dir/c.log']],
    ['*.zip!/in.zip!/y*', ['a.zip!/in.zip!/y.log']],
  ])('%s', async (path, expected) => {
    const found = await find(scratch({ 'a.zip': outer }), [path]);
    expect(paths(found)).toEqual(expected);
    expect(found.unread).toEqual([]);
  });

  test('a member that is not there is missing, with what is there', async () => {
    const found = await find(scratch({ 'a.zip': outer }), ['a.zip!/gone', 'a.zip!/in.zip!/gone']);
    expect(refusals(found)).toEqual(['missing a.zip!/gone', 'missing a.zip!/in.zip!/gone']);
    expect(found.unread[0]!.message).toContain('4 files, such as b.log');
  });

  test('a member of what is no archive is missing', async () => {
    const found = await find(scratch({ a: log(), 'a.zip': outer }), [
      'a!/x',
      'a.zip!/b.log!/x',
      'none.zip!/x',
    ]);
    expect(refusals(found)).toEqual(['missing a!/x', 'missing a.zip!/b.log!/x', 'missing none.zip!/x']);
  });

  test.runIf(posix)('a file whose path has !/ in it is that file', async () => {
    const cwd = scratch({ 'a.zip!/b.log': log('file') });
    expect(await readAll(await find(cwd, ['a.zip!/b.log']))).toEqual({ 'a.zip!/b.log': 'LOG!file' });
  });
});

describe('standard input', () => {
  const fdOf = (content: Uint8Array): { fd: number; done: () => void } => {
    const fd = openSync(join(scratch({ in: content }), 'in'), 'r');
    return { fd, done: () => closeSync(fd) };
  };

  test.each([
    ['a log', log('x'.repeat(100_000)), []],
    ['a gzip', makeGzip(log('x'.repeat(100_000))), [{ container: 'gzip' }]],
  ])('%s is read after its head', async (_, content, steps) => {
    const { fd, done } = fdOf(content);
    const found = await find('/', ['-'], { stdin: fd });
    expect(found.inputs).toMatchObject([{ path: '-', file: null, steps, type: 'log', size: -1 }]);
    expect((await read(structuredClone(found.inputs[0]!), { stdin: fd })).bytes).toEqual(
      log('x'.repeat(100_000)),
    );
    done();
  });

  test.each([
    ['a zip', false],
    ['a gzipped zip', true],
  ])('%s is kept for whoever reads its members', async (_, packed) => {
    const zip = makeZip(
      [
        { name: 'a', data: log('one') },
        { name: 'b', data: 'no' as never as Buffer },
      ].map(m => ({ ...m, data: Buffer.from(m.data) })),
    );
    const { fd, done } = fdOf(packed ? makeGzip(zip) : zip);
    const found = await find('/', ['-'], { stdin: fd });
    expect(await readAll(found)).toEqual({ '-!/a': 'LOG!one' });
    expect(refusals(found)).toEqual(['unknown-type -!/b']);
    done();
  });

  test('given twice it is read once', async () => {
    const { fd, done } = fdOf(log());
    const found = await find('/', ['-', '-'], { stdin: fd });
    expect(paths(found)).toEqual(['-']);
    expect(found.notes.map(note => note.reason)).toEqual(['repeated']);
    done();
  });

  test('without a byte it is empty', async () => {
    const { fd, done } = fdOf(Buffer.alloc(0));
    expect(refusals(await find('/', ['-'], { stdin: fd }))).toEqual(['empty -']);
    done();
  });
});
