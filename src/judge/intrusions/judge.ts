/**
 * The judgement proper: evidence is gathered, completed by what no rule can see, weighed, linked, grouped and judged, in
 * that order, by collaborators that are given. It knows neither where facts lie nor how a baseline is made, so that each
 * part can be tested with few facts.
 *
 * Facts are scanned nine times at most: for the logons of prompts, for what the findings ask, for tunnels (again only where later evidence came from
 * more of them), for how accounts are used, for the first uses that mattered (twice), for logons that given credentials
 * opened, and for what the evidence so found asks.
 */
import { NO_TIME } from '../../read/events/index.ts';
import type { Baseline } from '../baseline/index.ts';
import type { Theft as Exposure } from '../memory/index.ts';
import type { Intrusion, JudgeInput, Suppressed } from '../types.ts';
import { type Approvals, type Approved, approveItems } from './approvals.ts';
import { type Context, readContext } from './context.ts';
import { EventKeys } from './events.ts';
import type { Doubts } from './explain/index.ts';
import { exposuresOf } from './exposures.ts';
import {
  carryingTunnels,
  exposedBy,
  findCrossings,
  findEntries,
  findGiven,
  findOpenings,
  findReads,
  findResets,
  findReturns,
  findTunnels,
  givenBy,
  openingsOf,
  type Return,
  readUses,
  rememberThefts,
  resetsOf,
  teachUses,
  type Uses,
  type ZoneOf,
} from './found/index.ts';
import { type Found, foundItem, gatherItems } from './gather.ts';
import { groupItems } from './groups.ts';
import { evidenceOf, tellIntrusion } from './intrusion.ts';
import { compareItems, type Item } from './item.ts';
import type { Evidenced } from './joins/index.ts';
import { strangeBy } from './manner.ts';
import type { Names } from './names.ts';
import { unusualOf, Ways } from './ordinary.ts';
import { calmed, foldHabits, type JudgedGroup } from './recurring.ts';
import { inLogonOfShell } from './shells.ts';
import { type Trail, trailPairs, trailsOf } from './trails/index.ts';
import { TunnelLog } from './tunnels.ts';
import { judgeGroup, type Scene } from './verdict.ts';
import { Scales, type Weighed } from './weigh.ts';

export type Tools = {
  readonly names: Names;
  readonly baseline: Baseline;
  /** What a gathered person approved; null = nothing fits. */
  readonly approvalOf: (item: Item) => Approved | null;
  /** Null where the site names no zones. */
  readonly zoneOf: ZoneOf | null;
  /** Whether a host is the plant's: nothing that stops it is ever advised there. */
  readonly isPlant: (host: string) => boolean;
};

export type Story = {
  readonly intrusions: readonly Intrusion[];
  readonly suppressed: readonly Suppressed[];
  /** What memory is to keep of who was exposed. */
  readonly thefts: readonly Exposure[];
  /** What memory is to keep of how accounts are used; null where there is none. */
  readonly taught: ReturnType<typeof teachUses> | null;
  readonly notes: readonly string[];
};

export function judgeIntrusions(input: JudgeInput, tools: Tools): Story {
  const { names, baseline } = tools;
  const { advisories, facts } = input;
  const gathered = inLogonOfShell(gatherItems(input.findings, names), facts, names);
  const scales = new Scales(gathered, baseline);
  const weigh = (item: Item): Weighed => scales.weigh(item);
  const first = readContext(gathered, facts, names);
  const approvals = approveItems(gathered, { context: first, tunnels: new Map() }, tools.approvalOf);
  const ways = new Ways(baseline);
  const allowed = gathered.filter((_, at) => !approvals.suppressed.has(at));
  const items = unusualOf(allowed, scales, first, ways);
  const complete = completed(items, allowed, weigh, first, ways, input, tools);
  const weighed = complete.evidenced.items.map(weigh);
  const chains = advisories.map(({ chain }) => chain);
  const exposures = [
    ...exposuresOf(complete.evidenced, weighed, complete.returns),
    ...trailPairs(complete.trails, complete.keys, complete.evidenced.items),
  ];
  const isStrange = strangeBy(ways, complete.uses, names);
  const groups = groupItems(complete.evidenced, weighed, chains, exposures, isStrange);
  const scene: Scene = { ...complete.evidenced, weighed, isShort: baseline.isShort };
  const doubts: Doubts = {
    isShort: baseline.isShort,
    days: baseline.days,
    firstIn: (host, channel) => earliest(first.firstIn(host, channel), rememberedFirst(input.memory, host)),
    kept: approvals.kept,
  };
  const telling = { advisories, doubts, isPlant: tools.isPlant };
  const judged = groups.flatMap((group): JudgedGroup[] => {
    const each = judgeGroup(group, scene, advisories);
    return each === null ? [] : [{ group, judged: each }];
  });
  const told = foldHabits(judged, scene, gathered);
  const shown = calmed(told, scene);
  const intrusions = told.map(each => tellIntrusion(each, shown, telling));
  // A theft that is a habit here exposes nobody in this hunt, so it exposes nobody in the next.
  const habitual = new Set(shown.items.filter((_, at) => shown.weighed[at]!.ordinary !== null));
  const unusual = items.filter(item => !habitual.has(item) && weigh(item).ordinary === null);
  return {
    intrusions: intrusions.sort(compareIntrusions),
    suppressed: suppressedOf(gathered, approvals, weigh),
    thefts: rememberThefts(unusual, complete.uses, names),
    taught: input.memory === null ? null : teachUses(facts, first, input.memory, intrusions),
    notes: notesOf(input, complete.uses, allowed.length - items.length, intrusions),
  };
}

