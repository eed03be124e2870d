/** Each principle of what can be seen, and each reason why not, on a site of a few lines. */
import { describe, expect, it } from 'vitest';
import { evidence, intrusion, judgement } from '../../../test/intrusions.ts';
import {
  behaviour,
  blindsOf,
  cleared,
  coverage,
  DAY,
  days,
  events,
  first,
  look,
  numbers,
  row,
  scripts,
  security,
  source,
  starts,
  sysmon,
  sysmonStarts,
} from '../../../test/visibility.ts';
import type { Site } from '../../know/site/index.ts';
import type { BlindKind } from './index.ts';
import { blindKinds } from './index.ts';

/** Another host that logs all ten days, so that the span is not the first host's own. */
const span = [events('other', security, 4688, days(0, 10), days(0, 10))];
const whole = behaviour([starts]);

/** Blind kinds that a test below has shown, so that none is forgotten. */
const shown = new Set<BlindKind>();
const blinds = (...args: Parameters<typeof blindsOf>): string[] => {
  const found = blindsOf(...args);
  for (const each of args[0].blinds) shown.add(each.kind);
  return found;
};

describe('a process start with its command line', () => {
  it('would have shown on each day on which it is there', () => {
    const seen = look([whole], {
      coverage: coverage([...span, events('a', security, 4688, days(0, 10), days(0, 10))]),
    });
    expect(row(seen, 'a')).toBe('wwwwwwwwww');
    expect(blinds(seen, 'a')).toEqual([]);
  });
  it('is blind without it, in part, and the policy mends it', () => {
    const seen = look([whole], {
      coverage: coverage([...span, events('a', security, 4688, days(0, 10), days(0, 4))]),
    });
    expect(row(seen, 'a')).toBe('wwww------');
    expect(blinds(seen, 'a')).toEqual(['field-absent Security 4688 4..10']);
    expect(seen.cells.at(1)).toMatchObject({ isPartial: true });
    expect(seen.blinds[0]).toMatchObject({ settings: ['policy-command-line'], behaviours: ['VT-CA-01'] });
    expect(seen.blinds[0]!.said).toBe('4688 on a carries no command line from 2026-10-05 to 2026-10-10');
  });
  it('on a quiet day is as on the days around it', () => {
    const quiet = [0, 1, 5, 8, 9];
    const seen = look([whole], {
      coverage: coverage([
        ...span,
        events('a', security, 4624, days(0, 10)),
        events('a', security, 4688, quiet, [0, 1, 5]),
      ]),
    });
    expect(row(seen, 'a')).toBe('wwwwww----');
  });
  it('that never is there is not switched on: audit and policy together mend it', () => {
    const seen = look([whole], { coverage: coverage([...span, events('a', security, 4624, days(0, 10))]) });
    expect(row(seen, 'a')).toBe('----------');
    expect(blinds(seen, 'a')).toEqual(['event-absent Security 4688 0..10']);
    expect(seen.blinds[0]!.settings).toEqual(['policy-command-line', 'audit-process-creation']);
    expect(seen.fixes.map(({ setting, gain }) => [setting, gain])).toEqual([
      ['policy-command-line', 10],
      ['audit-process-creation', 10],
    ]);
  });
  it('that is there only later was switched on then, give or take a weekend', () => {
    const seen = look([whole], {
      coverage: coverage([
        ...span,
        events('a', security, 4624, days(0, 10)),
        events('a', security, 4688, days(6, 10), days(6, 10)),
      ]),
    });
    expect(row(seen, 'a')).toBe('---wwwwwww');
  });
});

describe('an event that is rare', () => {
  const service = behaviour([source('System', [7045])]);
  const share = behaviour([source(security, [5145])]);
  it('would have shown where Windows has it on from the start', () => {
    const seen = look([service], { coverage: coverage([...span, events('a', 'System', 1, days(0, 10))]) });
    expect(row(seen, 'a')).toBe('wwwwwwwwww');
  });
  it('is blind where nothing shows that it was switched on', () => {
    const seen = look([share], { coverage: coverage([...span, events('a', security, 4624, days(0, 10))]) });
    expect(blinds(seen, 'a')).toEqual(['event-absent Security 5145 0..10']);
  });
  it('is on where it was seen once', () => {
    const kinds = [events('a', security, 4624, days(0, 10)), events('a', security, 5145, [7])];
    expect(row(look([share], { coverage: coverage([...span, ...kinds]) }), 'a')).toBe('wwwwwwwwww');
  });
  it('is on where another event of the same setting was seen', () => {
    const installed = behaviour([source(security, [4697])]);
    const kinds = [events('a', security, 4624, days(0, 10)), events('a', security, 4611, [2])];
    expect(row(look([installed], { coverage: coverage([...span, ...kinds]) }), 'a')).toBe('wwwwwwwwww');
  });
});

