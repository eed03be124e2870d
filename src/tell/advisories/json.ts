/** Advisories as JSON: what was read of the files, in the keys that they have. */
import type { Advisory, Behaviour } from '../../know/advisories/index.ts';
import { jsonText } from '../json-text.ts';

/** One advisory, whole. */
export function advisoryJson(advisory: Advisory): string {
  const { behaviours, chain, firstSteps, indicators, rules, path, ...head } = advisory;
  return `${jsonText({
    ...head,
    'first-steps': firstSteps,
    behaviours: behaviours.map(behaviourJson),
    chain,
    path,
    rules,
    indicators,
  })}\n`;
}

function behaviourJson({ attackReplaced, notObservable, sources, place: _, ...rest }: Behaviour): object {
  return {
    ...rest,
    'attack-v19': attackReplaced,
    'not-observable': notObservable,
    sources: sources.map(({ eventIds, ...source }) => ({ ...source, 'event-ids': eventIds })),
  };
}
