/**
 * Findings as a table for people and their spreadsheets (RFC 4180: CRLF, quotes doubled). UTF-8 with a byte order
 * mark, without which Excel reads anything but ASCII wrongly.
 */
import { csvCell } from '../../csv-cell.ts';
import type { Formatter } from './formatter.ts';
import { accountText, dataText, eachFinding, type FindingLine, groupText } from './line.ts';

type Column = readonly [name: string, value: (finding: FindingLine) => string | number | undefined];

const columns: readonly Column[] = [
  ['time', finding => finding['@timestamp']],
  ['level', finding => finding.huntaway.level],
  ['host', finding => finding.host?.name],
  ['rule', finding => finding.rule.name],
  ['message', finding => finding.message],
  ['user', finding => accountText(finding.user)],
  ['process', finding => finding.process?.executable],
  ['command_line', finding => finding.process?.command_line],
  ['parent_process', finding => finding.process?.parent?.executable],
  ['parent_command_line', finding => finding.process?.parent?.command_line],
  ['source_ip', finding => finding.source?.ip ?? finding.source?.domain],
  ['destination_ip', finding => finding.destination?.ip ?? finding.destination?.domain],
  ['channel', finding => finding.winlog?.channel],
  ['event_id', finding => finding.event.code],
  ['record_id', finding => finding.winlog?.record_id],
  ['techniques', finding => finding.threat?.technique.id.join(' ')],
  ['event_data', finding => dataText(finding.winlog)],
  ['file', finding => finding.log?.file.path],
  ['offset', finding => finding.log?.offset],
  ['rule_id', finding => finding.rule.id],
  ['rule_author', finding => finding.rule.author],
  ['rule_reference', finding => finding.rule.reference],
  ['kind', finding => finding.huntaway.kind],
  ['group', groupText],
  ['count', finding => finding.huntaway.correlation?.count],
  ['first', finding => finding.event.start],
  ['last', finding => finding.event.end],
];

export function csv(): Formatter {
  return {
    header: out => out.utf8(`\ufeff${columns.map(([name]) => name).join(',')}\r\n`),
    lines(out, lines) {
      eachFinding(lines, finding => {
        out.utf8(`${columns.map(([, value]) => csvCell(value(finding))).join(',')}\r\n`);
      });
    },
    footer() {},
  };
}
