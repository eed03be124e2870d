import { describe, expect, it } from 'vitest';
import { parseRules, readWritten } from '../sigma/parser.ts';
import { checkRules, type Problem } from './index.ts';

const id = (n: number): string => `a0000000-0000-4000-8000-00000000000${n}`;
const rule = (n: number, name: string, more = ''): string => `title: Rule ${name}
id: ${id(n)}
name: ${name}
status: test
level: high
logsource: { product: windows, category: process_creation }
detection:
  s: { CommandLine|contains: ${name} }
  condition: s
${more}`;
const correlation = (parts: string, more = ''): string => `title: Together
id: ${id(9)}
status: test
level: high
${more}correlation:
${parts.replace(/^/gm, '  ')}
`;
const filter = (rules: string, condition = 'not own', product = 'windows'): string => `title: Ours
id: ${id(8)}
logsource: { product: ${product} }
filter:
  rules: ${rules}
  own: { User: x }
  condition: ${condition}
`;
const count = (more: string): string =>
  correlation(`type: event_count\nrules: a\ntimespan: 5m\ncondition: { gte: 3 }\n${more}`);

function problems(...files: readonly string[]): Problem[] {
  const documents = files.flatMap((text, i) => parseRules(text, `${i}.yml`));
  const readers = files.map((text, i) => readWritten(text, `${i}.yml`));
  return checkRules(documents, ({ place }) => readers[Number.parseInt(place.path, 10)]!(place.document));
}
/** `code file:line:column message`. */
const told = (...files: readonly string[]): string[] =>
  problems(...files).map(
    ({ severity, code, place, message }) =>
      `${severity} ${code} ${place.path}:${place.line}:${place.column} ${message}`,
  );
const a = rule(1, 'a');
const b = rule(2, 'b');

