/**
 * Generated rules and events (fast-check). Few names and few fragments of text, so that rules and events meet
 * often; every kind of test and of structure; values that engines stumble over: letters beyond ASCII and with
 * odd case, wildcard signs and backslashes as text, dashes, blanks at the ends, empty and missing values.
 */
import fc from 'fast-check';
import type { LogSource, Rule } from '../src/know/sigma/index.ts';
import { ANY, DASH, ONE, type Plan, type Test, type TextPattern } from '../src/know/sigma/index.ts';
import { fold } from '../src/read/events/index.ts';
import type { TestEvent, TestFields } from './event.ts';

/** Own fields of events, and names that only views give. */
const fieldNames = ['Image', 'CommandLine', 'User', 'A', 'B', 'Data'] as const;
const viewNames = ['ProcessId', 'IntegrityLevel', 'LogonId', 'ParentImage', 'ParentCommandLine'] as const;
const rawNames = ['NewProcessName', 'MandatoryLabel', 'SubjectLogonId', 'SubjectUserName'] as const;
const headerNames = ['EventID', 'Channel', 'Provider_Name', 'Computer'] as const;

const fragments = [
  'a',
  'b',
  'B',
  'ab',
  'cmd',
  '.exe',
  'CMD.EXE',
  '\\',
  '*',
  '?',
  '-',
  '/',
  '–',
  '—',
  ' ',
  '  ',
  '"',
  'é',
  'É',
  'и',
  'И',
  'ß',
  'İ',
  'ı',
  'ſ',
  'K',
  'Σ',
  'ς',
  '😀',
  '\u0000',
  '\n',
  '\r\n',
  'whoami',
  'powershell',
  '1',
  '42',
  '0x1f4',
  ',',
] as const;

const wholes = [
  '',
  '-',
  '0',
  '7',
  '-3.5',
  '1e3',
  ' 12 ',
  '100',
  '20',
  '10.1.2.3',
  '10.0.0.1',
  '::1',
  'fe80::1',
  '::ffff:10.0.0.1',
  '2026-08-05T13:37:42Z',
  '2024-12-30 00:05:00',
  '8/5/2026 1:37:42 PM',
  'S-1-16-12288',
  '0x3e7',
  '0x0',
  'S-1-16-4096',
  'C:\\Windows\\System32\\cmd.exe',
  'C:\\WINDOWS\\system32\\CMD.EXE /c whoami',
] as const;

const text: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...fragments), { maxLength: 5 }).map(parts => parts.join('')),
  },
  { weight: 2, arbitrary: fc.constantFrom(...wholes) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);

const fieldName: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...fieldNames) },
  { weight: 2, arbitrary: fc.constantFrom(...viewNames) },
  { weight: 1, arbitrary: fc.constantFrom(...rawNames, ...headerNames, 'NoSuchField') },
);

/** Brings parts into the form that plans promise: no empty literal, no two literals or two `ANY` in a row. */
function normalPattern(parts: TextPattern, cased: boolean): TextPattern {
  const out: (string | typeof ANY | typeof ONE | typeof DASH)[] = [];
  for (const part of parts) {
    const last = out[out.length - 1];
    if (typeof part === 'string') {
      if (part === '') continue;
      const literal = cased ? part : fold(part);
      if (typeof last === 'string') out[out.length - 1] = last + literal;
      else out.push(literal);
    } else if (part !== ANY || last !== ANY) {
      out.push(part);
    }
  }
  return out;
}

const patternParts: fc.Arbitrary<TextPattern> = fc.oneof(
  { weight: 3, arbitrary: text.map((literal): TextPattern => [ANY, literal, ANY]) },
  { weight: 2, arbitrary: text.map((literal): TextPattern => [literal]) },
  { weight: 2, arbitrary: text.map((literal): TextPattern => [literal, ANY]) },
  { weight: 2, arbitrary: text.map((literal): TextPattern => [ANY, literal]) },
  {
    weight: 2,
    arbitrary: fc.array(
      fc.oneof(
        fc.constantFrom<typeof ANY | typeof ONE | typeof DASH>(ANY, ONE, DASH),
        fc.constantFrom(...fragments),
      ),
      { maxLength: 6 },
    ),
  },
);

const textTest = fc
  .record({
    patterns: fc.array(patternParts, { minLength: 1, maxLength: 4 }),
    cased: fc.boolean(),
  })
  .map(({ patterns, cased }) => ({
    kind: 'text' as const,
    any: patterns.map(pattern => normalPattern(pattern, cased)),
    cased,
  }));

const regexes = [
  'cmd',
  'c.d',
  '^a',
  'a$',
  '^$',
  'a+b',
  '[ab]{2,3}',
  '(a|b)*cmd',
  '\\d+',
  '\\w+\\.exe',
  '\\bcmd\\b',
  '[^a]',
  'é',
  'и',
  '(a+)+$',
  '(?:who|power)(?:ami|shell)',
  '\\s',
  'a|',
  '.*exe.*',
  '😀',
  '[^\\\\]+\\.exe$',
  'x{2}',
  '-|–',
] as const;

const regexTest = fc
  .record({
    source: fc.constantFrom(...regexes),
    flags: fc.subarray(['i', 'm', 's']).map(flags => flags.join('')),
  })
  .map(regex => ({ kind: 'regex' as const, ...regex }));

const comparison = fc.constantFrom('gt', 'gte', 'lt', 'lte');

