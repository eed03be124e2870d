/**
 * One habit, one story. Grave evidence is told however often it recurs, so a weekly copy of the directory would be told
 * every week, and who reads the same page fifty times reads none. Groups that are the same doing again are told as one, with
 * all of their evidence: the verdict stays, only the repetition goes.
 *
 * The same doing: its gravest act agrees in behaviour, account, host, parent, shape of the command and paths (numbers
 * folded, for a folder bears the date), and everything else that is linked to it was there most of the other times too. What
 * differs in any of that, is an `intrusion`, or holds something that the others do not (an archive of the output, somebody
 * who fetched it, a logon from elsewhere) stays a story of its own: a habit explains itself and nothing beside it. Another
 * hour alone is no difference, but is said.
 *
 * It recurs by the measures of the baseline: on a schedule (four times at least, `recurrence.ts`), or on as many days as
 * make a habit. Twice is none. Where no log names the account only a schedule will do.
 *
 * Costs one folded command for each piece of evidence that may belong to one; nothing where fewer than four groups agree.
 */
import type { Join } from '../../know/advisories/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import { commandShape, recurrenceOf } from '../baseline/index.ts';
import { networkOf } from '../sources.ts';
import type { Verdict } from '../types.ts';
import type { Context } from './context.ts';
import { compareGravity, compareItems, type Item } from './item.ts';
import type { Pair } from './joins/index.ts';
import { baseName } from './paths.ts';
import type { Group } from './sets.ts';
import { DAY, HOUR, saidSpan } from './time.ts';
import type { Judged, Scene } from './verdict.ts';
import { HABIT_DAYS, saidPeriod, worth } from './weigh.ts';

export type JudgedGroup = { readonly group: Group; readonly judged: Judged };

/** A doing that recurs. */
export type Habit = {
  readonly times: number;
  /** Seconds; null = on many days, but on no schedule. */
  readonly period: number | null;
  /** Of them so many lie beside the schedule. */
  readonly beside: number;
  readonly first: number;
  readonly last: number;
  /** Times of doings that begin alike and differ, which are told by themselves. */
  readonly different: readonly number[];
  /** So many of the times are left out of the evidence. */
  readonly left: number;
  /** Its gravest act, the last time. */
  readonly lead: Item;
  /** The first time and the last, which stand for all of them. */
  readonly earliest: JudgedGroup;
  readonly latest: JudgedGroup;
};

export type ToldGroup = JudgedGroup & { readonly habit: Habit | null };

/** Fewer agree by chance: the least that a schedule can be seen in. */
const FEWEST = 4;
/** What belongs to one time lies within half a day of it. */
const NEAR: number = 12 * HOUR;
/** Pieces of evidence of one habit that are kept: three years of nights. Beyond, the first half and the last. */
const MOST_EVIDENCE = 10_000;

/** One time of a doing: a group, or a part of one that a folder used again and again holds together. */
type Occurrence = {
  readonly of: JudgedGroup;
  /** What of it was done this time. */
  readonly part: JudgedGroup;
  readonly lead: Item;
  readonly leadAt: number;
  readonly keys: ReadonlySet<string>;
  readonly first: number;
  readonly last: number;
};

/** Stories as they are told, in the order of their first; `all` is everything that was found, ordinary or not. */
export function foldHabits(groups: readonly JudgedGroup[], scene: Scene, all: readonly Item[]): ToldGroup[] {
  const keys = new Keys(scene.context);
  const occurrences = groups.flatMap(each => occurrencesOf(each, scene, keys));
  const folded = new Map<JudgedGroup, ToldGroup | null>();
  for (const rough of sorted(occurrences, ({ lead }) => keys.rough(lead)).values()) {
    if (rough.length < FEWEST) continue;
    const seen = new Seen(rough, all, scene.items, keys);
    for (const same of sorted(rough, ({ lead }) => keys.of(lead)).values()) {
      for (const { times, told } of habitsOf(same, seen)) {
        for (const { of } of times) folded.set(of, null);
        folded.set(times[0]!.of, told);
      }
    }
  }
  return groups.flatMap(each => {
    const told = folded.get(each);
    if (told === undefined) return [{ ...each, habit: null }];
    return told === null ? [] : [told];
  });
}

function sorted<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const byKey = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [value]);
    else same.push(value);
  }
  return byKey;
}

/**
 * The scene as it is told: what recurs as a whole is ordinary in each of its parts, also where a part is too rarely logged
 * for the baseline to say so. It keeps its worth as support.
 */
export function calmed(told: readonly ToldGroup[], scene: Scene): Scene {
  const weighed = [...scene.weighed];
  for (const { group, habit } of told) {
    if (habit === null) continue;
    const ordinary = saidPart(habit);
    for (const at of group.items) {
      const bits = Math.min(worth.weak, weighed[at]!.bits);
      weighed[at] = { bits, unusual: null, ordinary, reasons: [ordinary] };
    }
  }
  return { ...scene, weighed };
}

/** Of each piece of its evidence. */
export function saidPart({ times, period }: Habit): string {
  return `part of what was done ${times} times${period === null ? '' : `, every ${saidPeriod(period)}`}`;
}

