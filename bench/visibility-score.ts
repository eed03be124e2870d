/**
 * Compares what a hunt told of its own blindness with the truth of the drill, cell by cell (behaviour × host × day) and spot by
 * spot. Where the logs can't tell, nothing counts; how many these are is told.
 */
import type { Behaviour } from '../src/know/advisories/index.ts';
import type { TrueSource, Truth } from '../src/run/drill/index.ts';
import { type Told, type ToldBlind, type ToldCell, ToldCells } from './visibility-told.ts';
import { dateOf, dayOf, type HostName, type TrueState, TrueVisibility } from './visibility-truth.ts';

export type KindScore = {
  /** Blind spots of this kind that hid a behaviour. */
  spots: number;
  /** Told with the right kind, host and channel. */
  named: number;
  /** Of those, told for all days on which they hid something, and for none on which their log was seen. */
  timely: number;
  /** Cells that it hid, and those of them that were told as blind. */
  cells: number;
  told: number;
};

export type VisibilityScore = {
  /** Blind by truth and told so. */
  blind: number;
  /** Told as visible though the records had been removed. */
  missed: number;
  /** Told as blind though the records are there. */
  imagined: number;
  /** Visible by truth and told so. */
  seen: number;
  /** Found: evidence needs no comparison. */
  found: number;
  /** The logs can't tell. */
  unknown: number;
  /** Nothing was told of this behaviour on this host. */
  untold: number;
  /** Of the blind ones told so: those whose told kinds are the true ones, and those where "in part" is right. */
  reasoned: number;
  partRight: number;
  /** Spots that were told, and those of them for days on which their log was seen. */
  toldSpots: number;
  falseSpots: number;
  readonly kinds: Map<string, KindScore>;
  /** What went wrong, for people: a few of each. */
  readonly examples: string[];
};

export function emptyScore(): VisibilityScore {
  return {
    blind: 0,
    missed: 0,
    imagined: 0,
    seen: 0,
    found: 0,
    unknown: 0,
    untold: 0,
    reasoned: 0,
    partRight: 0,
    toldSpots: 0,
    falseSpots: 0,
    kinds: new Map(),
    examples: [],
  };
}

/** Of a sort. */
const EXAMPLES = 6;

export function scoreVisibility(truth: Truth, behaviours: readonly Behaviour[], told: Told): VisibilityScore {
  const score = emptyScore();
  const visible = new TrueVisibility(truth);
  const cells = new ToldCells(told);
  const observable = behaviours.filter(({ notObservable }) => notObservable === null);
  /** Days on which each hid something. */
  const expected = new Map<TrueSource, Set<number>>();
  const toldHosts = new Set(cells.hosts);
  for (const host of [...visible.hosts, null]) {
    // The edge device is told of by its name where there is a log of it.
    const toldAs = host ?? (toldHosts.has(visible.edge) ? visible.edge : null);
    for (const behaviour of observable) {
      for (let day = visible.from; day < visible.to; day++) {
        const state = visible.of(behaviour, host, day);
        if (state === null) break;
        // A host of which nothing at all was told is a blind spot that was overlooked.
        const isOverlooked = !toldHosts.has(toldAs) && state.sight === 'blind';
        const cell = cells.at(toldAs, behaviour.id, dateOf(day));
        countCell(score, {
          state,
          cell,
          isOverlooked,
          told,
          what: `${behaviour.id} ${toldAs} ${dateOf(day)}`,
        });
        if (state.sight !== 'blind' || cell === undefined || cell.sight === 'found') continue;
        for (const reason of new Set(state.reasons)) {
          const days = expected.get(reason) ?? new Set<number>();
          expected.set(reason, days.add(day));
          const of = kindOf(score, reason);
          of.cells++;
          if (cell.sight === 'could-not-see') of.told++;
        }
      }
    }
  }
  for (const [source, days] of expected) countSpot(score, source, days, told.blinds, visible);
  for (const blind of told.blinds) countTold(score, blind, visible);
  return score;
}

function kindOf(score: VisibilityScore, { kind }: TrueSource): KindScore {
  const name = kind ?? '';
  const of = score.kinds.get(name) ?? { spots: 0, named: 0, timely: 0, cells: 0, told: 0 };
  score.kinds.set(name, of);
  return of;
}

function note(score: VisibilityScore, text: string): void {
  const sort = text.slice(0, text.indexOf(':'));
  if (score.examples.filter(each => each.includes(sort)).length < EXAMPLES) score.examples.push(text);
}

type CellPair = {
  readonly state: TrueState;
  readonly cell: ToldCell | undefined;
  readonly isOverlooked: boolean;
  readonly told: Told;
  readonly what: string;
};

function countCell(score: VisibilityScore, { state, cell, isOverlooked, told, what }: CellPair): void {
  if (cell?.sight === 'found') score.found++;
  else if (state.sight === 'unknown') score.unknown++;
  else if (cell === undefined) {
    if (isOverlooked) score.missed++;
    else score.untold++;
  } else if (state.sight === 'seen') {
    if (cell.sight === 'would-have-shown') score.seen++;
    else {
      score.imagined++;
      note(score, `blind though present: ${what} (${kindsOf(cell, told).join(', ')})`);
    }
  } else if (cell.sight === 'would-have-shown') {
    score.missed++;
    note(score, `visible though removed: ${what} (${kindsTrue(state).join(', ')})`);
  } else {
    score.blind++;
    if (isReasoned(kindsOf(cell, told), state)) score.reasoned++;
    else note(score, `reason: ${what}: ${kindsOf(cell, told).join(', ')} for ${kindsTrue(state).join(', ')}`);
    if (state.isPartial === null || cell.partial === state.isPartial) score.partRight++;
    else note(score, `in part ${cell.partial}: ${what} (${kindsTrue(state).join(', ')})`);
  }
}

