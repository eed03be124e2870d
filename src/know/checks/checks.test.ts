import { describe, expect, it } from 'vitest';
import { type RuleDocument, rejectionReasons } from '../sigma/index.ts';
import { parseRules } from '../sigma/parse.ts';
import { readWritten } from '../sigma/written.ts';
import { checkCodes, checkRules, type Problem } from './index.ts';

const id = 'a0000000-0000-4000-8000-000000000001';
const head = `title: A rule
id: ${id}
status: test
level: high
`;
const source = 'logsource: { product: windows, category: process_creation }\n';
const detection = `detection:
  selection: { CommandLine|contains: x }
  condition: selection
`;
const whole = head + source + detection;

function problems(...files: readonly string[]): Problem[] {
  const documents: RuleDocument[] = files.flatMap((text, i) => parseRules(text, `${i}.yml`));
  const readers = new Map(files.map((text, i) => [`${i}.yml`, readWritten(text, `${i}.yml`)]));
  return checkRules(documents, ({ place }) => readers.get(place.path)!(place.document));
}
const told = (...files: readonly string[]): string[] =>
  problems(...files).map(({ severity, code, place }) => `${severity} ${code} ${place.line}:${place.column}`);

/** The whole rule with what its detection asks for changed. */
const asking = (category: string, searches: string, condition: string): string =>
  `${head}logsource: { product: windows, ${category} }\ndetection:\n${searches}  condition: ${condition}\n`;

