import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planOf, refusalOf, rejectionOf, ruleOf } from '../../../../test/rule-text.ts';
import { ANY, DASH, ONE, type Plan, type TextPattern } from '../plan.ts';

/** A text test on F. */
const text = (any: readonly TextPattern[], cased = false): Plan => ({
  op: 'field',
  field: 'F',
  test: { kind: 'text', any, cased },
});
const patterns = (plan: Plan): readonly TextPattern[] => {
  if (plan.op !== 'field' || plan.test.kind !== 'text') throw new Error(JSON.stringify(plan));
  return plan.test.any;
};
const test = (item: string): unknown => (planOf(item) as Plan & { op: 'field' }).test;

describe('contains, startswith, endswith', () => {
  it('add a wildcard at their sides', () => {
    expect(planOf('F|contains: a')).toEqual(text([[ANY, 'a', ANY]]));
    expect(planOf('F|startswith: a')).toEqual(text([['a', ANY]]));
    expect(planOf('F|endswith: a')).toEqual(text([[ANY, 'a']]));
  });
  it('add none where there is one', () => {
    expect(planOf("F|contains: '*a'")).toEqual(text([[ANY, 'a', ANY]]));
  });
  it('add one beside a question mark', () => {
    expect(planOf("F|startswith: 'a?'")).toEqual(text([['a', ONE, ANY]]));
  });
  it('read numbers as they are written', () => {
    expect(planOf('F|endswith: 0443')).toEqual(text([[ANY, '0443']]));
  });
  it('change nothing on a regular expression, and say so of the one-sided ones', () => {
    const rule = ruleOf('sel:\n  F|re|startswith: ab\ncondition: sel');
    expect(rule.plan).toMatchObject({ node: { test: { kind: 'regex', source: 'ab' } } });
    expect(rule.warnings[0]!.message).toContain('anchor it');
  });
  it('refuse null', () => {
    expect(refusalOf('F|contains: null').reason).toBe('modifier');
  });
});

describe('values', () => {
  it('fold case in full Unicode, in every form alike', () => {
    expect(planOf('F: [ÉA, Ж]')).toEqual(text([['éa'], ['ж']]));
    expect(planOf('F|startswith: É')).toEqual(text([['é', ANY]]));
    expect(planOf('F|endswith: É')).toEqual(text([[ANY, 'é']]));
    expect(planOf('F|contains: É')).toEqual(text([[ANY, 'é', ANY]]));
  });
  it('keep numbers as they are written', () => {
    expect(planOf('F: [1.0, 0123, 0x1F4, 18446744073709551615]')).toEqual(
      text([['1.0'], ['0123'], ['0x1f4'], ['18446744073709551615']]),
    );
  });
  it('read booleans of any spelling as true and false', () => {
    expect(planOf('F: [True, FALSE]')).toEqual(text([['true'], ['false']]));
  });
  it('leave the words of YAML 1.1 and dates as text', () => {
    expect(planOf('F: [Yes, off, 2024-01-02, 12:30]')).toEqual(
      text([['yes'], ['off'], ['2024-01-02'], ['12:30']]),
    );
  });
  it('tell null from the empty string', () => {
    expect(test('F: null')).toEqual({ kind: 'null' });
    expect(test('F:')).toEqual({ kind: 'null' });
    expect(planOf("F: ''")).toEqual(text([[]]));
  });
  it('read an empty list as null', () => {
    expect(test('F: []')).toEqual({ kind: 'null' });
  });
  it('accept null inside a list, with a warning at its place', () => {
    const rule = ruleOf('sel:\n  F:\n    - a\n    - null\ncondition: sel');
    expect(rule.plan).toMatchObject({
      node: { op: 'or', nodes: [text([['a']]), { test: { kind: 'null' } }] },
    });
    expect(rule.warnings[0]).toMatchObject({ place: { line: 8, column: 9 } });
  });
  it('refuse a list or a map where a value is expected', () => {
    expect(refusalOf('F: [[a]]').reason).toBe('value');
    expect(refusalOf('F: {a: b}').reason).toBe('detection');
  });
  it('answer to a field name written with blanks', () => {
    expect(planOf('Source Name: a')).toMatchObject({ field: 'SourceName' });
  });
});

describe('all', () => {
  it('joins the values by AND', () => {
    expect(planOf('F|contains|all: [a, b]')).toEqual({
      op: 'and',
      nodes: [text([[ANY, 'a', ANY]]), text([[ANY, 'b', ANY]])],
    });
  });
  it('is accepted on a single value, with a warning', () => {
    expect(ruleOf('sel:\n  F|all: a\ncondition: sel').warnings).toHaveLength(1);
  });
});

