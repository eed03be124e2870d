/** What verdicts are called where people read them: how strong the evidence is, never that an incident happened. */
import type { Verdict } from '../../judge/index.ts';
import type { Level } from '../../know/sigma/index.ts';

export const verdictWords: Readonly<Record<Verdict, string>> = {
  intrusion: 'strong evidence of intrusion',
  suspected: 'moderate evidence of intrusion',
  lead: 'weak evidence of intrusion',
};

/** Only a person declares an incident: what counts is called by its strength everywhere. */
export const strengthWords: Readonly<Record<Verdict, string>> = {
  intrusion: 'strong',
  suspected: 'moderate',
  lead: 'weak',
};

/** Colours by strength: those of levels. */
export const colours: Readonly<Record<Verdict, Level>> = {
  intrusion: 'critical',
  suspected: 'high',
  lead: 'medium',
};

/** The DNS domain that all hosts share, where there is one: said once, it need not stand behind every name. */
export function domainOf(hosts: readonly string[]): string | null {
  const domains = new Set(hosts.map(host => host.slice(host.indexOf('.') + 1 || host.length)));
  domains.delete('');
  const [domain] = domains;
  return domains.size === 1 && domain !== undefined && !/^[\d.]+$/.test(domain) ? domain : null;
}

/** A step in its first sentence: the advisory and `intrusions.json` have the rest. */
export function inBrief(step: string): string {
  const end = /[.!?](?= [A-Z])/.exec(step);
  return end === null ? step : step.slice(0, end.index + 1);
}
