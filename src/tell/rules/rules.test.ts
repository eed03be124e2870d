import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { type ListedRule, renderRuleTable, rulesCsv, rulesJson, rulesJsonl } from './index.ts';

const rule: ListedRule = {
  kind: 'rule',
  id: 'a0000000-0000-4000-8000-000000000001',
  title: 'A rule with a title that is longer than eighty columns leave room for on one line',
  level: 'informational',
  status: 'experimental',
  logSource: { product: 'windows', category: 'process_creation', service: null },
  path: 'rules/a.yml',
  line: 1,
  refused: null,
  routes: [
    { channel: 'Microsoft-Windows-Sysmon/Operational', eventIds: [1], view: 'native', needs: [] },
    { channel: 'Security', eventIds: [4688], view: 'security-4688', needs: ['Hashes'] },
  ],
};
const unread: ListedRule = {
  ...rule,
  logSource: { product: 'linux', category: null, service: null },
  routes: null,
};
const refused: ListedRule = {
  ...rule,
  kind: 'rejection',
  title: '=1+1\u001b[31m',
  level: null,
  status: null,
  logSource: null,
  refused: "the rule has no 'detection'",
  routes: null,
};

const { routes: _, ...unrouted } = rule;
const correlation: ListedRule = {
  ...rule,
  kind: 'correlation',
  title: 'Many Of Them',
  level: 'high',
  logSource: null,
  correlation: {
    type: 'value_count',
    timespan: 5400,
    groupBy: ['Computer', 'User\u001b'],
    inputs: [
      { kind: 'rule', id: rule.id, title: rule.title },
      { kind: 'correlation', id: 'sha256:0', title: null },
    ],
    generate: false,
  },
  hidden: true,
};
const filter: ListedRule = { ...unrouted, kind: 'filter', title: 'Our Backup', level: null, narrows: 3 };

describe('a list of rules', () => {
  it('fits eighty columns, paths whole', () => {
    const text = renderRuleTable([rule, unread, refused], { width: 80, color: false });
    expect(text).toMatchInlineSnapshot(`
      "LEVEL     STATUS        TITLE
                ID                                    LOG SOURCE
                PATH
      info      experimental  A rule with a title that is longer than eighty columns…
                a0000000-0000-4000-8000-000000000001  windows/process_creation
                rules/a.yml:1
                ← Microsoft-Windows-Sysmon/Operational 1
                ← Security 4688 (blind: it never has Hashes)
      info      experimental  A rule with a title that is longer than eighty columns…
                a0000000-0000-4000-8000-000000000001  linux
                rules/a.yml:1
                ← no logs that this version reads
      refused   -             =1+1\\u{1b}[31m
                a0000000-0000-4000-8000-000000000001  the rule has no 'detection'
                rules/a.yml:1
      "
    `);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
  it('has a line for each rule on a wide terminal', () =>
    expect(renderRuleTable([{ ...rule, title: 'Short' }], { width: 200, color: false }).split('\n')[1]).toBe(
      'info      experimental  a0000000-0000-4000-8000-000000000001  windows/process_creation        Short · rules/a.yml:1',
    ));
  it('says what correlations are fed with and what filters narrow', () => {
    const text = renderRuleTable([correlation, filter], { width: 80, color: false });
    expect(text).toMatchInlineSnapshot(`
      "LEVEL     STATUS        TITLE
                ID                                    LOG SOURCE
                PATH
      high      experimental  Many Of Them
                a0000000-0000-4000-8000-000000000001  value_count in 1 h 30 min
                rules/a.yml:1
                by Computer, User\\u{1b}
                of A rule with a title that is longer than eighty columns leave room…
                of sha256:0
                only feeds correlations: its findings are not shown
                ← Microsoft-Windows-Sysmon/Operational 1
                ← Security 4688 (blind: it never has Hashes)
      -         experimental  Our Backup
                a0000000-0000-4000-8000-000000000001  filter of 3 rules
                rules/a.yml:1
      "
    `);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
  it('is empty without rules', () => expect(renderRuleTable([], { width: 80, color: false })).toBe(''));
  it('has no formula in a cell', () => {
    const [head, , line] = rulesCsv([rule, refused], true).split('\r\n');
    expect(head).toBe(
      '\ufeffid,level,status,product,category,service,title,path,line,kind,refused,type,timespan,group_by,fed_by,narrows,routes',
    );
    expect(line).toBe(
      `a0000000-0000-4000-8000-000000000001,,,,,,"'=1+1\\u{1b}[31m",rules/a.yml,1,rejection,"the rule has no 'detection'",,,,,,`,
    );
  });
  it('has cells for correlations and filters', () => {
    const [, first, second] = rulesCsv([correlation, filter], false).split('\r\n');
    expect(first).toContain(
      ',correlation,,value_count,5400,"Computer, User\\u{1b}",A rule with a title that is longer than eighty columns leave room for on one line | sha256:0,',
    );
    expect(second).toMatch(/,filter,,,,,,3$/);
  });
  it('conforms to its schema, line by line', () => {
    const schema = readFileSync(new URL('../../../schema/rules-list.schema.json', import.meta.url), 'utf8');
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(schema));
    const lines = rulesJsonl([rule, unread, refused, unrouted, correlation, filter]).trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    for (const line of lines) {
      validate(JSON.parse(line));
      expect(validate.errors).toBeNull();
    }
  });
  it('is one document as JSON', () =>
    expect(JSON.parse(rulesJson([rule, refused]))).toEqual(JSON.parse(JSON.stringify([rule, refused]))));
});
