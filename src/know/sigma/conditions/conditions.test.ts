import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rejectionOf, ruleOf } from '../../../../test/rule-text.ts';
import type { Plan } from '../plan.ts';
import { type Condition, parseCondition } from './index.ts';

/** The condition's plan in brackets, over identifiers that each test their own name. */
function shape(condition: string, names: readonly string[]): string {
  const { plan } = ruleOf(`${names.map(name => `${name}:\n  F: ${name}\n`).join('')}condition: ${condition}`);
  return write(plan);
}

function write(plan: Plan): string {
  if (plan.op === 'named') return plan.name;
  if (plan.op === 'not') return `not ${write(plan.node)}`;
  if (plan.op === 'and' || plan.op === 'or') return `(${plan.nodes.map(write).join(` ${plan.op} `)})`;
  return plan.op;
}

const warnings = (condition: string, names: readonly string[]): string[] =>
  ruleOf(`${names.map(name => `${name}:\n  F: ${name}\n`).join('')}condition: ${condition}`).warnings.map(
    warning => warning.message,
  );

describe('a condition', () => {
  it.each([
    ['binds not before and before or', 'a or b and not c', ['a', 'b', 'c'], '(a or (b and not c))'],
    ['obeys brackets', '(a or b) and c', ['a', 'b', 'c'], '((a or b) and c)'],
    ['takes key words in any case', 'a AND NOT b', ['a', 'b'], '(a and not b)'],
    ['knows identifiers with hyphens', 'a-b and c-1', ['a-b', 'c-1'], '(a-b and c-1)'],
    ['knows an identifier called all', 'all and b', ['all', 'b'], '(all and b)'],
    ['1 of is OR', '1 of sel_*', ['sel_a', 'sel_b', 'x'], '(sel_a or sel_b)'],
    ['any of is OR', 'any of sel_*', ['sel_a', 'sel_b'], '(sel_a or sel_b)'],
    ['all of is AND', 'all of sel_*', ['sel_a', 'sel_b'], '(sel_a and sel_b)'],
    ['x of binds before not', 'not 1 of sel_*', ['sel_a', 'sel_b'], 'not (sel_a or sel_b)'],
    ['stars may stand anywhere', '1 of *filter*', ['a_filter_b', 'filter', 'b'], '(a_filter_b or filter)'],
    ['stars may stand inside', 'all of sel*_x', ['sel_x', 'sel_1_x', 'sel_1_y'], '(sel_x and sel_1_x)'],
    ['several stars may stand', '1 of s*l*x', ['s1l2x', 'slx', 'sx'], '(s1l2x or slx)'],
    ['a pattern without a star is a name', '1 of sel', ['sel', 'sel_b'], 'sel'],
    ['them is every identifier', '1 of them', ['a', 'b'], '(a or b)'],
    ['them leaves out what begins with _', 'all of them', ['a', '_b', 'c'], '(a and c)'],
    ['patterns leave out what begins with _', '1 of *', ['a', '_b'], 'a'],
    ['a pattern that begins with _ finds it', '1 of _*', ['a', '_b'], '_b'],
    ['_ identifiers may be named', 'a and _b', ['a', '_b'], '(a and _b)'],
    ['a list of conditions is OR', '[a, b and c]', ['a', 'b', 'c'], '(a or (b and c))'],
    ['a pattern that finds nothing is left out', 'a and not 1 of filter_*', ['a'], 'a'],
    ['so is it beside or', 'a or 1 of x*', ['a'], 'a'],
    ['and in brackets', 'a and not (1 of x* or all of y*)', ['a'], 'a'],
  ])('%s', (_name, condition, names, expected) => {
    expect(shape(condition, names)).toBe(expected);
  });

  it('warns of a pattern that finds nothing', () => {
    expect(warnings('a and not 1 of filter_*', ['a'])).toEqual([
      "'filter_*' matches no identifier: this part of the condition is left out",
    ]);
  });
});

describe('a condition is refused', () => {
  it.each([
    ['an undefined identifier', 'sel and other', 'unknown-identifier', 22],
    ['nothing left of it', '1 of x*', 'unknown-identifier', 14],
    ['a pipe', 'sel | count() > 5', 'legacy-aggregation', 18],
    ['an unclosed bracket', 'sel and (sel', 'condition', 22],
    ['a bracket never opened', 'sel)', 'condition', 17],
    ['two identifiers in a row', 'sel sel', 'condition', 18],
    ['an operator at the end', 'sel and', 'condition', 21],
    ['an operator at the start', 'or sel', 'condition', 14],
    ['a number of identifiers', '2 of sel*', 'condition', 14],
    ['a bare pattern', 'sel*', 'condition', 14],
    ['of without a pattern', '1 of', 'condition', 18],
    ['a list in brackets', '1 of (sel)', 'condition', 19],
  ])('for %s, at its place', (_name, condition, reason, column) => {
    const refusal = rejectionOf(`sel:\n  F: x\ncondition: ${condition}`);
    expect(refusal).toMatchObject({ reason, place: { line: 7, column } });
  });

  it('where it is empty', () => {
    expect(rejectionOf('sel:\n  F: x\ncondition:').reason).toBe('condition');
    expect(rejectionOf('sel:\n  F: x\ncondition: []').reason).toBe('condition');
  });

  it('where it unfolds to more tests than a plan may have', () => {
    const values = Array.from({ length: 200 }, (_, i) => `v${i}`).join(', ');
    const condition = Array.from({ length: 400 }, () => 'sel').join(' or ');
    expect(rejectionOf(`sel:\n  F: [${values}]\ncondition: ${condition}`).reason).toBe('too-large');
  });

  it('where it is nested without bound', () => {
    const condition = `${'('.repeat(5000)}sel${')'.repeat(5000)}`;
    expect(rejectionOf(`sel:\n  F: x\ncondition: ${condition}`).reason).toBe('too-large');
  });
});

describe('the parser', () => {
  const { tree } = fc.letrec<{ tree: Condition }>(tie => ({
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc
        .constantFrom('a', 'b-c', '_d', 'all', 'of1')
        .map((name): Condition => ({ op: 'identifier', name, index: 0 })),
      fc.record({
        op: fc.constant('of' as const),
        all: fc.boolean(),
        pattern: fc.constantFrom(null, 'a*', '*_x', 'sel'),
        index: fc.constant(0),
      }),
      tie('tree').map((node): Condition => ({ op: 'not', node })),
      fc
        .tuple(
          fc.constantFrom('and' as const, 'or' as const),
          fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
        )
        .map(([op, nodes]): Condition => ({ op, nodes })),
    ),
  }));

  const print = (node: Condition): string => {
    switch (node.op) {
      case 'identifier':
        return node.name;
      case 'of':
        return `${node.all ? 'all' : '1'} of ${node.pattern ?? 'them'}`;
      case 'not':
        return `not ${node.node.op === 'and' || node.node.op === 'or' ? `(${print(node.node)})` : print(node.node)}`;
      default:
        return node.nodes
          .map(child => (child.op === 'and' || child.op === 'or' ? `( ${print(child)} )` : print(child)))
          .join(` ${node.op} `);
    }
  };
  const withoutPlaces = (node: Condition): unknown =>
    JSON.parse(JSON.stringify(node, (key, value) => (key === 'index' ? 0 : value)));

  it('reads back whatever tree is written', () => {
    fc.assert(
      fc.property(tree, node => {
        expect(withoutPlaces(parseCondition(print(node)))).toEqual(withoutPlaces(node));
      }),
    );
  });
});