describe('cased', () => {
  it('keeps the case of literals', () => {
    expect(planOf('F|contains|cased: Ab')).toEqual(text([[ANY, 'Ab', ANY]], true));
  });
  it('may stand before or after the others', () => {
    expect(planOf('F|cased|contains: Ab')).toEqual(text([[ANY, 'Ab', ANY]], true));
  });
  it('contradicts i', () => {
    expect(refusalOf('F|re|i|cased: a').reason).toBe('modifier');
  });
});

describe('neq', () => {
  it('negates the whole item: none of the values', () => {
    expect(planOf('F|neq: [a, b]')).toEqual({ op: 'not', node: text([['a'], ['b']]) });
  });
});

describe('re', () => {
  it('is raw: neither wildcards nor escapes', () => {
    expect(test("F|re: '\\\\a.*\\?'")).toEqual({ kind: 'regex', source: '\\\\a.*\\?', flags: '' });
  });
  it('takes i, m and s and their long names, in any number', () => {
    expect(test('F|re|i|m: a')).toEqual({ kind: 'regex', source: 'a', flags: 'im' });
    expect(test('F|re|multiline|ignorecase|dotall: a')).toEqual({ kind: 'regex', source: 'a', flags: 'ims' });
  });
  it('moves leading inline flags to the flags', () => {
    expect(test("F|re: '(?i)(?s)a'")).toEqual({ kind: 'regex', source: 'a', flags: 'is' });
  });
  it('must come first', () => {
    expect(refusalOf('F|contains|re: a')).toMatchObject({ reason: 'modifier', place: { column: 16 } });
  });
  it('is the only one that takes flags', () => {
    expect(refusalOf('F|i: a').reason).toBe('modifier');
  });
  it.each(['(?=a)', '(?<!a)b', '(a)\\1', '(?>a)', 'a++', '(?P=x)'])(
    'is refused where it holds %s',
    pattern => {
      expect(refusalOf(`F|re: '${pattern}'`).reason).toBe('regex');
    },
  );
  it.each([`a{300}${'b'.repeat(600)}`, '(a+)+$', '((a|b)*c)*', '[[:alpha:]]\\z'])(
    'is not refused for its length or shape',
    pattern => {
      expect(test(`F|re: '${pattern}'`)).toMatchObject({ kind: 'regex', source: pattern });
    },
  );
  it('is refused where it is not valid', () => {
    expect(refusalOf("F|re: '(a'").reason).toBe('regex');
  });
});

describe('cidr', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.1.2.3', '10.1.2.3/32'],
    ['FE80::/10', 'fe80::/10'],
    ['2001:0db8:0:0::/32', '2001:db8::/32'],
    ['::/0', '::/0'],
    ['::ffff:10.0.0.0/104', '::ffff:a00:0/104'],
  ])('reads %s as %s', (written, network) => {
    expect(test(`F|cidr: '${written}'`)).toEqual({ kind: 'cidr', network });
  });
  it.each([
    '192.168.1.1/24',
    'fe80::1/64',
    '10.0.0.0/33',
    '::/129',
    '10.0.0/8',
    '10.0.0.0/-1',
    '010.0.0.0/8',
    'fe80::%eth0/64',
    '',
  ])('refuses %s', written => {
    expect(refusalOf(`F|cidr: '${written}'`).reason).toBe('value');
  });
});

describe('exists', () => {
  it('takes true and false', () => {
    expect(test('F|exists: true')).toEqual({ kind: 'exists', present: true });
    expect(test('F|exists: no')).toEqual({ kind: 'exists', present: false });
  });
  it('refuses anything else', () => {
    expect(refusalOf('F|exists: maybe').reason).toBe('value');
  });
  it('needs a field', () => {
    expect(refusalOf("'|exists': true").reason).toBe('modifier');
  });
});

describe('gt, gte, lt, lte', () => {
  it.each([
    ['F|gt: 20', { kind: 'compare', op: 'gt', value: 20 }],
    ['F|gte: -1.5', { kind: 'compare', op: 'gte', value: -1.5 }],
    ['F|lt: 1e3', { kind: 'compare', op: 'lt', value: 1000 }],
    ['F|lte: 0x10', { kind: 'compare', op: 'lte', value: 16 }],
    ['F|lte: -0x10', { kind: 'compare', op: 'lte', value: -16 }],
    ['F|gt: 010', { kind: 'compare', op: 'gt', value: 10 }],
  ])('%s', (item, expected) => {
    expect(test(item)).toEqual(expected);
  });
  it('accept a quoted number with a warning', () => {
    const rule = ruleOf("sel:\n  F|gt: '20'\ncondition: sel");
    expect(rule.plan).toMatchObject({ node: { test: { value: 20 } } });
    expect(rule.warnings).toHaveLength(1);
  });
  it('refuse what is not a number', () => {
    expect(refusalOf('F|gt: many').reason).toBe('value');
  });
});

