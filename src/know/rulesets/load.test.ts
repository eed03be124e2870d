import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rejection, Rule } from '../sigma/index.ts';
import { readCache, writeCache } from './cache-file.ts';
import { loadRuleSet, openPack, packRules, type RuleSet } from './index.ts';

const rule = (title: string, value = 'x'): string =>
  `title: ${title}\nlogsource:\n  product: windows\ndetection:\n  s:\n    F: '${value}'\n  condition: s\n`;

let base: string;
let rules: string;
let cacheDirectory: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'huntaway-rules-'));
  rules = join(base, 'rules');
  cacheDirectory = join(base, 'cache');
  mkdirSync(join(rules, 'b'), { recursive: true });
  put('a.yml', rule('A'));
  put('b/c.yaml', rule('C'));
  put('b/d.YML', `${rule('D1')}---\n${rule('D2')}`);
  put('b/readme.txt', 'not a rule');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** Writes a rule file; by default with times long past, so that its stamp counts at once. */
function put(name: string, text: string | Buffer, age = 3600): void {
  const path = join(rules, name);
  writeFileSync(path, text);
  const time = Date.now() / 1000 - age;
  utimesSync(path, time, time);
}

const load = (paths: readonly string[] = [rules]): Promise<RuleSet> => loadRuleSet(paths, { cacheDirectory });
const titles = (set: RuleSet): (string | null)[] => set.documents.map(document => document.title);
const cacheFile = (): string => join(cacheDirectory, readdirSync(cacheDirectory)[0]!);

/** Waits until the change time of files written just now has settled, which no call can set back. */
const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 2_100));

describe('a rule set', () => {
  it('holds every document of every .yml and .yaml file, in order of path and place', async () => {
    const set = await load();
    expect(titles(set)).toEqual(['A', 'C', 'D1', 'D2']);
    expect(set.documents.map(document => [document.place.path, document.place.document])).toEqual([
      [`${rules}/a.yml`, 0],
      [`${rules}/b/c.yaml`, 0],
      [`${rules}/b/d.YML`, 0],
      [`${rules}/b/d.YML`, 1],
    ]);
  });
  it('reads a file given by name whatever its ending', async () => {
    put('b/rule.txt', rule('T'));
    expect(titles(await load([join(rules, 'b/rule.txt')]))).toEqual(['T']);
  });
  it('holds a file once that is asked for twice', async () => {
    expect(titles(await load([rules, join(rules, 'a.yml'), rules]))).toEqual(['A', 'C', 'D1', 'D2']);
  });
  it.skipIf(process.platform === 'win32')('follows links, and ends where they run in a circle', async () => {
    symlinkSync(rules, join(rules, 'b/up'));
    symlinkSync(join(rules, 'b'), join(base, 'link'));
    expect(titles(await load([join(base, 'link')]))).toEqual(['C', 'D1', 'D2', 'A']);
  });
  it('holds a file once that is given by name and lies in a folder, whichever comes first', async () => {
    const file = join(rules, 'b/c.yaml');
    expect(titles(await load([file, rules]))).toEqual(['C', 'A', 'D1', 'D2']);
    expect(titles(await load([rules, file]))).toEqual(['A', 'C', 'D1', 'D2']);
  });
  it("holds a file whose name is no rule's though its folder was walked", async () => {
    put('b/rule.txt', rule('T'));
    expect(titles(await load([rules, join(rules, 'b/rule.txt')]))).toEqual(['A', 'C', 'D1', 'D2', 'T']);
  });
  it.skipIf(process.platform === 'win32')('holds a file once that a link beside it leads to', async () => {
    symlinkSync(join(rules, 'a.yml'), join(rules, 'A-first.yml'));
    symlinkSync(join(rules, 'a.yml'), join(rules, 'z-last.yml'));
    expect(titles(await load())).toEqual(['A', 'C', 'D1', 'D2']);
  });
  it('names a path that is not there', async () => {
    const [document] = (await load([join(base, 'missing')])).documents;
    expect(document).toMatchObject({
      kind: 'rejection',
      reason: 'unreadable',
      place: { path: join(base, 'missing') },
    });
    expect((document as Rejection).message).toContain('no such file');
  });
  it.skipIf(process.platform === 'win32')('names a link to nowhere that is called as a rule', async () => {
    symlinkSync(join(base, 'nowhere'), join(rules, 'z.yml'));
    expect((await load()).documents.at(-1)).toMatchObject({ reason: 'unreadable' });
  });
  it('names a file that is too large without reading it', async () => {
    put('a.yml', '');
    truncateSync(join(rules, 'a.yml'), 2 ** 32);
    expect((await load()).documents[0]).toMatchObject({ reason: 'too-large' });
  });
  it('reads UTF-16 where a mark says so', async () => {
    put('a.yml', Buffer.from(`\ufeff${rule('Ä')}`, 'utf16le'));
    expect(titles(await load())[0]).toBe('Ä');
  });
  it('has a hash that does not depend on where the rules lie, but on names and contents', async () => {
    const { sha256 } = await load();
    renameSync(rules, join(base, 'moved'));
    expect((await load([join(base, 'moved')])).sha256).toBe(sha256);
    renameSync(join(base, 'moved'), rules);
    put('a.yml', rule('A2'));
    expect((await load()).sha256).not.toBe(sha256);
  });
  it('takes placeholders from a file', async () => {
    put('a.yml', rule('A').replace('F:', 'F|expand:').replace("'x'", "'%p%'"));
    expect((await load()).documents[0]).toMatchObject({ reason: 'placeholder-unresolved' });
    writeFileSync(join(base, 'p.yml'), 'p: [one, two]\n');
    const set = await loadRuleSet([rules], { cacheDirectory, placeholders: join(base, 'p.yml') });
    expect(set.documents[0]).toMatchObject({ plan: { node: { test: { any: [['one'], ['two']] } } } });
  });
  it('says where a file of placeholders is wrong', async () => {
    writeFileSync(join(base, 'p.yml'), 'p:\n  a: b\n');
    const placeholders = join(base, 'p.yml');
    await expect(loadRuleSet([rules], { cacheDirectory, placeholders })).rejects.toThrow('p.yml:2:3: ');
    await expect(loadRuleSet([rules], { cacheDirectory, placeholders: base })).rejects.toThrow('cannot read');
  });
});

