import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sharedRules } from '../../../../test/logs.ts';
import { haveShared } from '../../../../test/shared.ts';
import {
  overlaps,
  parseRegex,
  RegexError,
  type RegexNode,
  trimForSearch,
} from '../../../know/regex/index.ts';
import type { Plan, RegexTest } from '../../../know/sigma/index.ts';
import { fold } from '../../../read/events/index.ts';
import { backtrackingMatcher, compileRegex, linearMatcher, nativeLimit } from './compile.ts';
import { costAt, searchCost } from './cost.ts';
import { literalsOf } from './index.ts';

const matches = (source: string, text: string, flags = ''): boolean => {
  const node = parseRegex(source, flags);
  const answers = [
    backtrackingMatcher(node),
    linearMatcher(node),
    backtrackingMatcher(trimForSearch(node)),
  ].map(m => m.test(text));
  expect(answers, `both engines, whole and trimmed, agree on /${source}/${flags}`).toEqual([
    answers[0],
    answers[0],
    answers[0],
  ]);
  return answers[0]!;
};

describe('what an expression means', () => {
  test.each([
    ['.', '\r', true],
    ['.', '\n', false],
    ['.', '\u2028', true],
    ['^.$', '😀', true],
    ['^..$', '😀', false],
    ['[^a]', '😀', true],
    ['\\d', '٣', false],
    ['\\w', 'é', false],
    ['\\s', '\u00a0', false],
    ['\\s', '\v', true],
    ['\\bb', 'éb', true],
    ['a$', 'a\n', false],
    ['a\\Z', 'a\n', true],
    ['a\\z', 'a\n', false],
    ['\\Aa', 'ba', false],
    ['[]a]', ']', true],
    ['[^]a]', ']', false],
    ['[a-]', '-', true],
    ['[\\w-]', '-', true],
    ['[[:digit:]x]', '7', true],
    ['[[:^digit:]]', '7', false],
    ['a{,2}b', 'aab', true],
    ['^a{x}$', 'a{x}', true],
    ['\\Qa.b\\E', 'a.b', true],
    ['\\Qa.b\\E', 'axb', false],
    ['(?x) a b # c', 'ab', true],
    ['(?<name>a)(?P<other>b)', 'ab', true],
    ['(?i:A)b', 'aB', false],
    ['a(?i)b|c', 'C', true],
    ['\\x41\\u0042\\x{43}', 'ABC', true],
    ['\\p{L}', 'я', true],
    ['\\P{L}', 'я', false],
    ['[\\p{Lu}]', 'я', false],
    ['\\R', '\r\n', true],
    ['', '', true],
    ['a||b', 'x', true],
    ['[\\d\\D]', '\n', true],
    ['[^\\d\\D]', 'a', false],
    ['\\/\\-\\_\\"', '/-_"', true],
  ] as const)('/%s/ on %j is %s', (source, text, expected) => {
    expect(matches(source, text)).toBe(expected);
  });

  test.each([
    ['s', '\u017f', true],
    ['k', '\u212a', true],
    ['É', 'é', true],
    ['И', 'и', true],
    ['[à-ý]', 'Ö', true],
    ['[^é]', 'É', false],
    ['\\w', '\u212a', false],
    ['σ', 'ς', true],
  ] as const)('/%s/i on %j is %s, as plain values fold', (source, text, expected) => {
    expect(matches(source, text, 'i')).toBe(expected);
  });

  test('with m, anchors are at line feeds', () => {
    expect(matches('^b$', 'a\nb\nc', 'm')).toBe(true);
    expect(matches('^b$', 'a\rb\rc', 'm')).toBe(false);
    expect(matches('^b.$', 'a\r\nb\r\nc', 'm')).toBe(true);
  });

  test('an anchor does not hold inside a character', () => {
    expect(matches('$^', '😀', 'm')).toBe(false);
    expect(matches('$', '😀x', 'm')).toBe(true);
    expect(matches('\\B', 'a😀a')).toBe(false);
    expect(matches('\\B', '😀')).toBe(true);
  });

  test.each([
    ['(?=a)', 'look-ahead'],
    ['(?<!a)', 'look-behind'],
    ['(a)\\1', 'back-reference'],
    ['\\k<a>', 'back-reference'],
    ['(?>a)', 'atomic'],
    ['a*+', 'possessive'],
    ['(?R)', 'recursion'],
    ['(?(1)a|b)', 'condition'],
    ['(*COMMIT)', 'verb'],
    ['(a', 'unclosed'],
    ['a)', 'unmatched'],
    ['[a', 'unclosed'],
    ['*a', 'nothing to repeat'],
    ['a**', 'nothing to repeat'],
    ['a{2,1}', 'wrong order'],
    ['[z-a]', 'wrong order'],
    ['a\\', 'backslash'],
    ['\\y', 'escape'],
    ['((a{1000}){1000}){1000}', 'steps'],
    [`${'('.repeat(1000)}a${')'.repeat(1000)}`, 'deeper'],
  ] as const)('/%s/ is refused and the reason names it', (source, reason) => {
    expect(() => parseRegex(source, '')).toThrow(RegexError);
    expect(() => parseRegex(source, '')).toThrow(reason);
  });
});

