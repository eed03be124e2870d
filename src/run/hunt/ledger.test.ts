import { describe, expect, it } from 'vitest';
import type { RuleDocument } from '../../know/sigma/index.ts';
import type { RuleActivity } from '../../match/index.ts';
import type { Input, Unread } from '../../read/inputs/index.ts';
import { noHitValues } from './hit-values.ts';
import { buildLedger, isDamaged, type Ledger, ledgerText } from './ledger.ts';
import { countLedger } from './ledger-counts.ts';
import { merge } from './merged.ts';
import { columnsOf, ReferenceList } from './references.ts';
import { emptyFileTally, type FileTally, type Group } from './tallies.ts';

const blindTo = (source: string, field: string): RuleActivity => ({
  ...ran,
  able: false,
  blind: { source, fields: [field], common: [field], every: [field] },
});
const ran: RuleActivity = { routable: true, offered: true, able: true, blind: null };

function head(kind: RuleDocument['kind']): RuleDocument {
  return {
    kind,
    id: 'id',
    sha256: 'f',
    title: 'T',
    name: null,
    level: 'high',
    status: 'test',
    place: { path: 'r.yml', document: 0, line: 3, column: 5 },
    reason: 'regex',
    message: 'bad',
    rules: ['r'],
    type: 'temporal',
    condition: { bounds: [], fields: [], percentile: null, occurrence: null },
  } as unknown as RuleDocument;
}

type Case = {
  readonly document: RuleDocument;
  readonly excluded?: string;
  readonly activity?: RuleActivity;
  readonly matches?: number;
  readonly hidden?: boolean;
  readonly narrowed?: number;
  readonly ungrouped?: number;
};

function ledgerOf(
  cases: readonly Case[],
  files: readonly { input: Input; tally?: FileTally }[] = [],
  unread: readonly Unread[] = [],
  interrupted = false,
): Ledger {
  const running = cases.filter(
    ({ document, excluded }) => document.kind === 'rule' && excluded === undefined,
  );
  const groups = cases
    .filter(({ document }) => ['rule', 'correlation'].includes(document.kind))
    .flatMap((entry, rule): Group[] =>
      entry.matches === undefined
        ? []
        : [{ rule, host: 'H', count: entry.matches, first: 0, last: 0, input: 0, offset: 0, example: '' }],
    );
  const merged = merge([
    {
      events: 0,
      salvaged: 0,
      outside: 0,
      timeless: 0,
      zoneless: 0,
      channels: [
        { channel: 'System', provider: 'P', eventId: -1, host: 'H', events: 2, first: 0, last: 1_500_000 },
        { channel: 'Empty', provider: 'P', eventId: 1, host: 'H', events: 0, first: 0, last: 0 },
      ],
      groups,
      references: columnsOf(new ReferenceList()),
      spool: null,
      hitValues: noHitValues,
      observed: null,
      coverage: null,
      files: new Map(files.flatMap(({ tally }, i) => (tally === undefined ? [] : [[i, tally] as const]))),
      activity: running.map(entry => entry.activity ?? ran),
    },
  ]);
  // Correlations are fed with all of the rules.
  const correlating = cases.filter(({ document }) => document.kind === 'correlation');
  const reported = [...running, ...correlating];
  return buildLedger({
    vanished: ['gone.yml'],
    selected: {
      documents: cases.map(({ document }) => document),
      rules: running.map(({ document }) => document as never),
      correlations: correlating.map(({ document }) => ({
        correlation: document as never,
        inputs: running.map((_, i) => i),
      })),
      reported: reported.map(({ document }) => document as never),
      hidden: Uint8Array.from(reported, ({ hidden }) => (hidden === true ? 1 : 0)),
      excluded: cases.map(({ excluded }) => excluded ?? null),
      indexOf: Int32Array.from(cases, entry => reported.indexOf(entry)),
      narrowed: new Map(cases.map(({ narrowed }, i) => [i, narrowed ?? 0])),
      idle: { include: [], exclude: [] },
    },
    outcomes: correlating.map(({ ungrouped }) => ({ hits: 0, ungrouped: ungrouped ?? 0 })),
    inputs: files.map(({ input }) => input),
    unread,
    merged,
    hashes: new Map([[0, 'hash']]),
    pieces: new Map(files.map((_, i) => [i, 2])),
    interrupted,
  });
}

const stateOf = (entry: Case): string => {
  const [rule] = ledgerOf([entry]).rules;
  return `${rule!.state} ${rule!.reason}`;
};
const file = (path: string): Input => ({ path, file: path, steps: [], type: 'evtx', size: 5 });

