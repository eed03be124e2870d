/**
 * What a worker saw of logs. It looks at every event, so it must cost next to nothing: the last day of each kind of event
 * is at hand, and so is the next record number of each log, and most events are two comparisons.
 *
 * Records that were found by searching (salvaged) prove nothing of the log around them and are left out.
 */
import {
  type EventKind,
  fieldText,
  fold,
  type LazyEvent,
  NO_TIME,
  type ShapeField,
  ValueType,
  withoutMark,
} from '../events/index.ts';
import { DaySet } from './day-set.ts';
import { RunTally } from './record-runs.ts';
import type { Clearing, Coverage, KindCoverage } from './types.ts';

export const MICROS_PER_DAY = 86_400e6;

/** A field that a setting switches on apart from its event. Plain data that crosses threads. */
export type WatchedField = { readonly channel: string; readonly eventId: number; readonly field: string };

type Watch = { readonly name: string; readonly field: ShapeField | undefined; day: number; days: DaySet };

type KindTally = {
  readonly kind: EventKind;
  readonly log: RunTally;
  /** Where the last day begins, microseconds; NaN before the first. */
  day: number;
  readonly days: DaySet;
  readonly watches: readonly Watch[];
  readonly clears: boolean;
};

const CLEARING_PROVIDER = 'microsoft-windows-eventlog';
/** A log that somebody clears thousands of times says no more by the thousandth. */
const MOST_CLEARINGS = 10_000;

export class CoverageTally {
  readonly #watched: readonly WatchedField[];
  readonly #ofKind: (KindTally | undefined)[] = [];
  readonly #logs = new Map<string, { kind: EventKind; log: RunTally }>();
  readonly #clearings: Clearing[] = [];
  #piece = 0;

  constructor(watched: readonly WatchedField[]) {
    this.#watched = watched;
  }

  /** Says that what comes next does not follow what came before. */
  enter(): void {
    this.#piece++;
  }

  observe(event: LazyEvent): void {
    if (event.salvaged) return;
    const { micros, recordId } = event;
    const tally = this.#ofKind[event.kind.id] ?? this.#begin(event.kind);
    // False for NaN too.
    if (!(micros >= tally.day && micros < tally.day + MICROS_PER_DAY)) turnTo(tally, micros);
    tally.log.see(recordId, micros, this.#piece);
    if (tally.watches.length > 0) look(tally, event);
    if (tally.clears) this.#cleared(event);
  }

  #begin(kind: EventKind): KindTally {
    const channel = fold(kind.channel);
    const key = `${channel}\0${kind.host}`;
    let known = this.#logs.get(key);
    if (known === undefined) {
      known = { kind, log: new RunTally() };
      this.#logs.set(key, known);
    }
    const tally: KindTally = {
      kind,
      log: known.log,
      day: Number.NaN,
      days: new DaySet(),
      watches: this.#watched
        .filter(each => each.eventId === kind.eventId && fold(each.channel) === channel)
        .map(({ field: name }) => ({
          name,
          field: kind.shape.byName.get(name),
          day: Number.NaN,
          days: new DaySet(),
        })),
      clears:
        fold(withoutMark(kind.provider)) === CLEARING_PROVIDER &&
        ((channel === 'security' && kind.eventId === 1102) || (channel === 'system' && kind.eventId === 104)),
    };
    this.#ofKind[kind.id] = tally;
    return tally;
  }

  #cleared(event: LazyEvent): void {
    const { kind, shape, micros } = event;
    if (micros === NO_TIME || this.#clearings.length >= MOST_CLEARINGS) return;
    if (kind.eventId === 1102) {
      this.#clearings.push({ host: kind.host, channel: kind.channel, micros });
      return;
    }
    // Not the event's own channel: `byName` prefers the one that the event speaks of.
    const field = shape.byName.get('Channel');
    if (field === undefined || field.section === 'System') return;
    const channel = fieldText(event, field);
    if (channel !== undefined && channel !== '') this.#clearings.push({ host: kind.host, channel, micros });
  }

  /** Plain data that crosses threads; `mergeCoverage` makes one of those of all workers. */
  finish(): Coverage {
    const kinds = this.#ofKind.flatMap(tally => (tally === undefined ? [] : [told(tally)]));
    const records = [...this.#logs.values()].map(({ kind: { host, channel }, log }) => ({
      host,
      channel,
      ...log.finish(),
    }));
    return { kinds, records, clearings: this.#clearings };
  }
}

function turnTo(tally: KindTally, micros: number): void {
  if (micros === NO_TIME) return;
  const day = Math.floor(micros / MICROS_PER_DAY);
  tally.day = day * MICROS_PER_DAY;
  tally.days.add(day);
}

/** Looks for values of the fields that are not known of the day yet. */
function look({ watches, day }: KindTally, event: LazyEvent): void {
  for (const watch of watches) {
    if (watch.day === day || watch.field === undefined || event.micros === NO_TIME) continue;
    if (!hasValue(event, watch.field)) continue;
    watch.day = day;
    watch.days.add(day / MICROS_PER_DAY);
  }
}

function hasValue(event: LazyEvent, field: ShapeField): boolean {
  const ref = field.values[0];
  if (ref?.kind === 'slot' && event.types[ref.slot] === ValueType.Null) return false;
  const text = fieldText(event, field);
  return text !== undefined && text !== '' && text !== '-';
}

function told({ kind: { host, channel, provider, eventId }, days, watches }: KindTally): KindCoverage {
  return {
    host,
    channel,
    provider,
    eventId,
    days: days.days(),
    fields: Object.fromEntries(watches.map(watch => [watch.name, watch.days.days()])),
  };
}
