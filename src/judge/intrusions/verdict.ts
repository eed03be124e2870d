/**
 * What a group of linked evidence amounts to, by the advisory's chain: `intrusion` needs a set of steps, each carried by
 * grave or strong evidence that is neither approved nor ordinary here; a grave one alone, ordinary or not, is `suspected`;
 * what else is linked and unusual is a `lead`; lone weak evidence is nothing.
 */
import type { Advisory, ChainLink } from '../../know/advisories/index.ts';
import type { Verdict } from '../types.ts';
import type { Context } from './context.ts';
import type { Item } from './item.ts';
import type { Group } from './sets.ts';
import { near, SECOND, skewOf } from './time.ts';
import { carries, type Weighed, worth } from './weigh.ts';

/** Of one step, so many carriers are looked at for a link of the chain. */
const MOST_CARRIERS = 256;

export type Judged = {
  readonly verdict: Verdict;
  /** Positions of the evidence that carries it, in their order. */
  readonly carriers: readonly number[];
  /** Steps that fulfilled the verdict; empty where one grave piece or an unusual link did. */
  readonly steps: readonly string[];
};

export type Scene = {
  readonly items: readonly Item[];
  readonly weighed: readonly Weighed[];
  readonly context: Context;
  /** Whether the baseline reaches over too few days to say what is usual. */
  readonly isShort: boolean;
};

/** Null: nothing worth telling. */
export function judgeGroup(group: Group, scene: Scene, advisories: readonly Advisory[]): Judged | null {
  const carriers = group.items.filter(at => carries(scene.items[at]!, scene.weighed[at]!));
  for (const verdict of ['intrusion', 'suspected'] as const) {
    for (const advisory of advisories) {
      for (const steps of advisory.chain[verdict]) {
        if (fulfils(steps, advisory, group, carriers, scene)) return { verdict, carriers, steps };
      }
    }
  }
  const grave = group.items.filter(at => {
    const { gravity, decides } = scene.items[at]!;
    return gravity === 'grave' && decides;
  });
  if (grave.length > 0) return { verdict: 'suspected', carriers: grave, steps: [] };
  const telling = leadOf(group, carriers, scene);
  return telling.length === 0 ? null : { verdict: 'lead', carriers: telling, steps: [] };
}

/** Whether each step has a carrier, and steps between which the chain has links are linked by one of them. */
function fulfils(
  steps: readonly string[],
  advisory: Advisory,
  group: Group,
  carriers: readonly number[],
  scene: Scene,
): boolean {
  const byStep = steps.map(step =>
    carriers.filter(at => scene.items[at]!.steps.includes(step)).slice(0, MOST_CARRIERS),
  );
  if (steps.length === 0 || byStep.some(positions => positions.length === 0)) return false;
  for (const [i, from] of steps.entries()) {
    for (const [j, to] of steps.entries()) {
      const links = i === j ? [] : linksBetween(advisory, from, to);
      if (links.length === 0) continue;
      if (!links.some(link => isLinked(link, byStep[i]!, byStep[j]!, group, scene))) return false;
    }
  }
  return true;
}

/** Links of a chain from one step to another, whether they name the steps or behaviours at them. */
function linksBetween({ chain, behaviours }: Advisory, from: string, to: string): readonly ChainLink[] {
  const isAt = (step: string, names: readonly string[]): boolean =>
    names.includes(step) || behaviours.some(each => each.step === step && names.includes(each.id));
  return chain.links.filter(link => isAt(from, link.from) && isAt(to, link.to));
}

function isLinked(
  link: ChainLink,
  froms: readonly number[],
  tos: readonly number[],
  group: Group,
  scene: Scene,
): boolean {
  const limit = link.within === null ? Number.POSITIVE_INFINITY : link.within * SECOND;
  const { items } = scene;
  const files = link.on.includes('file') ? fileLinks(group) : null;
  const isNamed = (names: readonly string[], at: number): boolean =>
    names.includes(items[at]!.behaviour?.id ?? '') || items[at]!.steps.some(step => names.includes(step));
  return tos.some(
    to =>
      isNamed(link.to, to) &&
      froms.some(from => {
        if (!isNamed(link.from, from)) return false;
        const [a, b] = [items[from]!.micros, items[to]!.micros];
        // What has no time cannot be out of order.
        const isTimed = a !== 0 && b !== 0;
        if (isTimed && link.ordered && b < a - skewOf(items[from]!, items[to]!)) return false;
        // What is about the very same file needs no time to be about it.
        if (isTimed && !near(a, b, limit) && !files?.has(`${from} ${to}`)) return false;
        return !(files !== null && isAboutOtherFiles(from, to, link.from, group, scene));
      }),
  );
}

