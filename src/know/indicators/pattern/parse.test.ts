import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePattern } from './parse.ts';
import type { Compared, Literal, Observed, Operator } from './tree.ts';

const parsed = (text: string): Observed => {
  const result = parsePattern(text);
  if ('message' in result) throw new Error(result.message);
  return result.pattern;
};
const refused = (text: string): string => {
  const result = parsePattern(text);
  return 'message' in result ? `${result.at}: ${result.message}` : 'taken';
};

/** Without offsets. */
const bare = (node: unknown): unknown =>
  JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'at' ? undefined : value)));

describe('a pattern', () => {
  it('compares one object with a text', () =>
    expect(parsed("[ipv4-addr:value = '192.0.2.1']")).toEqual({
      kind: 'observation',
      at: 0,
      node: {
        kind: 'test',
        path: { type: 'ipv4-addr', steps: ['value'], text: 'ipv4-addr:value' },
        operator: '=',
        negated: false,
        values: [{ kind: 'text', text: '192.0.2.1' }],
        at: 1,
      },
    }));
  it('names hashes, lists and references in its paths', () => {
    const paths = [
      "file:hashes.'SHA-256'",
      'windows-registry-key:values[*].name',
      'a:b[3].c_d',
      'x-y:z.ref.value',
    ];
    const texts = paths.map(path => {
      const pattern = parsed(`[${path} = 'x']`);
      return pattern.kind === 'observation' && pattern.node.kind === 'test' ? pattern.node.path.text : null;
    });
    expect(texts).toEqual([
      'file:hashes.SHA-256',
      'windows-registry-key:values[*].name',
      'a:b[3].c_d',
      'x-y:z.ref.value',
    ]);
  });
  it('binds AND closer than OR, in comparisons and in observations', () => {
    expect(bare(parsed('[a:b = 1 OR a:b = 2 AND a:b = 3]'))).toMatchObject({
      node: { kind: 'or', nodes: [{ kind: 'test' }, { kind: 'and' }] },
    });
    expect(bare(parsed('[a:b = 1] OR [a:b = 2] AND [a:b = 3]'))).toMatchObject({
      kind: 'or',
      nodes: [{ kind: 'observation' }, { kind: 'and' }],
    });
    expect(parsed('[a:b = 1] FOLLOWEDBY [a:b = 2] OR [a:b = 3]').kind).toBe('followed-by');
  });
  it('solves the escapes of a text', () =>
    expect(bare(parsed(String.raw`[a:b = 'C:\\Temp\\it\'s']`))).toMatchObject({
      node: { values: [{ text: String.raw`C:\Temp\it's` }] },
    }));
  it('holds texts in NFC', () =>
    expect(bare(parsed("[a:b = 'e\u0301']"))).toMatchObject({ node: { values: [{ text: '\u00e9' }] } }));
  it('has every kind of value', () => {
    const kinds = ["'x'", '1', '-1.5', 'true', "b'YQ=='", "h'ff'", "t'2026-11-24T00:00:00Z'"].map(value => {
      const pattern = parsed(`[a:b = ${value}]`);
      return pattern.kind === 'observation' && pattern.node.kind === 'test'
        ? pattern.node.values[0]?.kind
        : null;
    });
    expect(kinds).toEqual(['text', 'number', 'number', 'boolean', 'binary', 'hex', 'timestamp']);
  });
  it('may have comments and qualifiers', () =>
    expect(
      bare(parsed('/* a */ ([a:b = 1] FOLLOWEDBY [a:b = 2]) WITHIN 5 SECONDS REPEATS 2 TIMES // end')),
    ).toMatchObject({ kind: 'qualified', qualifier: 'REPEATS', node: { qualifier: 'WITHIN' } }));
  it('may ask for existence', () =>
    expect(bare(parsed('[NOT EXISTS a:b.c]'))).toMatchObject({
      node: { operator: 'EXISTS', negated: true, values: [] },
    }));
});

