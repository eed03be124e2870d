/** An explanation for a person: of a rule, a correlation or a filter. */
import { style } from '../terminal/index.ts';
import { correlationLines } from './correlation.ts';
import { filterLines } from './filter.ts';
import type { Page } from './page.ts';
import { ruleLines } from './rule.ts';
import type { DocumentExplanation, ExplanationOptions } from './types.ts';

/** Text with newlines. */
export function renderExplanation(explanation: DocumentExplanation, options: ExplanationOptions): string {
  const page: Page = { ...options, paint: style(options.color) };
  const lines =
    'rule' in explanation
      ? ruleLines(explanation, page)
      : 'filter' in explanation
        ? filterLines(explanation, page)
        : correlationLines(explanation, page);
  return `${lines.join('\n')}\n`;
}