describe('a log', () => {
  const silent = [events('a', security, 4688, [0, 1, 6, 9], [0, 1, 6, 9])];
  it('is blind on silent days that nothing vouches for', () => {
    const seen = look([whole], { coverage: coverage([...span, ...silent]) });
    expect(row(seen, 'a')).toBe('ww----w--w');
    expect(blinds(seen, 'a')).toEqual(['silent Security 2..6', 'silent Security 7..9']);
  });
  it('was merely quiet where record numbers run on over silent days', () => {
    const seen = look([whole], {
      coverage: coverage([...span, ...silent], [numbers('a', security, [1, 90, 0, 9])]),
    });
    expect(row(seen, 'a')).toBe('wwwwwwwwww');
  });
  it('is blind where numbers are missing, on the days of the hole and those at its ends', () => {
    const seen = look([whole], {
      coverage: coverage([...span, ...silent], [numbers('a', security, [1, 50, 0, 1], [70, 90, 6, 9])]),
    });
    expect(row(seen, 'a')).toBe('w------www');
    expect(blinds(seen, 'a')).toEqual(['record-gap Security 1..7']);
    expect(seen.cells.filter(({ host }) => host === 'a').map(({ isPartial }) => isPartial)).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
  });
  it('says nothing by its numbers where two series run side by side', () => {
    const seen = look([whole], {
      coverage: coverage([...span, ...silent], [numbers('a', security, [1, 90, 0, 9], [500, 520, 3, 5])]),
    });
    expect(row(seen, 'a')).toBe('ww----w--w');
  });
  it('that was cleared hides what was before it', () => {
    const late = [events('a', security, 4688, days(6, 10), days(6, 10)), events('a', security, 1102, [6])];
    const seen = look([whole], {
      coverage: coverage(
        [...span, ...late],
        [
          {
            ...numbers('a', security),
            runs: [{ first: 700, last: 790, from: cleared('a', security, 6).micros, to: (first + 9) * DAY }],
          },
        ],
        [cleared('a', security, 6)],
      ),
    });
    expect(row(seen, 'a')).toBe('-------www');
    expect(blinds(seen, 'a')).toEqual(['log-cleared Security 0..7']);
    expect(seen.blinds[0]!.settings).toEqual([]);
  });
  it('that was cleared hides only what comes after the last record that was read before', () => {
    const both = [events('a', security, 4688, [0, 1, 2, 6, 7, 8, 9], [0, 1, 2, 6, 7, 8, 9])];
    const after = { first: 700, last: 790, from: cleared('a', security, 6).micros, to: (first + 9) * DAY };
    const log = numbers('a', security, [1, 300, 0, 2]);
    const seen = look([whole], {
      coverage: coverage(
        [...span, ...both],
        [{ ...log, runs: [...log.runs, after] }],
        [cleared('a', security, 6)],
      ),
    });
    expect(row(seen, 'a')).toBe('ww-----www');
    expect(blinds(seen, 'a')).toEqual(['log-cleared Security 2..7']);
  });
  it('that was cleared after all of it had been forwarded hides nothing', () => {
    const all = [events('a', security, 4688, days(0, 10), days(0, 10))];
    const seen = look([whole], {
      coverage: coverage(
        [...span, ...all],
        [numbers('a', security, [1, 400, 0, 9])],
        [cleared('a', security, 6)],
      ),
    });
    expect(row(seen, 'a')).toBe('wwwwwwwwww');
  });
  it('that begins later and ends earlier than the other logs of its host is blind before and after', () => {
    const kinds = [
      events('a', security, 4688, days(3, 7), days(3, 7)),
      events('a', 'System', 1, days(0, 10)),
    ];
    const seen = look([whole], { coverage: coverage([...span, ...kinds]) });
    expect(row(seen, 'a')).toBe('---wwww---');
    expect(blinds(seen, 'a')).toEqual(['before-first Security 0..3', 'after-last Security 7..10']);
    expect(seen.blinds.map(({ settings }) => settings)).toEqual([['keep-security'], ['collect-security']]);
  });
  it('that is not there is absent, and fetching it comes first', () => {
    const theft = behaviour([source('Application', [216, 325])]);
    const seen = look([theft], { coverage: coverage([...span, events('a', 'System', 1, days(0, 10))]) });
    expect(blinds(seen, 'a')).toEqual(['channel-absent Application 0..10']);
    expect(seen.blinds.find(({ host }) => host === 'a')!.settings).toEqual(['collect-application']);
  });
  it('of an agent that is not there has to be installed', () => {
    const seen = look([behaviour([sysmonStarts])], {
      coverage: coverage([events('a', 'System', 1, days(0, 2))]),
    });
    expect(seen.blinds[0]!.settings).toEqual(['sysmon-process-creation']);
  });
});

