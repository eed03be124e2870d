/**
 * Indicators as rules, so that the matcher that looks at every event finds them in the same pass: a rule of an indicator is
 * asked of every log, and the fields that a kind of event lacks rule most of it out once. What can't be hunted is a problem
 * with the reason, told where the bundle is checked.
 */
import { createHash } from 'node:crypto';
import { type Level, loadParser, type Plan, type Rule, type RuleParser } from '../sigma/index.ts';
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
  const { indicators, problems } = await compileIndicators(path);
  return { indicators: indicatorRules(indicators, now), problems };
}

/** An indicator and what its pattern asks of an event: the part of a rule that does not hang on the time. */
export type CompiledIndicator = { readonly indicator: Indicator; readonly plan: Plan };

/** Plain data, which JSON can hold. */
export type CompiledIndicators = {
  readonly indicators: readonly CompiledIndicator[];
  readonly problems: Problems['all'];
};

/** The same before anybody says what time it is. Never throws. */
export async function compileIndicators(path: string): Promise<CompiledIndicators> {
  const problems = new Problems();
  const parser = await loadParser();
  const file = await readYamlFile(path, problems, MOST_BYTES);
  const published = file === null ? [] : readBundle(file, problems);
  const indicators = published.flatMap(each => {
    const plan = planOf(each, parser);
    return plan === null ? [] : [{ indicator: each.indicator, plan }];
  });
  return { indicators, problems: problems.all };
}

export function indicatorRules(compiled: readonly CompiledIndicator[], now: number): IndicatorRule[] {
  return compiled.map(each => ({ indicator: each.indicator, rule: ruleOf(each, now) }));
}

/** Null where its pattern can't be read or hunted, which is then a problem. */
function planOf({ indicator, section }: Published, parser: RuleParser): Plan | null {
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
  return 'message' in compiled ? refuse(compiled.message, compiled.at) : compiled.plan;
}

function ruleOf({ indicator, plan }: CompiledIndicator, now: number): Rule {
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
    plan,
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
