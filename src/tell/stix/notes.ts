/**
 * Notes of a bundle, plain text: of the hunt (how strong the evidence is, whether it reached the plant, what could not be
 * seen, what was left out) and of each intrusion (what speaks for it, what against, what would settle it). A reader of a
 * bundle must not take an empty one for a clean network.
 */
import { type CaseView, type Intrusion, type Verdict, verdicts } from '../../judge/index.ts';
import { formatMicros } from '../../read/events/index.ts';
import { verdictWords } from '../intrusions/index.ts';
import { mask } from '../masking/index.ts';
import type { StixInput } from './types.ts';

/** What did not get in. */
export type LeftOut = {
  /** The least weighty, beyond what a bundle holds. */
  readonly beyond: number;
  readonly all: number;
  /** Records that say no time, without which STIX knows no observation. */
  readonly timeless: number;
};

export function huntNote({ intrusions, reach, visibility }: StixInput, left: LeftOut): string {
  const found = verdicts.flatMap(verdict => counted(intrusions, verdict));
  return lines([
    found.length === 0 ? 'Nothing found.' : `${capital(found.join(', '))}.`,
    reach.said,
    ...(visibility.said.length === 0
      ? ['What could not be seen was not worked out: this does not show absence.']
      : visibility.said),
    left.beyond === 0
      ? null
      : `Left out, the least weighty: ${left.beyond} of ${left.all} pieces of evidence. They are in intrusions.json.`,
    left.timeless === 0
      ? null
      : `Left out, because their records say no time: ${left.timeless} of ${left.all} pieces of evidence. They are in intrusions.json.`,
  ]);
}

export function intrusionNote(intrusion: Intrusion, view: CaseView | undefined): string {
  return lines([
    `For: ${sentences(intrusion.for)}`,
    `Against: ${sentences(intrusion.against)}`,
    `Would settle it: ${sentences(intrusion.settle)}`,
    view === undefined || view.state === 'open' ? null : `Case: ${view.state}.`,
  ]);
}

/** Who decided is the organisation's business: the reason and the time are told. */
export function incidentText({ entries, aware }: CaseView): string {
  const reason = entries.findLast(({ decision }) => decision === 'confirm')?.reason ?? '';
  return lines([
    aware === null ? null : `Confirmed by a person, who became aware of it at ${formatMicros(aware)}.`,
    reason,
  ]);
}

function counted(intrusions: readonly Intrusion[], verdict: Verdict): readonly string[] {
  const count = intrusions.filter(each => each.verdict === verdict).length;
  return count === 0 ? [] : [`${verdictWords[verdict]}: ${count}`];
}

function sentences(said: readonly string[]): string {
  return said.length === 0 ? 'nothing that these logs show' : said.map(mask).join(' ');
}

function lines(said: readonly (string | null)[]): string {
  return said.filter(each => each !== null && each !== '').join('\n');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