describe('a host', () => {
  it('none of whose logs was there yet, or any more, is told of once', () => {
    const kinds = [events('a', security, 4688, days(3, 7), days(3, 7)), events('a', sysmon, 1, days(3, 7))];
    const seen = look([behaviour([starts, sysmonStarts])], { coverage: coverage([...span, ...kinds]) });
    expect(blinds(seen, 'a')).toEqual(['before-first * 0..3', 'after-last * 7..10']);
  });
  it('that only other logs speak of has none', () => {
    const seen = look([whole], { coverage: coverage(span), mentioned: ['WS7', 'OTHER', 'ws7'] });
    expect(row(seen, 'ws7')).toBe('----------');
    expect(blinds(seen, 'ws7')).toEqual(['no-logs * 0..10']);
    expect(seen.hosts.map(({ host, period }) => [host, period !== null])).toEqual([
      ['other', true],
      ['ws7', false],
    ]);
  });
  it('that the site file names has none either', () => {
    const seen = look([whole], { coverage: coverage(span), site: site([['hmi1', ['hmi'], 'ot']]) });
    expect(seen.hosts.at(-1)).toEqual({
      host: 'hmi1',
      roles: ['hmi'],
      zone: 'ot',
      basis: 'site',
      period: null,
    });
  });
  it('is one, whether named in full or short', () => {
    const kinds = [events('A.site.test', security, 4688, [0], [0]), events('a', security, 4688, [1], [1])];
    const seen = look([whole], { coverage: coverage(kinds), mentioned: ['a', 'A.SITE.test.'] });
    expect(seen.hosts.map(({ host }) => host)).toEqual(['a.site.test']);
    expect(row(seen, 'a.site.test')).toBe('ww');
  });
  it('with a short name of its own is the one that others name in full', () => {
    const seen = look([whole], { coverage: coverage(span), mentioned: ['other.site.test'] });
    expect(seen.hosts.map(({ host }) => host)).toEqual(['other']);
  });
});

