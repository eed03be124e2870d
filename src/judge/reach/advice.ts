/**
 * What is advised where the plant is concerned. A host of the plant that stops may stop a turbine or a pump, so nothing
 * that could stop one is ever advised there, whoever wrote the advisory: the control room is called, the cut is made at the
 * boundary by the plant's own procedure, and what is there is preserved.
 */
import type { Intrusion } from '../types.ts';
import type { Reach } from './types.ts';
import { listed } from './words.ts';

const MOST_NAMED = 6;

/** What comes before everything else where hosts of the plant are concerned, or evidence leads to some. */
export function firstAtPlant(on: readonly string[], towards: readonly string[] = []): string {
  const there = `${listed(on, MOST_NAMED)} ${on.length === 1 ? 'is' : 'are'} on the plant's side`;
  const ways = `evidence leads to ${listed(towards, MOST_NAMED)}`;
  const said = [...(on.length > 0 ? [there] : []), ...(towards.length > 0 ? [ways] : [])].join('; ');
  return `Call the control room before anything else${said === '' ? '' : `: ${said}`}. Do not isolate, restart or block there; cut at the boundary between IT and OT by the plant's own procedure, and preserve what is there.`;
}

/** Words of advice that stops a host or takes it off its network. */
const STOPS =
  /\b(?:isolat|re-?boot|restart|shut(?:s|ting)?[ -]?(?:it |them )?(?:down|off)|(?:power|switch|turn)(?:s|ed|ing)?[ -]?(?:it |them )?(?:down|off)|block|disconnect|unplug|quarantin|rebuild|re-?imag|re-?install|wip(?:e|ing)\b|off the [\w -]{0,40}network|kill\b|stop\b)/i;

/** Advice not to: the word stands right before what it forbids. */
const FORBIDS = /\b(?:do not|don't|never|must not)\b[^,;:.]{0,60}$/i;

/** A sentence that would stop something at the plant: neither forbidden, nor a cut at its boundary. */
function stops(sentence: string): boolean {
  const found = STOPS.exec(sentence);
  return found !== null && !FORBIDS.test(sentence.slice(0, found.index)) && !/\bboundary\b/i.test(sentence);
}

/** In front of what must not be done at the plant. */
export const ONLY_IT = 'On hosts of IT alone, never at the plant: ';

/**
 * The sentences of advice for an intrusion on the plant, with everything that could stop a host kept away from there: such
 * a sentence is said of the others alone, and left out where there are no others.
 */
export function sparePlant(advice: string, hasOthers: boolean): string[] {
  return sentencesOf(advice).flatMap(sentence => {
    if (!stops(sentence) || sentence.includes(ONLY_IT)) return [sentence];
    return hasOthers ? [`${ONLY_IT}${sentence}`] : [];
  });
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?]) +(?=\p{Lu})/u);
}

/** Intrusions that lead to the plant, with the call in front and what could stop it kept away; the others as they are. */
export function warnOfPlant(intrusions: readonly Intrusion[], reach: Reach): Intrusion[] {
  const plant = new Set(reach.hosts.map(({ host }) => host));
  const towards = new Map<string, Set<string>>();
  for (const { intrusion, host } of reach.evidence) {
    const hosts = towards.get(intrusion) ?? new Set();
    if (host !== null) hosts.add(host);
    towards.set(intrusion, hosts);
  }
  return intrusions.map(intrusion => {
    const hosts = towards.get(intrusion.id);
    // Where one of its hosts is the plant's, its advice was made so.
    if (hosts === undefined || intrusion.hosts.some(host => plant.has(host))) return intrusion;
    const spared = intrusion.first.map(step => sparePlant(step, true).join(' '));
    return { ...intrusion, first: [firstAtPlant([], [...hosts]), ...spared] };
  });
}
