/** `comparison.json`: what is new since a former hunt, for programs. Schema: `schema/comparison.schema.json`. */
import type { Comparison } from '../../judge/index.ts';
import { jsonText } from '../json-text.ts';

/** `before` is the folder of the former hunt, as it was given. */
export function comparisonText({ intrusions, gone, visibility }: Comparison, before: string): string {
  return `${jsonText({ version: 1, before, intrusions, gone, visibility })}\n`;
}