describe('sources', () => {
  it('are alternatives: one that is able is enough', () => {
    const kinds = [events('a', security, 4624, days(0, 10)), events('a', sysmon, 1, days(2, 8))];
    const seen = look([behaviour([starts, sysmonStarts])], { coverage: coverage([...span, ...kinds]) });
    expect(row(seen, 'a')).toBe('--wwwwww--');
    expect(blinds(seen, 'a')).toEqual([
      'before-first Microsoft-Windows-Sysmon/Operational 0..2',
      'event-absent Security 4688 0..2',
      'after-last Microsoft-Windows-Sysmon/Operational 8..10',
      'event-absent Security 4688 8..10',
    ]);
  });
  it('of scripts show only a form of what is done by command', () => {
    const theft = behaviour([starts, source(scripts, [4104])]);
    const kinds = [events('a', security, 4624, days(0, 10)), events('a', scripts, 4104, days(0, 10))];
    const seen = look([theft], { coverage: coverage([...span, ...kinds]) });
    expect(row(seen, 'a')).toBe('----------');
    expect(seen.cells[0]).toMatchObject({ host: 'a', isPartial: true });
  });
  it('show it whole where the pack says so', () => {
    const theft = behaviour([starts, source(security, [4697], { shows: 'whole' })]);
    const kinds = [events('a', security, 4697, days(0, 10))];
    expect(row(look([theft], { coverage: coverage([...span, ...kinds]) }), 'a')).toBe('wwwwwwwwww');
  });
  it('of a device that are nowhere are missing of the site as a whole', () => {
    const tunnel = behaviour([source('fortigate', [])]);
    const seen = look([tunnel], { coverage: coverage(span) });
    expect([row(seen, null), row(seen, 'other')]).toEqual(['----------', '']);
    expect(blinds(seen, null)).toEqual(['no-source fortigate 0..10']);
    expect(seen.fixes[0]!.setting).toBe('fortigate-syslog');
  });
  it('of a device that is there are its own, and rest for a week without harm', () => {
    const tunnel = behaviour([source('fortigate', []), starts]);
    const seen = look([tunnel], {
      coverage: coverage([
        ...span,
        events('fw1', 'fortigate', -1, [0, 6]),
        events('fw1', 'fortigate', 5, [9]),
      ]),
    });
    expect([row(seen, 'fw1'), row(seen, 'other'), row(seen, null)]).toEqual(['wwwwwwwwww', 'wwwwwwwwww', '']);
  });
  it('of a device that rests for longer are silent', () => {
    const seen = look([behaviour([source('fortigate', [])])], {
      coverage: coverage([...span, events('fw1', 'fortigate', -1, [0, 9])]),
    });
    expect(blinds(seen, 'fw1')).toEqual(['silent fortigate 1..9']);
  });
  it('that no log has are not observable, and no host is blamed', () => {
    const hidden = behaviour([starts], 'VT-IA-03', { notObservable: 'it leaves nothing' });
    const seen = look([hidden], { coverage: coverage(span) });
    expect([row(seen, null, 'VT-IA-03'), row(seen, 'other', 'VT-IA-03')]).toEqual(['----------', '']);
    expect(blinds(seen, null)).toEqual(['not-observable * 0..10']);
  });
});

describe('a behaviour of controllers', () => {
  const theft = behaviour([source('Application', [325])], 'VT-CA-03', { only: 'controllers' });
  const of = (...kinds: ReturnType<typeof events>[]): string =>
    row(look([theft], { coverage: coverage([...span, ...kinds]) }), 'a', 'VT-CA-03');
  it('is not asked of a host whose Security log shows that it is none', () => {
    expect(of(events('a', security, 4624, days(0, 10)))).toBe('');
  });
  it('is asked of one that writes what only controllers write', () => {
    expect(of(events('a', security, 4769, days(0, 10)))).toBe('----------');
  });
  it('is asked of a host of which nothing says what it is', () => {
    expect(of(events('a', 'System', 1, days(0, 10)))).toBe('----------');
  });
  it('is asked by the site file where that names controllers', () => {
    const seen = look([theft], {
      coverage: coverage([
        ...span,
        events('dc1', 'System', 1, days(0, 2)),
        events('ws1', 'System', 1, days(0, 2)),
      ]),
      site: site([
        ['dc1', ['dc'], 'it'],
        ['ws1', [], 'it'],
      ]),
    });
    expect([row(seen, 'dc1', 'VT-CA-03').length, row(seen, 'ws1', 'VT-CA-03').length]).toEqual([10, 0]);
  });
  it('is told where it was found all the same', () => {
    const found = evidence({ host: 'other', behaviour: theft, micros: (first + 3) * DAY });
    const seen = look([theft], {
      coverage: coverage(span),
      judgement: judgement({ intrusions: [intrusion({ evidence: [found] })] }),
    });
    expect(row(seen, 'other', 'VT-CA-03')).toBe('---F------');
  });
});

describe('evidence', () => {
  it('is found on its day, whatever could not be seen', () => {
    const on = (day: number): ReturnType<typeof evidence> =>
      evidence({ host: 'a', behaviour: whole, micros: (first + day) * DAY + 5 });
    const seen = look([whole], {
      coverage: coverage([...span, events('a', security, 4688, days(2, 6), days(2, 6))]),
      judgement: judgement({
        intrusions: [intrusion({ evidence: [on(3), on(8)] })],
        suppressed: [{ evidence: on(4), approval: 'a', reason: 'r', until: null }],
      }),
    });
    expect(row(seen, 'a')).toBe('--wFFw--F-');
    expect(seen.counts).toEqual({ found: 3, 'would-have-shown': 12, 'could-not-see': 5 });
  });
  it('of another host is not found here', () => {
    const found = evidence({ host: 'b', behaviour: whole, micros: first * DAY });
    const seen = look([whole], {
      coverage: coverage(span),
      judgement: judgement({ intrusions: [intrusion({ evidence: [found] })] }),
    });
    expect([row(seen, 'other'), row(seen, 'b')]).toEqual(['wwwwwwwwww', 'F---------']);
  });
});

