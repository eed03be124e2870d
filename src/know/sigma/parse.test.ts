import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf, planOf, rejectionOf, ruleText } from '../../../test/rule-text.ts';
import type { RuleDocument } from './document.ts';
import { limits } from './limits.ts';
import { parseRules } from './parse.ts';
import type { Rejection, Rule } from './rule.ts';

const head = `title: T
id: 929a690e-bef0-4204-a928-ef5e620d6fcc
name: base_rule
status: test
level: high
description: D
author: A
license: L
date: 2024-01-02
modified: 2024-03-04
references:
  - https://example.org/1
tags: [attack.t1003.001]
falsepositives:
  - Admins
`;
const body = `logsource:
  product: windows
  category: process_creation
  definition: anything
detection:
  sel:
    Image: x
  condition: sel
`;
const kinds = (documents: readonly RuleDocument[]): string[] =>
  documents.map(document => (document.kind === 'rejection' ? document.reason : document.kind));
const refusal = (text: string): Rejection => {
  const document = documentOf(text);
  if (document.kind !== 'rejection') throw new Error(document.kind);
  return document;
};

describe('a rule', () => {
  const rule = documentOf(head + body) as Rule;

  it('says what its text says', () => {
    const { sha256: _, plan: __, ...said } = rule;
    expect(said).toEqual({
      kind: 'rule',
      id: '929a690e-bef0-4204-a928-ef5e620d6fcc',
      title: 'T',
      name: 'base_rule',
      level: 'high',
      status: 'test',
      place: { path: 'rule.yml', document: 0, line: 1, column: 1 },
      description: 'D',
      author: 'A',
      license: 'L',
      version: '2024-03-04',
      references: ['https://example.org/1'],
      tags: ['attack.t1003.001'],
      falsePositives: ['Admins'],
      logSource: { product: 'windows', category: 'process_creation', service: null },
      warnings: [],
    });
  });
  it('survives JSON', () => {
    expect(JSON.parse(JSON.stringify(rule))).toEqual(rule);
  });
  it('has its date as version where it was never modified', () => {
    expect((documentOf(`date: 2024-01-02\n${body}`) as Rule).version).toBe('2024-01-02');
  });
  it('has the hash of its text, the same alone and among others', () => {
    const [, second] = parseRules(`${head}${body}---\n${body}`, 'r.yml');
    expect(second!.sha256).toBe(documentOf(body).sha256);
    expect(second!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(second!.sha256).not.toBe(rule.sha256);
  });
  it('loads with an unknown level or status, and says so', () => {
    const odd = documentOf(`level: huge\nstatus: fresh\n${body}`) as Rule;
    expect(odd).toMatchObject({ level: null, status: null });
    expect(odd.warnings.map(warning => warning.place)).toMatchObject([
      { line: 1, column: 8 },
      { line: 2, column: 9 },
    ]);
  });
  it('loads where it is deprecated or unsupported', () => {
    expect(documentOf(`status: unsupported\n${body}`)).toMatchObject({ kind: 'rule', status: 'unsupported' });
  });
});

describe('a document that is not a rule', () => {
  it.each([
    ['a list', '- a\n- b\n'],
    ['plain text', 'hello\n'],
    ['an ordinary map', 'name: x\nversion: 3\n'],
    ['nothing', ''],
    ['a comment', '# nothing\n'],
  ])('is refused as such: %s', (_name, text) => {
    expect(refusal(text).reason).toBe('not-a-rule');
  });
  it('is a correlation where it has that key', () => {
    expect(
      documentOf('title: C\ncorrelation:\n  type: temporal\n  rules: [a, b]\n  timespan: 5m\n'),
    ).toMatchObject({
      kind: 'correlation',
      title: 'C',
    });
  });
  it('is a filter where it has that key', () => {
    expect(
      documentOf(
        'title: F\nlogsource:\n  product: windows\nfilter:\n  rules: any\n  a: { F: x }\n  condition: not a\n',
      ),
    ).toMatchObject({
      kind: 'filter',
    });
  });
});

describe('a rule is refused', () => {
  it.each([
    ['without a log source', 'detection:\n  s: a\n  condition: s\n', 'logsource', 1, 1],
    ['with an empty log source', 'logsource: {}\ndetection:\n  s: a\n  condition: s\n', 'logsource', 1, 1],
    ['without a detection', 'logsource:\n  product: windows\n', 'detection', 1, 1],
    ['with a detection that is text', 'logsource:\n  product: windows\ndetection: a\n', 'detection', 3, 12],
    ['where it is not YAML', 'title: a\n  b: c: d\n', 'yaml', 2, 4],
    ['where a key stands twice', 'title: a\nlevel: low\ntitle: b\n', 'yaml', 3, 1],
    ['where tabs indent', 'logsource:\n\tproduct: windows\n', 'yaml', 2, 1],
    ['where a tag is not known', 'title: !!js/function x\n', 'yaml', 1, 8],
    ['where an alias has no anchor', 'title: *x\n', 'yaml', 1, 8],
    ['where it holds a null byte', 'title: \0\n', 'yaml', 1, 8],
  ])('%s, at its place', (_name, text, reason, line, column) => {
    expect(refusal(text)).toMatchObject({ reason, place: { line, column } });
  });
  it('with what is known of its head', () => {
    expect(refusal(`${head}detection: 1\n`)).toMatchObject({
      reason: 'logsource',
      id: '929a690e-bef0-4204-a928-ef5e620d6fcc',
      title: 'T',
      level: 'high',
    });
  });
  it('with a place that counts lines of any kind of line end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(refusal(`title: a${end}level: low${end}title: b${end}`).place).toMatchObject({
        line: 3,
        column: 1,
      });
    }
  });
  it('with the column of a value in quotes', () => {
    expect(rejectionOf("sel:\n  F|cidr: '10.0.0.1/8'\ncondition: sel").place).toMatchObject({
      line: 6,
      column: 13,
    });
  });
});

