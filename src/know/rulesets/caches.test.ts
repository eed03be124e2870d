import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratch } from '../../../test/scratch.ts';
import { clearRuleCaches, hashRuleSet, loadRuleSet, ruleCaches } from './index.ts';

const name = (digit: string, end = ''): string => `rules-${digit.repeat(32)}.cache${end}`;

describe('rule caches', () => {
  it('are the files of our names, oldest first', () => {
    const folder = scratch({ [name('a')]: 'xx', [name('b')]: 'xxx', [name('c', '.77.k1.tmp')]: 'x' });
    utimesSync(join(folder, name('b')), 5, 5);
    expect(ruleCaches(folder).map(({ path, size }) => [path, size])[0]).toEqual([join(folder, name('b')), 3]);
    expect(ruleCaches(folder)).toHaveLength(3);
  });
  it('are none where there is no folder', () => expect(ruleCaches(join(scratch(), 'none'))).toEqual([]));
  it('are removed, and nothing else', () => {
    const others = ['rules.cache', name('a', 'x'), `x${name('a')}`, name('g'), 'notes.txt'];
    const folder = scratch({ [name('a')]: 'x', ...Object.fromEntries(others.map(other => [other, 'mine'])) });
    mkdirSync(join(folder, name('d')));
    symlinkSync(join(folder, 'notes.txt'), join(folder, name('e')));
    expect(clearRuleCaches(folder).map(({ path }) => path)).toEqual([join(folder, name('a'))]);
    expect(readdirSync(folder).sort()).toEqual([...others, name('d'), name('e')].sort());
    expect(existsSync(join(folder, 'notes.txt'))).toBe(true);
  });
});

describe('the hash of a rule set', () => {
  const rule = 'title: x\nlogsource: { product: windows }\ndetection: { a: { b: c }, condition: a }\n';
  it('is the one that loading gives', async () => {
    const folder = scratch({ 'r/a.yml': rule, 'r/deep/b.yaml': 'no: rule', 'r/c.txt': 'x', 'one.yml': rule });
    const paths = [join(folder, 'r'), join(folder, 'one.yml'), join(folder, 'missing')];
    const { sha256 } = await loadRuleSet(paths, { cacheDirectory: null });
    expect(await hashRuleSet(paths)).toBe(sha256);
  });
  it('believes no stamp', async () => {
    const folder = scratch({ 'a.yml': rule });
    const before = await hashRuleSet([folder]);
    const file = join(folder, 'a.yml');
    utimesSync(file, 5, 5);
    writeFileSync(file, rule.replace('title: x', 'title: y'));
    utimesSync(file, 5, 5);
    expect(await hashRuleSet([folder])).not.toBe(before);
  });
});