describe('what is said', () => {
  it('never says that nothing was found without how far it reaches, and that this shows no absence', () => {
    const seen = look([whole], { coverage: coverage(span), mentioned: ['ws1', 'ws2'] });
    expect(seen.said[0]).toBe('Nothing found on 1 of 3 hosts, back 10 days. This does not show absence.');
    expect(seen.said[1]).toBe(
      '2 of 3 hosts could not be seen at all, because they have no logs here: ws1 and ws2.',
    );
  });
  it('counts hours where the logs are of hours', () => {
    const kinds = [events('a', security, 4688, [0, 1], [0, 1])];
    const seen = look([whole], {
      coverage: coverage(kinds, [
        {
          host: 'a',
          channel: security,
          isSparse: false,
          runs: [{ first: 1, last: 9, from: first * DAY, to: first * DAY + 31 * 3_600e6 }],
        },
      ]),
    });
    expect(seen.said[0]).toBe('Nothing found on 1 of 1 host, back 31 hours. This does not show absence.');
  });
  it('does not say that nothing was found where every host has evidence', () => {
    const found = evidence({ host: 'other', behaviour: whole, micros: first * DAY });
    const seen = look([whole], {
      coverage: coverage(span),
      judgement: judgement({ intrusions: [intrusion({ evidence: [found] })] }),
    });
    expect(seen.said.join(' ')).not.toContain('Nothing found');
    expect(seen.said[0]).toBe('Evidence on 1 of 1 host.');
  });
  it('says so where no event has a time', () => {
    const seen = look([whole], { coverage: coverage([events('a', security, 4688, [])]) });
    expect(seen).toMatchObject({ span: null, cells: [], blinds: [], fixes: [] });
    expect(seen.said).toEqual([
      'No event at hand says a time: nothing can be said of what would have shown.',
    ]);
  });
  it('says so where no pack was hunted for', () => {
    expect(look([], { coverage: coverage(span) }).said[0]).toContain('No advisory was hunted for');
  });
});

describe('fixes', () => {
  it('are ranked by what they open for what they cost', () => {
    const kinds = [events('a', security, 4688, days(0, 10), []), events('b', security, 4624, days(0, 10))];
    const { fixes } = look([whole, behaviour([starts], 'VT-CA-02')], { coverage: coverage(kinds) });
    expect(fixes).toEqual([
      { setting: 'policy-command-line', hosts: ['a', 'b'], behaviours: ['VT-CA-01', 'VT-CA-02'], gain: 40 },
      { setting: 'audit-process-creation', hosts: ['b'], behaviours: ['VT-CA-01', 'VT-CA-02'], gain: 20 },
    ]);
  });
  it('count for the cheapest way alone', () => {
    const kinds = [events('a', security, 4688, days(0, 10), [])];
    const { fixes, blinds: spots } = look([behaviour([sysmonStarts, starts])], { coverage: coverage(kinds) });
    expect(fixes.map(({ setting }) => setting)).toEqual(['policy-command-line']);
    expect(spots).toHaveLength(2);
  });
});

it('is bounded where logs speak of more hosts than anybody can be told of', () => {
  const mentioned = Array.from({ length: 20_000 }, (_, i) => `ws${i}`);
  const many = Array.from({ length: 50 }, (_, i) => behaviour([starts], `VT-CA-${10 + i}`));
  const seen = look(many, { coverage: coverage(span), mentioned });
  expect(seen.cells.length).toBeLessThanOrEqual(500_050);
  expect(seen.said[1]).toBe(
    '10,001 more hosts could not be told of, because there are too many: hunt them apart.',
  );
});

it('leaves no reason untested', () => expect([...shown].sort()).toEqual([...blindKinds].sort()));

function site(hosts: readonly (readonly [string, readonly string[], 'it' | 'ot'])[]): Site {
  return {
    hosts: hosts.map(([name, roles, zone]) => ({ name, roles, zone })),
    networks: [],
    vendorAccounts: [],
    serviceAccounts: [],
    approvals: [],
  };
}
