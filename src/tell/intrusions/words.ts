/** What verdicts are called where people read them: how strong the evidence is, never that an incident happened. */
import type { Verdict } from '../../judge/index.ts';

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
