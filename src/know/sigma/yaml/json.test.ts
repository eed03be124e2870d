import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from './json.ts';
import { parseYaml, type YamlNode } from './nodes.ts';

const bundle = fileURLToPath(new URL('../../../../advisories/volt-typhoon/indicators.json', import.meta.url));

/** The general reader does not know where the text of a number stands if a line ends behind it. */
function withoutInner(node: YamlNode | null): unknown {
  if (node?.kind === 'sequence') return { ...node, items: node.items.map(withoutInner) };
  if (node?.kind === 'scalar') return node.plain ? { ...node, inner: null } : node;
  return {
    ...node,
    entries: node?.entries.map(({ key, value }) => ({ key: withoutInner(key), value: withoutInner(value) })),
  };
}

describe('JSON is read as the general reader reads it', () => {
  test.each([
    '{}',
    '[]',
    '{"a": ""}',
    '{"a":[1, -0.5e3, null, true, false, "null", "1"], "b": {"c": []}}',
    '[ "with \\"escapes\\" \\\\ \\n", "\u00e9\u4e2d" ]',
    '\n {\n  "a" : "b"\n }\n',
    '{"<<": "quoted"}',
  ])('%s', text => {
    expect(parseJson(text, 7)).not.toBeNull();
    expect(withoutInner(parseJson(text, 7))).toEqual(withoutInner(parseYaml(text, 7)));
  });

  test('of any value, however it is laid out', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        const tree = parseJson(text, 3);
        if (tree !== null) expect(withoutInner(tree)).toEqual(withoutInner(parseYaml(text, 3)));
      }),
      { numRuns: 500 },
    );
  });

  test('the bundle of indicators that ships', () => {
    const text = readFileSync(bundle, 'utf8');
    const tree = parseJson(text, 0);
    expect(tree).not.toBeNull();
    expect(withoutInner(tree)).toEqual(withoutInner(parseYaml(text, 0)));
  });
});

describe('what is left to the general reader', () => {
  test.each([
    'a: b',
    '"text"',
    '{"a": 1, "a": 2}',
    '{"a": 1,}',
    '{a: 1}',
    '{"a": 01}',
    '{"a": "\\u0041"}',
    '{"a": "\ttab"}',
    '{"a": "\ud83d\ude00"}',
    '{"a": 1} x',
    '{"a": 1} # comment',
    '{"a": [1',
    `{"${'k'.repeat(2000)}": 1}`,
    '['.repeat(5_000),
  ])('%j', text => expect(parseJson(text, 0)).toBeNull());
});