/** Expressions as text, of few letters, so that they meet the texts below. */
const pattern: fc.Arbitrary<string> = fc.letrec<{ node: string }>(tie => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        'a',
        'b',
        'A',
        'é',
        'ß',
        's',
        'k',
        '.',
        '\\w',
        '\\W',
        '\\d',
        '\\s',
        '\\S',
        '[ab]',
        '[^a]',
        '[a-c1]',
        '\\b',
        '\\B',
        '^',
        '$',
        '\\.',
        '-',
        ' ',
        '\\n',
        '😀',
        '[^\\s]',
        '[é-ü]',
        '\\A',
        '\\z',
        'K',
        '1',
        '[[:upper:]]',
      ),
    },
    { weight: 3, arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a}${b}`) },
    { weight: 2, arbitrary: fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?', '+?'))
        .map(([a, times]) => `(?:${a})${times}`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom('i', 'm', 's', 'i-s'), tie('node')).map(([f, a]) => `(?${f}:${a})`),
    },
  ),
})).node;
const flags = fc.subarray(['i', 'm', 's']).map(all => all.join(''));
const subject = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      'A',
      'B',
      'é',
      'É',
      'ß',
      's',
      'ſ',
      'k',
      'K',
      '\u212a',
      '1',
      ' ',
      '.',
      '-',
      '\n',
      '\r',
      '😀',
      '\ud800',
      'c',
    ),
    {
      maxLength: 14,
    },
  )
  .map(parts => parts.join(''));

describe('both engines', () => {
  test.each([
    ['[^a]\\z', '😀'],
    ['(?:(?:(?:[^\\s]|a)){2})+\\z', '😀a'],
    ['a.\\z', 'xa😀'],
  ])('%s finds what ends in a character of two halves: %s', (source, text) => {
    const node = parseRegex(source, 's');
    for (const each of [node, trimForSearch(node)]) {
      expect(backtrackingMatcher(each).test(text)).toBe(true);
      expect(linearMatcher(each).test(text)).toBe(true);
    }
  });

  test('agree on generated expressions and texts, whole and trimmed', () => {
    fc.assert(
      fc.property(pattern, flags, fc.array(subject, { minLength: 1, maxLength: 6 }), (source, all, texts) => {
        const node = parseRegex(source, all);
        const trimmed = trimForSearch(node);
        const engines = [
          backtrackingMatcher(node),
          linearMatcher(node),
          backtrackingMatcher(trimmed),
          linearMatcher(trimmed),
        ];
        for (const text of texts) {
          const answers = engines.map(engine => engine.test(text));
          expect(answers).toEqual(answers.map(() => answers[0]));
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('agree with the platform where both read an expression alike', () => {
    const plain = fc
      .array(
        fc.constantFrom('a', 'b', '[ab]', 'a*', '(?:ab)+', 'b?', '(?:a|bb)', '\\d', '^', '$', '1{1,2}'),
        { maxLength: 6 },
      )
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(plain, fc.stringMatching(/^[ab1]{0,10}$/), (source, text) => {
        expect(compileRegex(source, '').test(text)).toBe(new RegExp(source).test(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('literals that a match must hold', () => {
  test.each([
    ['foo.*bar', [['foo'], ['bar']]],
    ['(?:foo|barx)\\d', [['foo', 'barx']]],
    ['[Ii][Ee][Xx]', [['iex']]],
    ['net\\s+user', [['user'], ['net']]],
    ['https?://x', [['http://x', 'https://x']]],
    ['a(?:bc)?d', [['ad', 'abcd']]],
    ['(?:abc)+', [['abc']]],
    ['(?:ab){2}', [['abab']]],
  ] as const)('/%s/', (source, expected) => {
    expect(literalsOf(source, '')).toEqual(expected);
  });

  test.each(['.*', 'a*', '[^a]', '(?:foo|.)', '\\w+', ''])('of /%s/ nothing is known', source => {
    expect(literalsOf(source, '')).toBeNull();
  });

  test('hold in every text that matches', () => {
    fc.assert(
      fc.property(pattern, flags, fc.array(subject, { minLength: 1, maxLength: 8 }), (source, all, texts) => {
        const clauses = literalsOf(source, all);
        const matcher = compileRegex(source, all);
        for (const text of texts) {
          if (!matcher.test(text)) continue;
          for (const clause of clauses ?? []) {
            expect(clause.length).toBeGreaterThan(0);
            expect(clause.some(literal => literal !== '' && fold(text).includes(literal))).toBe(true);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});

/** Characters taken on all walks from all starts, whether they come to an end or not; it stops counting at `most`. */
function stepsOf(root: RegexNode, text: readonly string[], most: number): number {
  let steps = 0;
  const walk = (node: RegexNode, at: number, then: (at: number) => void): void => {
    if (steps >= most) return;
    switch (node.op) {
      case 'assert':
        if (node.at !== 'start' || at === 0) then(at);
        return;
      case 'set': {
        const point = text[at]?.codePointAt(0);
        if (point === undefined || !overlaps(node.set, [point, point])) return;
        steps++;
        then(at + 1);
        return;
      }
      case 'either':
        for (const branch of node.nodes) walk(branch, at, then);
        return;
      case 'sequence': {
        const from = (i: number, here: number): void => {
          if (i === node.nodes.length) then(here);
          else walk(node.nodes[i]!, here, next => from(i + 1, next));
        };
        from(0, at);
        return;
      }
      case 'repeat': {
        const from = (copy: number, here: number): void => {
          // An engine takes no copy beyond what must be that moves nowhere.
          const more = (next: number): void => {
            if (next > here || copy < node.min) from(copy + 1, next);
          };
          if (copy < node.max) walk(node.node, here, more);
          if (copy >= node.min) then(here);
        };
        from(0, at);
      }
    }
  };
  for (let start = 0; start <= text.length; start++) walk(root, start, () => {});
  return steps;
}

describe('time is bounded', () => {
  const limitOf = (source: string): number => nativeLimit(trimForSearch(parseRegex(source, '')));

  test('an expression without a polynomial bound never runs on the backtracking engine', () => {
    for (const source of [
      'x(a+)+$',
      '^(a|a)*b',
      '(.*a){20}$',
      '^(\\w+\\s?)*$',
      'x(?:(?:a*)*b)+c',
      '^(?:a?){40}a{40}$',
      'x(a*|b*)*y',
    ]) {
      expect(limitOf(source), source).toBeLessThan(60);
    }
  });

  test('words that exclude one another end at one place, and parts in a row share the text', () => {
    const words = 'volume|service|product|baseboard|bios|computersystem|share|startup|process|logicaldisk';
    // Three places to choose: (L + 3 over 3) is a million at 182 characters, and L³ at 101.
    expect(limitOf(`\\b(?:${words})\\s.*\\\\[a-z]+\\$`)).toBeGreaterThan(60);
    expect(limitOf('a.*b.*c')).toBeGreaterThan(120);
    expect(
      limitOf('(?:aa|a.)(?:aa|a.)(?:aa|a.)(?:aa|a.)(?:aa|a.)(?:aa|a.)(?:aa|a.)(?:aa|a.)x.*y'),
    ).toBeLessThan(limitOf('(?:aa|b.)(?:aa|b.)(?:aa|b.)(?:aa|b.)(?:aa|b.)(?:aa|b.)(?:aa|b.)(?:aa|b.)x.*y'));
  });

  test('no walk along a text takes more steps than were reckoned with', () => {
    fc.assert(
      fc.property(pattern, fc.array(subject, { minLength: 1, maxLength: 4 }), (source, texts) => {
        const node = trimForSearch(parseRegex(source, ''));
        const cost = searchCost(node);
        for (const text of texts) {
          const reckoned = costAt(cost, [...text].length);
          expect(stepsOf(node, [...text], Math.min(reckoned, 20_000) + 1), source).toBeLessThanOrEqual(
            reckoned,
          );
        }
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    [`${'(?:aa|a.)'.repeat(9)}x`, 'a'.repeat(40)],
    [`${'(?:a|ab|aba|x)b?'.repeat(5)}y`, 'ab'.repeat(20)],
    ['(?:a|a.|a..)+?(?:b|bb|x.*y)z'.replace('+?', '{1,5}'), 'ab'.repeat(20)],
    ['a.*a.*a.*a', 'a'.repeat(24)],
  ])('nor does one along a text that was made for it: %s', (source, text) => {
    const node = trimForSearch(parseRegex(source, ''));
    const reckoned = costAt(searchCost(node), text.length);
    expect(stepsOf(node, [...text], 5_000_000)).toBeLessThanOrEqual(reckoned);
  });

  test('a linear one always does', () => {
    for (const source of ['cmd', '^a+$', 'foo|bar|baz', '[0-9]{1,3}x', '\\bcmd\\b'])
      expect(limitOf(source), source).toBe(Number.POSITIVE_INFINITY);
  });

  const evil: readonly (readonly [source: string, text: string])[] = [
    ['x(a+)+$', `x${'a'.repeat(1_000_000)}!`],
    ['(a+)+$', `${'a'.repeat(1_000_000)}!`],
    ['(a|a)*b', 'a'.repeat(1_000_000)],
    ['(.*a){20}', 'b'.repeat(1_000_000)],
    ['^(\\w+\\s?)*$', `${'word '.repeat(200_000)}!`],
    ['x(?:(?:a*)*b)+c', `x${'a'.repeat(1_000_000)}`],
    [Array.from({ length: 500 }, (_, i) => `literal${i}`).join('|'), 'literal'.repeat(140_000)],
    ['a+b', 'a'.repeat(1_000_000)],
    ['\\s+$', `${' '.repeat(1_000_000)}x`],
    ['^(?:a?){40}a{40}$', `${'a'.repeat(30)}`],
    ['(?:a{0,30}){30}b', 'a'.repeat(20_000)],
  ];
  test.each(evil)('/%.40s/ ends within two seconds on hostile text', (source, text) => {
    const matcher = compileRegex(source, '');
    matcher.test('warm-up');
    const start = performance.now();
    matcher.test(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('at the longest text that it may see, the backtracking engine is quick on hostile text', () => {
    for (const source of [
      'a+b',
      'x.*a.*a.*b',
      '\\s+\\S+\\s+$',
      '.{1,64}-Path.{1,64}\\\\x',
      '(?:\\w+\\.){2}\\w+@',
    ]) {
      const node: RegexNode = trimForSearch(parseRegex(source, ''));
      const limit = Math.min(nativeLimit(node), 1_000_000);
      if (limit === 0) continue;
      const matcher = backtrackingMatcher(node);
      for (const unit of ['a', ' ', 'xa', 'a.', 'a ']) {
        const text = unit.repeat(Math.ceil(limit / unit.length)).slice(0, limit);
        const start = performance.now();
        matcher.test(text);
        expect(performance.now() - start, `${source} on ${unit}`).toBeLessThan(500);
      }
    }
  });
});

/** Regular expressions in a plan. */
function regexesOf(plan: Plan): readonly RegexTest[] {
  switch (plan.op) {
    case 'and':
    case 'or':
      return plan.nodes.flatMap(regexesOf);
    case 'not':
    case 'named':
      return regexesOf(plan.node);
    case 'field':
    case 'keyword':
      return plan.test.kind === 'regex' ? [plan.test] : [];
    default:
      return [];
  }
}

describe.skipIf(!haveShared)('the expressions of real rules', () => {
  const all = haveShared ? sharedRules().flatMap(rule => regexesOf(rule.plan)) : [];
  const limits = all.map(({ source, flags }) => nativeLimit(trimForSearch(parseRegex(source, flags))));

  test('all run on both engines, and agree', () => {
    expect(all.length).toBeGreaterThan(200);
    const texts = [
      '',
      'C:\\Windows\\System32\\cmd.exe /c "set abc={0}{1}" -f',
      'net  user\tx',
      'https://1.2.3.4/x?y=AAAA',
    ];
    for (const { source, flags } of all) {
      const node = trimForSearch(parseRegex(source, flags));
      const [native, linear] = [backtrackingMatcher(node), linearMatcher(node)];
      for (const text of texts) expect(linear.test(text), source).toBe(native.test(text));
    }
  });

  test('most run on the fast engine whatever the text, few only on the linear one', () => {
    const unbounded = limits.filter(limit => limit === Number.POSITIVE_INFINITY).length;
    const never = limits.filter(limit => limit === 0).length;
    expect(unbounded / all.length).toBeGreaterThan(0.5);
    expect(never / all.length).toBeLessThan(0.05);
  });
});
