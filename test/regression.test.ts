/**
 * The regression tests that Sigma rules carry with them: a log in which the rule must match. They are
 * discovered, not listed, so that a newer rule set brings its own.
 */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import type { Rule } from '../src/know/sigma/index.ts';
import { eachEvent, filesBelow, sharedRules } from './logs.ts';
import { matchers } from './matchers.ts';
import { haveShared, sharedData } from './shared.ts';

type Info = {
  readonly rule_metadata: readonly { readonly id: string; readonly title: string }[];
  readonly regression_tests_info: readonly {
    readonly name: string;
    readonly type: string;
    readonly path: string;
    readonly match_count?: number;
  }[];
};

type RegressionCase = {
  readonly ruleId: string;
  readonly title: string;
  readonly path: string;
  readonly atLeast: number;
};

function discover(): RegressionCase[] {
  return filesBelow(sharedData('sigma/regression_data'), 'info.yml').flatMap(path => {
    const info = load(readFileSync(path, 'utf8')) as Info;
    return info.regression_tests_info
      .filter(one => one.type === 'evtx')
      .flatMap(one =>
        info.rule_metadata.map(({ id, title }) => ({
          ruleId: id,
          title,
          path: sharedData(`sigma/${one.path}`),
          atLeast: one.match_count ?? 1,
        })),
      );
  });
}

describe.skipIf(!haveShared)('regression tests of the rules', () => {
  const cases = haveShared ? discover() : [];
  const rules = new Map<string, Rule>(haveShared ? sharedRules().map(rule => [rule.id ?? '', rule]) : []);

  test('there are some', () => {
    expect(cases.length).toBeGreaterThan(100);
  });

  for (const { name, of } of matchers) {
    test.each(cases)(`${name}: $title`, ({ ruleId, path, atLeast }) => {
      const rule = rules.get(ruleId);
      expect(rule, `rule ${ruleId} is loaded`).toBeDefined();
      const hits = of([rule!]);
      let count = 0;
      eachEvent([path], event => {
        count += hits(event).length;
      });
      // More than stated is right: several samples hold further events that the rule is about.
      expect(count).toBeGreaterThanOrEqual(atLeast);
    });
  }
});