type Complete = {
  readonly evidenced: Evidenced;
  readonly returns: ReadonlyMap<string, Return>;
  readonly trails: readonly Trail[];
  readonly keys: EventKeys;
  readonly uses: Uses | null;
};

/** Adds what no rule can see, and of `allowed` what trails from it; `returns` by id of the item. */
function completed(
  items: readonly Item[],
  allowed: readonly Item[],
  weigh: (item: Item) => Weighed,
  context: Context,
  ways: Ways,
  { advisories, facts, memory, accounts }: JudgeInput,
  { names, zoneOf }: Tools,
): Complete {
  const weighed = items.map(weigh);
  const keys = new EventKeys(names);
  const log = new TunnelLog(facts);
  const tunnels = log.of(items, context);
  const carrying = carryingTunnels(items, weighed, context, tunnels);
  const openings = openingsOf(items, weighed, context);
  const found: Found[] = [
    ...findTunnels(carrying, advisories),
    ...findOpenings(openings, items, context, tunnels, ways, advisories),
    ...findReads(items, context, tunnels, advisories),
  ];
  const made = resetsOf(facts, context);
  const mayReturn =
    made.length > 0 ||
    items.some(({ behaviour }) => behaviour?.exposes != null) ||
    (memory?.exposed.length ?? 0) > 0;
  const uses = mayReturn || zoneOf !== null ? readUses(facts, context, memory) : null;
  const exposed = uses === null ? null : exposedBy(items, weighed, uses, names, memory, accounts);
  const returns = new Map<string, Return>();
  if (uses !== null && exposed !== null) {
    const back = [
      ...findEntries(carrying, openings, tunnels, { exposed, uses }, context, advisories),
      ...findReturns(exposed, uses, facts, advisories),
    ];
    addReturns(back, returns, found, keys);
    if (zoneOf !== null) found.push(...findCrossings(zoneOf, uses, facts, advisories));
  }
  const taken = uses === null ? [] : findResets(made, uses, advisories);
  for (const { reset, change, use } of taken) {
    found.unshift(use, change);
    found.push(...findTunnels([{ tunnel: reset.tunnel, item: foundItem(use, names) }], advisories));
  }
  addReturns(
    findGiven(givenBy(items, weighed, context), facts, context, exposed, advisories),
    returns,
    found,
    keys,
  );
  const back = [...returns.values()];
  const visits = { items: allowed, weighed: allowed.map(weigh), context, carrying, back, uses };
  const trails = trailsOf(visits);
  if (found.length === 0 && trails.length === 0)
    return { evidenced: { items, context, tunnels }, returns: new Map(), trails, keys, uses };
  keys.learn([...allowed, ...found].map(({ fact }) => fact));
  const told = new Set([...items, ...foundAgain(allowed, found, keys), ...trails.map(({ to }) => to)]);
  const all = merged([...told], found, names, keys);
  const again = readContext(all, facts, names, context);
  const byId = all.flatMap(item => {
    const each = returns.get(keys.of(item.fact));
    return each === undefined ? [] : [[item.id, each] as const];
  });
  return {
    evidenced: { items: all, context: again, tunnels: log.of(all, again) },
    returns: new Map(byId),
    trails,
    keys,
    uses,
  };
}

