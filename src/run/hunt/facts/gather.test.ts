import { describe, expect, test } from 'vitest';
import {
  type Hunted,
  huntParts,
  isCorrelation,
  type Keeping,
  type TimedEvent,
} from '../../../../test/correlating.ts';
import type { Fact } from '../../../read/entities/index.ts';

const keeping: Keeping = { memory: 1 << 26 };
const tiny: Keeping = { memory: 0, blockBytes: 2_000 };

const rule = (name: string, image: string): string => `title: ${name}
name: ${name}
logsource: { product: windows, category: process_creation }
detection:
  sel: { Image|endswith: '\\${image}' }
  condition: sel
`;
const chain = `title: Chain
name: chain
correlation:
  type: temporal
  rules: [dump, pack]
  group-by: [Computer]
  timespan: 10m
`;
const rules = [rule('dump', 'ntdsutil.exe'), rule('pack', '7z.exe'), chain];
const seen = [rule('who', 'whoami.exe')];

const starts = (at: number, image: string, host = 'DC1', record?: number): TimedEvent => ({
  at,
  channel: 'Security',
  eventId: 4688,
  host,
  provider: 'Microsoft-Windows-Security-Auditing',
  fields: {
    SubjectUserName: 'jo',
    SubjectDomainName: 'EXAMPLE',
    SubjectLogonId: '0x551686',
    NewProcessId: `0x${at.toString(16)}`,
    NewProcessName: `C:\\Windows\\System32\\${image}`,
    CommandLine: `${image} at ${at}`,
  },
  ...(record === undefined ? {} : { record }),
});
const logon = (at: number, host = 'DC1'): TimedEvent => ({
  at,
  channel: 'Security',
  eventId: 4624,
  host,
  fields: { TargetUserName: 'jo', TargetLogonId: '0x551686', IpAddress: '::ffff:10.1.2.3', LogonType: 3 },
});

type Gathered = NonNullable<Hunted['gathered']>;
const gather = (texts: readonly string[], parts: readonly TimedEvent[][], how = keeping): Gathered =>
  huntParts(texts, parts, how).gathered!;

/** What a hunt gathers without what depends on how its events are spread over files. */
function unplaced({ findings, facts, hosts, dropped }: Gathered): unknown {
  const bare = ({ place, ...fact }: Fact): unknown => ({ ...fact, record: place.record });
  const byTime = (a: Fact, b: Fact): number => a.micros - b.micros || a.place.record - b.place.record;
  return {
    findings: findings.map(({ fact, ...rest }) => ({ ...rest, fact: bare(fact) })),
    facts: [...facts].sort(byTime).map(bare),
    hosts,
    dropped,
  };
}

const events: readonly TimedEvent[] = Array.from({ length: 300 }, (_, i) =>
  i % 7 === 0
    ? starts(i, 'ntdsutil.exe', i % 2 === 0 ? 'DC1' : 'DC2')
    : i % 11 === 0
      ? starts(i, '7z.exe')
      : i % 3 === 0
        ? logon(i)
        : starts(i, 'other.exe'),
);
const spread = (count: number): TimedEvent[][] =>
  Array.from({ length: count }, (_, part) => events.filter((_, i) => i % count === part));

describe('evidence and facts', () => {
  const whole = unplaced(gather([...rules, ...seen], spread(1)));

  test.each([2, 3])('are the same for %d workers', count => {
    expect(unplaced(gather([...rules, ...seen], spread(count)))).toEqual(whole);
  });

  test.each([1, 2, 3])('are the same from files as from memory, for %d workers', count => {
    expect(unplaced(gather([...rules, ...seen], spread(count), tiny))).toEqual(whole);
  });

  test('hold every event that has a row, whether a rule matched it or not', () => {
    const { facts } = gather(seen, [[logon(1), starts(2, 'other.exe'), { at: 3, channel: 'Other' }]]);
    expect(facts.map(({ type }) => type)).toEqual(['logon', 'process-start']);
    expect(facts[0]!.values).toMatchObject({ account: 'jo', logonId: 0x551686, sourceIp: '10.1.2.3' });
  });

  test('come with the fact and the example of the event', () => {
    const [found] = gather(seen, [[starts(5, 'whoami.exe')]]).findings;
    expect(found).toMatchObject({ rule: 0, form: 'written', example: 'whoami.exe at 5' });
    expect(found!.fact).toMatchObject({
      type: 'process-start',
      host: 'DC1',
      values: { account: 'EXAMPLE\\jo', pid: 5, logonId: 0x551686 },
    });
  });
});