describe('a file', () => {
  it('may hold several documents, of which one is broken', () => {
    const documents = parseRules(`${body}---\na: [\n---\n${body}...\n# end\n`, 'r.yml');
    expect(kinds(documents)).toEqual(['rule', 'yaml', 'rule']);
    expect(documents.map(document => [document.place.document, document.place.line])).toEqual([
      [0, 1],
      [1, 11],
      [2, 12],
    ]);
  });
  it('may begin with a byte order mark', () => {
    expect(documentOf(`\ufeff${body}`).kind).toBe('rule');
  });
  it('may end its lines with CR LF', () => {
    expect(documentOf(body.replaceAll('\n', '\r\n')).kind).toBe('rule');
  });
  it('may begin with directives and a marker', () => {
    expect(kinds(parseRules(`%YAML 1.2\n---\n${body}`, 'r.yml'))).toEqual(['rule']);
  });
  it('may have its document on the marker line', () => {
    expect(kinds(parseRules('--- {title: x}\n--- {title: y}\n', 'r.yml'))).toEqual([
      'not-a-rule',
      'not-a-rule',
    ]);
  });
  it('may share values by anchors and merges', () => {
    const text = ruleText('a: &x\n  F: 1\nb:\n  <<: *x\n  G: 2\ncondition: a and b');
    expect(documentOf(text)).toMatchObject({
      plan: {
        op: 'and',
        nodes: [{ name: 'a' }, { name: 'b', node: { op: 'and', nodes: [{ field: 'G' }, { field: 'F' }] } }],
      },
    });
  });
  it('lays a global part under the rules that follow', () => {
    const text = `action: global\ntitle: G\nlogsource:\n  product: windows\n---\ndetection:\n  s:\n    F: 1\n  condition: s\n---\ntitle: Own\ndetection:\n  s:\n    F: 2\n  condition: s\n`;
    const documents = parseRules(text, 'r.yml');
    expect(documents).toMatchObject([
      { kind: 'rule', title: 'G', place: { document: 1 } },
      { kind: 'rule', title: 'Own' },
    ]);
  });
  it('repeats the rule before with changes', () => {
    const documents = parseRules(`${body}---\naction: repeat\nlogsource:\n  category: file_event\n`, 'r.yml');
    expect(documents[1]).toMatchObject({
      kind: 'rule',
      logSource: { product: 'windows', category: 'file_event' },
    });
  });
  it('forgets the global part on reset', () => {
    const text = `action: global\nlogsource:\n  product: windows\n---\naction: reset\n---\ndetection:\n  s: a\n  condition: s\n`;
    expect(kinds(parseRules(text, 'r.yml'))).toEqual(['logsource']);
  });
});