describe('fieldref', () => {
  it('names another field, whole or in part', () => {
    expect(test('F|fieldref: G')).toEqual({ kind: 'fieldref', field: 'G', part: 'whole', cased: false });
    expect(test('F|fieldref|endswith: G')).toMatchObject({ part: 'endswith' });
    expect(test('F|fieldref|contains|cased: G')).toMatchObject({ part: 'contains', cased: true });
  });
  it('combines with neq', () => {
    expect(planOf('F|fieldref|neq: G')).toMatchObject({ op: 'not', node: { test: { kind: 'fieldref' } } });
  });
  it('refuses wildcards', () => {
    expect(refusalOf("F|fieldref: 'G*'").reason).toBe('modifier');
  });
});

describe('expand', () => {
  const placeholders = new Map([
    ['admins', ['Ann', 'b*']],
    ['DC-NAME', ['dc1']],
  ]);
  it('puts the values in place of the name', () => {
    expect(planOf("F|expand: 'x%admins%'", { placeholders })).toEqual(text([['xann'], ['xb', ANY]]));
  });
  it('works with contains on either side', () => {
    expect(planOf("F|contains|expand: '%DC-NAME%'", { placeholders })).toEqual(text([[ANY, 'dc1', ANY]]));
    expect(planOf("F|expand|contains: '%DC-NAME%'", { placeholders })).toEqual(text([[ANY, 'dc1', ANY]]));
  });
  it('joins the values of one placeholder by OR even under all', () => {
    expect(planOf("F|expand|contains|all: ['%admins%', x]", { placeholders })).toEqual({
      op: 'and',
      nodes: [
        text([
          [ANY, 'ann', ANY],
          [ANY, 'b', ANY],
        ]),
        text([[ANY, 'x', ANY]]),
      ],
    });
  });
  it('takes every combination of several', () => {
    expect(patterns(planOf("F|expand: '%admins%-%admins%'", { placeholders }))).toHaveLength(4);
  });
  it('reads an escaped percent sign literally', () => {
    expect(planOf("F|expand: '\\%admins\\%'", { placeholders })).toEqual(text([['%admins%']]));
  });
  it('puts literal text into a regular expression', () => {
    const plan = planOf("F|re|expand: '^%admins%$'", { placeholders });
    expect(plan).toMatchObject({ test: { source: '^(?:Ann|b\\*)$' } });
  });
  it('refuses a name that nobody resolved, and names it', () => {
    const refusal = refusalOf("F|expand: '%servers%'", { placeholders });
    expect(refusal).toMatchObject({ reason: 'placeholder-unresolved', place: { line: 6, column: 15 } });
    expect(refusal.message).toContain('%servers%');
  });
  it('is needed: without it the name is literal', () => {
    expect(planOf("F: '%admins%'", { placeholders })).toEqual(text([['%admins%']]));
  });
});

describe('windash', () => {
  it('makes a class of the dash that begins an option', () => {
    expect(planOf("F|windash|contains: ' -foo'")).toEqual(text([[ANY, ' ', DASH, 'foo', ANY]]));
  });
  it('works on slashes, on dashes that are not the first, and on several', () => {
    expect(planOf("F|windash: 'a /b -c'")).toEqual(text([['a ', DASH, 'b ', DASH, 'c']]));
  });
  it('leaves dashes inside and behind words', () => {
    expect(planOf("F|windash: 'a-b c- --d'")).toEqual(text([['a-b c- -', DASH, 'd']]));
  });
  it('keeps all of its item', () => {
    expect(planOf('F|windash|contains|all: [-a, -b]')).toMatchObject({ op: 'and', nodes: [{}, {}] });
  });
  it('may stand after endswith', () => {
    expect(planOf('F|endswith|windash: -a')).toEqual(text([[ANY, DASH, 'a']]));
  });
});