/** The times of a group: its visits, where each begins with the same act; else itself. None where nothing may recur. */
function occurrencesOf(of: JudgedGroup, scene: Scene, keys: Keys): Occurrence[] {
  const { items } = scene;
  if (of.judged.verdict === 'intrusion' || of.group.items.some(at => items[at]!.micros === NO_TIME))
    return [];
  const visits: number[][] = [];
  for (const at of of.group.items) {
    const visit = visits.at(-1);
    if (visit !== undefined && items[at]!.micros - items[visit.at(-1)!]!.micros <= NEAR) visit.push(at);
    else visits.push([at]);
  }
  const parts = visits.flatMap(visit => occurrenceOf(of, visit, scene, keys) ?? []);
  const isOne = new Set(parts.map(({ lead }) => keys.of(lead))).size === 1;
  if (isOne && parts.length === visits.length) return parts;
  const whole = occurrenceOf(of, of.group.items, scene, keys);
  return whole === null ? [] : [whole];
}

/** Null where no rule found any of it. */
function occurrenceOf(
  of: JudgedGroup,
  positions: readonly number[],
  { items }: Scene,
  keys: Keys,
): Occurrence | null {
  const found = positions.filter(at => items[at]!.rule !== null);
  if (found.length === 0) return null;
  const leadAt = found.reduce((a, b) => (compareLeads(items[b]!, items[a]!) < 0 ? b : a));
  return {
    of,
    part: partOf(of, new Set(positions)),
    lead: items[leadAt]!,
    leadAt,
    keys: new Set(positions.map(at => keys.of(items[at]!))),
    first: items[positions[0]!]!.micros,
    last: items[positions.at(-1)!]!.micros,
  };
}

function partOf({ group, judged }: JudgedGroup, positions: ReadonlySet<number>): JudgedGroup {
  const carriers = judged.carriers.filter(at => positions.has(at));
  return {
    group: {
      items: group.items.filter(at => positions.has(at)),
      links: group.links.filter(({ from, to }) => positions.has(from) && positions.has(to)),
    },
    judged: { ...judged, carriers: carriers.length === 0 ? [...positions] : carriers },
  };
}

/** Of what was done at one time, the act that it is about comes first: the gravest, and of those the one that says most. */
function compareLeads(a: Item, b: Item): number {
  const says = ({ accountKey, fact: { values } }: Item): number =>
    Number(accountKey !== null) * 4 +
    Number(values.commandLine !== undefined) * 2 +
    Number(values.parentImage !== undefined);
  return compareGravity(a.gravity, b.gravity) || says(b) - says(a) || compareItems(a, b);
}

/** What an item is, without when: two items of one key are the same act. */
class Keys {
  readonly #context: Context;
  readonly #keys = new Map<Item, string>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** The part that costs nothing. */
  rough({ behaviour, rule, stage, host, accountKey }: Item): string {
    return `${behaviour?.id ?? rule?.id ?? stage}\n${host}\n${accountKey ?? ''}`;
  }

  of(item: Item): string {
    let key = this.#keys.get(item);
    if (key === undefined) {
      key = `${this.rough(item)}\n${this.#fine(item)}`;
      this.#keys.set(item, key);
    }
    return key;
  }

  #fine(item: Item): string {
    const { type, channel, eventId, values } = item.fact;
    const { commandLine, image, parentImage, sourceIp, sourceHost, share } = values;
    // Security and Sysmon tell the same start of a process.
    const what = type === 'event' ? `${channel} ${eventId}` : type;
    const shape = commandLine === undefined ? folded(image ?? '') : commandShape(commandLine, image);
    const source = sourceIp === undefined ? sourceHost : (networkOf(sourceIp) ?? sourceIp);
    const paths = this.#context.paths(item).map(({ host, path }) => `${host} ${folded(path)}`);
    return [what, shape, folded(parentImage ?? ''), source ?? '', share ?? '', ...paths.sort()]
      .join('\n')
      .toLowerCase();
  }
}

/** A path without what differs each time: dates, counters, GUIDs. */
function folded(path: string): string {
  return path.toLowerCase().replace(/\{[0-9a-f-]{36}\}|\d+/g, '#');
}

/** When acts were seen that some occurrence holds, also those that are too ordinary to be told. */
class Seen {
  readonly #times = new Map<string, number[]>();

