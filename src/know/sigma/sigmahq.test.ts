import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { haveShared, sharedData } from '../../../test/shared.ts';
import { parseRules } from './parse.ts';
import { simplifyPlan } from './plan-simplify.ts';
import type { Rejection, Rule } from './rule.ts';

describe.skipIf(!haveShared)('the rules of SigmaHQ', () => {
  const base = haveShared ? sharedData('sigma') : '.';
  const paths = haveShared
    ? readdirSync(base, { recursive: true })
        .map(String)
        .filter(path => /^rules.*\.yml$/.test(path))
        .sort()
    : [];
  const documents = paths.flatMap(path => parseRules(readFileSync(join(base, path), 'utf8'), path));
  const rules = documents.filter(document => document.kind === 'rule') as Rule[];

  it('are one document a file', () => {
    expect(documents).toHaveLength(paths.length);
  });
  it('load, or lack a value for a placeholder', () => {
    const refused = documents.filter(document => document.kind !== 'rule') as Rejection[];
    expect(refused.filter(({ reason }) => reason !== 'placeholder-unresolved')).toEqual([]);
    expect(refused.length).toBeLessThan(rules.length / 50);
  });
  it('load all once their placeholders have values', () => {
    const names = new Set(
      documents.flatMap(document =>
        document.kind === 'rejection' ? [/%(.+)%/.exec(document.message)![1]!] : [],
      ),
    );
    for (let round = 0; round < 5; round++) {
      const placeholders = new Map([...names].map(name => [name, ['x']]));
      for (const { place } of documents.filter(document => document.kind === 'rejection')) {
        for (const document of parseRules(readFileSync(join(base, place.path), 'utf8'), place.path, {
          placeholders,
        })) {
          if (document.kind === 'rejection') names.add(/%(.+)%/.exec(document.message)![1]!);
          else expect(document.kind).toBe('rule');
        }
      }
    }
  });
  it('have no warnings', () => {
    expect(rules.flatMap(rule => rule.warnings)).toEqual([]);
  });
  it('have plans that cannot be simplified further', () => {
    for (const rule of rules) expect(simplifyPlan(structuredClone(rule.plan))).toEqual(rule.plan);
  });
});
