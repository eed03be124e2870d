import { describe, expect, it } from 'vitest';
import type { Visibility } from '../../judge/index.ts';
import { lookText, renderLook, renderLookSummary } from './index.ts';
import type { LookAnswer, ShownRecord, TermAnswer } from './types.ts';

const at = (text: string): number => Date.parse(`${text}Z`) * 1000;
const open = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const options = { width: 100, color: false };

const term: TermAnswer = {
  kind: 'address',
  text: '203.0.113.70',
  count: 3,
  around: 0,
  hosts: [{ host: 'edge1', count: 3, first: at('2026-11-04T10:00:00'), last: at('2026-11-04T12:00:00') }],
  knownAs: [],
  isCommon: false,
  logons: { touched: 0, followed: 0 },
  inLogons: 0,
};

const record: ShownRecord = {
  time: '2026-11-04T10:00:00.000000Z',
  host: 'edge1',
  channel: 'Microsoft-Windows-Sysmon/Operational',
  code: '3',
  text: 'curl',
  terms: [{ text: '203.0.113.70', fields: ['DestinationIp'], isNameOnly: false, isOfLogon: false }],
  isAround: false,
  notes: [],
};

const log = (host: string, channel: string, first: string, last: string): LookAnswer['logs'][number] => ({
  host,
  channel,
  events: 10,
  first: at(first),
  last: at(last),
});

const answer: LookAnswer = {
  terms: [term],
  rules: 2,
  asked: open,
  timeline: [record],
  duplicates: 0,
  logs: [log('edge1', 'Security', '2026-11-01T00:00:00', '2026-11-10T00:00:00')],
  kinds: [{ host: 'edge1', channel: 'Security', eventId: 4624 }],
  unread: 0,
  damaged: 0,
  timeless: 0,
  interrupted: false,
};

const told = (over: Partial<LookAnswer>, visibility: Visibility | null = null): string =>
  renderLook({ ...answer, ...over }, visibility, options).replace(/\s+/g, ' ');

const asked = { from: at('2026-11-04T00:00:00'), to: at('2026-11-06T00:00:00') };

describe('a term', () => {
  it('is said to be seen, how often, where and when', () =>
    expect(told({})).toContain(
      '203.0.113.70 (address): seen 3 times on host edge1 between 2026-11-04 10:00:00 and 2026-11-04 12:00:00 UTC.',
    ));
  it('that is only around the time asked about was not seen in it, and shows no absence', () => {
    const text = told({ asked, terms: [{ ...term, count: 2, around: 2 }] });
    expect(text).toContain('not seen in the time asked about, but twice in the 48 h around it on host edge1');
    expect(text).toContain('This does not show absence.');
  });
  it('is counted apart within the time asked about and around it', () =>
    expect(told({ asked, terms: [{ ...term, around: 1 }] })).toContain(
      'seen twice, and once in the 48 h around',
    ));
  it('that was never seen says on what that rests', () =>
    expect(told({ terms: [{ ...term, count: 0, hosts: [] }], timeline: [] })).toContain(
      'not seen in these logs: 1 host, back to 2026-11-01 00:00:00 UTC (9 d). This does not show absence.',
    ));
  it('whose logons are too many says that they were not followed', () =>
    expect(told({ terms: [{ ...term, logons: { touched: 1001, followed: 0 } }] })).toContain(
      'its logons were not followed',
    ));
});

describe('other names', () => {
  const knownAs = Array.from({ length: 12 }, (_, i) => ({
    name: `S-1-5-21-${i}`,
    records: 1,
    isSearched: true,
  }));
  it('are listed with what they rest on, and counted where they are many', () => {
    const text = told({ terms: [{ ...term, knownAs }] });
    expect(text).toContain('also as S-1-5-21-0 (inferred: 1 record says both together)');
    expect(text).toContain('and under 2 more names, inferred alike');
  });
  it('that are too many are said not to be looked for', () =>
    expect(told({ terms: [{ ...term, isCommon: true }] })).toContain('its other names were not looked for'));
});

it('records that stand in the input twice are said', () =>
  expect(told({ duplicates: 2 })).toContain('2 records stand in the input more than once'));

