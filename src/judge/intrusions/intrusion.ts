/** A judged group as people and programs read it. */
import { createHash } from 'node:crypto';
import type { Advisory } from '../../know/advisories/index.ts';
import type { Evidence, Intrusion } from '../types.ts';
import {
  type Doubts,
  distinct,
  offeredApproval,
  saidAgainst,
  saidBy,
  saidFirst,
  saidFor,
  saidHabit,
  saidOften,
  saidRecurring,
  saidSettle,
  saidWhose,
  sentence,
  tellStory,
  titleOf,
} from './explain/index.ts';
import { listed } from './gather.ts';
import { compareGravity, type Item } from './item.ts';
import { type Habit, type JudgedGroup, saidPart, type ToldGroup } from './recurring.ts';
import { sourcesOf } from './sessions.ts';
import { type Judged, type Scene, scoreOf } from './verdict.ts';
import type { Weighed } from './weigh.ts';

export type Telling = {
  readonly advisories: readonly Advisory[];
  readonly doubts: Doubts;
  /** Whether a host lies on the plant's side. */
  readonly isPlant: (host: string) => boolean;
};

export function tellIntrusion(
  { group, judged, habit }: ToldGroup,
  scene: Scene,
  telling: Telling,
): Intrusion {
  const members = group.items.map(at => scene.items[at]!);
  const timed = members.filter(({ micros }) => micros !== 0);
  const hosts = distinct(members.map(({ host }) => host));
  const accounts = distinctAccounts(members);
  const sources = distinct(members.flatMap(item => sourcesOf(item, scene.context)));
  const plant = hosts.filter(telling.isPlant);
  const id = idOf(members);
  return {
    id,
    verdict: judged.verdict,
    // The same once more says nothing new.
    score: scoreOf(habit?.latest.group ?? group, judged, scene),
    ...(habit === null
      ? saidOnce({ group, judged }, scene, hosts, telling)
      : saidAgain(habit, members, scene, hosts, telling, id)),
    firstSeen: timed[0]?.micros ?? 0,
    lastSeen: timed.at(-1)?.micros ?? 0,
    stages: distinct(members.map(({ stage }) => stage)),
    hosts,
    accounts,
    sources,
    evidence: group.items.map(at =>
      evidenceOf(scene.items[at]!, scene.weighed[at]!, telling.doubts.kept.get(scene.items[at]!.id) ?? null),
    ),
    links: group.links
      .toSorted((a, b) => a.from - b.from || a.to - b.to)
      .map(({ from, to, reason }) => ({
        from: scene.items[from]!.id,
        to: scene.items[to]!.id,
        reason: reason(),
      })),
    first: saidFirst(telling.advisories, { hosts, accounts, sources, plant }),
  };
}

type Said = Pick<Intrusion, 'summary' | 'for' | 'against' | 'settle' | 'story' | 'recurs'>;

function saidOnce(
  { group, judged }: JudgedGroup,
  scene: Scene,
  hosts: readonly string[],
  { doubts }: Telling,
): Said {
  return {
    summary: summaryOf(judged, scene, hosts),
    for: saidFor(group, judged, scene),
    against: saidAgainst(group, judged, scene, doubts),
    settle: saidSettle(judged, scene),
    story: tellStory(group, scene),
  };
}

/** What is said of a habit is said of its last time, which is remembered best; that it recurs is said in front. */
function saidAgain(
  habit: Habit,
  members: readonly Item[],
  scene: Scene,
  hosts: readonly string[],
  telling: Telling,
  id: string,
): Said {
  const once = saidOnce(habit.latest, scene, hosts, telling);
  const { times, period, first, last } = habit;
  const approval = offeredApproval(members, scene, `habit-${id.slice(0, 8)}`);
  return {
    summary: sentence(`${saidOften(habit)}: ${once.summary}`),
    for: once.for,
    against: distinct([...saidHabit(habit), ...once.against.filter(line => !line.includes(saidPart(habit)))]),
    settle: distinct([saidWhose(habit, approval), ...once.settle]),
    story: [
      ...saidRecurring(habit),
      ...tellStory(habit.earliest.group, scene),
      ...tellStory(habit.latest.group, scene),
    ],
    recurs: { times, period, first, last, approval },
  };
}

/** One name for each account, in order of entry: the first with a domain that was met. */
function distinctAccounts(members: readonly Item[]): string[] {
  const byKey = new Map<string, string>();
  for (const { accountKey, account } of members) {
    if (accountKey === null || account === null) continue;
    const before = byKey.get(accountKey);
    if (before === undefined || (!before.includes('\\') && account.includes('\\')))
      byKey.set(accountKey, account);
  }
  return [...byKey.values()];
}

function idOf(members: readonly Item[]): string {
  const hash = createHash('sha256');
  for (const { id } of members) hash.update(id);
  return hash.digest('hex').slice(0, 16);
}

/** One line: the gravest thing, where and by whom, and what else was done. */
function summaryOf({ carriers }: Judged, { items, weighed }: Scene, hosts: readonly string[]): string {
  const ranked = [...carriers].sort(
    (a, b) =>
      compareGravity(items[a]!.gravity, items[b]!.gravity) || weighed[b]!.bits - weighed[a]!.bits || a - b,
  );
  const lead = items[ranked[0]!]!;
  const others = distinct(ranked.slice(1).map(at => titleOf(items[at]!))).filter(
    title => title !== titleOf(lead),
  );
  const with_ = others.length === 0 ? '' : `, with ${listed(others, 4)}`;
  const where = hosts.length === 1 ? '' : ` (${hosts.length} hosts)`;
  return sentence(`${titleOf(lead)} on ${lead.host}${saidBy(lead)}${with_}${where}`);
}

export function evidenceOf(item: Item, weighed: Weighed, kept: string | null): Evidence {
  const { id, behaviour, rule, stage, micros, host, account, fact, copies, example } = item;
  return {
    id,
    behaviour,
    rule,
    stage,
    micros,
    host,
    account,
    channel: fact.channel,
    place: fact.place,
    copies,
    example,
    weight: Math.round(weighed.bits * 10) / 10,
    reasons: distinct([...item.reasons, ...weighed.reasons, kept]),
    fact,
  };
}