describe('an interrupted ledger', () => {
  const tally = (events: number, pieces: number): FileTally => ({ ...emptyFileTally(), events, pieces });
  const files = [
    { input: file('a.evtx'), tally: tally(9, 2) },
    { input: file('b.evtx'), tally: tally(9, 1) },
    { input: file('c.evtx') },
  ];
  it('calls no file read that was not read to its end', () => {
    const ledger = ledgerOf([], files, [], true);
    expect(ledger.files.map(entry => entry.unread?.message)).toEqual([
      undefined,
      'the hunt was interrupted before its end',
      'the hunt was interrupted before it was read',
    ]);
    expect(countLedger(ledger).files).toMatchObject({ total: 3, read: 1, unread: 2 });
  });
  it('keeps a better reason why a file ends early', () => {
    const failed = { ...tally(0, 0), failure: { reason: 'io', message: 'gone' } };
    const [entry] = ledgerOf([], [{ input: file('a.evtx'), tally: failed }], [], true).files;
    expect(entry!.unread).toEqual({ reason: 'io', message: 'gone' });
  });
});

describe('the id of a rule in the ledger', () => {
  it('is its hash where it has none, as in the findings', () => {
    const document = { ...head('rule'), id: null } as RuleDocument;
    expect(ledgerOf([{ document }]).rules[0]!.id).toBe('sha256:f');
  });
});

describe('the state of a rule in the ledger', () => {
  const rule = head('rule');
  it('is matched where it found something', () => {
    expect(stateOf({ document: rule, matches: 2 })).toBe('matched null');
    expect(ledgerOf([{ document: rule, matches: 2 }]).rules[0]!.matches).toBe(2);
  });
  it('is ran where it saw events and found nothing', () =>
    expect(stateOf({ document: rule })).toBe('ran null'));
  it('is ran where some event could not be evaluated, and says on how many', () =>
    expect(ledgerOf([{ document: rule, activity: { ...ran, failed: 3 } }]).rules[0]).toMatchObject({
      state: 'ran',
      failed: 3,
    }));
  it('is unrouted where its log source is unknown', () =>
    expect(stateOf({ document: rule, activity: { ...ran, routable: false, offered: false } })).toBe(
      'unrouted no-source',
    ));
  it('is unrouted where the input has no such log', () =>
    expect(stateOf({ document: rule, activity: { ...ran, offered: false } })).toBe('unrouted no-such-log'));
  it('is unrouted where no event carries a field it needs, which is all that is known', () =>
    expect(
      stateOf({
        document: rule,
        activity: blindTo('Security 4688', 'ParentCommandLine'),
      }),
    ).toBe('unrouted field-absent: ParentCommandLine (no Security 4688 event here carries it)'));
  it('is ran for a filter that narrows a rule, and counts these', () => {
    const [entry] = ledgerOf([{ document: head('filter'), narrowed: 3 }]).rules;
    expect(entry).toMatchObject({ state: 'ran', reason: null, matches: 3 });
  });
  it('is unrouted for a filter whose rules are not there', () =>
    expect(stateOf({ document: head('filter') })).toMatch(/^unrouted no-such-rule: /));
  it('says that its findings are not shown', () =>
    expect(ledgerOf([{ document: rule, matches: 2, hidden: true }]).rules[0]).toMatchObject({
      state: 'matched',
      matches: 2,
      hidden: true,
    }));
  it('is refused with the reason of the refusal', () =>
    expect(stateOf({ document: head('rejection') })).toBe('refused regex'));
  it('is unrouted where the user left it out', () =>
    expect(stateOf({ document: rule, excluded: 'excluded: level low' })).toBe(
      'unrouted excluded: level low',
    ));
  it('names line and column', () =>
    expect(ledgerOf([{ document: rule }]).rules[0]).toMatchObject({ path: 'r.yml', line: 3, column: 5 }));
});

describe('the state of a correlation in the ledger', () => {
  const correlation = { document: head('correlation') };
  const last = (...cases: Case[]): unknown => ledgerOf([...cases, correlation]).rules.at(-1);
  it('is ran where its rules ran and it did not fire', () =>
    expect(last({ document: head('rule') })).toMatchObject({ state: 'ran', reason: null }));
  it('is matched where it fired', () => {
    const fired = { ...correlation, matches: 2 };
    expect(ledgerOf([{ document: head('rule') }, fired]).rules.at(-1)).toMatchObject({
      state: 'matched',
      matches: 2,
    });
  });
  it('is unrouted where one of the rules that it needs did not run, and says which and why', () =>
    expect(
      last({ document: head('rule'), activity: { ...ran, offered: false } }, { document: head('rule') }),
    ).toMatchObject({
      state: 'unrouted',
      reason: 'base-unrouted: T (no-such-log)',
    }));
  it('counts hits that could not be grouped', () => {
    const entry = ledgerOf([{ ...correlation, ungrouped: 4 }]).rules[0];
    expect(entry).toMatchObject({ state: 'ran', ungrouped: 4 });
  });
});