/** Pairs of items that a file links, either way round. */
function fileLinks({ links }: Group): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (const { join, from, to } of links)
    if (join === 'file') pairs.add(`${from} ${to}`).add(`${to} ${from}`);
  return pairs;
}

/**
 * Whether both name files and they are not the same: an archive of something else, made in the logon of a theft, is no
 * theft packed. Where one of them names no file (no command line was logged), the logon has to do.
 */
function isAboutOtherFiles(
  from: number,
  to: number,
  steps: readonly string[],
  group: Group,
  { items, context }: Scene,
): boolean {
  if (context.paths(items[from]!).length === 0 || context.paths(items[to]!).length === 0) return false;
  return !group.links.some(({ join, from: a, to: b }) => {
    if (join !== 'file' && join !== 'share-file') return false;
    const other = a === to ? b : b === to ? a : null;
    return other !== null && steps.includes(items[other]!.step ?? '');
  });
}

const loud: ReadonlySet<string> = new Set(['high', 'critical']);

/**
 * What makes a lead: something unusual and strong with another behaviour beside it, or so unusual that it stands alone; or
 * rules of others that shout, linked across stages. Empty: nothing does.
 */
function leadOf(
  group: Group,
  carriers: readonly number[],
  { items, weighed, isShort }: Scene,
): readonly number[] {
  const kinds = new Set(group.items.map(at => items[at]!.behaviour?.id ?? items[at]!.rule?.id));
  // Too short a baseline knows nothing of what is usual: then being strong has to do.
  const isUnusual = (at: number): boolean => isShort || bitsOf(items[at]!, weighed[at]!) >= worth.strong;
  if (carriers.length > 0 && (kinds.size > 1 || carriers.some(isUnusual))) return carriers;
  const telling = group.items.filter(at => items[at]!.decides && weighed[at]!.ordinary === null);
  const shouting = telling.filter(at => isLoud(items[at]!));
  const known = telling.filter(at => items[at]!.behaviour !== null);
  const stages = new Set([...shouting, ...known].map(at => items[at]!.stage));
  return shouting.length > 0 && stages.size > 1 ? shouting : [];
}

const bitsOf = ({ surprise }: Item, { unusual }: Weighed): number => surprise ?? unusual?.bits ?? 0;

function isLoud({ behaviour, rule }: Item): boolean {
  return behaviour === null && rule !== null && rule.stage !== null && loud.has(rule.level ?? '');
}

/** Bits that make half of what there is to reach: two very strong pieces of evidence, of different behaviours. */
const HALF = 2 * worth.grave;

/** What a verdict can reach, so that a score never tells another story than its verdict. */
const most: Readonly<Record<Verdict, number>> = { lead: 40, suspected: 80, intrusion: 100 };

/**
 * 0 to what the verdict can reach, rising with the bits of the evidence. Of one behaviour the weightiest counts, and each
 * doubling of the number of the others adds a bit: the same thing once more says little that is new.
 */
export function scoreOf(group: Group, { verdict }: Judged, { items, weighed }: Scene): number {
  const best = new Map<string, { bits: number; count: number }>();
  for (const at of group.items) {
    const key = items[at]!.behaviour?.id ?? items[at]!.rule?.id ?? items[at]!.stage;
    const kind = best.get(key);
    const { bits } = weighed[at]!;
    if (kind === undefined) best.set(key, { bits, count: 1 });
    else {
      kind.bits = Math.max(kind.bits, bits);
      kind.count++;
    }
  }
  let bits = 0;
  for (const kind of best.values()) bits += kind.bits + Math.log2(Math.min(kind.count, 16));
  return Math.round(most[verdict] * (1 - 2 ** (-bits / HALF)));
}