describe('the form that matched', () => {
  const line = `title: line
name: line
logsource: { product: windows, category: process_creation }
detection:
  sel: { CommandLine|contains: 'net user' }
  condition: sel
`;
  const typed = (at: number, CommandLine: string): TimedEvent => {
    const { fields, ...rest } = starts(at, 'net.exe');
    return { ...rest, fields: { ...fields, CommandLine } };
  };

  test('is told of a finding', () => {
    const { findings } = gather([line], [[typed(1, 'net user'), typed(2, 'n^et "user"')]]);
    expect(findings.map(({ form }) => form)).toEqual(['written', 'normal']);
  });

  test('is told of the events behind a correlation', () => {
    const two = `title: Two
name: two
correlation:
  type: event_count
  rules: [line]
  group-by: [Computer]
  timespan: 10m
  condition: { gte: 2 }
`;
    const { findings } = gather([line, two], [[typed(1, 'net user'), typed(2, 'n^et "user"')]]);
    expect(findings.map(({ rule: index, form }) => [index, form])).toEqual([
      [1, 'written'],
      [1, 'normal'],
    ]);
  });

  test('is told in the line of a correlation, of it and of each of its events', () => {
    const two = `title: Two
name: two
correlation:
  type: event_count
  rules: [line]
  group-by: [Computer]
  timespan: 10m
  condition: { gte: 2 }
`;
    const fired = (lines: readonly string[]) => {
      const { findings } = huntParts([line, two], [lines.map((each, i) => typed(i + 1, each))], keeping);
      const [found] = findings.filter(isCorrelation);
      return [found!.huntaway.form, found!.huntaway.correlation.events.map(({ form }) => form)];
    };
    expect(fired(['net user', 'n^et "user"'])).toEqual(['normal', [undefined, 'normal']]);
    expect(fired(['net user', 'net user /add'])).toEqual([undefined, [undefined, undefined]]);
  });
});

describe('a correlation', () => {
  test('gives one finding for each event behind a firing, and its base rules none', () => {
    const { findings } = gather(rules, [
      [starts(10, 'ntdsutil.exe'), starts(70, '7z.exe'), starts(5_000, 'ntdsutil.exe')],
    ]);
    expect(findings.map(({ rule: index, firing, fact }) => [index, firing, fact.values.pid])).toEqual([
      [2, 0, 10],
      [2, 0, 70],
    ]);
  });

  test('numbers its firings', () => {
    const { findings } = gather(rules, [
      [10, 5_000].flatMap(at => [starts(at, 'ntdsutil.exe'), starts(at + 60, '7z.exe')]),
    ]);
    expect(findings.map(({ firing }) => firing)).toEqual([0, 0, 1, 1]);
  });
});

describe('an event that was exported twice', () => {
  test('is there twice', () => {
    const { findings } = gather(seen, [
      [starts(5, 'whoami.exe', 'DC1', 77)],
      [starts(5, 'whoami.exe', 'DC1', 77)],
    ]);
    expect(findings.map(({ fact }) => [fact.place.record, fact.place.input])).toEqual([
      [77, 0],
      [77, 1],
    ]);
  });
});

describe('the cap on evidence', () => {
  const noisy = [rule('noise', 'whoami.exe'), rule('rare', 'ntdsutil.exe')];
  const many = [
    ...Array.from({ length: 50 }, (_, i) => starts(i + 1, 'whoami.exe')),
    starts(1_000, 'ntdsutil.exe'),
  ];

  test('takes the latest of the rule with most findings, and counts them', () => {
    const { findings, dropped } = gather(noisy, [many], { ...keeping, most: 10 });
    expect(findings.map(({ rule: index, fact }) => [index, fact.values.pid])).toEqual([
      ...Array.from({ length: 9 }, (_, i) => [0, i + 1]),
      [1, 1_000],
    ]);
    expect(dropped).toBe(41);
  });

  test('takes the same for several workers', () => {
    const capped: Keeping = { ...keeping, most: 10 };
    const halves = [many.filter((_, i) => i % 2 === 0), many.filter((_, i) => i % 2 === 1)];
    expect(unplaced(gather(noisy, halves, capped))).toEqual(unplaced(gather(noisy, [many], capped)));
  });
});