describe('a file in the ledger', () => {
  it('has its hash, events and damage', () => {
    const tally = { ...emptyFileTally(), events: 7, damaged: [{ offset: 1, length: 2, reason: 'x' }] };
    expect(ledgerOf([], [{ input: file('a'), tally }]).files).toEqual([
      {
        path: 'a',
        type: 'evtx',
        size: 5,
        sha256: 'hash',
        events: 7,
        damaged: [{ offset: 1, length: 2, reason: 'x' }],
        unparsed: [],
      },
    ]);
  });
  it('is there although nothing of it was read, with the reason', () => {
    const unread: Unread = { path: 'b', reason: 'missing', message: 'no such file', size: -1 };
    expect(ledgerOf([], [], [unread]).files[0]).toMatchObject({
      path: 'b',
      type: null,
      size: null,
      unread: { reason: 'missing', message: 'no such file' },
    });
  });
  it('says how many lines something else wrote, which is no damage', () => {
    const tally = { ...emptyFileTally(), events: 7, foreign: 3, foreignAt: 40 };
    const [entry] = ledgerOf([], [{ input: file('a'), tally }]).files;
    expect(entry).toMatchObject({ foreign: { lines: 3, first: 40 }, damaged: [], unparsed: [] });
    expect(isDamaged(entry!)).toBe(false);
  });
  it('is damaged where something else wrote most of its lines', () => {
    const tally = { ...emptyFileTally(), events: 7, foreign: 8, foreignAt: 0 };
    expect(isDamaged(ledgerOf([], [{ input: file('a'), tally }]).files[0]!)).toBe(true);
  });
  it('stands in order of path', () => {
    const unread: Unread = { path: 'a', reason: 'empty', message: '', size: 0 };
    expect(ledgerOf([], [{ input: file('b') }], [unread]).files.map(({ path }) => path)).toEqual(['a', 'b']);
  });
});

describe('channels in the ledger', () => {
  it('have times as text, and no number where the event has none', () =>
    expect(ledgerOf([]).channels).toEqual([
      {
        channel: 'System',
        provider: 'P',
        eventId: null,
        host: 'H',
        events: 2,
        first: '1970-01-01T00:00:00.000000Z',
        last: '1970-01-01T00:00:01.500000Z',
      },
    ]));
});

describe('the counts of the ledger', () => {
  it('put each rule into one part', () => {
    const rule = head('rule');
    const { rules } = countLedger(
      ledgerOf([
        { document: rule, matches: 1 },
        { document: rule },
        { document: rule, activity: { ...ran, offered: false } },
        { document: rule, activity: { ...ran, routable: false, offered: false } },
        { document: rule, activity: blindTo('S', 'F') },
        { document: head('filter') },
        { document: head('filter'), narrowed: 2 },
        { document: head('rejection') },
        { document: rule, excluded: 'excluded: status deprecated' },
      ]),
    );
    expect(rules).toEqual({
      total: 8,
      ran: 3,
      matched: 1,
      withoutLog: 1,
      noSource: 1,
      withoutRule: 1,
      blind: 1,
      refused: 1,
      filtered: 1,
      vanished: 1,
    });
  });
  it('put each file into one part', () => {
    const damaged = { ...emptyFileTally(), unparsed: [{ offset: 1, record: null, reason: 'x' }] };
    const failed = { ...emptyFileTally(), failure: { reason: 'corrupt', message: 'x' } };
    const { files } = countLedger(
      ledgerOf(
        [],
        [{ input: file('a') }, { input: file('b'), tally: damaged }, { input: file('c'), tally: failed }],
        [{ path: 'd', reason: 'unknown-type', message: '', size: 1 }],
      ),
    );
    expect(files).toEqual({ total: 4, read: 1, damaged: 1, unread: 1, unknown: 1 });
  });
});

describe('the text of the ledger', () => {
  it('is the ledger, one entry a line', () => {
    const ledger = ledgerOf([{ document: head('rule') }], [{ input: file('a') }]);
    const text = ledgerText(ledger);
    expect(JSON.parse(text)).toEqual(ledger);
    expect(text.split('\n').filter(line => line.includes('"r.yml"'))).toHaveLength(1);
  });
});
