/** Findings as lines, for tests of what is made of them. */

/** A finding of a correlation, as it comes without a host of its own: three events of two rules on one account. */
export const correlationLine: string = `${JSON.stringify({
  '@timestamp': '2026-03-01T12:34:56.000007Z',
  message: 'Many Failed Logons, Then One: TargetUserName=admin',
  rule: {
    id: '0e95725d-7320-415d-80f7-004da920fc11',
    name: 'Many Failed Logons, Then One',
    author: 'A. Author',
  },
  event: { severity: 73, start: '2026-03-01T12:30:00.000000Z', end: '2026-03-01T12:34:56.000007Z' },
  threat: { technique: { id: ['T1110'] } },
  huntaway: {
    kind: 'correlation',
    level: 'high',
    status: 'test',
    tags: ['attack.credential-access', 'attack.t1110'],
    correlation: {
      type: 'temporal_ordered',
      group: { TargetUserName: '=admin', IpAddress: '10.0.0.5' },
      count: 3,
      measure: 2,
      timespan: '10m',
      rules: [
        { id: 'rule-failed', name: 'Logon Failed', count: 2 },
        { id: 'rule-logon', name: 'Logon', count: 1 },
      ],
      events: [
        ['2026-03-01T12:30:00.000000Z', '41', 4096, 'rule-failed'],
        ['2026-03-01T12:31:00.000000Z', '42', 8192, 'rule-failed'],
        ['2026-03-01T12:34:56.000007Z', '43', 12288, 'rule-logon'],
      ].map(([time, record_id, offset, rule]) => {
        return { time, host: 'dc1', channel: 'Security', record_id, file: 'dc1.evtx', offset, rule };
      }),
    },
  },
})}\n`;

/** The finding of one of these events by its own rule. */
export const baseLine: string = `${JSON.stringify({
  '@timestamp': '2026-03-01T12:30:00.000000Z',
  message: 'Logon Failed on dc1: admin',
  rule: { id: 'rule-failed', name: 'Logon Failed' },
  event: { code: '4625', provider: 'Microsoft-Windows-Security-Auditing', severity: 21 },
  host: { name: 'dc1' },
  winlog: { channel: 'Security', record_id: '41', event_data: { TargetUserName: 'admin' } },
  log: { file: { path: 'dc1.evtx' }, offset: 4096 },
  huntaway: { kind: 'rule', level: 'low', status: null, tags: [] },
})}\n`;