/** What a rule saw and was left out as ordinary, of events that are found all the same: the rule says what they are. */
function foundAgain(allowed: readonly Item[], found: readonly Found[], keys: EventKeys): Item[] {
  const times = new Set(found.map(({ fact }) => fact.micros));
  const events = new Set(found.map(({ fact }) => keys.of(fact)));
  return allowed.filter(({ micros, fact }) => times.has(micros) && events.has(keys.of(fact)));
}

/** Returns go in front of what else was found of an event, the stronger first. */
function addReturns(
  back: readonly Return[],
  returns: Map<string, Return>,
  found: Found[],
  keys: EventKeys,
): void {
  keys.learn(back.map(each => each.found.fact));
  for (const each of back) {
    const key = keys.of(each.found.fact);
    const before = returns.get(key);
    if (before !== undefined && before.found.gravity !== 'weak') {
      returns.set(key, bothWays(before, each));
      continue;
    }
    if (each.thefts.length > 0) returns.set(key, each);
    found.unshift(each.found);
  }
}

/** One event may be a return in two ways: then it says what either does. */
function bothWays(a: Return, b: Return): Return {
  return {
    ...a,
    ties: theft => a.ties(theft) || b.ties(theft),
    isFromNew: a.isFromNew || b.isFromNew,
  };
}

/** One item per event: what a rule found stays as it is, of several finds the first counts. */
function merged(items: readonly Item[], found: readonly Found[], names: Names, keys: EventKeys): Item[] {
  const byEvent = new Map(items.map(item => [keys.of(item.fact), item]));
  for (const each of found) {
    const key = keys.of(each.fact);
    const before = byEvent.get(key);
    if (before === undefined) byEvent.set(key, foundItem(each, names));
    else if (before.step === null || before.gravity === 'weak') byEvent.set(key, strengthened(before, each));
  }
  return [...byEvent.values()].sort(compareItems);
}

/** A weak finding on an event that is also a return: the rule stays, and the rest is what was found. */
function strengthened(item: Item, { behaviour, step, gravity, surprise, reasons }: Found): Item {
  if (gravity === 'weak' && item.step !== null) return { ...item, reasons: [...item.reasons, ...reasons] };
  return {
    ...item,
    behaviour: item.behaviour ?? behaviour,
    step,
    steps: step === null || gravity === 'weak' ? item.steps : [...item.steps, step],
    gravity,
    surprise,
    reasons: [...item.reasons, ...reasons],
  };
}

function rememberedFirst(memory: JudgeInput['memory'], host: string): number | null {
  const periods = memory?.periods.filter(period => period.host === host) ?? [];
  return periods.length === 0 ? null : Math.min(...periods.map(({ from }) => from));
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function suppressedOf(
  items: readonly Item[],
  { suppressed }: Approvals,
  weigh: (item: Item) => Weighed,
): Suppressed[] {
  const positions = [...suppressed.keys()].sort((a, b) => a - b);
  return positions.map(at => {
    const { approval, reason } = suppressed.get(at)!;
    const evidence = evidenceOf(items[at]!, weigh(items[at]!), null);
    return { evidence, approval: approval.id, reason, until: approval.until };
  });
}

function notesOf(
  { facts }: JudgeInput,
  uses: Uses | null,
  ordinary: number,
  intrusions: readonly Intrusion[],
): string[] {
  const notes: string[] = [];
  const timeless = intrusions.reduce(
    (sum, { evidence }) => sum + evidence.filter(({ micros }) => micros === NO_TIME).length,
    0,
  );
  if (timeless > 0) {
    const pieces = timeless === 1 ? '1 piece of evidence has' : `${timeless} pieces of evidence have`;
    notes.push(`${pieces} no time: such an event is linked by what it says, never by when.`);
  }
  if (ordinary > 0) {
    notes.push(
      `${ordinary} weak findings are ordinary here, for the same accounts make them again and again: they belong to no story.`,
    );
  }
  if (facts.dropped > 0) {
    notes.push(`${facts.dropped} facts did not fit and were left out: links that rest on them are missing.`);
  }
  if (uses?.isCut === true) {
    notes.push('Accounts are used in more ways than are kept: a first use may be missing from the evidence.');
  }
  return notes;
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
