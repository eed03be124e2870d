/** Judgements made by hand, for tests of what is told of them. */
import type { Evidence, Intrusion, Judgement } from '../src/judge/index.ts';
import { parseTime } from '../src/read/events/index.ts';

export const at = (text: string): number => parseTime(text)!;

export function evidence(over: Partial<Evidence> = {}): Evidence {
  const micros = over.micros ?? at('2026-10-08T01:52:13Z');
  const host = over.host ?? 'dc1.wairua.test';
  return {
    id: 'e1',
    behaviour: null,
    rule: null,
    stage: 'credential-access',
    micros,
    host,
    account: 'WAIRUA\\adm.hollis',
    channel: 'Security',
    place: { input: 0, offset: 4096, record: 48_212 },
    copies: [],
    example: 'ntdsutil  "ac i ntds" ifm "create full C:\\Windows\\Temp\\pro"',
    weight: 12.34,
    reasons: ['first time this command was seen anywhere in 34 days'],
    fact: {
      type: 'process-start',
      micros,
      host,
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      eventId: 4688,
      place: { input: 0, offset: 4096, record: 48_212 },
      values: {},
    },
    ...over,
  };
}

export function intrusion(over: Partial<Intrusion> = {}): Intrusion {
  return {
    id: 'i1',
    verdict: 'intrusion',
    score: 93,
    summary: 'the directory database was taken on dc1.wairua.test and packed',
    for: [
      'The directory database was taken on dc1 and packed nine minutes later by the same logon 0x7b3a11.',
    ],
    against: [],
    settle: ['Ask the directory administrators: did one of you make install-from-media on dc1 on 8 October?'],
    firstSeen: at('2026-10-08T01:52:13Z'),
    lastSeen: at('2026-11-02T03:05:31Z'),
    stages: ['credential-access'],
    hosts: ['jump1.wairua.test', 'dc1.wairua.test'],
    accounts: ['WAIRUA\\adm.hollis'],
    sources: ['198.51.100.23'],
    evidence: [evidence()],
    links: [],
    story: ['2026-10-08 01:52:13 on dc1.wairua.test, WAIRUA\\adm.hollis copied the directory database.'],
    first: ['Preserve: copy the logs of dc1.wairua.test.', 'Report: tell the national CERT.'],
    ...over,
  };
}

export function judgement(over: Partial<Judgement> = {}): Judgement {
  return { intrusions: [], suppressed: [], memory: null, notes: [], ...over };
}
