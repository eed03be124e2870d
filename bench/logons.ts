/** A million failed logons as JSON lines, and rules that find and correlate them: nothing but base findings. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const failedLogons = 1_000_000;

const base = `title: Failed logon
name: failed_logon
logsource: { product: windows, service: security }
detection:
  selection: { EventID: 4625 }
  condition: selection
level: low
`;
const correlation = `title: Many failures for one account
correlation:
  type: event_count
  rules: failed_logon
  group-by: TargetUserName
  timespan: 10m
  condition: { gte: 5 }
level: medium
`;

/** Writes the log and two folders of rules, with and without the correlation, below `folder`. */
export function writeLogons(folder: string): { log: string; plain: string; correlated: string } {
  const paths = {
    log: join(folder, 'logons.ndjson'),
    plain: join(folder, 'base'),
    correlated: join(folder, 'correlated'),
  };
  for (const rules of [paths.plain, paths.correlated]) {
    mkdirSync(rules);
    writeFileSync(join(rules, 'failed.yml'), base);
  }
  writeFileSync(join(paths.correlated, 'many.yml'), correlation);
  const out = openSync(paths.log, 'w');
  let lines = '';
  for (let i = 0; i < failedLogons; i++) {
    lines += logon(i);
    if (lines.length < 1 << 20 && i + 1 < failedLogons) continue;
    writeSync(out, lines);
    lines = '';
  }
  closeSync(out);
  return paths;
}

/** One every 86 milliseconds, so that they last a day. */
function logon(i: number): string {
  const time = new Date(Date.UTC(2026, 0, 1) + i * 86).toISOString();
  // A fixed mix of numbers, spread well enough.
  const mixed = Math.imul(i + 1, 0x9e3779b1) >>> 0;
  return `${JSON.stringify({
    EventTime: time,
    EventID: 4625,
    Channel: 'Security',
    SourceName: 'Microsoft-Windows-Security-Auditing',
    Hostname: `DC${mixed % 20}.example.test`,
    RecordNumber: i + 1,
    TargetUserName: `user${(mixed >>> 8) % 5000}`,
    TargetDomainName: 'EXAMPLE',
    IpAddress: `192.0.2.${(mixed >>> 4) % 250}`,
    LogonType: '3',
    Status: '0xc000006d',
    SubStatus: '0xc000006a',
    WorkstationName: `WS${(mixed >>> 12) % 300}`,
  })}\n`;
}
