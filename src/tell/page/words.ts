/** What things are called on the page, and the signs that stand beside every colour. */
import type { Sight, Visibility } from '../../judge/index.ts';
import type { Stage } from '../../know/advisories/index.ts';

export const stageTitles: Readonly<Record<Stage, string>> = {
  'initial-access': 'Initial access',
  execution: 'Execution',
  discovery: 'Discovery',
  'credential-access': 'Credential access',
  'lateral-movement': 'Lateral movement',
  collection: 'Collection',
  staging: 'Staging',
  'command-and-control': 'Command and control',
  exfiltration: 'Exfiltration',
  persistence: 'Persistence',
  'defense-evasion': 'Defense evasion',
};

export const sightWords: Readonly<Record<Sight, string>> = {
  found: 'found',
  'would-have-shown': 'would have shown, nothing found',
  'could-not-see': 'could not see',
};

/** Told apart without colour, in print and by a reader who hears them: the words stand beside them. */
export const sightSigns: Readonly<Record<Sight, string>> = {
  found: '●',
  'would-have-shown': '○',
  'could-not-see': '?',
};

/** Where the roles and the zone of a host come from. */
export const basisWords: Readonly<Record<Visibility['hosts'][number]['basis'], string>> = {
  site: 'site file',
  logs: 'inferred from logs',
  none: 'unknown',
};

/** `5 hosts: a, b, c and 2 more`. */
export const MOST_NAMES = 6;

/** A day of coverage as people write it: `2026-10-08`. */
export function dayText(day: number): string {
  const moment = new Date(day * 86_400_000);
  return Number.isNaN(moment.getTime()) ? 'an unknown day' : moment.toISOString().slice(0, 10);
}

/** The first sentence: what a reader with ten seconds gets of a step. */
export function firstSentence(text: string): string {
  const end = /[.!?](?= [A-Z])/.exec(text);
  return end === null ? text : text.slice(0, end.index + 1);
}
