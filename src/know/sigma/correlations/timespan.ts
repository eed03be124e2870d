/** Timespans: a number and a unit (specification: s, m, h, d; pySigma adds w, M and y). */
import { quoted, RuleError } from '../errors.ts';
import type { YamlNode } from '../yaml/nodes.ts';

/** Seconds. A month and a year are those of pySigma: the mean ones of the Gregorian calendar, rounded. */
const seconds: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_629_746,
  y: 31_556_952,
};

/** A thousand years: times of logs are exact in microseconds well beyond. */
const MOST_SECONDS = 1000 * 31_556_952;

/** Microseconds. Throws `RuleError`. */
export function parseTimespan(node: YamlNode): number {
  const text = node.kind === 'scalar' ? node.text.trim() : '';
  const match = /^(\d{1,15})([smhdwMy])$/.exec(text);
  if (match === null) {
    const written = node.kind === 'scalar' ? quoted(node.text) : 'a list or map';
    throw new RuleError(
      'correlation',
      `'timespan' is ${written}: write a whole number and one of s, m, h, d, w, M, y, such as 15m`,
      node.at,
    );
  }
  const span = Number(match[1]) * seconds[match[2]!]!;
  if (span > MOST_SECONDS) {
    throw new RuleError(
      'correlation',
      `a timespan of ${quoted(text)} is longer than a thousand years`,
      node.at,
    );
  }
  return span * 1e6;
}