describe('a hostile file', () => {
  it('is refused where it is too large', () => {
    expect(refusal('a'.repeat(limits.fileLength + 1)).reason).toBe('too-large');
  });
  it('is refused where it nests too deep', () => {
    expect(refusal(`${'['.repeat(5000)}`).reason).toBe('too-large');
  });
  it('is refused where aliases unfold without bound', () => {
    let text = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n';
    for (let i = 1; i < 12; i++)
      text += `a${i}: &a${i} [${Array.from({ length: 9 }, () => `*a${i - 1}`).join(', ')}]\n`;
    expect(refusal(text).reason).toBe('too-large');
  });
  it('is refused where it holds itself', () => {
    expect(refusal('a: &a [*a]\n').reason).toBe('yaml');
  });
  it('is refused where placeholders unfold without bound', () => {
    const placeholders = new Map([['p', Array.from({ length: 100 }, (_, i) => `${i}`)]]);
    const document = documentOf(ruleText("s:\n  F|expand: '%p%%p%%p%'\ncondition: s"), { placeholders });
    expect(document).toMatchObject({ reason: 'too-large' });
  });
  it('is read in time where its regular expression would take a backtracking engine for ever', () => {
    expect(planOf("F|re: '(a+)+$'")).toMatchObject({ test: { kind: 'regex' } });
  });
  it('names no property of JavaScript', () => {
    const text = ruleText(
      '__proto__:\n  constructor: a\ntoString:\n  F: b\ncondition: toString and __proto__',
    );
    expect(documentOf(text)).toMatchObject({ kind: 'rule', plan: { op: 'and' } });
  });

  const seed = `${head}${ruleText(`a:
  - Image|endswith|windash: ['\\x.exe', "-y"]
    CommandLine|re|i: '(a|b)+\\d{2,3}[^x]'
  - key*word
b:
  F|base64offset|contains: &v foo
  G|expand: '%p%'
  H|cidr: 10.0.0.0/8
  I|gt: -1.5
_c:
  '|all': [x, *v]
condition: (1 of a* or not b) and all of them`).slice('title: Test\n'.length)}---\n${body}`;
  const edit = fc.record({
    at: fc.nat(seed.length),
    drop: fc.nat(6),
    put: fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom(
        '\n',
        '\t',
        ': ',
        '- ',
        '[',
        '{',
        '|',
        '&a ',
        '*a',
        '<<: ',
        '"',
        "'",
        '\\',
        '---\n',
        '|re',
        '|all',
        ' of ',
        '(',
        '*',
        '%',
        '\ud800',
      ),
    ),
  });

  it('never makes the parser throw, and always yields a document', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), edits => {
        let text = seed;
        for (const { at, drop, put } of edits) text = text.slice(0, at) + put + text.slice(at + drop);
        const documents = parseRules(text, 'fuzz.yml');
        expect(documents.length).toBeGreaterThan(0);
        for (const document of documents) {
          expect(document.place.line).toBeGreaterThan(0);
          expect(JSON.parse(JSON.stringify(document))).toEqual(document);
          if (document.kind === 'rejection') {
            expect(document.message).not.toMatch(/cannot be read: |undefined/);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });
});
