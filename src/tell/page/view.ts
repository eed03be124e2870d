/**
 * The page's input as its sections look at it: what is shown and what is left out is decided here, once, so that the words of
 * the page, its drawings and the data of its script speak of the same evidence.
 *
 * A page has to open in seconds, whatever was found. Evidence comes first: the weightiest of each story, as much as
 * `MOST_EVIDENCE` and `MOST_WRITTEN` let in; then its raw events up to `MOST_RAW`, strongest stories first. What does not fit is
 * counted and said.
 */
import type { CaseView, Evidence, Intrusion } from '../../judge/index.ts';
import { shortened } from './shorten.ts';
import { type Clock, createClock } from './times.ts';
import type { PageInput } from './types.ts';

export const MOST_EVIDENCE = 5000;
/** Of evidence, in characters as written, in its row and again for the script. */
export const MOST_WRITTEN = 8_500_000;
/** A story that comes after the room is full still shows its weightiest. */
const LEAST_OF_ONE = 10;
/** Raw events, as written: they stand twice in the file too. */
export const MOST_RAW = 4_500_000;
/** Of one event: a script block may be longer than everything else. */
const MOST_RAW_OF_ONE = 20_000;
/** Stories that are told; beyond that they are only counted. */
export const MOST_INTRUSIONS = 200;
/** Links of one story, for the script. */
export const MOST_LINKS = 10_000;
/** Of what an event says. */
const MOST_SAID = 4000;
/** Findings outside the stories, by rule and host. */
export const MOST_REST = 1000;

/** A piece of evidence on the page. */
export type Shown = {
  readonly evidence: Evidence;
  /** Position of its story in `View.stories`. */
  readonly of: number;
  /** The `id` of its row, unique on the page. */
  readonly row: string;
  /** Null where it was not kept or did not fit. */
  readonly raw: string | null;
  /** Position, in `View.evidence`, of the process that started it; -1 = unknown. */
  readonly parent: number;
};

/** An intrusion with what the page shows of it. */
export type Story = {
  readonly intrusion: Intrusion;
  /** Its position in `View.stories`. */
  readonly of: number;
  /** The `id` of its article. */
  readonly article: string;
  /** In order of time. */
  readonly shown: readonly Shown[];
  /** Null where nobody has decided anything. */
  readonly case: CaseView | null;
};

export type View = {
  /** With short names of hosts. */
  readonly input: PageInput;
  /** What is left out behind hosts' names; null = nothing. */
  readonly domain: string | null;
  readonly clock: Clock;
  readonly stories: readonly Story[];
  /** Of all stories, one after the other. */
  readonly evidence: readonly Shown[];
  /** Canonical names of hosts of the plant. */
  readonly plant: ReadonlySet<string>;
  readonly left: {
    readonly evidence: number;
    readonly raw: number;
    readonly rest: number;
    readonly intrusions: number;
  };
};

export function viewOf(given: PageInput): View {
  const { input, domain } = shortened(given);
  const intrusions = input.intrusions.slice(0, MOST_INTRUSIONS);
  const cases = new Map(input.cases.map(each => [each.intrusion, each]));
  const stories: Story[] = [];
  const evidence: Shown[] = [];
  const rows = new Set<string>();
  let room: Room = { count: MOST_EVIDENCE, written: MOST_WRITTEN };
  let rawRoom = MOST_RAW;
  let rawLeft = 0;
  for (const [of, intrusion] of intrusions.entries()) {
    const start = evidence.length;
    const { chosen, left } = weightiest(intrusion.evidence, room);
    room = left;
    const parents = parentsOf(chosen);
    for (const [at, each] of chosen.entries()) {
      const raw = rawOf(input, each.id);
      const cost = raw === null ? 0 : written(raw);
      const fits = raw !== null && cost <= rawRoom;
      if (fits) rawRoom -= cost;
      else rawLeft++;
      const parent = parents[at]!;
      evidence.push({
        evidence: { ...each, example: clipped(each.example, MOST_SAID) },
        of,
        row: rowOf(each.id, rows),
        raw: fits ? raw : null,
        parent: parent < 0 ? -1 : start + parent,
      });
    }
    stories.push({
      intrusion,
      of,
      article: `i-${of + 1}`,
      shown: evidence.slice(start),
      case: cases.get(intrusion.id) ?? null,
    });
  }
  const all = input.intrusions.reduce((sum, each) => sum + each.evidence.length, 0);
  return {
    input,
    domain,
    clock: createClock(input.siteTimeZone),
    stories,
    evidence,
    plant: new Set([
      ...input.reach.hosts.map(({ host }) => host),
      ...input.visibility.hosts.filter(({ zone }) => zone === 'ot').map(({ host }) => host),
    ]),
    left: {
      evidence: all - evidence.length,
      raw: rawLeft,
      rest: Math.max(0, input.rest.length - MOST_REST),
      intrusions: input.intrusions.length - intrusions.length,
    },
  };
}

