/**
 * Findings as a timeline for Timesketch: JSON lines, flat, because its table shows and searches fields by one name.
 * It asks for `message`, `datetime` and `timestamp_desc`; `timestamp` is microseconds and spares it parsing. What
 * Plaso's event log parser names is named as there, so that one search finds records and findings alike.
 *
 * Event data is one text and not a field each: a timeline of all rules would bring more names than the thousand
 * that an OpenSearch index takes.
 */

import { type Json, writeJson } from '../../bytes/json-value.ts';
import type { Formatter } from './formatter.ts';
import { accountText, dataText, eachFinding, type FindingLine, groupText, microsOf } from './line.ts';

export function timesketch(): Formatter {
  return {
    header() {},
    lines(out, lines) {
      eachFinding(lines, finding => {
        writeJson(out, entryOf(finding));
        out.ascii('\n');
      });
    },
    footer() {},
  };
}

function entryOf(finding: FindingLine): Json {
  const { event, process, rule, huntaway, winlog, log } = finding;
  return {
    message: finding.message,
    datetime: offsetTime(finding['@timestamp']),
    timestamp: microsOf(finding['@timestamp']),
    timestamp_desc: huntaway.correlation === undefined ? 'Event Logged' : 'Correlation Fired',
    tag: tagsOf(finding),
    data_type: `huntaway:finding:${huntaway.kind}`,
    level: huntaway.level,
    rule: rule.name,
    technique: finding.threat?.technique.id.join(' '),
    computer_name: finding.host?.name,
    username: accountText(finding.user),
    user_sid: finding.user?.id,
    process: process?.executable ?? process?.name,
    command_line: process?.command_line,
    pid: process?.pid,
    parent_process: process?.parent?.executable ?? process?.parent?.name,
    parent_command_line: process?.parent?.command_line,
    source_ip: finding.source?.ip,
    source_port: finding.source?.port,
    source_host: finding.source?.domain,
    destination_ip: finding.destination?.ip,
    destination_port: finding.destination?.port,
    destination_host: finding.destination?.domain,
    channel: winlog?.channel,
    source_name: event.provider,
    event_identifier: numberOf(event.code),
    record_number: numberOf(winlog?.record_id),
    event_data: dataText(winlog),
    filename: log?.file.path,
    offset: log?.offset,
    ...correlationFields(finding),
    rule_id: rule.id,
    rule_author: rule.author,
    rule_license: rule.license,
    rule_reference: rule.reference,
  };
}

function correlationFields(finding: FindingLine): Record<string, Json | undefined> {
  const { correlation } = finding.huntaway;
  if (correlation === undefined) return {};
  const { start, end } = finding.event;
  return {
    first_event: start === undefined ? undefined : offsetTime(start),
    last_event: end === undefined ? undefined : offsetTime(end),
    correlation_type: correlation.type,
    correlation_group: groupText(finding),
    correlation_count: correlation.count,
    correlation_rules: correlation.rules.map(rule => `${rule.name} (${rule.count})`).join(' | '),
  };
}

/** Shown as chips beside the message, and searched as `tag:"…"`. */
function tagsOf({ huntaway }: FindingLine): readonly string[] {
  return [
    huntaway.level,
    ...huntaway.tags,
    ...(huntaway.form === 'normal' ? ['normal-form'] : []),
    ...(huntaway.salvaged === true ? ['salvaged'] : []),
  ];
}

/** `Z` as an offset, the form in the documentation of Timesketch. */
function offsetTime(time: string): string {
  return time.replace(/Z$/, '+00:00');
}

/** Event ids and record numbers as Plaso has them; as text where JSON would round them. */
function numberOf(digits: string | undefined): number | string | undefined {
  if (digits === undefined || digits === '') return undefined;
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}
