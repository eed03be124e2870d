/** Problems as one JSON document (`schema/rules-check.schema.json`). */
import { jsonText } from '../json-text.ts';
import { type CheckReport, countSeverities } from './types.ts';

export function problemsJson({ problems, documents, files }: CheckReport): string {
  return `${jsonText({
    version: 1,
    rules: documents,
    files,
    counts: countSeverities(problems),
    problems: problems.map(({ severity, code, message, place, id, title }) => ({
      severity,
      code,
      message,
      path: place.path,
      line: place.line,
      column: place.column,
      rule: { id, title },
    })),
  })}\n`;
}