/** In the order in which keys first appear. */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** At most `most` characters, whole ones. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/\p{Surrogate}$/u, '')}…`;
}

type Room = { readonly count: number; readonly written: number };

function weightiest(evidence: readonly Evidence[], room: Room): { chosen: readonly Evidence[]; left: Room } {
  const ranked = evidence
    .map((each, at) => ({ each, at }))
    .sort((a, b) => b.each.weight - a.each.weight || a.at - b.at);
  let { count, written } = room;
  const chosen: typeof ranked = [];
  for (const next of ranked) {
    const cost = costOf(next.each);
    if (chosen.length >= LEAST_OF_ONE && (count <= 0 || cost > written)) break;
    chosen.push(next);
    count--;
    written -= cost;
  }
  return { chosen: chosen.sort((a, b) => a.at - b.at).map(({ each }) => each), left: { count, written } };
}

/** Tags of a row and names of its data. */
const ROW = 1250;

function costOf({ example, reasons, host, account, channel }: Evidence): number {
  const texts = [clipped(example, MOST_SAID), ...reasons, host, host, account ?? '', account ?? '', channel];
  return texts.reduce((sum, text) => sum + written(text), ROW);
}

const escapedInHtml = /[&<>"'`\\]/g;

/** How long a text becomes, escaped in HTML and in JSON. */
function written(text: string): number {
  return 2 * text.length + 6 * (text.match(escapedInHtml)?.length ?? 0);
}

function rawOf(input: PageInput, id: string): string | null {
  const raw = input.rawOf(id);
  return raw === null ? null : clipped(raw, MOST_RAW_OF_ONE);
}

/** Ids are ours, but a page with two rows of one name would lead a reader to the wrong event. */
function rowOf(id: string, taken: Set<string>): string {
  const base = `e-${id.replace(/[^\w-]/g, '_')}`;
  let row = base;
  for (let i = 2; taken.has(row); i++) row = `${base}.${i}`;
  taken.add(row);
  return row;
}

/** How long a process id is believed where no ProcessGuid is written: as in joins. */
export const PID_LASTS = 3600e6;

/** For each, the position of the start of the process that started it, or whose doing it is; -1 = none. Only earlier ones. */
function parentsOf(evidence: readonly Evidence[]): number[] {
  const byGuid = new Map<string, number>();
  const byPid = new Map<string, number>();
  return evidence.map(({ fact, host, micros }, at) => {
    const { guid, parentGuid, pid, parentPid } = fact.values;
    const starts = fact.type === 'process-start';
    const key = starts ? parentGuid : guid;
    const number = starts ? parentPid : pid;
    let parent = key === undefined ? undefined : byGuid.get(`${host} ${key}`);
    if (parent === undefined && number !== undefined) {
      const start = byPid.get(`${host} ${number}`);
      if (start !== undefined && Math.abs(micros - evidence[start]!.micros) <= PID_LASTS) parent = start;
    }
    if (starts && guid !== undefined) byGuid.set(`${host} ${guid}`, at);
    if (starts && pid !== undefined) byPid.set(`${host} ${pid}`, at);
    return parent ?? -1;
  });
}
