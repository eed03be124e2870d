import { describe, expect, test } from 'vitest';
import { CannotRun } from '../../io.ts';
import { type PastStory, parseIntrusions } from '../../results/index.ts';
import type { Truth, TruthEvidence } from '../truth.ts';
import { scoreDrill } from './score.ts';

const evidence = (recordId: number | null, core = true): TruthEvidence => ({
  host: 'HWDRILL-DC1.a.example',
  channel: recordId === null ? 'fortigate' : 'Security',
  recordId,
  time: `2026-10-06T02:11:0${(recordId ?? 0) % 10}Z`,
  file: 'x',
  behaviour: null,
  core,
});

const intrusion = (id: string, ...of: TruthEvidence[]): Truth['intrusions'][number] => ({
  id,
  summary: id,
  firstSeen: of[0]!.time,
  lastSeen: of.at(-1)!.time,
  hosts: [],
  accounts: [],
  sources: [],
  evidence: of,
});

const truth = (...intrusions: Truth['intrusions']): Truth => ({
  version: 1,
  kind: 'x',
  seed: 1,
  days: 30,
  mark: 'HWDRILL-',
  site: { domain: 'a.example', edge: 'HWDRILL-FW', hosts: [] },
  events: 0,
  visibility: [],
  blinded: [],
  intrusions,
  lookalikes: [],
});

const reported = (id: string, verdict: PastStory['verdict'], ...records: (number | null)[]): PastStory => ({
  id,
  verdict,
  links: [],
  evidence: records.map((recordId, i) => ({
    id: `${id}-${i}`,
    host: 'hwdrill-dc1',
    channel: recordId === null ? 'syslog' : 'security',
    recordId,
    micros: Date.parse(`2026-10-06T02:11:0${(recordId ?? 0) % 10}Z`) * 1000,
    file: '',
    behaviour: null,
  })),
});

const first = intrusion('T1', evidence(1), evidence(2), evidence(3, false), evidence(null));
const other = intrusion('T2', evidence(11), evidence(12));

describe('a score', () => {
  test('is full where all core evidence is there and nothing else', () => {
    const score = scoreDrill(truth(first), [reported('a', 'intrusion', 1, 2, 3, null)]);
    expect(score).toMatchObject({ passed: true, recall: 1, precision: 1, falseIntrusions: [] });
    expect(score.intrusions[0]).toMatchObject({
      found: 'intrusion',
      merged: false,
      split: false,
      missed: [],
    });
  });
  test('takes a suspected one for found, and a lead for nothing', () => {
    expect(scoreDrill(truth(first), [reported('a', 'suspected', 1, 2, null)]).intrusions[0]!.found).toBe(
      'suspected',
    );
    expect(scoreDrill(truth(first), [reported('a', 'lead', 1, 2, null)]).intrusions[0]!.found).toBeNull();
  });
  test('names what was missed', () => {
    const score = scoreDrill(truth(first), [reported('a', 'intrusion', 1)]);
    expect(score.recall).toBeCloseTo(1 / 3);
    expect(score.intrusions[0]!.missed.map(({ recordId }) => recordId)).toEqual([2, null]);
    expect(score.passed).toBe(false);
  });
  test('counts foreign evidence against precision', () => {
    const score = scoreDrill(truth(first), [reported('a', 'intrusion', 1, 2, null, 50, 51)]);
    expect(score).toMatchObject({ precision: 3 / 5, passed: false });
  });
  test('says where two are one', () => {
    const score = scoreDrill(truth(first, other), [reported('a', 'intrusion', 1, 2, null, 11, 12)]);
    expect(score.intrusions.map(({ merged }) => merged)).toEqual([true, true]);
    expect(score.passed).toBe(false);
  });
  test('says where one is two', () => {
    const score = scoreDrill(truth(first), [
      reported('a', 'intrusion', 1, null),
      reported('b', 'suspected', 2),
    ]);
    expect(score.intrusions[0]).toMatchObject({ split: true, reported: ['a', 'b'], coreFound: 3 });
    expect(score.passed).toBe(false);
  });
  test('keeps two apart that were told apart', () => {
    const score = scoreDrill(truth(first, other), [
      reported('a', 'intrusion', 1, 2, null),
      reported('b', 'suspected', 11, 12),
    ]);
    expect(score.passed).toBe(true);
  });
  test('of a quiet drill fails for an intrusion, and not for what is suspected', () => {
    expect(scoreDrill(truth(), [reported('a', 'suspected', 7)])).toMatchObject({
      passed: true,
      falseSuspected: ['a'],
    });
    expect(scoreDrill(truth(), [reported('a', 'intrusion', 7)])).toMatchObject({
      passed: false,
      falseIntrusions: ['a'],
    });
  });
});

describe('what is no intrusions.json', () => {
  test.each([
    ['{', /not JSON/],
    ['[]', /no object/],
    ['{"version":2}', /version/],
    ['{"version":1,"intrusions":{}}', /intrusions is no array/],
    ['{"version":1,"intrusions":[{"id":"a","verdict":"maybe"}]}', /verdict/],
    ['{"version":1,"intrusions":[{"id":"a","verdict":"lead","evidence":[1],"links":[]}]}', /evidence\[0\]/],
    [
      '{"version":1,"intrusions":[{"id":"a","verdict":"lead","evidence":[{"id":"x","host":"h","channel":"c","recordId":"7","time":"2026-01-01T00:00:00Z"}],"links":[]}]}',
      /recordId/,
    ],
  ])('is refused with the place: %s', (text, message) => {
    expect(() => parseIntrusions(text, 'x.json')).toThrow(CannotRun);
    expect(() => parseIntrusions(text, 'x.json')).toThrow(message);
  });
});