describe('base64 and base64offset', () => {
  it('encode bytes, not characters', () => {
    expect(planOf('F|base64|cased: ä')).toEqual(text([[Buffer.from('ä').toString('base64')]], true));
    expect(patterns(planOf('F|base64offset|cased: ä'))).toEqual([0, 1, 2].map(i => [encoded('ä', i)]));
  });
  it('finds the value at every offset', () => {
    const bytes = fc.uint8Array({ maxLength: 9 });
    const value = fc.stringMatching(/^[a-zäЖ -]{2,12}$/);
    fc.assert(
      fc.property(bytes, value, bytes, (before, inner, after) => {
        const haystack = Buffer.concat([before, Buffer.from(inner), after]).toString('base64');
        const found = patterns(planOf(`F|base64offset|contains|cased: '${inner}'`)).some(pattern =>
          haystack.includes(pattern[1] as string),
        );
        expect(found).toBe(true);
      }),
    );
  });
  it('stay OR under all', () => {
    const plan = planOf('F|base64offset|contains|all: [foo, bar]') as Plan & { op: 'and' };
    expect(plan.nodes.map(node => patterns(node).length)).toEqual([3, 3]);
  });
  it('refuse wildcards, and say where contains belongs', () => {
    const refusal = refusalOf('F|contains|base64: foo');
    expect(refusal).toMatchObject({ reason: 'modifier', place: { line: 6, column: 16 } });
    expect(refusal.message).toContain("'contains' after it");
  });
  it('refuse an empty value, and a single byte at three offsets', () => {
    expect(refusalOf("F|base64: ''").reason).toBe('modifier');
    expect(refusalOf('F|base64offset: a').reason).toBe('value');
  });

  function encoded(value: string, offset: number): string {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
    const front = [0, 2, 3][offset]!;
    const end = [0, 3, 2][bytes.length % 3]!;
    const whole = bytes.toString('base64');
    return whole.slice(front, whole.length - end);
  }
});

describe('wide, utf16le, utf16be, utf16', () => {
  it('encode any character, one byte a character', () => {
    expect(patterns(planOf('F|wide|cased: aé'))).toEqual([['a\0é\0']]);
    expect(patterns(planOf('F|utf16le|cased: Ж'))).toEqual([['\x16\x04']]);
    expect(patterns(planOf('F|utf16be|cased: Ж'))).toEqual([['\x04\x16']]);
  });
  it('put the mark FF FE before utf16', () => {
    expect(patterns(planOf('F|utf16|base64|cased: a'))).toEqual([
      [Buffer.from([0xff, 0xfe, 0x61, 0x00]).toString('base64')],
    ]);
  });
  it('go with base64offset', () => {
    const haystack = Buffer.concat([Buffer.from('x'), Buffer.from('spin', 'utf16le')]).toString('base64');
    const found = patterns(planOf('F|wide|base64offset|contains|cased: spin'));
    expect(found.some(pattern => haystack.includes(pattern[1] as string))).toBe(true);
  });
  it('unfold the dashes of windash', () => {
    expect(patterns(planOf('F|windash|wide|base64: -a'))).toHaveLength(5);
  });
  it('refuse to follow each other', () => {
    expect(refusalOf('F|wide|utf16be: a').reason).toBe('modifier');
  });
});

describe('parts of a time', () => {
  it.each(['minute', 'hour', 'day', 'week', 'month', 'year'])('%s equals a whole number', part => {
    expect(test(`F|${part}: 5`)).toEqual({ kind: 'timepart', part, op: 'eq', value: 5 });
  });
  it('compare with gt and its family', () => {
    expect(test('F|hour|gte: 18')).toEqual({ kind: 'timepart', part: 'hour', op: 'gte', value: 18 });
  });
  it('refuse a number that never comes', () => {
    expect(refusalOf('F|hour: 24').reason).toBe('value');
  });
  it('know week 53 of ISO 8601', () => {
    expect(test('F|week: 53')).toMatchObject({ value: 53 });
  });
});

describe('the chain', () => {
  it('may hold four modifiers', () => {
    expect(planOf('F|windash|contains|all|cased: [-A, b]')).toEqual({
      op: 'and',
      nodes: [text([[ANY, DASH, 'A', ANY]], true), text([[ANY, 'b', ANY]], true)],
    });
  });
  it('refuses an unknown modifier, names it and points at it', () => {
    const refusal = rejectionOf('sel:\n  Image|endswith|fuzzy: a\ncondition: sel');
    expect(refusal).toMatchObject({
      reason: 'unknown-modifier',
      title: 'Test',
      place: { line: 6, column: 20 },
    });
    expect(refusal.message).toContain("'fuzzy'");
  });
  it('refuses a modifier of JavaScript objects', () => {
    expect(refusalOf('F|constructor: a').reason).toBe('unknown-modifier');
  });
});
