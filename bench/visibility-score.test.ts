import { describe, expect, test } from 'vitest';
import type { Behaviour, NeededSource } from '../src/know/advisories/index.ts';
import type { TrueSource, Truth } from '../src/run/drill/index.ts';
import { scoreVisibility, type VisibilityScore } from './visibility-score.ts';
import { visibilityTargets } from './visibility-table.ts';
import type { Told, ToldBlind, ToldCell } from './visibility-told.ts';

const source = (of: Partial<TrueSource>): TrueSource => ({
  host: 'HWDRILL-A.x.example',
  channel: 'Security',
  eventIds: null,
  field: null,
  from: '2026-10-01',
  to: '2026-10-11',
  partial: [],
  kind: null,
  seen: true,
  ...of,
});

/** Host A: ten days, Security cut on the 5th and 6th, no Sysmon. Host B: no logs. The edge device is there. */
const truth: Truth = {
  version: 1,
  kind: 'x',
  seed: 1,
  days: 10,
  mark: 'HWDRILL-',
  site: {
    domain: 'x.example',
    edge: 'HWDRILL-FW',
    hosts: ['A', 'B'].map(name => ({
      name: `HWDRILL-${name}.x.example`,
      role: 'file',
      zone: 'it',
      collected: true,
    })),
  },
  events: 9,
  visibility: [
    source({ to: '2026-10-04', eventIds: [4624, 4688] }),
    source({ from: '2026-10-08', eventIds: [4624, 4688] }),
    source({
      from: '2026-10-05',
      to: '2026-10-07',
      partial: ['2026-10-04', '2026-10-07'],
      kind: 'record-gap',
      seen: false,
    }),
    source({ channel: 'Microsoft-Windows-Sysmon/Operational', kind: 'channel-absent', seen: false }),
    source({ host: 'HWDRILL-B.x.example', channel: null, kind: 'no-logs', seen: false }),
    source({ host: null, channel: 'fortigate' }),
  ],
  blinded: [],
  intrusions: [],
  lookalikes: [],
};

const needs = (channel: string, ...eventIds: number[]): NeededSource => ({
  channel,
  eventIds,
  fields: [],
  enable: null,
});
const behaviour = (id: string, ...sources: NeededSource[]): Behaviour => ({
  id,
  title: id,
  stage: 'execution',
  step: null,
  gravity: 'strong',
  exposes: null,
  attack: [],
  attackReplaced: {},
  sources,
  rules: [],
  lookalikes: [],
  ask: null,
  fetch: null,
  notObservable: null,
  place: { path: '', document: 0, line: 1, column: 1 },
});
const behaviours = [
  behaviour(
    'VT-EX-01',
    needs('Security', 4688),
    needs('Microsoft-Windows-Sysmon/Operational', 1),
    needs('Security', 4624),
  ),
  behaviour('VT-IA-02', needs('fortigate')),
];

const a = 'hwdrill-a.x.example';
const b = 'hwdrill-b.x.example';
const blind = (of: Partial<ToldBlind>): ToldBlind => ({
  kind: 'record-gap',
  host: a,
  channel: 'Security',
  eventIds: [],
  field: null,
  from: '2026-10-04',
  to: '2026-10-07',
  ...of,
});
const cell = (of: Partial<ToldCell>): ToldCell => ({
  host: a,
  behaviours: ['VT-EX-01'],
  sight: 'would-have-shown',
  from: '2026-10-01',
  to: '2026-10-10',
  partial: false,
  blinds: [],
  ...of,
});

const right: Told = {
  blinds: [
    blind({}),
    blind({ kind: 'channel-absent', channel: 'Microsoft-Windows-Sysmon/Operational' }),
    blind({ kind: 'no-logs', host: b, channel: null, from: '2026-10-01', to: '2026-10-10' }),
  ],
  cells: [
    cell({ to: '2026-10-03' }),
    cell({ sight: 'could-not-see', from: '2026-10-04', to: '2026-10-07', blinds: [0, 1] }),
    cell({ from: '2026-10-08' }),
    cell({ host: b, sight: 'could-not-see', blinds: [2] }),
    cell({ host: 'hwdrill-fw', behaviours: ['VT-IA-02'] }),
  ],
};

const scoreOf = (told: Told): VisibilityScore => scoreVisibility(truth, behaviours, told);
const missed = (told: Told): readonly string[] =>
  visibilityTargets(scoreOf(told)).flatMap(([met, text]) => (met ? [] : [text]));
/** `right` with one of its cells or blind spots otherwise. */
const withCell = (at: number, of: Partial<ToldCell>): Told => ({
  ...right,
  cells: right.cells.map((each, i) => (i === at ? { ...each, ...of } : each)),
});
const withBlind = (at: number, of: Partial<ToldBlind>): Told => ({
  ...right,
  blinds: right.blinds.map((each, i) => (i === at ? { ...each, ...of } : each)),
});

describe('what a hunt tells of its own blindness', () => {
  test('is right where it agrees with the truth, and days at the edge of a hole do not count', () => {
    expect(scoreOf(right)).toMatchObject({
      blind: 12,
      seen: 16,
      missed: 0,
      imagined: 0,
      unknown: 2,
      untold: 0,
      reasoned: 12,
      partRight: 12,
      toldSpots: 3,
      falseSpots: 0,
      examples: [],
    });
    expect(missed(right)).toEqual([]);
  });
  test('misses the days that it calls visible though they were removed', () =>
    expect(scoreOf(withCell(1, { sight: 'would-have-shown' }))).toMatchObject({ missed: 2, blind: 10 }));
  test('imagines the days that it calls blind though they are present', () =>
    expect(scoreOf(withCell(0, { sight: 'could-not-see' }))).toMatchObject({ imagined: 3, seen: 13 }));
  test('misses a host of which it tells nothing at all', () =>
    expect(scoreOf({ ...right, cells: right.cells.filter(({ host }) => host !== b) })).toMatchObject({
      missed: 10,
      blind: 2,
    }));
  test('counts evidence for itself', () =>
    expect(scoreOf(withCell(0, { sight: 'found' }))).toMatchObject({ found: 3, seen: 13 }));
  test('imagines the edge device missing where its log is there', () =>
    expect(scoreOf(withCell(4, { sight: 'could-not-see' })).imagined).toBe(10));
});

describe('a blind spot', () => {
  const gap = (told: Told): unknown => scoreOf(told).kinds.get('record-gap');

  test('is named by reason, host and log, for its days', () =>
    expect(gap(right)).toEqual({ spots: 1, named: 1, timely: 1, cells: 2, told: 2 }));
  test.each([
    ['reason', { kind: 'silent' }],
    ['host', { host: b }],
    ['log', { channel: 'System' }],
  ] as const)('is not named with another %s', (_, of) =>
    expect(gap(withBlind(0, of))).toMatchObject({ spots: 1, named: 0 }),
  );
  test('is named for too few days', () =>
    expect(gap(withBlind(0, { to: '2026-10-05' }))).toMatchObject({ named: 1, timely: 0 }));
  test('is false where it is told of days whose records are there', () =>
    expect(scoreOf(withBlind(0, { from: '2026-10-03' }))).toMatchObject({ falseSpots: 1, toldSpots: 3 }));
  test('of a machine that is none of the site is not counted', () =>
    expect(
      scoreOf({
        ...right,
        blinds: [...right.blinds, blind({ kind: 'no-logs', host: 'laptop', channel: null })],
      }).toldSpots,
    ).toBe(3));
  test('shows in the reasons of its cells', () =>
    expect(scoreOf(withBlind(0, { kind: 'silent' })).reasoned).toBe(10));
});
