import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../know/checks/index.ts';
import { type CheckReport, problemsJson, problemsSarif, renderProblems } from './index.ts';

const problem = (over: Partial<Problem>): Problem => ({
  code: 'tag-malformed',
  severity: 'warning',
  message: "the tag 'x' is not a namespace and a name joined by a dot, such as attack.t1003.001",
  place: { path: 'rules/a b.yml', document: 0, line: 12, column: 5 },
  id: null,
  title: 'A rule',
  ...over,
});
const refused = problem({ code: 'modifier', severity: 'error', message: 'no\u001b[31m', id: 'i' });
const note = (line: number, code = 'blind'): Problem =>
  problem({
    code,
    severity: 'note',
    message: 'blind',
    place: { path: 'n.yml', document: 0, line, column: 1 },
  });
const report = (...problems: Problem[]): CheckReport => ({ problems, documents: 1234, files: 1200 });
const plain = { width: 80, color: false, all: false };

describe('problems for people', () => {
  it('have the place first, then severity, sentence and code, at 80 columns', () =>
    expect(renderProblems(report(refused, problem({})), plain)).toMatchInlineSnapshot(`
      "rules/a b.yml:12:5
        error    no\\u{1b}[31m (modifier)
      rules/a b.yml:12:5
        warning  the tag 'x' is not a namespace and a name joined by a dot, such as
                 attack.t1003.001 (tag-malformed)

      1,234 rules in 1,200 files: 1 error, 1 warning, no notes
      "
    `));
  it('are one line where there are none', () =>
    expect(renderProblems(report(), plain)).toBe(
      '1,234 rules in 1,200 files: no errors, no warnings, no notes\n',
    ));
  it('count notes by kind where they fill a screen', () => {
    const notes = Array.from({ length: 21 }, (_, i) => note(i + 1, i < 3 ? 'keywords-only' : 'blind'));
    expect(renderProblems(report(...notes), plain)).toMatchInlineSnapshot(`
      "Notes by kind (--all shows each with its place)
        note     18 × blind: One of the sources that the rule reads never has a field
                 that its condition needs
        note     3 × keywords-only: A rule without field names is looked for in every
                 value of every event, which costs the most

      1,234 rules in 1,200 files: no errors, no warnings, 21 notes
      "
    `);
  });
  it('show every note when asked', () => {
    const notes = Array.from({ length: 21 }, (_, i) => note(i + 1));
    expect(renderProblems(report(...notes), { ...plain, all: true })).toContain('n.yml:21:1\n');
  });
  it('have colours only where asked', () => {
    expect(renderProblems(report(problem({})), { ...plain, color: true })).toContain(
      '\x1b[33mwarning\x1b[0m',
    );
    expect(renderProblems(report(problem({})), plain)).not.toContain('\x1b');
  });
});

describe('problems as JSON', () => {
  it('conform to their schema', () => {
    const schema = readFileSync(new URL('../../../schema/rules-check.schema.json', import.meta.url), 'utf8');
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(schema));
    const printed = JSON.parse(problemsJson(report(refused, problem({}), note(1)))) as unknown;
    validate(printed);
    expect(validate.errors).toBeNull();
    expect(printed).toMatchObject({ counts: { error: 1, warning: 1, note: 1 }, rules: 1234 });
  });
  it('hold nothing that a terminal obeys', () =>
    expect(problemsJson(report(refused))).not.toContain('\u001b'));
});

describe('problems as SARIF', () => {
  const uriOf = (path: string): string => (path.startsWith('/') ? `file://${path}` : encodeURI(path));
  const log = JSON.parse(
    problemsSarif(report(refused, problem({ place: { path: '/x.yml', document: 0, line: 1, column: 1 } })), {
      version: '1.2.3',
      uriOf,
    }),
  ) as {
    version: string;
    runs: [{ tool: { driver: { rules: { id: string }[] } }; results: { ruleIndex: number }[] }];
  };

  it('have one place each, relative to the root', () =>
    expect(log.runs[0].results[0]).toEqual({
      ruleId: 'modifier',
      ruleIndex: 7,
      level: 'error',
      message: { text: 'no\u001b[31m' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'rules/a%20b.yml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 12, startColumn: 5 },
          },
        },
      ],
    }));
  it('have a whole URI where the file lies elsewhere', () =>
    expect(log.runs[0].results[1]).toMatchObject({
      locations: [{ physicalLocation: { artifactLocation: { uri: 'file:///x.yml' } } }],
    }));
  it('name a driver with every code, by index', () => {
    const { driver } = log.runs[0].tool;
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0.json') });
    expect(driver).toMatchObject({ name: 'huntaway', version: '1.2.3' });
    expect(driver.rules[log.runs[0].results[0]!.ruleIndex]).toEqual({
      id: 'modifier',
      shortDescription: { text: 'A modifier stands where it cannot be applied' },
      help: { text: 'A modifier stands where it cannot be applied.' },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['sigma'], 'problem.severity': 'error' },
    });
    expect(new Set(driver.rules.map(({ id }) => id)).size).toBe(driver.rules.length);
  });
});
