/**
 * Regular expressions of rules. What they mean, and what no linear-time engine can run, is settled in
 * `know/regex`; here they are only checked and their leading inline flags moved to where `re|i` puts them.
 */
import { parseRegex, RegexError } from '../regex/index.ts';
import { quoted, RuleError } from './errors.ts';
import type { RegexTest } from './plan.ts';

const leadingFlags = /^\(\?([ims]+)\)/;

/** The test of a regular expression as written. Throws a `RuleError` that says why it cannot run. */
export function regexTest(raw: string, flags: string): RegexTest {
  let source = raw;
  const all = new Set(flags);
  for (let match = leadingFlags.exec(source); match !== null; match = leadingFlags.exec(source)) {
    for (const letter of match[1]!) all.add(letter);
    source = source.slice(match[0].length);
  }
  const sorted = ['i', 'm', 's'].filter(letter => all.has(letter)).join('');
  try {
    parseRegex(source, sorted);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    throw new RuleError(
      'regex',
      `${quoted(raw)} cannot run in linear time or is not valid: ${error.message}`,
    );
  }
  return { kind: 'regex', source, flags: sorted };
}
