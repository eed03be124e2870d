import { expect, test } from 'vitest';
import { EventBuilder } from '../../../test/event.ts';
import type { Rule } from '../../know/sigma/index.ts';
import { parseRules } from '../../know/sigma/parser.ts';
import { createMatcher, HitValueReader } from '../../match/index.ts';
import { Collector } from './collector.ts';
import { eachLines } from './lines.ts';
import { merge } from './merged.ts';
import { Spool } from './spool.ts';

const text = (title: string): string => `title: ${title}
logsource: {product: windows, category: process_creation}
detection:
  selection:
    CommandLine|contains: net user
  condition: selection
`;

test('a finding says where only the normal form matched, and shows what was written', () => {
  const rules = ['ours', 'theirs'].flatMap(title => parseRules(text(title), `${title}.yml`)) as Rule[];
  const builder = new EventBuilder();
  const collector = new Collector(
    builder.context,
    rules,
    createMatcher(rules, { normal: Uint8Array.of(1, 0) }),
    new HitValueReader(rules, []),
    new Spool(() => -1),
    {
      from: Number.NEGATIVE_INFINITY,
      to: Number.POSITIVE_INFINITY,
      reveal: false,
      hidden: new Uint8Array(2),
    },
    () => false,
  );
  collector.enter(0, 'a.evtx');
  for (const CommandLine of ['net user a', 'n^et "user" b']) {
    collector.event(
      builder.build({
        channel: 'Microsoft-Windows-Sysmon/Operational',
        eventId: 1,
        fields: { Image: 'C:\\Windows\\System32\\net.exe', CommandLine },
      }),
    );
  }
  const findings: unknown[][] = [];
  eachLines(merge([collector.finish()]).lines, lines => {
    for (const line of Buffer.from(lines).toString('utf8').trimEnd().split('\n')) {
      const { rule, process, huntaway } = JSON.parse(line);
      findings.push([rule.name, process.command_line, huntaway.form]);
    }
    return true;
  });
  expect(findings).toEqual([
    ['ours', 'net user a', undefined],
    ['theirs', 'net user a', undefined],
    ['ours', 'n^et "user" b', 'normal'],
  ]);
});
