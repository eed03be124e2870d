/**
 * The judgement proper: evidence is gathered, weighed, linked, grouped and judged, in that order, by collaborators that are
 * given. It knows neither where facts lie nor how a baseline is made, so that each part can be tested with few facts.
 */
import type { Baseline } from '../baseline/index.ts';
import type { Intrusion, JudgeInput, Suppressed } from '../types.ts';
import { type Approved, approveItems } from './approvals.ts';
import { readContext } from './context.ts';
import type { Doubts } from './explain/index.ts';
import { gatherItems } from './gather.ts';
import { type Group, groupItems } from './groups.ts';
import { evidenceOf, tellIntrusion } from './intrusion.ts';
import type { Item } from './item.ts';
import { joinAll, type Pair } from './joins/index.ts';
import type { Names } from './names.ts';
import { judgeGroup, type Scene } from './verdict.ts';
import { weighItems } from './weigh.ts';

export type Tools = {
  readonly names: Names;
  readonly baseline: Baseline;
  /** What a named person approved; null = nothing fits. */
  readonly approvalOf: (item: Item) => Approved | null;
  readonly firstOf: (host: string) => number | null;
  readonly isPlant: (host: string) => boolean;
};

export type Story = { readonly intrusions: readonly Intrusion[]; readonly suppressed: readonly Suppressed[] };

export function judgeIntrusions(input: JudgeInput, tools: Tools): Story {
  const { names, baseline } = tools;
  const gathered = gatherItems(input.findings, names);
  const context = readContext(gathered, input.facts, names);
  const { suppressed, kept } = approveItems(
    gathered,
    joinAll({ items: gathered, context }),
    tools.approvalOf,
  );
  const items = gathered.filter((_, at) => !suppressed.has(at));
  const weighed = weighItems(items, baseline);
  const chains = input.advisories.map(({ chain }) => chain);
  const exposures: Pair[] = [];
  const groups = groupItems(items, weighed, context, chains, exposures);
  const scene: Scene = { items, weighed, context };
  const doubts: Doubts = {
    isShort: baseline.isShort,
    days: baseline.days,
    firstOf: tools.firstOf,
    kept: byNewPosition(gathered, items, kept),
  };
  const telling = { advisories: input.advisories, doubts, isPlant: tools.isPlant };
  const intrusions = groups.flatMap((group: Group) => {
    const judged = judgeGroup(group, scene, chains);
    return judged === null ? [] : [tellIntrusion(group, judged, scene, telling)];
  });
  const weighedAway = weighItems(gathered, baseline);
  return {
    intrusions: intrusions.sort(compareIntrusions),
    suppressed: [...suppressed]
      .sort(([a], [b]) => a - b)
      .map(([at, { approval, reason }]) => ({
        evidence: evidenceOf(gathered[at]!, weighedAway[at]!, null),
        approval: approval.id,
        reason,
        until: approval.until,
      })),
  };
}

function byNewPosition(
  before: readonly Item[],
  after: readonly Item[],
  values: ReadonlyMap<number, string>,
): Map<number, string> {
  const positions = new Map(after.map((item, at) => [item, at]));
  return new Map([...values].map(([at, value]) => [positions.get(before[at]!)!, value]));
}

const verdictRank = { intrusion: 0, suspected: 1, lead: 2 } as const;

/** Strongest verdict first, then by first seen; what has no time last. */
function compareIntrusions(a: Intrusion, b: Intrusion): number {
  const time = (seen: number): number => (seen === 0 ? Number.POSITIVE_INFINITY : seen);
  return (
    verdictRank[a.verdict] - verdictRank[b.verdict] ||
    (a.firstSeen === b.firstSeen ? 0 : time(a.firstSeen) - time(b.firstSeen)) ||
    (a.id < b.id ? -1 : 1)
  );
}