const anyTest: fc.Arbitrary<Test> = fc.oneof(
  { weight: 10, arbitrary: textTest },
  { weight: 2, arbitrary: regexTest },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('10.0.0.0/8', '10.0.0.1/32', '::/0', 'fe80::/10', '0.0.0.0/0')
      .map((network): Test => ({ kind: 'cidr', network })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ op: comparison, value: fc.constantFrom(-4, 0, 7, 20, 42, 99.5, 1000) })
      .map((compare): Test => ({ kind: 'compare', ...compare })),
  },
  { weight: 1, arbitrary: fc.constant<Test>({ kind: 'null' }) },
  { weight: 1, arbitrary: fc.boolean().map((present): Test => ({ kind: 'exists', present })) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        field: fieldName,
        part: fc.constantFrom('whole', 'contains', 'startswith', 'endswith'),
        cased: fc.boolean(),
      })
      .map((reference): Test => ({ kind: 'fieldref', ...reference })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        part: fc.constantFrom('minute', 'hour', 'day', 'week', 'month', 'year'),
        op: fc.constantFrom('eq', 'gt', 'gte', 'lt', 'lte'),
        value: fc.constantFrom(1, 5, 13, 32, 37, 2026),
      })
      .map((part): Test => ({ kind: 'timepart', ...part })),
  },
);

/** Plans of all kinds, nested to a small depth. */
export const arbitraryPlan: fc.Arbitrary<Plan> = fc.letrec<{ plan: Plan }>(tie => ({
  plan: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    {
      weight: 8,
      arbitrary: fc
        .record({ field: fieldName, test: anyTest })
        .map(({ field, test }): Plan => ({ op: 'field', field, test })),
    },
    {
      weight: 1,
      arbitrary: fc.oneof(textTest, regexTest).map((test): Plan => ({ op: 'keyword', test })),
    },
    { weight: 1, arbitrary: fc.constantFrom<Plan>({ op: 'true' }, { op: 'false' }) },
    {
      weight: 4,
      arbitrary: fc
        .array(tie('plan'), { minLength: 1, maxLength: 4 })
        .map((nodes): Plan => ({ op: 'and', nodes })),
    },
    {
      weight: 4,
      arbitrary: fc
        .array(tie('plan'), { minLength: 1, maxLength: 4 })
        .map((nodes): Plan => ({ op: 'or', nodes })),
    },
    { weight: 3, arbitrary: tie('plan').map((node): Plan => ({ op: 'not', node })) },
    { weight: 1, arbitrary: tie('plan').map((node): Plan => ({ op: 'named', name: 'selection', node })) },
  ),
})).plan;

const logSources: readonly LogSource[] = [
  { product: 'windows', category: 'process_creation', service: null },
  { product: 'windows', category: 'process_creation', service: 'security' },
  { product: null, category: 'process_creation', service: null },
  { product: 'windows', category: 'registry_add', service: null },
  { product: 'windows', category: 'network_connection', service: null },
  { product: 'windows', category: null, service: 'security' },
  { product: 'windows', category: null, service: 'system' },
  { product: 'windows', category: null, service: null },
  { product: null, category: null, service: null },
  { product: 'linux', category: 'process_creation', service: null },
];

/** A rule around a plan, for where only plan and log source matter. */
export function ruleOf(plan: Plan, logSource: LogSource, title = 'Generated'): Rule {
  return {
    kind: 'rule',
    id: null,
    sha256: '0'.repeat(64),
    title,
    name: null,
    level: 'medium',
    status: 'test',
    place: { path: 'generated.yml', document: 0, line: 1, column: 1 },
    description: null,
    author: null,
    license: null,
    version: null,
    references: [],
    tags: [],
    falsePositives: [],
    logSource,
    plan,
    warnings: [],
  };
}

export const arbitraryRule: fc.Arbitrary<Rule> = fc
  .record({ plan: arbitraryPlan, logSource: fc.constantFrom(...logSources) })
  .map(({ plan, logSource }) => ruleOf(plan, logSource));

/** A field: mostly one value, sometimes several, sometimes a slot without any. */
const value: fc.Arbitrary<string | readonly string[] | null> = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Channels and event ids that the generated log sources are about. */
const kinds = [
  { channel: 'Microsoft-Windows-Sysmon/Operational', eventId: 1 },
  { channel: 'microsoft-windows-sysmon/OPERATIONAL', eventId: 12 },
  { channel: 'Security', eventId: 4688 },
  { channel: 'Security', eventId: 4657 },
  { channel: 'Security', eventId: 5156 },
  { channel: 'System', eventId: 7045 },
  { channel: 'Application', eventId: -1 },
] as const;

/** Events with values in slots, constants and arrays. */
export const arbitraryEvent: fc.Arbitrary<TestEvent> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    fields: fc.dictionary(
      fc.constantFrom(
        ...fieldNames,
        ...rawNames,
        'EventType',
        'OperationType',
        'ProcessId',
        'NewProcessId',
        'TargetLogonId',
        'TargetUserName',
        'ParentProcessName',
      ),
      value,
      { maxKeys: 8 },
    ),
    arrays: fc.dictionary(
      fc.constantFrom('List', 'C'),
      fc.array(
        text.map(t => t.replaceAll('\0', '')),
        { minLength: 1, maxLength: 3 },
      ),
      {
        maxKeys: 1,
      },
    ),
    as: fc.constantFrom('slots' as const, 'constants' as const),
  })
  .map(({ kind, fields, arrays, as }): TestEvent => ({ ...kind, fields: fields as TestFields, arrays, as }));