const sorted = (kinds: readonly (string | null | undefined)[]): readonly string[] =>
  [...new Set(kinds.map(kind => kind ?? ''))].sort();
const kindsOf = ({ blinds }: ToldCell, told: Told): readonly string[] =>
  sorted(blinds.map(at => told.blinds[at]?.kind));
const kindsTrue = ({ reasons }: TrueState): readonly string[] => sorted(reasons.map(({ kind }) => kind));

/** Where nothing of a host was brought, a log that rests for days may as well have ended before, or begun after. */
const ends: ReadonlySet<string> = new Set(['before-first', 'after-last', 'silent']);

function isReasoned(told: readonly string[], state: TrueState): boolean {
  const isSilent = state.reasons.some(({ kind, channel }) => kind === 'silent' && channel === null);
  const plain = (kinds: readonly string[]): string =>
    sorted(kinds.map(kind => (isSilent && ends.has(kind) ? 'silent' : kind))).join();
  return plain(told) === plain(kindsTrue(state));
}

const daysOf = ({ from, to }: ToldBlind): readonly number[] =>
  Array.from({ length: dayOf(to) - dayOf(from) + 1 }, (_, i) => dayOf(from) + i);

/** The same reason of the same host and log. */
function isSame(source: TrueSource, blind: ToldBlind, edge: string): boolean {
  const fold = (text: string | null): string | null => text?.toLowerCase() ?? null;
  const isLog =
    source.channel === null || blind.channel === null || fold(source.channel) === fold(blind.channel);
  return (
    source.kind === blind.kind &&
    (fold(source.host) === blind.host || (source.host === null && blind.host === edge)) &&
    isLog &&
    source.field === blind.field &&
    (source.eventIds === null ||
      blind.eventIds.length === 0 ||
      source.eventIds.some(id => blind.eventIds.includes(id)))
  );
}

function countSpot(
  score: VisibilityScore,
  source: TrueSource,
  days: ReadonlySet<number>,
  blinds: readonly ToldBlind[],
  visible: TrueVisibility,
): void {
  const of = kindOf(score, source);
  of.spots++;
  const same = blinds.filter(blind => isSame(source, blind, visible.edge));
  const what = `${source.kind} ${source.host} ${source.channel} ${source.from} to ${source.to}`;
  if (same.length === 0) {
    note(score, `not named: ${what}`);
    return;
  }
  of.named++;
  const told = new Set(same.flatMap(daysOf));
  const isWhole = [...days].every(day => told.has(day));
  const isOver = same.some(blind => wrongDays(blind, visible).length > 0);
  if (isWhole && !isOver) of.timely++;
  else note(score, `period: ${what}: told ${same.map(({ from, to }) => `${from} to ${to}`).join(', ')}`);
}

function isOfSite(host: string | null, { hosts, edge }: TrueVisibility): boolean {
  return host === null || host === edge || hosts.includes(host);
}

/** Days for which it was told though its log, event and field were there. */
function wrongDays(blind: ToldBlind, visible: TrueVisibility): readonly number[] {
  const host: HostName = blind.host !== null && visible.hosts.includes(blind.host) ? blind.host : null;
  const ids: readonly (number | null)[] = blind.eventIds.length === 0 ? [null] : blind.eventIds;
  // A spot of every log is told of each; the Security log stands for them.
  const channel = blind.channel ?? (host === null ? 'fortigate' : 'Security');
  const fields = blind.field === null ? [] : [blind.field];
  return daysOf(blind).filter(day =>
    ids.some(eventId => {
      if (eventId !== null) return visible.at(host, day, { channel, eventId, fields }) === 'seen';
      return visible.isLogSeen(host, day, channel);
    }),
  );
}

function countTold(score: VisibilityScore, blind: ToldBlind, visible: TrueVisibility): void {
  // Of what no log shows at all, and of machines that are none of the site's, the truth says nothing.
  if (blind.kind === 'not-observable' || !isOfSite(blind.host, visible)) return;
  score.toldSpots++;
  const wrong = wrongDays(blind, visible);
  if (wrong.length === 0) return;
  score.falseSpots++;
  note(
    score,
    `no blind spot: ${blind.kind} ${blind.host} ${blind.channel} ${blind.eventIds.join(' ')} ${blind.field ?? ''}: ${wrong.length} days seen, as ${dateOf(wrong[0]!)}`,
  );
}

/** Adds `other` to `score`. */
export function addScore(score: VisibilityScore, other: VisibilityScore): void {
  for (const key of counted) score[key] += other[key];
  for (const [kind, of] of other.kinds) {
    const own = score.kinds.get(kind);
    if (own === undefined) score.kinds.set(kind, { ...of });
    else for (const key of ofKind) own[key] += of[key];
  }
  for (const text of other.examples) note(score, text);
}

const counted = [
  'blind',
  'missed',
  'imagined',
  'seen',
  'found',
  'unknown',
  'untold',
  'reasoned',
  'partRight',
  'toldSpots',
  'falseSpots',
] as const;
const ofKind = ['spots', 'named', 'timely', 'cells', 'told'] as const;