describe('checks of correlations', () => {
  it('have nothing to say of a good one', () =>
    expect(told(a, b, count('group-by: [User]'), filter('a'))).toEqual([]));
  it('find a reference that leads nowhere, at its place', () =>
    expect(told(correlation('type: temporal\nrules:\n  - a\n  - z\ntimespan: 5m'), a)).toEqual([
      "error reference 0.yml:9:7 'z' is neither id nor name of a rule in this set",
    ]));
  it('find a reference to what is refused', () =>
    expect(told(count(''), a.replace('|contains', '|nonsense')).at(0)).toBe(
      "error reference 0.yml:7:10 'a' is refused itself (1.yml:8)",
    ));
  it('check the head of one as that of a rule, and say what it is', () =>
    expect(
      told('correlation:\n  type: event_count\n  rules: a\n  timespan: 5m\n  condition: { gte: 3 }\n', a),
    ).toEqual([
      "warning title-missing 0.yml:1:1 the correlation has no 'title'",
      "warning id-missing 0.yml:1:1 the correlation has no 'id': give it a UUID of version 4",
      "warning level-missing 0.yml:1:1 the correlation has no 'level': it counts as informational",
      "warning status-missing 0.yml:1:1 the correlation has no 'status'",
    ]));
  it('find tags and dates of one malformed', () =>
    expect(
      problems(
        a,
        correlation(
          'type: event_count\nrules: a\ntimespan: 5m\ncondition: { gte: 3 }',
          'date: never\ntags: [bad]\n',
        ),
      ).map(({ code, place }) => `${code} ${place.line}:${place.column}`),
    ).toEqual(['date-malformed 5:7', 'tag-malformed 6:8']));
  it('check one that cannot be linked all the same', () =>
    expect(problems(count('').replace('status: test\n', '')).map(({ code }) => code)).toEqual([
      'status-missing',
      'reference',
    ]));
  it('find an alias that leaves a rule out, and say that nothing comes of it', () =>
    expect(
      told(
        a,
        b,
        correlation(
          'type: temporal\nrules: [a, b]\ngroup-by: [who]\naliases:\n  who: { a: User }\ntimespan: 5m',
        ),
      ),
    ).toEqual([
      "warning input-without-field 2.yml:8:14 hits of 'Rule b' join no group: the alias 'who' leaves it out; the correlation can never fire",
    ]));
  it('find a field that an inner correlation does not group by', () => {
    const inner = count('group-by: [Computer]')
      .replace(id(9), id(7))
      .replace('Together', 'Inner\nname: inner');
    expect(
      told(
        a,
        b,
        inner,
        correlation(
          'type: event_count\nrules: [inner, b]\ngroup-by: [User]\ntimespan: 1h\ncondition: { gte: 2 }',
        ),
      ),
    ).toEqual([
      "warning input-without-field 3.yml:8:14 hits of 'Inner' join no group: it does not group by 'User'",
    ]);
  });
  it('find a field to count that an alias leaves out', () =>
    expect(
      told(
        a,
        correlation(
          'type: value_count\nrules: a\ntimespan: 5m\ncondition: { field: who, gte: 3 }\naliases:\n  who: {}',
        ),
      ),
    ).toEqual([
      "warning input-without-field 1.yml:9:3 hits of 'Rule a' have no value to count: the alias 'who' leaves it out; the correlation can never fire",
    ]));
  it('note a field to group by that a source never has', () =>
    expect(told(a, count('group-by: [ParentCommandLine]'))).toEqual([
      "note group-blind 1.yml:10:14 hits of 'Rule a' on Security 4688 do not count: ParentCommandLine is never there",
    ]));
  it('say nothing of a source that the rule itself is blind on', () =>
    expect(
      problems(a.replace('CommandLine', 'ParentCommandLine'), count('group-by: [ParentCommandLine]')).map(
        ({ code }) => code,
      ),
    ).toEqual(['blind']));
  it('find an alias that nobody names, at its place', () =>
    expect(told(a, count('aliases:\n  who: { a: User }'))).toEqual([
      "warning alias-unused 1.yml:11:5 the alias 'who' is named neither in 'group-by' nor in the condition",
    ]));
  it.each([
    ['event_count', '{ gte: 1 }'],
    ['event_count', '{ gt: 0 }'],
    ['event_count', '{ lt: 5 }'],
    ['value_count', '{ field: User, eq: 1 }'],
    ['temporal', '{ gte: 1 }'],
  ])('note that one event meets the condition of %s %s', (type, condition) =>
    expect(told(a, correlation(`type: ${type}\nrules: a\ntimespan: 5m\ncondition: ${condition}`))).toEqual([
      'note fires-on-each 1.yml:9:3 one event alone meets the condition: it fires wherever a rule that it refers to does',
    ]),
  );
  it('note a temporal correlation of one rule', () =>
    expect(told(a, correlation('type: temporal_ordered\nrules: [a]\ntimespan: 5m'))).toEqual([
      'note fires-on-each 1.yml:7:3 one event alone meets the condition: it fires wherever a rule that it refers to does',
    ]));
  it.each([
    ['event_count', '{ gt: 5, lt: 6 }', false],
    ['event_count', '{ gte: 5, lte: 5 }', true],
    ['event_count', '{ lt: 1 }', false],
    ['event_count', '{ eq: 3, neq: 3 }', false],
    ['value_sum', '{ field: N, gt: 5, lt: 6 }', true],
    ['value_sum', '{ field: N, lt: 0 }', true],
    ['value_avg', '{ field: N, gt: 6, lt: 5 }', false],
    ['temporal', '{ gte: 3 }', false],
    ['temporal', '{ gte: 2 }', true],
  ])('know whether %s %s can hold: %s', (type, condition, can) =>
    expect(
      problems(a, b, correlation(`type: ${type}\nrules: [a, b]\ntimespan: 5m\ncondition: ${condition}`)).map(
        ({ code }) => code,
      ),
    ).toEqual(can ? [] : ['bounds-never']),
  );
  it.each([
    ['0s', 'a timespan of nothing'],
    ['2y', 'a timespan of more than a year'],
  ])('note a timespan of %s', (timespan, words) =>
    expect(
      told(a, correlation(`type: event_count\nrules: a\ntimespan: ${timespan}\ncondition: { gte: 3 }`)),
    ).toEqual([expect.stringContaining(`note timespan-odd 1.yml:8:3 ${words}`)]),
  );
  it('say nothing of a timespan of a year', () =>
    expect(told(a, correlation('type: event_count\nrules: a\ntimespan: 1y\ncondition: { gte: 3 }'))).toEqual(
      [],
    ));
  it('note that a rule it refers to runs for it only', () =>
    expect(told(a.replace('status: test', 'status: deprecated'), count(''))).toEqual([
      "note reference-left-out 1.yml:7:10 'Rule a' is deprecated: it runs for this correlation only",
    ]));
  it('note that a rule it refers to is never asked', () =>
    expect(told(a.replace('windows', 'linux'), count(''))[1]).toBe(
      "note reference-unread 1.yml:7:10 'Rule a' is never asked: this version reads no such logs; the correlation can never fire",
    ));
  it('find a name that two rules have, where somebody refers to it', () => {
    const other = rule(2, 'a', 'author: x\n');
    expect(told(a, other)).toEqual([]);
    expect(told(a, other, count(''))).toEqual([
      "warning name-duplicate 1.yml:3:1 the name 'a', by which others refer to it, is that of 0.yml:1 too",
      expect.stringContaining("error reference 2.yml:7:10 'a' means 2 different rules"),
    ]);
  });
  it('name places without the text of the file, as for compiled rules', () => {
    const documents = [a, count('aliases:\n  who: { a: User }')].flatMap((text, i) =>
      parseRules(text, `${i}.yml`),
    );
    expect(checkRules(documents, () => null).map(({ code, place }) => [code, place.line])).toEqual([
      ['alias-unused', 1],
    ]);
  });
});

