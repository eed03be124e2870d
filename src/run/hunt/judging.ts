/**
 * From what workers kept to a judgement: which rules give evidence, what each is to the packs at hand, and what was told
 * of the site. Judging happens where a pack says what a story is; rules alone give findings.
 */

import {
  inferRoles,
  type JudgedRule,
  type JudgeInput,
  type Judgement,
  judge,
  mentionedHosts,
  plantAmong,
  type Reach,
  stateReach,
  stateVisibility,
  type Visibility,
  warnOfPlant,
} from '../../judge/index.ts';
import type { Stage } from '../../know/advisories/index.ts';
import { stages } from '../../know/advisories/index.ts';
import { decides } from '../../know/indicators/index.ts';
import type { Correlation, Rule } from '../../know/sigma/index.ts';
import { ruleId } from '../../know/sigma/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import type { Input } from '../../read/inputs/index.ts';
import { levelRank, type Selected } from '../selection.ts';
import type { Collected } from './collector.ts';
import type { Correlated } from './correlations/index.ts';
import { coverageOf } from './coverage.ts';
import { type Gathered, gatherEvidence, type WantedEvidence, wantedEvidence } from './facts/index.ts';
import type { Knowledge } from './knowledge.ts';
import type { Packs } from './packs.ts';
import { RightFacts, saidWrong, withoutTime, wrongTimes } from './wrong-times.ts';

/** Which findings are evidence; null where nothing is judged, because no pack says what a story is. */
export function evidenceWanted(selected: Selected, packs: Packs): WantedEvidence | null {
  if (packs.advisories.length === 0) return null;
  return wantedEvidence(selected, rule => isEvidence(rule, packs));
}

/** What a pack speaks of; of somebody else's rules what is high and says which stage it sees. */
function isEvidence(rule: Rule | Correlation, packs: Packs): boolean {
  const id = ruleId(rule);
  if (packs.indicators.has(id) || packs.behavioursOf(id).length > 0) return true;
  return levelRank(rule.level) >= levelRank('high') && stageOf(rule.tags) !== null;
}

/** The first of the tags that names a tactic of ATT&CK which is a stage. */
function stageOf(tags: readonly string[]): Stage | null {
  const words = tags.map(tag =>
    tag
      .toLowerCase()
      .replace(/^attack\./, '')
      .replaceAll('_', '-'),
  );
  return stages.find(stage => words.includes(stage)) ?? null;
}

export type JudgeParts = {
  readonly collected: readonly Collected[];
  readonly correlated: Correlated | null;
  readonly wanted: WantedEvidence;
  readonly selected: Selected;
  readonly packs: Packs;
  readonly knowledge: Knowledge;
  readonly inputs: readonly Input[];
  /** The moment to judge by, and the latest that the hunt may have happened; microseconds. */
  readonly now: number;
  readonly latest: number;
};

export type Judged = {
  readonly judgement: Judgement;
  readonly visibility: Visibility;
  /** The findings that were looked at. */
  readonly gathered: Gathered;
  /** Whether the plant was reached. */
  readonly reach: Reach;
  readonly span: JudgeInput['span'];
};

export function judgeParts(parts: JudgeParts): Judged {
  const { collected, correlated, wanted, selected, packs, knowledge, now } = parts;
  const gathered = gatherEvidence(collected, {
    wanted: wanted.reported,
    firings: (correlated?.firings ?? []).filter(({ rule }) => wanted.reported[rule] === 1),
  });
  const ruleOf = judgedRules(selected, packs, now);
  const times = wrongTimes(
    collected.flatMap(({ channels }) => channels),
    parts.latest,
  );
  const facts = times === null ? gathered.facts : new RightFacts(gathered.facts, times);
  const { hosts } = gathered;
  const { site } = knowledge;
  const kinds = collected.flatMap(({ channels }) => channels);
  const roles = inferRoles(kinds, facts, hosts);
  const span = spanOf(collected);
  const judgement = judge({
    advisories: packs.advisories,
    findings: gathered.findings.map(({ rule, ...finding }) => ({
      ...finding,
      ...(times?.isWrong(finding.fact) ? withoutTime(finding.fact) : {}),
      rule: ruleOf(rule, finding.fact.micros),
    })),
    facts,
    files: parts.inputs.map(({ path }) => path),
    hosts,
    span,
    site,
    plant: plantAmong(roles),
    accounts: knowledge.accounts,
    memory: knowledge.memory?.memory ?? null,
    now,
  });
  const notes = [...judgement.notes, ...(times === null ? [] : saidWrong(times))];
  const { advisories } = packs;
  const visibility = stateVisibility({
    advisories,
    coverage: coverageOf(collected, parts.latest),
    judgement,
    mentioned: mentionedHosts(gathered.facts),
    site,
  });
  const reach = stateReach({
    advisories,
    intrusions: judgement.intrusions,
    facts,
    hosts,
    kinds,
    site,
    roles,
    visibility,
  });
  const intrusions = warnOfPlant(judgement.intrusions, reach);
  const told = withDropped({ ...judgement, intrusions, notes }, gathered);
  return { judgement: told, visibility, gathered, reach, span };
}

/** By index in `reported` and time of the event: an indicator may have decided then and only support now. */
function judgedRules(
  { reported }: Selected,
  packs: Packs,
  now: number,
): (rule: number, micros: number) => JudgedRule {
  const known = new Map<number, JudgedRule>();
  return (index, micros) => {
    const rule = reported[index]!;
    const id = ruleId(rule);
    const indicator = packs.indicators.get(id);
    const isDeciding = indicator === undefined || decides(indicator, micros === NO_TIME ? null : micros, now);
    const key = index * 2 + Number(isDeciding);
    let judged = known.get(key);
    if (judged === undefined) {
      judged = {
        id,
        title: rule.title ?? id,
        level: rule.level,
        behaviours: packs.behavioursOf(id),
        stage: stageOf(rule.tags),
        kind: indicator !== undefined ? 'indicator' : rule.kind,
        decides: isDeciding,
      };
      known.set(key, judged);
    }
    return judged;
  };
}

function spanOf(collected: readonly Collected[]): { first: number; last: number } | null {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { channels } of collected) {
    for (const channel of channels) {
      if (channel.first < first) first = channel.first;
      if (channel.last > last) last = channel.last;
    }
  }
  return first > last ? null : { first, last };
}

function withDropped(judgement: Judgement, { dropped }: Gathered): Judgement {
  if (dropped === 0) return judgement;
  const note = `${dropped} findings beyond what can be judged at once were left out of the stories, the latest of the most frequent rules first; hunt a shorter time with --from and --to`;
  return { ...judgement, notes: [...judgement.notes, note] };
}