describe('checks', () => {
  it('have nothing to say of a good rule', () => expect(told(whole)).toEqual([]));
  it('have codes of their own, each once', () => {
    const codes = checkCodes.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual(expect.arrayContaining([...rejectionReasons]));
    for (const { about } of checkCodes) expect(about).toMatch(/^[A-Z][^.]*[^.\s]$/);
  });
  it('call a refusal an error, at its place', () =>
    expect(problems(whole.replace('|contains', '|nonsense'))).toMatchObject([
      { severity: 'error', code: 'unknown-modifier', place: { line: 7, column: 28 }, title: 'A rule', id },
    ]));
  it('say of a placeholder how it gets its values', () =>
    expect(problems(whole.replace('|contains: x', "|expand: '%hosts%'"))[0]).toMatchObject({
      code: 'placeholder-unresolved',
      message: 'no values are given for the placeholder %hosts%: give them with --placeholders FILE',
    }));
  it('pass on what the parser found odd', () =>
    expect(told(`${whole}`.replace('level: high', 'level: hgh'))).toEqual(['warning odd 4:8']));
  it('ask for title, id, level and status', () =>
    expect(told(source + detection)).toEqual([
      'warning title-missing 1:1',
      'warning id-missing 1:1',
      'warning level-missing 1:1',
      'warning status-missing 1:1',
    ]));
  it('ask for a UUID', () =>
    expect(told(whole.replace(id, 'my-rule-1'))).toEqual(['warning id-malformed 2:1']));
  it.each(['2024-02-30', '24-1-1', '2024-1-1', 'yesterday', '2024-01/02'])('take %s for no day', date =>
    expect(told(`${whole}date: ${date}\n`)).toEqual(['warning date-malformed 9:7']),
  );
  it.each(['2024-02-29', '2024/02/29', "'2024-02-29'"])('take %s for a day', date =>
    expect(told(`${whole}date: ${date}\nmodified: ${date}\n`)).toEqual([]),
  );
  it('notice a change before the beginning', () =>
    expect(told(`${whole}date: 2024-02-02\nmodified: 2024-02-01\n`)).toEqual([
      'warning date-malformed 10:1',
    ]));
  it.each([
    ['attack.t1003.01', 'technique'],
    ['attack.T1003', 'lower case'],
    ['attack.credential_access', 'attack.credential-access'],
    ['attack.credential-acess', 'neither'],
    ['malware', 'namespace'],
  ])('find the tag %s malformed', (tag, words) => {
    const [problem] = problems(`${whole}tags:\n  - attack.t1003\n  - ${tag}\n`);
    expect(problem).toMatchObject({ code: 'tag-malformed', place: { line: 11, column: 5 } });
    expect(problem?.message).toContain(words);
  });
  it.each([
    'attack.t1003.001',
    'attack.g0007',
    'attack.stealth',
    'attack.defense-evasion',
    'cve.2021-1675',
    'car.2013-05-009',
  ])('take the tag %s', tag => expect(told(`${whole}tags: [${tag}]\n`)).toEqual([]));
  it('note a log source that this version does not read', () =>
    expect(told(whole.replace('windows', 'linux'))).toEqual(['note log-source-unknown 5:1']));
  it('find an id that two files have, at the second', () => {
    const other = whole.replace('A rule', 'Another');
    expect(problems(whole, other)).toMatchObject([
      {
        code: 'id-duplicate',
        place: { path: '1.yml', line: 2 },
        message: expect.stringContaining('0.yml:1'),
      },
    ]);
  });
  it('find the same rule in two files', () =>
    expect(problems(whole, whole)[0]?.message).toBe('the same rule stands in 0.yml:1 too'));
  it.each([
    ['a search that is asked and refused', 'category: process_creation', '  a: { X: 1 }\n', 'a and not a'],
    ['two event ids at once', 'service: security', '  a: { EventID: 1 }\n  b: { EventID: 2 }\n', 'a and b'],
    ['an event id of other events', 'category: process_creation', '  a: { EventID: 4624, X: 1 }\n', 'a'],
    [
      'a contradiction among more tests than a table holds',
      'service: security',
      `  a: { ${Array.from({ length: 14 }, (_, i) => `F${i}: 1`).join(', ')} }\n  b: { X: 1 }\n`,
      'a and b and not 1 of them',
    ],
    [
      'two event ids among more tests than a table holds',
      'service: security',
      `  a: { EventID: 1 }\n  b: { EventID: 2 }\n  c: { ${Array.from({ length: 14 }, (_, i) => `F${i}: 1`).join(', ')} }\n`,
      'all of them',
    ],
  ])('find that %s can never hold', (_, category, searches, condition) =>
    expect(told(asking(category, searches, condition))).toEqual(['warning condition-never 6:1']),
  );
  it.each([
    ['one search or not', 'service: security', '  a: { X: 1 }\n', 'a or not a'],
    ['the event ids of the log source', 'category: wmi_event', '  a: { EventID: [19, 20, 21] }\n', 'a'],
  ])('note that %s always holds', (_, category, searches, condition) =>
    expect(told(asking(category, searches, condition))).toEqual(['note condition-always 6:1']),
  );
  it.each([
    ['event ids', 'service: security', '  a: { EventID: 1 }\n  b: { EventID: 2 }\n', 'a or b'],
    ['one of the ids of the source', 'category: wmi_event', '  a: { EventID: [19, 20] }\n', 'a'],
    ['an id with a wildcard', 'category: wmi_event', "  a: { EventID: '1*' }\n", 'a'],
    ['fields', 'service: security', '  a: { X: 1 }\n  b: { Y: 2 }\n', 'a and not b'],
  ])('say nothing of a condition of %s that can go either way', (_, category, searches, condition) =>
    expect(told(asking(category, searches, condition))).toEqual([]),
  );
  it('note which source lacks a field that is needed', () =>
    expect(problems(whole.replace('CommandLine', 'ParentCommandLine'))).toMatchObject([
      { severity: 'note', code: 'blind', message: 'blind on Security 4688: it never has ParentCommandLine' },
    ]));
  it('warn where no source has it', () =>
    expect(
      told(asking('category: process_creation, service: security', '  a: { Hashes: x }\n', 'a')),
    ).toEqual(['warning unreachable 6:1']));
  it('note what is looked for in all values', () =>
    expect(told(asking('service: security', '  words: [mimikatz]\n', 'words'))).toEqual([
      'note keywords-only 6:1',
    ]));
  it('pass over what they do not know', () => {
    const correlation = `title: Many\nid: a0000000-0000-4000-8000-000000000002\ncorrelation: { type: event_count }\n`;
    expect(problems(whole, correlation).filter(({ severity }) => severity !== 'error')).toEqual([]);
  });
  it('name places without the text of the file, as for compiled rules', () => {
    const documents = parseRules(`${whole}tags: [bad]\nmodified: never\n`, 'a.yml');
    expect(checkRules(documents, () => null).map(({ code, place }) => [code, place.line])).toEqual([
      ['date-malformed', 1],
      ['tag-malformed', 1],
    ]);
  });
  it('keep the order of files and places', () => {
    const files = [`${whole}tags: [bad]\n`, whole.replace(id, 'x').replace('2.yml', '')];
    expect(problems(...files).map(({ place }) => `${place.path}:${place.line}`)).toEqual([
      '0.yml:9',
      '1.yml:2',
    ]);
  });
});
