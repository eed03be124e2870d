/** What speaks for an intrusion, and what against it: sentences, the weightiest first. */

import { listed } from '../gather.ts';
import { compareGravity, type Item } from '../item.ts';
import type { Group } from '../sets.ts';
import type { Judged, Scene } from '../verdict.ts';
import { saidChain } from './chain.ts';
import { saidHands } from './hands.ts';
import { distinct, saidItem, sentence, titleOf } from './words.ts';

/** More than that nobody reads; the evidence itself is listed in full. */
const MOST = 8;

export function saidFor(group: Group, judged: Judged, scene: Scene): string[] {
  const { items, weighed } = scene;
  const lines: string[] = [];
  const chain = saidChain(judged, scene);
  if (chain !== null) lines.push(chain);
  for (const at of weightiest(judged.carriers, scene)) {
    const reasons = weighed[at]!.ordinary === null ? weighed[at]!.reasons : [];
    lines.push(sentence(`${saidItem(items[at]!)}${reasons.length === 0 ? '' : `: ${reasons[0]}`}`));
    if (lines.length === MOST / 2) break;
  }
  for (const link of tellingLinks(group, judged, scene)) {
    const [a, b] = [items[link.from]!, items[link.to]!];
    lines.push(sentence(`“${titleOf(a)}” and “${titleOf(b)}” are linked: ${link.reason()}`));
    if (lines.length >= MOST) break;
  }
  const hands = saidHands(group, scene);
  return distinct([...lines, hands]);
}

/** One of each behaviour and host, the gravest and weightiest first. */
function weightiest(carriers: readonly number[], { items, weighed }: Scene): number[] {
  const best = new Map<string, number>();
  for (const at of carriers) {
    const key = `${titleOf(items[at]!)}\n${items[at]!.host}`;
    const before = best.get(key);
    if (before === undefined || weighed[at]!.bits > weighed[before]!.bits) best.set(key, at);
  }
  return [...best.values()].sort(
    (a, b) =>
      compareGravity(items[a]!.gravity, items[b]!.gravity) || weighed[b]!.bits - weighed[a]!.bits || a - b,
  );
}

/** Links between carriers of different steps, the first of each pair of steps. */
function tellingLinks(group: Group, judged: Judged, { items }: Scene): Group['links'][number][] {
  const carriers = new Set(judged.carriers);
  const seen = new Set<string>();
  return group.links.filter(({ from, to }) => {
    if (!carriers.has(from) || !carriers.has(to)) return false;
    const key = `${items[from]!.step}\n${items[to]!.step}`;
    if (items[from]!.step === items[to]!.step || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What the judgement as a whole has to say for itself. */
export type Doubts = {
  readonly isShort: boolean;
  readonly days: number;
  /** First fact of a host in one log, or of the host in memory; null = none. */
  readonly firstIn: (host: string, channel: string) => number | null;
  /** By id: why an approval did not count. */
  readonly kept: ReadonlyMap<string, string>;
};

export function saidAgainst(group: Group, judged: Judged, scene: Scene, doubts: Doubts): string[] {
  const { items } = scene;
  const lines: string[] = [];
  const ordinary = saidOrdinary(group, scene);
  lines.push(...ordinary.grave);
  for (const item of oneOfEachBehaviour(judged.carriers.map(at => items[at]!))) {
    const lookalikes = item.behaviour!.lookalikes.map(({ what }) => what);
    if (lookalikes.length > 0) {
      lines.push(sentence(`${titleOf(item)} also comes with ${listed(lookalikes.slice(0, 3), 3)}`));
    }
  }
  for (const at of judged.carriers) {
    const item = items[at]!;
    if (isFirstThing(item, doubts)) {
      lines.push(
        sentence(
          `${titleOf(item)} is the first that the log ${item.fact.channel} of ${item.host} holds: a new or imaged machine begins like that`,
        ),
      );
    }
  }
  lines.push(...ordinary.others);
  if (doubts.isShort) {
    lines.push(
      `These logs reach over ${Math.round(doubts.days)} days: what is unusual in them may be usual in a month.`,
    );
  }
  return distinct(lines).slice(0, MOST);
}

/** What is ordinary here: of grave evidence in front of all, of what is less behind what speaks of the gravest. */
function saidOrdinary(
  { items: positions }: Group,
  { items, weighed }: Scene,
): Record<'grave' | 'others', string[]> {
  const said = { grave: new Set<string>(), others: new Set<string>() };
  for (const at of positions) {
    const { ordinary } = weighed[at]!;
    if (ordinary === null) continue;
    const item = items[at]!;
    said[item.gravity === 'grave' ? 'grave' : 'others'].add(
      sentence(`${titleOf(item)} on ${item.host}: ${ordinary}`),
    );
  }
  return { grave: [...said.grave].slice(0, MOST / 4), others: [...said.others].slice(0, MOST / 4) };
}

/** Whether nothing came before it in its log: that clears a cleared log of most suspicion, and only that. */
export function isFirstThing({ stage, micros, host, fact }: Item, { firstIn }: Doubts): boolean {
  if (stage !== 'defense-evasion' || micros === 0) return false;
  const first = firstIn(host, fact.channel);
  return first === null || first >= micros;
}

export function oneOfEachBehaviour(items: readonly Item[]): Item[] {
  const byId = new Map<string, Item>();
  for (const item of items) {
    if (item.behaviour !== null && !byId.has(item.behaviour.id)) byId.set(item.behaviour.id, item);
  }
  return [...byId.values()].sort((a, b) => compareGravity(a.gravity, b.gravity));
}