  constructor(occurrences: readonly Occurrence[], all: readonly Item[], told: readonly Item[], keys: Keys) {
    for (const each of occurrences) for (const key of each.keys) this.#times.set(key, []);
    const roughs = new Set([...this.#times.keys()].map(key => key.split('\n', 3).join('\n')));
    for (const items of [all, told]) {
      for (const item of items) {
        if (roughs.has(keys.rough(item))) this.#times.get(keys.of(item))?.push(item.micros);
      }
    }
    for (const times of this.#times.values()) times.sort((a, b) => a - b);
  }

  /** Whether an act was seen about an occurrence. */
  about(key: string, { first, last }: Occurrence): boolean {
    const times = this.#times.get(key) ?? [];
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (times[middle]! < first - NEAR) low = middle + 1;
      else high = middle;
    }
    return low < times.length && times[low]! <= last + NEAR;
  }
}

/** Of occurrences that begin alike, those that are the same throughout; what is left may be another habit. */
function habitsOf(
  occurrences: readonly Occurrence[],
  seen: Seen,
): { readonly times: readonly Occurrence[]; readonly told: ToldGroup }[] {
  const habits: Occurrence[][] = [];
  let rest = [...occurrences];
  while (rest.length >= FEWEST) {
    const common = commonTo(rest, seen);
    const same = wholeGroups(
      rest.filter(({ keys }) => [...keys].every(key => common.has(key))),
      rest,
    );
    if (!recurs(same)) break;
    habits.push(same);
    rest = rest.filter(each => !same.includes(each));
  }
  return habits.map(times => {
    const different = occurrences.filter(each => !times.includes(each)).map(({ lead }) => lead.micros);
    return { times, told: toldOf(times, different) };
  });
}

/** Only groups all of whose times are among them: what else is linked to one is its own story. */
function wholeGroups(same: readonly Occurrence[], rest: readonly Occurrence[]): Occurrence[] {
  const partly = new Set(rest.filter(each => !same.includes(each)).map(({ of }) => of));
  return same.filter(({ of }) => !partly.has(of));
}

/** Acts that were seen most of the times. */
function commonTo(occurrences: readonly Occurrence[], seen: Seen): ReadonlySet<string> {
  const keys = new Set(occurrences.flatMap(each => [...each.keys]));
  return new Set(
    [...keys].filter(
      key =>
        2 * occurrences.filter(each => each.keys.has(key) || seen.about(key, each)).length >
        occurrences.length,
    ),
  );
}

function recurs(occurrences: readonly Occurrence[]): boolean {
  if (occurrences.length < FEWEST) return false;
  if (recurrenceOf(occurrences.map(({ lead }) => lead.micros)) !== null) return true;
  return occurrences[0]!.lead.accountKey !== null && daysApart(occurrences) > HABIT_DAYS;
}

/** Days, of which no two lie side by side: a visit over midnight is one. */
function daysApart(occurrences: readonly Occurrence[]): number {
  let count = 0;
  let before = Number.NEGATIVE_INFINITY;
  for (const { lead } of occurrences) {
    const day = Math.floor(lead.micros / DAY);
    if (day - before <= 1) continue;
    before = day;
    count++;
  }
  return count;
}

const rank: Readonly<Record<Verdict, number>> = { intrusion: 0, suspected: 1, lead: 2 };

function toldOf(times: readonly Occurrence[], different: readonly number[]): ToldGroup {
  const kept = bounded(times);
  const schedule = recurrenceOf(times.map(({ lead }) => lead.micros));
  const groups = new Set(times.map(({ of }) => of));
  const strongest = [...groups].reduce((a, b) => (rank[b.judged.verdict] < rank[a.judged.verdict] ? b : a));
  const [earliest, latest] = [times[0]!, times.at(-1)!];
  const items = new Set(inOrder(kept.flatMap(({ part }) => part.group.items)));
  const links = [...groups].flatMap(({ group }) =>
    group.links.filter(({ from, to }) => items.has(from) && items.has(to)),
  );
  const again = kept.slice(1).map((each, i) => recurrencePair(kept[i]!, each));
  return {
    group: { items: [...items], links: [...links, ...again] },
    judged: {
      verdict: strongest.judged.verdict,
      carriers: inOrder(kept.flatMap(({ part }) => part.judged.carriers)),
      steps: strongest.judged.steps,
    },
    habit: {
      times: times.length,
      period: schedule?.period ?? null,
      beside: schedule?.beside ?? 0,
      first: earliest.lead.micros,
      last: latest.lead.micros,
      different,
      left: times.length - kept.length,
      lead: latest.lead,
      earliest: earliest.part,
      latest: latest.part,
    },
  };
}

const inOrder = (positions: readonly number[]): number[] => [...positions].sort((a, b) => a - b);

/** As many of the first and of the last as there is room for. */
function bounded(times: readonly Occurrence[]): readonly Occurrence[] {
  const kept = new Set<Occurrence>();
  let room = MOST_EVIDENCE;
  for (let i = 0; i < times.length; i++) {
    // The first, the last, the second, the last but one.
    const next = times[i % 2 === 0 ? i >> 1 : times.length - 1 - (i >> 1)]!;
    room -= next.part.group.items.length;
    if (room < 0) break;
    kept.add(next);
  }
  return times.filter(each => kept.has(each));
}

const join: Join = 'account-host';

function recurrencePair(before: Occurrence, after: Occurrence): Pair {
  const { account, host, micros, fact } = after.lead;
  const reason = (): string => {
    const who = account === null ? '' : `, ${account}`;
    const parent =
      fact.values.parentImage === undefined ? '' : `, started by ${baseName(fact.values.parentImage)}`;
    return `the same again on ${host}${who}${parent}: ${saidSpan(micros - before.lead.micros)} later`;
  };
  return {
    from: Math.min(before.leadAt, after.leadAt),
    to: Math.max(before.leadAt, after.leadAt),
    join,
    reason,
  };
}