describe('what is no pattern is refused with its place', () => {
  const mistakes: readonly (readonly [text: string, message: string])[] = [
    ['', "0: a pattern is written in square brackets: [ipv4-addr:value = '192.0.2.1']"],
    ["ipv4-addr:value = '1'", "0: a pattern is written in square brackets: [ipv4-addr:value = '192.0.2.1']"],
    ['[a:b = "x"]', "7: a double quote (texts stand in ' ') has no meaning here"],
    ["[a:b = 'x]", "7: the text has no closing quote (')"],
    [String.raw`[a:b = 'C:\Temp']`, String.raw`10: a backslash in a text is written twice: 'C:\\Windows'`],
    ["[a:b 'x']", "5: an operator is expected here: =, IN, LIKE, MATCHES or another of STIX's"],
    ["[a:b = 'x'", "10: ']' is expected here"],
    ["[a:b = 'x'] [a:b = 'y']", "12: '[' stands after the pattern's end"],
    ['[a:b LIKE 5]', '11: LIKE takes a text'],
    ['[a:b = 1] WITHIN 5 SECONDS WITHIN 6 SECONDS', '27: WITHIN is there twice'],
    ['[a:b IN ()]', "9: a value is expected here: a text in ' ', a number, true or false"],
    [`${'('.repeat(40)}[a:b = 1]`, '33: brackets are nested more than 32 deep'],
  ];
  for (const [text, message] of mistakes) {
    it(text.slice(0, 40) || '(nothing)', () => expect(refused(text)).toBe(message));
  }
  it('more comparisons than anybody needs', () => {
    const values = Array.from({ length: 3000 }, (_, i) => i).join();
    expect(refused(`[a:b IN (${values})]`)).toContain('more than 2000 comparisons');
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).filter(word => word !== 'true' && word !== 'false');
const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map(text => ({ kind: 'text' as const, text: text.normalize('NFC') })),
  fc.integer().map(value => ({ kind: 'number' as const, value, text: String(value) })),
  fc.boolean().map(value => ({ kind: 'boolean' as const, value })),
);
const comparison: fc.Arbitrary<Compared> = fc
  .tuple(
    name,
    fc.array(name, { minLength: 1, maxLength: 3 }),
    fc.constantFrom<Operator>('=', '!=', '<', 'IN', 'LIKE'),
    fc.boolean(),
    fc.array(literal, { minLength: 1, maxLength: 3 }),
    fc.string({ maxLength: 5 }),
  )
  .map(([type, steps, operator, negated, values, text]) => ({
    kind: 'test',
    path: { type, steps, text: `${type}:${steps.join('.')}` },
    operator,
    negated,
    values:
      operator === 'IN'
        ? values
        : operator === 'LIKE'
          ? [{ kind: 'text', text: text.normalize('NFC') }]
          : [values[0]!],
    at: 0,
  }));
const compared = fc.letrec<{ node: Compared }>(tie => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
      )
      .map(([kind, nodes]): Compared => ({ kind, nodes, at: 0 })),
  ),
})).node;

function textOf(node: Compared): string {
  if (node.kind !== 'test') return `(${node.nodes.map(textOf).join(` ${node.kind.toUpperCase()} `)})`;
  const values = node.values.map(value =>
    value.kind === 'text' ? quoted(value.text) : value.kind === 'boolean' ? String(value.value) : value.text,
  );
  const written = node.operator === 'IN' ? `(${values.join(' , ')})` : values[0];
  return `${node.path.text} ${node.negated ? 'NOT ' : ''}${node.operator} ${written}`;
}

describe('reading', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(compared, node => {
        const text = `[${textOf(node)}]`;
        expect(bare(parsed(text))).toEqual(bare({ kind: 'observation', node }));
      }),
    );
  });
  it('never throws, whatever the text', () => {
    const words = [
      '[',
      ']',
      '(',
      ')',
      "'",
      "'x'",
      'a:b',
      '=',
      'IN',
      'AND',
      'OR',
      'NOT',
      'EXISTS',
      ' ',
      '\\',
      '.',
      '*',
      '1',
      'WITHIN',
      "t'x'",
      '/*',
      '//',
      ',',
    ];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(fc.constantFrom(...words)).map(all => all.join(' ')),
          fc.array(fc.constantFrom(...words)).map(all => all.join('')),
        ),
        text => {
          const result = parsePattern(text);
          if ('message' in result) expect(result.at).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 2000 },
    );
  });
  it('takes time in proportion to the length', () => {
    const shapes = ['[', "'", '(', "[a:b = '", '/*', '/**/', "[a:b='x' OR ", '\\', '-', 'a', "t'", '1.'];
    for (const shape of shapes) {
      const started = performance.now();
      parsePattern(shape.repeat(Math.floor(65_000 / shape.length)));
      expect(performance.now() - started).toBeLessThan(500);
    }
  });
});