describe('checks of filters', () => {
  it('ask for title and id only', () =>
    expect(told(a, filter('a').replace(/title: .*\nid: .*\n/, ''))).toEqual([
      "warning title-missing 1.yml:1:1 the filter has no 'title'",
      "warning id-missing 1.yml:1:1 the filter has no 'id': give it a UUID of version 4",
    ]));
  it.each([
    ['z', 'windows', '5:10', "'z' is neither id nor name of a rule in this set"],
    [
      '[a]',
      'linux',
      '5:11',
      'its log source is not that of the rules that it names, or says more than theirs',
    ],
    ['any', 'linux', '5:10', 'no rule of this set is of its log source'],
  ])('find one for %s of %s that narrows no rule', (rules, product, place, why) =>
    expect(told(a, filter(rules, 'not own', product))).toEqual([
      `warning filter-idle 1.yml:${place} the filter narrows no rule: ${why}`,
    ]),
  );
  it('find one that names a correlation', () =>
    expect(told(a, count('').replace('title: Together', 'title: Together\nname: c'), filter('c'))).toEqual([
      "warning filter-idle 2.yml:5:10 the filter narrows no rule: 'c' is a correlation, and filters narrow rules only",
    ]));
  it('find the one name of several that is not there', () =>
    expect(told(a, filter('[a, z]'))).toEqual([
      "warning filter-reference 1.yml:5:14 'z' is neither id nor name of a rule in this set",
    ]));
  it('pass on that one has no not', () =>
    expect(told(a, filter('a', 'own'))).toEqual([
      expect.stringMatching(/^warning odd 1.yml:7:14 .*no 'not'/),
    ]));
  it('find that one always holds or never', () => {
    expect(problems(a, filter('a', 'own or not own'))).toMatchObject([
      { code: 'condition-always', message: 'the condition always holds: the filter takes nothing away' },
    ]);
    expect(problems(a, filter('a', 'own and not own')).map(({ code }) => code)).toEqual([
      'filter-too-wide',
      'condition-never',
    ]);
  });
  it('find that one takes all away that a rule is about', () =>
    expect(told(a, filter('a').replace('User: x', 'CommandLine|contains: a'))).toEqual([
      "warning filter-too-wide 0.yml:7:1 with the filters laid over 'Rule a' its condition can never hold",
    ]));
});
