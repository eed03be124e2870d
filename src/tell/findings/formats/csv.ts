/**
 * Findings as a table for people and their spreadsheets (RFC 4180: CRLF, quotes doubled).
 *
 * Text from a log must not become a formula: a value that begins with = + - @ or a control character gets an
 * apostrophe in front, after OWASP, and so does what would begin a cell where semicolons separate cells. Line breaks become blanks, because half of the programs that read CSV take a
 * line for a row; other control characters are shown as escapes. UTF-8 with a byte order mark, without
 * which Excel reads anything but ASCII wrongly.
 */
import { plain } from '../../terminal/index.ts';
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
        out.utf8(`${columns.map(([, value]) => cell(value(finding))).join(',')}\r\n`);
      });
    },
    footer() {},
  };
}

/** What a spreadsheet may take for the beginning of a formula, with the full-width, small and minus forms of it. */
const STARTS = '=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212';
// Blanks and quotes in front do not stop every spreadsheet from seeing a formula.
const formula = new RegExp(`^[\\s"']*[${STARTS}]|^[\\t\\r\\n]`);
// Half of Europe opens a table with semicolons between cells, whatever the quotes say.
const formulaBehindSemicolon = new RegExp(`(;[\\s"']*)(?=[${STARTS}])`, 'g');

/** One value as a cell. */
export function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = plain(value).replace(formulaBehindSemicolon, "$1'");
  const safe = formula.test(value) ? `'${text}` : text;
  return /[",;'\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
