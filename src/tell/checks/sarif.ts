/**
 * Problems in SARIF 2.1.0 (OASIS), as GitHub code scanning and editors take it: every code stands in the driver's
 * table, every result has one place. Paths below the working directory are relative to `%SRCROOT%`, which whoever
 * takes the file knows; other paths are whole file URIs.
 */
import { checkCodes, type Problem } from '../../know/checks/index.ts';
import { jsonText } from '../json-text.ts';
import type { CheckReport } from './types.ts';

export type SarifOptions = {
  /** Of Huntaway. */
  readonly version: string;
  /** A rule file's path as a URI: relative to the working directory, or beginning with `file:`. */
  readonly uriOf: (path: string) => string;
};

const indices: ReadonlyMap<string, number> = new Map(checkCodes.map(({ code }, i) => [code, i]));

export function problemsSarif({ problems }: CheckReport, { version, uriOf }: SarifOptions): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'huntaway', version, rules: checkCodes.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: problems.map(problem => resultOf(problem, uriOf)),
      },
    ],
  };
  return `${jsonText(log)}\n`;
}

function ruleOf({ code, severity, about }: (typeof checkCodes)[number]): object {
  return {
    id: code,
    shortDescription: { text: about },
    help: { text: `${about}.` },
    defaultConfiguration: { level: severity },
    properties: { tags: ['sigma'], 'problem.severity': severity === 'note' ? 'recommendation' : severity },
  };
}

function resultOf({ code, severity, message, place }: Problem, uriOf: (path: string) => string): object {
  const uri = uriOf(place.path);
  return {
    ruleId: code,
    ruleIndex: indices.get(code),
    level: severity,
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: uri.startsWith('file:') ? { uri } : { uri, uriBaseId: '%SRCROOT%' },
          region: { startLine: place.line, startColumn: place.column },
        },
      },
    ],
  };
}
