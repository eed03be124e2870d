/**
 * Indicators as rules, so that the matcher that looks at every event finds them in the same pass: a rule of an indicator is
 * asked of every log, and the fields that a kind of event lacks rule most of it out once. What can't be hunted is a problem
 * with the reason, told where the bundle is checked.
 */
import { createHash } from 'node:crypto';
import { type Level, loadParser, type Rule, type RuleParser } from '../sigma/index.ts';
import { Problems, readYamlFile } from '../yaml/index.ts';
import { type Published, readBundle } from './bundle.ts';
import { compilePattern } from './compile/index.ts';
import { decides } from './decides.ts';
import { parsePattern } from './pattern/index.ts';
import type { Indicator, IndicatorRule } from './types.ts';

export type LoadedIndicators = {
  readonly indicators: readonly IndicatorRule[];
  readonly problems: Problems['all'];
};

/** Bytes of one bundle. */
const MOST_BYTES = 16 << 20;

/** The indicators of a bundle that can be hunted. `now` in microseconds: what has expired claims less. Never throws. */
export async function loadIndicators(path: string, now: number): Promise<LoadedIndicators> {
  const problems = new Problems();
  const parser = await loadParser();
  const file = await readYamlFile(path, problems, MOST_BYTES);
  const published = file === null ? [] : readBundle(file, problems);
  const indicators = published.flatMap(each => {
    const rule = ruleOf(each, parser, now);
    return rule === null ? [] : [{ indicator: each.indicator, rule }];
  });
  return { indicators, problems: problems.all };
}

/** Null where its pattern can't be read or hunted, which is then a problem. */
function ruleOf({ indicator, section }: Published, parser: RuleParser, now: number): Rule | null {
  const parsed = parsePattern(indicator.pattern);
  const refuse = (message: string, at: number): null => {
    section.object(
      `${indicator.id}: ${message} (character ${at + 1} of its pattern)`,
      section.raw('pattern')?.at,
    );
    return null;
  };
  if ('message' in parsed) return refuse(parsed.message, parsed.at);
  const compiled = compilePattern(parsed.pattern, parser);
  if ('message' in compiled) return refuse(compiled.message, compiled.at);
  return {
    kind: 'rule',
    origin: 'indicator',
    id: indicator.id,
    sha256: createHash('sha256').update(`${indicator.id}\0${indicator.pattern}`).digest('hex'),
    title: indicator.name,
    name: null,
    level: levelOf(indicator, now),
    status: null,
    place: indicator.place,
    description: indicator.description,
    author: indicator.author,
    license: null,
    version: new Date(indicator.modified / 1000).toISOString().slice(0, 10),
    references: indicator.references,
    tags: tagsOf(indicator),
    falsePositives: [],
    warnings: [],
    // Any log: an address is an address wherever it stands.
    logSource: { product: null, category: null, service: null },
    plan: compiled.plan,
  };
}

/** Confidence as STIX scales it: high from 70 on; what only supports never claims more than low. */
function levelOf(indicator: Indicator, now: number): Level {
  if (!decides(indicator, now, now)) return 'low';
  return indicator.confidence !== null && indicator.confidence >= 70 ? 'high' : 'medium';
}

function tagsOf({ phases, tlp }: Indicator): string[] {
  const tactics = phases
    .filter(({ chain }) => chain === 'mitre-attack')
    .map(({ phase }) => `attack.${phase.toLowerCase()}`);
  return [...tactics, ...(tlp === null ? [] : [`tlp.${tlp}`])];
}
