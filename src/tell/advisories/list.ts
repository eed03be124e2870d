/** Which advisories there are: one each, with what it covers. */
import { jsonText } from '../json-text.ts';
import { cell, counted, displayWidth, plain, style, type TableOptions, wrap } from '../terminal/index.ts';

export type ListedAdvisory = {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly modified: string;
  readonly issuers: readonly string[];
  readonly path: string;
  readonly behaviours: number;
  readonly notObservable: number;
  /** Rule documents, and indicators that can be hunted. */
  readonly rules: number;
  readonly indicators: number;
  readonly problems: number;
};

export function advisoriesJson(listed: readonly ListedAdvisory[]): string {
  return `${jsonText(listed)}\n`;
}

/** Text with newlines; two lines each. */
export function renderAdvisories(listed: readonly ListedAdvisory[], { width, color }: TableOptions): string {
  const paint = style(color);
  const names = listed.map(({ id, version }) => plain(`${id} ${version}`));
  const room = Math.min(40, Math.max(0, ...names.map(displayWidth)));
  const lines = listed.flatMap((advisory, i) => {
    const { title, behaviours, notObservable, rules, indicators, modified, problems, path } = advisory;
    const blind = notObservable === 0 ? '' : ` (${notObservable} not observable)`;
    const facts = [
      `${counted(behaviours, 'behaviour')}${blind}`,
      counted(rules, 'rule'),
      ...(indicators === 0 ? [] : [counted(indicators, 'indicator')]),
      `of ${modified}`,
      ...(problems === 0 ? [] : [`${counted(problems, 'error')} (huntaway advisory check ${path})`]),
    ];
    const indent = ' '.repeat(room + 2);
    const below = wrap(plain(facts.join(', ')), Math.max(20, width - indent.length));
    return [
      `${paint.bold(cell(names[i]!, room))}  ${wrap(plain(title), Math.max(20, width - indent.length)).join(`\n${indent}`)}`,
      ...below.map(line => indent + paint.dim(line.trimStart())),
    ];
  });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
