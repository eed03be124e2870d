/** What somebody sees who reads five lines and no more. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, evidence, intrusion, judgement } from '../../../test/intrusions.ts';
import type { CaseView, Intrusion, Reach, Visibility } from '../../judge/index.ts';
import { displayWidth } from '../terminal/index.ts';
import { type FirstLines, renderFirst, renderUnfolded } from './index.ts';

const narrow = { width: 80, color: false };

function first(over: Partial<FirstLines> = {}): FirstLines {
  return {
    judgement: judgement(),
    reach: null,
    visibility: null,
    cases: [],
    hosts: 14,
    span: { first: at('2026-10-01T00:00:00Z'), last: at('2026-11-02T03:05:31Z') },
    others: 0,
    ...over,
  };
}

const told = (...intrusions: Intrusion[]): Partial<FirstLines> => ({ judgement: judgement({ intrusions }) });

function reach(over: Partial<Reach> = {}): Reach {
  return {
    state: 'could-not-see',
    said: 'Reached OT: could not see: 1 of 2 plant hosts has no logs: hmi1',
    hosts: [
      { host: 'his1.wairua.test', roles: ['historian'], because: 'x', isInferred: false, isLogged: true },
      { host: 'hmi1.wairua.test', roles: ['hmi'], because: 'x', isInferred: false, isLogged: false },
    ],
    evidence: [],
    reasons: ['No logs of hmi1: what happened there shows, if at all, only on the hosts it came from.'],
    first: ["Ask the control room to export the logs of hmi1.wairua.test by the plant's own procedure."],
    ...over,
  };
}

const period = { from: 20_000, to: 20_030 };
const visibility: Visibility = {
  span: period,
  hosts: [
    { host: 'dc1.wairua.test', roles: ['dc'], zone: null, basis: 'site', period },
    { host: 'fs1.wairua.test', roles: ['file'], zone: null, basis: 'none', period: null },
    { host: 'fs2.wairua.test', roles: [], zone: null, basis: 'none', period: null },
  ],
  cells: [],
  blinds: [],
  fixes: [],
  counts: { found: 10, 'would-have-shown': 56, 'could-not-see': 34 },
  said: ['Nothing found on 1 of 3 hosts, back 30 days. This does not show absence.', 'Two more reasons.'],
};

const view = (over: Partial<CaseView>): CaseView => ({
  intrusion: 'i1',
  state: 'open',
  entries: [],
  aware: null,
  fresh: [],
  isExpired: false,
  ...over,
});

describe('the first lines', () => {
  it('say strength, since when and how far, the plant, what was not seen, the case, and what to do', () => {
    const evident = reach({
      state: 'evidence',
      said: 'Reached OT: evidence: on his1 since 2026-10-09',
      first: [
        "Call the control room before anything else: his1.wairua.test is on the plant's side. Do not isolate, restart or block there.",
      ],
    });
    const cases = [
      view({ state: 'confirmed', aware: at('2026-11-03T09:12:00Z') }),
      view({ state: 'dismissed' }),
    ];
    expect(renderFirst(first({ ...told(intrusion()), reach: evident, visibility, cases }), narrow)).toBe(
      [
        'Strong evidence of intrusion since 2026-10-08: 2 hosts, 1 account',
        'Reached OT: evidence: on his1 since 2026-10-09',
        'Not seen: no logs of hmi1, fs1, fs2; in all 34 % of what was looked for',
        'Case: 1 confirmed incident, 1 dismissed; aware since 2026-11-03 09:12:00 UTC',
        'Do first: Call the control room before anything else.',
        '',
      ].join('\n'),
    );
  });

  it('never say nothing found without saying that this shows no absence', () => {
    expect(renderFirst(first({ reach: reach(), visibility }), narrow)).toBe(
      [
        'Nothing found on 14 hosts between 2026-10-01 and 2026-11-02. This does not show',
        '  absence.',
        'Reached OT: could not see: 1 of 2 plant hosts has no logs: hmi1',
        'Not seen: no logs of hmi1, fs1, fs2; in all 34 % of what was looked for',
        "Do first: Ask the control room to export the logs of hmi1 by the plant's own pr…",
        '',
      ].join('\n'),
    );
  });

  it('do not say nothing found where rules found something that is no story', () => {
    expect(renderFirst(first({ others: 3 }), narrow)).toMatch(/^No evidence of intrusion on 14 hosts/);
  });

  it('say which logs to collect where nothing was found and hosts have none', () => {
    expect(renderFirst(first({ visibility }), { width: 100, color: false })).toContain(
      'Do first: collect the logs of fs1, fs2 (huntaway collect) and hunt again\n',
    );
  });

  it('name hosts with a role first, then those of the domain, and machines of somebody last', () => {
    const silent = (host: string, ...roles: string[]): Visibility['hosts'][number] => ({
      host,
      roles,
      zone: null,
      basis: 'none',
      period: null,
    });
    const hosts = [silent('desktop-1'), silent('ws2.wairua.test'), silent('dc2.wairua.test', 'dc')];
    expect(renderFirst(first({ visibility: { ...visibility, hosts } }), narrow)).toContain(
      'Not seen: no logs of dc2, ws2, desktop-1; ',
    );
  });

  it("put the story's first step before the plant's missing logs", () => {
    expect(renderFirst(first({ ...told(intrusion()), reach: reach() }), narrow)).toContain(
      'Do first: Preserve: copy the logs of dc1.\n',
    );
  });

  it('count stories of the strongest kind alone', () => {
    const two = [intrusion(), intrusion({ id: 'i2', firstSeen: at('2026-10-02T00:00:00Z'), hosts: ['fs9'] })];
    const text = renderFirst(first(told(...two, intrusion({ verdict: 'lead', hosts: ['x'] }))), narrow);
    expect(text).toMatch(
      /^Strong evidence of intrusion \(2 stories\) since 2026-10-02: 3 hosts, 1 account\n/,
    );
  });

  it('say no since where no event says a time', () => {
    const timeless = intrusion({ firstSeen: 0, lastSeen: 0, evidence: [evidence({ micros: 0 })] });
    expect(renderFirst(first(told(timeless)), narrow)).toMatch(/^Strong evidence of intrusion: 2 hosts/);
  });

  it('are coloured only where it was asked for', () => {
    const input = first({ ...told(intrusion()), reach: reach(), visibility });
    const coloured = renderFirst(input, { width: 80, color: true });
    expect(coloured).toContain('\u001b[');
    expect(coloured.replace(/\u001b\[[\d;]*m/g, '')).toBe(renderFirst(input, narrow));
  });

  it('are five at most, as wide as the terminal, and inert, whatever hosts are called', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 40, max: 140 }),
        (names, width) => {
          const hosts = names.map(host => ({
            host,
            roles: [],
            because: host,
            isInferred: true,
            isLogged: false,
          }));
          const [name] = names;
          const input = first({
            ...told(intrusion({ hosts: names, first: [name!] })),
            reach: reach({ hosts, said: `Reached OT: ${name}`, first: [name!], reasons: names }),
            visibility,
            cases: [view({ state: 'asked' })],
          });
          const lines = renderFirst(input, { width, color: false }).split('\n');
          expect(lines.pop()).toBe('');
          expect(lines.length).toBeLessThanOrEqual(5);
          const all = [...lines, ...renderUnfolded(input, { width, color: false }).split('\n')].join('\n');
          expect(all).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(Math.min(width, 100));
        },
      ),
    );
  });
});

describe('what they unfold into', () => {
  it('tells the plant and what could not be seen', () => {
    expect(renderUnfolded({ reach: reach(), visibility }, narrow)).toBe(
      [
        'The plant (OT)',
        "  Ask the control room to export the logs of hmi1.wairua.test by the plant's",
        '    own procedure.',
        '  No logs of hmi1: what happened there shows, if at all, only on the hosts it',
        '    came from.',
        '',
        'What could not be seen',
        '  Nothing found on 1 of 3 hosts, back 30 days. This does not show absence.',
        '  Two more reasons.',
        '',
        '',
      ].join('\n'),
    );
  });

  it('is nothing where nobody asked', () => {
    expect(renderUnfolded({ reach: null, visibility: null }, narrow)).toBe('');
  });
});
