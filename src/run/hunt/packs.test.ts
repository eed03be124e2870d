import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packFiles, packIndicator, packRule, writePack } from '../../../test/pack.ts';
import { plainRule } from '../../../test/rule.ts';
import { loadRuleSet } from '../../know/rulesets/index.ts';
import type { Rule } from '../../know/sigma/index.ts';
import { loadPacks, normalFlags, type Packs, tellPacks } from './packs.ts';

const now = Date.UTC(2026, 10, 25) * 1000;
const load = (...paths: readonly string[]): Promise<Packs> => loadPacks(paths, { hasRules: true, now });
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