describe('the cache', () => {
  it('gives what parsing gives', async () => {
    put(
      'a.yml',
      rule('A') +
        'level: high\ndescription: "Ж 😀"\nauthor: x\nreferences: [r]\nfalsepositives: [f]\ntags: [t]\nid: i\nname: n\nstatus: test\n',
    );
    put('e.yml', 'title: [\n');
    put('f.yml', 'title: F\ncorrelation: {}\n');
    put('g.yml', `${rule('G')}level: odd\n`);
    const parsed = await load();
    const cached = await load();
    expect([parsed.fromCache, cached.fromCache]).toEqual([false, true]);
    expect(cached).toEqual({ ...parsed, fromCache: true });
    expect(JSON.stringify((cached.documents[0] as Rule).plan)).toBe(
      JSON.stringify((parsed.documents[0] as Rule).plan),
    );
    expect(structuredClone(cached.documents)).toEqual(parsed.documents);
  });
  it('is not needed', async () => {
    const set = await loadRuleSet([rules], { cacheDirectory: null });
    expect(titles(set)).toEqual(['A', 'C', 'D1', 'D2']);
    expect(existsSync(cacheDirectory)).toBe(false);
  });
  it('sees a file that changed', async () => {
    await load();
    put('a.yml', rule('A2'));
    const set = await load();
    expect(titles(set)[0]).toBe('A2');
    expect(set.fromCache).toBe(false);
    expect((await load()).fromCache).toBe(true);
  });
  it('sees a change that leaves size and times as they were', async () => {
    put('a.yml', rule('A'), 0);
    const { mtimeMs } = statSync(join(rules, 'a.yml'));
    await load();
    writeFileSync(join(rules, 'a.yml'), rule('B'));
    utimesSync(join(rules, 'a.yml'), mtimeMs / 1000, mtimeMs / 1000);
    expect(titles(await load())[0]).toBe('B');
  });
  it('sees a folder that was renamed, which leaves its files as they were', async () => {
    await settle();
    await load();
    renameSync(join(rules, 'b'), join(rules, 'bb'));
    const set = await load();
    expect(set.documents[1]!.place.path).toBe(`${rules}/bb/c.yaml`);
    expect(set.vanished).toContain(`${rules}/b/c.yaml`);
  });
  it('tries a file again that could not be read', async () => {
    put('a.yml', '');
    truncateSync(join(rules, 'a.yml'), 2 ** 32);
    await settle();
    await load();
    expect((await load()).documents[0]).toMatchObject({ reason: 'too-large' });
    put('a.yml', rule('A'));
    expect(titles(await load())[0]).toBe('A');
  });
  it('sees a file that came', async () => {
    await load();
    put('b/aa.yml', rule('New'));
    expect(titles(await load())).toEqual(['A', 'New', 'C', 'D1', 'D2']);
  });
  it('reports a file that vanished, once', async () => {
    await load();
    rmSync(join(rules, 'b/c.yaml'));
    const set = await load();
    expect(titles(set)).toEqual(['A', 'D1', 'D2']);
    expect(set.vanished).toEqual([`${rules}/b/c.yaml`]);
    expect((await load()).vanished).toEqual([]);
  });
  it('knows a file by its content after it moved', async () => {
    await load();
    renameSync(join(rules, 'a.yml'), join(rules, 'z.yml'));
    const set = await load();
    expect(set.fromCache).toBe(true);
    expect(set.documents.at(-1)!.place.path).toBe(`${rules}/z.yml`);
    expect(set.vanished).toEqual([`${rules}/a.yml`]);
  });
  it('knows a file by its content after it was touched', async () => {
    await load();
    put('a.yml', rule('A'), 1800);
    expect((await load()).fromCache).toBe(true);
  });
  it('opens no file once all have been at rest', async () => {
    await settle();
    await load();
    const path = cacheFile();
    const entry = readCache(path)!;
    const documents = openPack(entry.pack).map(document => ({ ...document, title: 'from the cache' }));
    writeCache(path, cacheDirectory, { ...entry, pack: packRules(documents) });
    expect(new Set(titles(await load()))).toEqual(new Set(['from the cache']));
  });
  it('trusts no stamp that was taken within two seconds of a change', async () => {
    await load();
    const path = cacheFile();
    const entry = readCache(path)!;
    const documents = openPack(entry.pack).map(document => ({ ...document, title: 'from the cache' }));
    const files = entry.files.map(file => ({ ...file, sha256: '1'.repeat(64) }));
    writeCache(path, cacheDirectory, { ...entry, files, pack: packRules(documents) });
    expect(titles(await load())).toEqual(['A', 'C', 'D1', 'D2']);
  });
  it('tells sets of other placeholders apart', async () => {
    put('a.yml', rule('A').replace('F:', 'F|expand:').replace("'x'", "'%p%'"));
    const first = await loadRuleSet([rules], { cacheDirectory, placeholders: new Map([['p', ['1']]]) });
    const second = await loadRuleSet([rules], { cacheDirectory, placeholders: new Map([['p', ['2']]]) });
    expect((first.documents[0] as Rule).plan).not.toEqual((second.documents[0] as Rule).plan);
  });
  it.each([
    ['empty', (_: Buffer) => Buffer.alloc(0)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
    ['changed in one bit', (bytes: Buffer) => bytes.fill(bytes[400]! ^ 4, 400, 401)],
    ['something else', (_: Buffer) => Buffer.from('PK\x03\x04 nothing of ours')],
  ])('is made anew where its file is %s', async (_name, spoil) => {
    await load();
    const good = readFileSync(cacheFile());
    writeFileSync(cacheFile(), spoil(Buffer.from(good)));
    const set = await load();
    expect(set.fromCache).toBe(false);
    expect(titles(set)).toEqual(['A', 'C', 'D1', 'D2']);
    expect((await load()).fromCache).toBe(true);
  });
  it('holds no rule text that can be read', async () => {
    put('a.yml', rule('A', 'Invoke-Mimikatz-DumpCreds'));
    await load();
    expect(readFileSync(cacheFile()).includes('Mimikatz')).toBe(false);
  });
  it.skipIf(process.platform === 'win32')(
    'is for its owner only, and leaves nothing half written',
    async () => {
      await load();
      expect(readdirSync(cacheDirectory)).toHaveLength(1);
      expect([statSync(cacheDirectory).mode & 0o777, statSync(cacheFile()).mode & 0o777]).toEqual([
        0o700, 0o600,
      ]);
    },
  );
  it('is done without where it cannot be written', async () => {
    writeFileSync(cacheDirectory, 'a file');
    expect(titles(await load())).toEqual(['A', 'C', 'D1', 'D2']);
  });
  it('parses only what changed', async () => {
    await load();
    put('a.yml', rule('A2'));
    const seen: number[] = [];
    const set = await loadRuleSet([rules], { cacheDirectory, onProgress: done => seen.push(done) });
    expect(titles(set)).toEqual(['A2', 'C', 'D1', 'D2']);
    const unchanged = set.documents[1] as Rule;
    expect(Object.getOwnPropertyDescriptor(unchanged, 'plan')!.get).toBeTypeOf('function');
  });
});
