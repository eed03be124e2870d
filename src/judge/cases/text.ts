/**
 * The file of cases: a line of JSON for each decision, appended and never changed, so that it can be read with any tool
 * and nobody's decision is lost to another's. A line that is damaged is named and left out; the others count.
 */
import { verdicts } from '../types.ts';
import { type CaseEntry, decisions } from './types.ts';

export type ParsedCases = {
  readonly entries: readonly CaseEntry[];
  readonly problems: readonly { readonly line: number; readonly message: string }[];
};

/** Evidence of one decision; an intrusion of more is decided on by its first. */
export const MOST_KEYS = 50_000;

export function writeCase(entry: CaseEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/** Never throws. */
export function parseCases(text: string): ParsedCases {
  const entries: CaseEntry[] = [];
  const problems: { line: number; message: string }[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = entryOf(line);
    if (typeof read === 'string') problems.push({ line: at + 1, message: read });
    else entries.push(read);
  }
  return { entries, problems };
}

function entryOf(line: string): CaseEntry | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'it is no JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no decision';
  const of = value as Readonly<Record<string, unknown>>;
  if (of['version'] !== 1) return 'it was written by another version of Huntaway';
  const wrong = Object.entries(checks).find(([name, check]) => !check(of[name]));
  if (wrong !== undefined) return `its '${wrong[0]}' is not what it should be`;
  return value as CaseEntry;
}

type Check = (value: unknown) => boolean;

const isText: Check = value => typeof value === 'string' && value.length <= 65_536;
const isMicros: Check = value => typeof value === 'number' && Number.isSafeInteger(value);
const orNull =
  (check: Check): Check =>
  value =>
    value === null || check(value);
const oneOf =
  (words: readonly string[]): Check =>
  value =>
    typeof value === 'string' && words.includes(value);

const checks: Readonly<Record<Exclude<keyof CaseEntry, 'version'>, Check>> = {
  at: isMicros,
  decision: oneOf(decisions),
  intrusion: isText,
  verdict: oneOf(verdicts),
  summary: isText,
  evidence: value => Array.isArray(value) && value.length <= MOST_KEYS && value.every(isText),
  by: isText,
  reason: isText,
  until: orNull(isMicros),
  question: orNull(
    value =>
      typeof value === 'object' &&
      value !== null &&
      isText((value as { whom?: unknown }).whom) &&
      isText((value as { text?: unknown }).text),
  ),
};