describe('the timeline', () => {
  it('says time, host, event, field and what it was', () =>
    expect(told({})).toContain('2026-11-04 10:00:00 edge1 Sysmon 3 in DestinationIp curl'));
  it('marks what lies around, says silences, and how many records are left out', () => {
    const later = { ...record, time: '2026-11-05T12:30:00.000000Z', isAround: true };
    const text = told({ asked, timeline: [record, later, { omitted: 1200 }] });
    expect(text).toContain('· 1 d 2 h without a record of it ~ 2026-11-05 12:30:00');
    expect(text).toContain('… 1,200 records not shown: --format jsonl or --out DIR has all');
  });
  it('says which term, where there are several, and names that say no domain', () => {
    const other = { text: 'CORP\\jo', fields: ['User'], isNameOnly: true, isOfLogon: false };
    expect(
      told({ terms: [term, term], timeline: [{ ...record, terms: [...record.terms, other] }] }),
    ).toContain('203.0.113.70 in DestinationIp; CORP\\jo in User (no domain said)');
  });
  it('obeys nothing that a log says', () => {
    const evil = '\u001b]0;x\u0007\u202e\r\n';
    const hostile: ShownRecord = {
      ...record,
      host: evil,
      channel: evil,
      code: evil,
      text: evil,
      terms: [{ text: evil, fields: [evil], isNameOnly: false, isOfLogon: false }],
    };
    const over = {
      timeline: [hostile],
      terms: [{ ...term, text: evil, hosts: [{ ...term.hosts[0]!, host: evil }] }],
      logs: [log(evil, evil, '2026-11-05T00:00:00', '2026-11-05T01:00:00')],
      asked,
    };
    const text = renderLook({ ...answer, ...over }, null, options);
    expect(text).not.toMatch(/[\u001b\u0007\u202e\r]/);
    expect(lookText({ ...answer, ...over }, null)).not.toMatch(/[\u001b\u0007\u202e\r]/);
  });
});

describe('what could not be seen', () => {
  it.each<readonly [what: string, over: Partial<LookAnswer>, said: string]>([
    [
      'a host whose logs begin later',
      { asked, logs: [log('ws1', 'Security', '2026-11-07T00:00:00', '2026-11-10T00:00:00')] },
      'ws1: nothing at all, its logs begin only 2026-11-07 00:00:00',
    ],
    [
      'a host whose logs end before',
      { asked, logs: [log('ws1', 'Security', '2026-11-01T00:00:00', '2026-11-02T00:00:00')] },
      'ws1: nothing at all, its logs end 2026-11-02 00:00:00',
    ],
    [
      'a log that begins within',
      {
        asked,
        logs: [...answer.logs, log('edge1', 'System', '2026-11-05T06:00:00', '2026-11-10T00:00:00')],
      },
      'edge1 System: no record before 2026-11-05 06:00:00',
    ],
    [
      'a log that ends within',
      {
        asked,
        logs: [...answer.logs, log('edge1', 'System', '2026-11-01T00:00:00', '2026-11-04T12:00:00')],
      },
      'edge1 System: no record after 2026-11-04 12:00:00',
    ],
    ['how far back each host reaches', {}, 'edge1: nothing before 2026-11-01 00:00:00'],
    ['records that nobody writes', {}, 'network connections (Sysmon 3, Security 5156): on no host recorded'],
    ['files', { unread: 2, damaged: 1 }, '2 files could not be read 1 file could be read only in part'],
    ['records without a time', { asked, timeless: 1 }, '1 record says no time: in no range of time'],
    ['an interruption', { interrupted: true }, 'the hunt was interrupted'],
  ])('%s', (_, over, said) => expect(told(over)).toContain(said));
  it('blind spots of the days that were asked about', () => {
    const blind = (said: string, from: number): Visibility['blinds'][number] => ({
      kind: 'silent',
      host: 'ws1',
      channel: null,
      eventIds: [],
      field: null,
      period: { from, to: from + 1 },
      said,
      settings: [],
      behaviours: [],
    });
    const day = Math.floor(asked.from / 86_400e6);
    const visibility: Visibility = {
      span: null,
      hosts: [],
      cells: [],
      blinds: [blind('ws1 was silent', day), blind('long before', day - 9)],
      fixes: [],
      counts: { found: 0, 'would-have-shown': 0, 'could-not-see': 0 },
      said: [],
    };
    const text = told({ asked }, visibility);
    expect(text).toContain('ws1 was silent');
    expect(text).not.toContain('long before');
  });
  it('is bounded where there are thousands of hosts', () => {
    const logs = Array.from({ length: 5000 }, (_, i) =>
      log(`ws${i}`, 'Security', '2026-11-01T00:00:00', '2026-11-10T00:00:00'),
    );
    const text = renderLookSummary({ ...answer, logs }, null, options);
    expect(text.split('\n').length).toBeLessThan(40);
    expect(text).toContain('4,988 more hosts of this kind');
  });
});
