import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packFiles, packIndicator, packRule, writePack } from '../../../test/pack.ts';
import { plainRule } from '../../../test/rule.ts';
import { loadRuleSet } from '../../know/rulesets/index.ts';
import type { Rule } from '../../know/sigma/index.ts';
import { shippedPacks } from '../packs.ts';
import { loadPacks, normalFlags, type Packs, tellPacks } from './packs.ts';

const now = Date.UTC(2026, 10, 25) * 1000;
const load = (...paths: readonly string[]): Promise<Packs> =>
  loadPacks(paths, { hasRules: true, now, cacheDirectory: null });
const rulesOf = async ({ rulePaths }: Packs): Promise<Rule[]> =>
  (await loadRuleSet(rulePaths, { cacheDirectory: null, placeholders: null })).documents as Rule[];

describe('the packs of a hunt', () => {
  it('know which behaviours a rule shows, whatever the case of its id', async () => {
    const packs = await load(writePack());
    expect(packs.behavioursOf(packRule.toUpperCase()).map(({ id }) => id)).toEqual(['EX-DI-01']);
    expect(packs.behavioursOf('another')).toEqual([]);
  });
  it('know which behaviours an indicator shows, by its labels', async () => {
    const labelled = packFiles['indicators.json']!.replace(
      '"confidence"',
      '"labels": ["EX-EX-01", "other"], "confidence"',
    );
    const packs = await load(writePack({ 'indicators.json': labelled }));
    expect(packs.behavioursOf(packIndicator).map(({ id }) => id)).toEqual(['EX-EX-01']);
    expect(packs.indicators.get(packIndicator)?.name).toBe('Name of a relay');
  });
  it('are each used once, however often they are named', async () => {
    const folder = writePack();
    const packs = await load(folder, `${folder}/`, join(folder, '..', 'river-fox'));
    expect(packs.records).toMatchObject([{ id: 'river-fox', version: '0.1.0' }]);
  });
  it('pass an indicator on once that two of them have', async () =>
    expect((await load(writePack(), writePack())).indicatorRules).toHaveLength(1));
  it('let their own rules and indicators ask for the normal form of a command line, and no others', async () => {
    const packs = await load(writePack());
    const own = await rulesOf(packs);
    expect(own).toHaveLength(1);
    const rules = [...own, plainRule, ...packs.indicatorRules];
    expect([...normalFlags(rules, packs)]).toEqual([1, 0, 1]);
  });
  it('take no rule for theirs that lies in a folder whose name only begins alike', async () => {
    const packs = await load(writePack());
    const place = { ...plainRule.place, path: `${packs.rulePaths[0]}-of-others/a.yml` };
    expect(packs.isPackRule({ place })).toBe(false);
  });
  it('without an advisory that can be read are told and left out', async () => {
    const packs = await load(writePack({ 'advisory.yml': 'id: river-fox: x' }));
    expect(packs.advisories).toEqual([]);
    expect(packs.rulePaths).toEqual([]);
    expect(packs.problems).toHaveLength(1);
  });
  it('are told of by error alone, harmless to a terminal', async () => {
    const broken = packFiles['behaviours/discovery.yml']!.replace('stage: discovery', 'stage: "\\e[31m"');
    const packs = await load(writePack({ 'behaviours/discovery.yml': broken, 'tests/a.yml': 'wrong' }));
    let said = '';
    const sink = {
      isTerminal: false,
      columns: 80,
      color: false,
      write(bytes: Uint8Array): void {
        said += Buffer.from(bytes).toString();
      },
    };
    tellPacks({ stdout: sink, stderr: sink, signal: new AbortController().signal, now: () => 0 }, packs, []);
    expect(said).toContain('discovery.yml:5:12:');
    expect(said).not.toContain('\u001b');
    expect(said).not.toContain('tests/a.yml');
  });
});

describe('what was made of a pack is kept', () => {
  const kept = (folder: string, cacheDirectory: string, at = now): Promise<Packs> =>
    loadPacks([folder], { hasRules: true, now: at, cacheDirectory });
  /** Without what are functions. */
  const plainly = ({ behavioursOf: _, isPackRule: __, ...packs }: Packs): unknown => packs;

  it('and is what would be read, for the pack that ships too', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'huntaway-kept-'));
    for (const folder of [writePack(), shippedPacks().get('volt-typhoon')!]) {
      const first = await kept(folder, cache);
      expect(readdirSync(cache).length).toBeGreaterThan(0);
      expect(plainly(await kept(folder, cache))).toEqual(plainly(first));
      expect(plainly(first)).toEqual(plainly(await load(folder)));
    }
  });
  it('until one of its files is another', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'huntaway-kept-'));
    const folder = writePack();
    await kept(folder, cache);
    const path = join(folder, 'behaviours', 'discovery.yml');
    writeFileSync(path, readFileSync(path, 'utf8').replace('stage: discovery', 'stage: staging'));
    expect(plainly(await kept(folder, cache))).toEqual(plainly(await load(folder)));
    rmSync(join(folder, 'indicators.json'));
    expect((await kept(folder, cache)).indicatorRules).toEqual([]);
  });
  it('and an indicator that has expired since claims less', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'huntaway-kept-'));
    const until = '"valid_until": "2026-12-31T00:00:00Z", "confidence"';
    const bundle = packFiles['indicators.json']!.replace('"confidence"', until);
    const folder = writePack({ 'indicators.json': bundle });
    const later = Date.UTC(2027, 0, 1) * 1000;
    const before = await kept(folder, cache);
    const after = await kept(folder, cache, later);
    const fresh = await loadPacks([folder], { hasRules: true, now: later, cacheDirectory: null });
    expect(after.indicatorRules).toEqual(fresh.indicatorRules);
    expect(after.indicatorRules).not.toEqual(before.indicatorRules);
  });
  it('and read again where it is damaged', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'huntaway-kept-'));
    const folder = writePack();
    await kept(folder, cache);
    for (const name of readdirSync(cache)) {
      const path = join(cache, name);
      const bytes = readFileSync(path);
      bytes[bytes.length - 9]! ^= 0x55;
      writeFileSync(path, bytes);
    }
    expect(plainly(await kept(folder, cache))).toEqual(plainly(await load(folder)));
  });
});
