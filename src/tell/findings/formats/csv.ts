/**
 * Findings as a table for people and their spreadsheets (RFC 4180: CRLF, quotes doubled).
 *
 * Text from a log must not become a formula: a value that begins with = + - @ or a control character gets an
 * apostrophe in front, after OWASP. Line breaks become blanks, because half of the programs that read CSV take a
 * line for a row; other control characters are shown as escapes. UTF-8 with a byte order mark, without
 * which Excel reads anything but ASCII wrongly.
 */
import { plain } from '../../terminal/index.ts';
import type { Finding } from '../finding.ts';
import { eachLine, type Formatter } from './formatter.ts';

type Column = readonly [name: string, value: (finding: Finding) => string | number | undefined];

const columns: readonly Column[] = [
  ['time', finding => finding['@timestamp']],
  ['level', finding => finding.huntaway.level],
  ['host', finding => finding.host.name],
  ['rule', finding => finding.rule.name],
  ['message', finding => finding.message],
  ['user', finding => account(finding.user)],
  ['process', finding => finding.process?.executable],
  ['command_line', finding => finding.process?.command_line],
  ['parent_process', finding => finding.process?.parent?.executable],
  ['parent_command_line', finding => finding.process?.parent?.command_line],
  ['source_ip', finding => finding.source?.ip ?? finding.source?.domain],
  ['destination_ip', finding => finding.destination?.ip ?? finding.destination?.domain],
  ['channel', finding => finding.winlog.channel],
  ['event_id', finding => finding.event.code],
  ['record_id', finding => finding.winlog.record_id],
  ['techniques', finding => finding.threat?.technique.id.join(' ')],
  ['event_data', finding => dataText(finding.winlog.event_data)],
  ['file', finding => finding.log.file.path],
  ['offset', finding => finding.log.offset],
  ['rule_id', finding => finding.rule.id],
  ['rule_author', finding => finding.rule.author],
  ['rule_reference', finding => finding.rule.reference],
];

export function csv(): Formatter {
  const decoder = new TextDecoder();
  return {
    header: out => out.utf8(`\ufeff${columns.map(([name]) => name).join(',')}\r\n`),
    lines(out, lines) {
      eachLine(lines, line => {
        const finding = JSON.parse(decoder.decode(line)) as Finding;
        out.utf8(`${columns.map(([, value]) => cell(value(finding))).join(',')}\r\n`);
      });
    },
    footer() {},
  };
}

function account(user: Finding['user']): string | undefined {
  if (user?.name === undefined) return user?.id;
  return user.domain === undefined ? user.name : `${user.domain}\\${user.name}`;
}

/** `Name=value | Name=value`, for what no column shows. */
function dataText(data: Finding['winlog']['event_data']): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : value.join(', ')}`)
    .join(' | ');
}

/** One value as a cell. */
export function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = plain(value);
  // Blanks in front do not stop every spreadsheet from seeing a formula.
  const safe = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/.test(value) ? `'${text}` : text;
  return /[",;'\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
