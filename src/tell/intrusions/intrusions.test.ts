/** What is told of intrusions: valid, readable at 80 columns, and inert whatever a log holds. */
import { describe, expect, it } from 'vitest';
import { at, evidence, intrusion, judgement } from '../../../test/intrusions.ts';
import { schema } from '../../../test/schemas.ts';
import type { Intrusion } from '../../judge/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import { displayWidth } from '../terminal/index.ts';
import { intrusionsText, renderIntrusions } from './index.ts';

const files = ['logs/DC1/Security.evtx'];
const narrow = { width: 80, color: false };

describe('intrusions.json', () => {
  const validate = schema('intrusions');
  const parsed = (over: Parameters<typeof judgement>[0]): ReturnType<typeof JSON.parse> => {
    const value = JSON.parse(intrusionsText(judgement(over), files));
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    return value;
  };

  it('has its arrays where there is nothing', () => {
    expect(parsed({})).toEqual({ version: 1, intrusions: [], suppressed: [], notes: [] });
  });

  it('names file, record and time of evidence', () => {
    const [written] = parsed({ intrusions: [intrusion()] }).intrusions[0].evidence;
    expect(written).toMatchObject({
      time: '2026-10-08T01:52:13.000000Z',
      file: 'logs/DC1/Security.evtx',
      recordId: 48_212,
      weight: 12.3,
    });
  });

  it('says null for a record number and a time that are not there', () => {
    const bare = evidence({ micros: NO_TIME, place: { input: 0, offset: 0, record: -1 } });
    const [written] = parsed({ intrusions: [intrusion({ evidence: [bare] })] }).intrusions[0].evidence;
    expect([written.time, written.recordId]).toEqual([null, null]);
  });

  it('says of what recurs how often, since when, and how to approve it', () => {
    const recurs = {
      times: 9,
      period: null,
      first: at('2026-10-08'),
      last: at('2026-12-03'),
      approval: null,
    };
    expect(parsed({ intrusions: [intrusion({ recurs })] }).intrusions[0].recurs).toEqual({
      times: 9,
      everySeconds: null,
      first: '2026-10-08T00:00:00.000000Z',
      last: '2026-12-03T00:00:00.000000Z',
      approval: null,
    });
  });

  it('lists what an approval suppressed', () => {
    const until = at('2027-01-01');
    const suppressed = [{ evidence: evidence(), approval: 'a1', reason: 'J. Smith: restore test', until }];
    expect(parsed({ suppressed }).suppressed[0]).toMatchObject({
      approval: 'a1',
      until: '2027-01-01T00:00:00.000000Z',
    });
  });

  it('writes nothing that a terminal obeys', () => {
    const text = intrusionsText(judgement({ intrusions: [intrusion({ summary: hostile })] }), [hostile]);
    expect(text).not.toMatch(harmful);
  });
});

const hostile = 'a\u001b[31mred\u009b2J\u0007\u202egnp.exe\r\n=cmd|"/c calc"!A0<script>alert(1)</script>';
const harmful = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

describe('intrusions on a terminal', () => {
  const render = (...intrusions: Intrusion[]): string => renderIntrusions(judgement({ intrusions }), narrow);

  it('fits eighty columns', () => {
    const long = intrusion({
      for: ['word '.repeat(60)],
      story: ['step '.repeat(60)],
      hosts: Array(30).fill('host.example'),
    });
    for (const line of render(long).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('tells strength, span, places, the three lines, the story and what to do first', () => {
    expect(render(intrusion())).toBe(
      [
        'STRONG EVIDENCE OF INTRUSION  2026-10-08 to 2026-11-02 (25 d 1 h)',
        '2 hosts of wairua.test: jump1, dc1 · 1 account: WAIRUA\\adm.hollis · from',
        '  198.51.100.23',
        '',
        'For      The directory database was taken on dc1 and packed nine minutes later',
        '         by the same logon 0x7b3a11.',
        'Against  nothing that these logs show',
        'Settle   Ask the directory administrators: did one of you make',
        '         install-from-media on dc1 on 8 October?',
        '',
        'What happened',
        '  2026-10-08 01:52:13 on dc1, WAIRUA\\adm.hollis copied the directory database.',
        '',
        'Do first',
        '  1. Preserve: copy the logs of dc1.',
        '  2. Report: tell the national CERT.',
        '',
        '',
      ].join('\n'),
    );
  });

  it('says what to do in the first sentence of each step, and not twice', () => {
    const step = 'Preserve: copy the logs first. Then take memory. Then disks.';
    const text = render(
      intrusion({ first: [step] }),
      intrusion({ id: 'i2', first: [step, 'Call the owner.'] }),
    );
    expect(text).toContain('  1. Preserve: copy the logs first.\n');
    expect(text).toContain('Do first, besides what stands above\n  1. Call the owner.\n');
  });

  it('writes names in full where hosts are of several domains', () => {
    const text = render(intrusion({ hosts: ['dc1.wairua.test', 'fs1.other.test'] }));
    expect(text).toContain('2 hosts: dc1.wairua.test, fs1.other.test');
    expect(text).toContain('on dc1.wairua.test, WAIRUA');
  });

  it('gives a lead one line', () => {
    const lead = intrusion({ verdict: 'lead', summary: 'survey commands and an archive by WAIRUA\\temp' });
    expect(render(lead)).toBe(
      'Other evidence\nweak      2026-10-08  survey commands and an archive by WAIRUA\\temp\n\n',
    );
  });

  it('gives a line each to those beyond the fifth', () => {
    const many = Array.from({ length: 8 }, (_, i) => intrusion({ id: `i${i}`, summary: `number ${i}` }));
    const text = render(...many);
    expect(text.match(/STRONG EVIDENCE/g)).toHaveLength(5);
    expect(text).toMatch(/^strong +2026-10-08 {2}number 7$/m);
  });

  it('tells a moderate one whole only where little stands above it', () => {
    const moderate = (id: string): Intrusion =>
      intrusion({ id, verdict: 'suspected', summary: `perhaps ${id}` });
    expect(render(moderate('a'), moderate('b'), moderate('c')).match(/MODERATE EVIDENCE/g)).toHaveLength(2);
    const beside = render(intrusion(), intrusion({ id: 'i2' }), moderate('a'));
    expect(beside).not.toContain('MODERATE EVIDENCE');
    expect(beside).toMatch(/^moderate +2026-10-08 {2}perhaps a$/m);
  });

  it('shows the approval of what recurs as it is to be written, and lets nothing of it obey', () => {
    const recurs = {
      times: 9,
      period: 604_800,
      first: at('2026-10-08'),
      last: at('2026-12-03'),
      approval: `approvals:\n  - id: a\n    account: '${hostile}'\n`,
    };
    const text = render(intrusion({ verdict: 'suspected', recurs }));
    expect(text).toContain('huntaway.yml (--site)\n  approvals:\n    - id: a\n');
    expect(text).not.toMatch(harmful);
  });

  it('says nothing where there is nothing', () => {
    expect(render()).toBe('');
  });

  it('lets nothing from a log reach the terminal', () => {
    const text = render(
      intrusion({ summary: hostile, for: [hostile], story: [hostile], hosts: [hostile], first: [hostile] }),
      intrusion({ verdict: 'lead', summary: hostile }),
    );
    expect(text).not.toMatch(harmful);
  });

  it('says how much was approved', () => {
    const suppressed = [{ evidence: evidence(), approval: 'a1', reason: 'x', until: null }];
    expect(renderIntrusions(judgement({ suppressed }), narrow)).toContain(
      '1 piece of evidence approved by --site',
    );
  });
});
