/**
 * What was looked for, by stage of the attack, with what these logs could show of it: found, would have shown, could not see.
 * Each state has a sign and words beside its colour. A behaviour that was seen only on some hosts or days says on how many.
 */
import type { Blind, Cell, Sight } from '../../judge/index.ts';
import { type Behaviour, stages } from '../../know/advisories/index.ts';
import { counted } from '../terminal/index.ts';
import { type Html, html } from './html.ts';
import { details, list, name, section } from './parts.ts';
import { percent } from './summary.ts';
import type { View } from './view.ts';
import { dayText, sightSigns, sightWords, stageTitles } from './words.ts';

/** Hosts and reasons told of one behaviour. */
const MOST_REASONS = 12;
const MOST_HOSTS = 12;

/** What is known of one behaviour, over all hosts and days. */
export type Sighted = {
  readonly behaviour: Behaviour;
  /** Null where visibility was not worked out for it. */
  readonly sight: Sight | null;
  /** Hosts × days in each state. */
  readonly days: Readonly<Record<Sight, number>>;
  readonly found: readonly string[];
  readonly isPartial: boolean;
  readonly blinds: readonly Blind[];
};

export function matrixSection(view: View): Html {
  const all = sighted(view);
  if (all.length === 0)
    return section('matrix', 'What was looked for', html`<p>No advisory was hunted with.</p>`);
  const count = (sight: Sight): number => all.filter(each => each.sight === sight).length;
  const shown = stages.filter(stage => all.some(({ behaviour }) => behaviour.stage === stage));
  return section('matrix', 'What was looked for', [
    html`<p>Behaviours of ${view.input.advisories.map(({ title }, i) => html`${i > 0 && '; '}${title}`)}, with their ATT&amp;CK ids.</p>`,
    html`<ul class="legend">${(['found', 'would-have-shown', 'could-not-see'] as const).map(
      sight =>
        html`<li class="key ${sight}"><span class="sign">${sightSigns[sight]}</span> ${sightWords[sight]}: ${count(sight)}</li>`,
    )}</ul>`,
    html`<div class="matrix">${shown.map(
      stage => html`
<div class="stage"><h3>${stageTitles[stage]}</h3><ul>${all.filter(({ behaviour }) => behaviour.stage === stage).map(cell)}</ul></div>`,
    )}</div>`,
  ]);
}

export function sighted({ input, evidence }: View): Sighted[] {
  const { cells, blinds } = input.visibility;
  const byBehaviour = new Map<string, Cell[]>();
  for (const each of cells) {
    const known = byBehaviour.get(each.behaviour);
    if (known === undefined) byBehaviour.set(each.behaviour, [each]);
    else known.push(each);
  }
  const foundIn = new Map<string, Set<string>>();
  for (const {
    evidence: { behaviour, host },
  } of evidence) {
    if (behaviour === null) continue;
    foundIn.set(behaviour.id, (foundIn.get(behaviour.id) ?? new Set()).add(host));
  }
  return input.advisories
    .flatMap(({ behaviours }) => behaviours)
    .map(behaviour => {
      const own = byBehaviour.get(behaviour.id) ?? [];
      const days = { found: 0, 'would-have-shown': 0, 'could-not-see': 0 };
      for (const { sight, period } of own) days[sight] += Math.max(1, period.to - period.from);
      const found = new Set(foundIn.get(behaviour.id) ?? []);
      for (const { sight, host } of own) if (sight === 'found' && host !== null) found.add(host);
      return {
        behaviour,
        sight: overall(days, found.size > 0, behaviour.notObservable),
        days,
        found: [...found],
        isPartial: own.some(each => each.isPartial),
        blinds: [...new Set(own.flatMap(each => each.blinds))].flatMap(at => blinds[at] ?? []),
      };
    });
}

/** Found anywhere is found; seen anywhere would have shown there; else it could not be seen. */
function overall(days: Sighted['days'], isFound: boolean, notObservable: string | null): Sight | null {
  if (isFound || days.found > 0) return 'found';
  if (days['would-have-shown'] > 0) return 'would-have-shown';
  return days['could-not-see'] > 0 || notObservable !== null ? 'could-not-see' : null;
}

function cell({ behaviour, sight, days, found, isPartial, blinds }: Sighted): Html {
  const all = days.found + days['would-have-shown'] + days['could-not-see'];
  const blind = days['could-not-see'];
  const sign = sight === null ? '–' : sightSigns[sight];
  const mixed = sight !== 'could-not-see' && (blind > 0 || isPartial);
  const reasons = [
    ...(behaviour.notObservable === null ? [] : [behaviour.notObservable]),
    ...blinds.map(({ said }) => said),
  ];
  return html`<li class="cell ${sight ?? 'unknown'}${mixed && ' mixed'}" data-behaviour="${behaviour.id}"><span class="sign" aria-hidden="true">${sign}</span> ${behaviour.title} <span class="meta">${[behaviour.id, ...behaviour.attack].join(' · ')}</span>
<span class="state">${sight === null ? 'not worked out' : sightWords[sight]}${found.length > 0 && html` on ${found.slice(0, MOST_HOSTS).map((host, i) => html`${i > 0 && ', '}${name(host)}`)}${found.length > MOST_HOSTS && ` and ${found.length - MOST_HOSTS} more`}`}${
    mixed && blind > 0 && `; blind on ${percent(blind, all)} of hosts and days`
  }${isPartial && '; some forms of it would not show'}</span>${
    reasons.length > 0 &&
    details(
      counted(reasons.length, 'reason'),
      html`${list(reasons.slice(0, MOST_REASONS))}${reasons.length > MOST_REASONS && html`<p class="left">${reasons.length - MOST_REASONS} more under <a href="#limits">limits</a>.</p>`}`,
      { onPaper: false },
    )
  }</li>`;
}

/** `2026-10-01 to 2026-11-02`: both days count. */
export function periodText({ from, to }: { readonly from: number; readonly to: number }): string {
  return to - from <= 1 ? dayText(from) : `${dayText(from)} to ${dayText(to - 1)}`;
}
