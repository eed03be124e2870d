/** The blind spots of one host: reasons with the days on which they count, each run of days one blind spot. */
import type { Day } from '../../read/coverage/index.ts';
import { isoDay, listed } from './said.ts';
import type { Reason } from './sources.ts';
import type { Blind, Period } from './types.ts';

/** Two reasons with the same key are one, whatever behaviour asked. */
export function reasonKey({ kind, channel, eventIds, field }: Reason): string {
  return [kind, channel ?? '', eventIds.join(','), field ?? ''].join('\0');
}

type Held = { readonly reason: Reason; readonly costs: Map<string, number>; readonly periods: Period[] };

export class HostBlinds {
  readonly #held = new Map<string, Held>();

  /** Says the key. */
  add(reason: Reason, period: Period): string {
    const key = reasonKey(reason);
    let held = this.#held.get(key);
    if (held === undefined) {
      held = { reason, costs: new Map(), periods: [] };
      this.#held.set(key, held);
    }
    for (const { id, cost } of reason.settings) held.costs.set(id, cost);
    held.periods.push(period);
    return key;
  }

  /**
   * `hidden`: by cell, which behaviour it is of, its period, and the keys of its reasons. Gives the blind spots of the host
   * in order of time, and by cell their positions, counted from `offset`.
   */
  finish(
    host: string | null,
    hidden: readonly {
      readonly behaviour: string;
      readonly period: Period;
      readonly keys: readonly string[];
    }[],
    offset: number,
  ): { readonly blinds: readonly Blind[]; readonly positions: readonly (readonly number[])[] } {
    type Spot = { readonly held: Held; readonly period: Period; readonly behaviours: Set<string> };
    const spots: Spot[] = [];
    const byKey = new Map<string, Spot[]>();
    for (const [key, held] of this.#held) {
      const own = joinPeriods(held.periods).map(period => ({ held, period, behaviours: new Set<string>() }));
      byKey.set(key, own);
      spots.push(...own);
    }
    spots.sort((a, b) => a.period.from - b.period.from || (keyOf(a) < keyOf(b) ? -1 : 1));
    const places = new Map(spots.map((spot, i) => [spot, offset + i]));
    const positions = hidden.map(({ behaviour, period, keys }) =>
      keys.flatMap(key => {
        const spot = byKey.get(key)?.find(each => contains(each.period, period.from));
        if (spot === undefined) return [];
        spot.behaviours.add(behaviour);
        return [places.get(spot)!];
      }),
    );
    const blinds = spots.map(({ held: { reason, costs }, period, behaviours }) => {
      const { kind, channel, eventIds, field } = reason;
      const settings = [...costs].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([id]) => id);
      const said = saidBlind(reason, host, period);
      return {
        kind,
        host,
        channel,
        eventIds,
        field,
        period,
        said,
        settings,
        behaviours: [...behaviours].sort(),
      };
    });
    return { blinds, positions };
  }
}

function keyOf({ held }: { readonly held: Held }): string {
  return reasonKey(held.reason);
}

function contains({ from, to }: Period, day: Day): boolean {
  return from <= day && day < to;
}

/** Those that touch or overlap as one, in order. */
export function joinPeriods(periods: readonly Period[]): Period[] {
  const joined: { from: Day; to: Day }[] = [];
  for (const period of [...periods].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && period.from <= last.to) last.to = Math.max(last.to, period.to);
    else joined.push({ ...period });
  }
  return joined;
}

function saidBlind({ kind, channel, eventIds, field }: Reason, host: string | null, period: Period): string {
  const when = saidPeriod(period);
  const log = channel ?? 'every log';
  const events = listed(eventIds.map(String), 8);
  switch (kind) {
    case 'no-logs':
      return `no log of ${host} itself is at hand; others speak of it`;
    case 'no-source':
      return `no log of ${log} is at hand`;
    case 'channel-absent':
      return `the log ${log} of ${host} is not at hand`;
    case 'event-absent':
      return `${log} of ${host} holds no event ${events} ${when}, though it was there`;
    case 'field-absent':
      return `${events} on ${host} carries no ${field === 'CommandLine' ? 'command line' : field} ${when}`;
    case 'log-cleared':
      return `${log} of ${host} was cleared: what it held ${when} is gone`;
    case 'record-gap':
      return `record numbers are missing in ${log} of ${host} ${when}`;
    case 'silent':
      return `${log} of ${host} holds nothing ${when}, and no record numbers show that nothing happened`;
    case 'before-first':
      return `${log} of ${host} begins only on ${isoDay(period.to)}`;
    case 'after-last':
      return `${log} of ${host} ends on ${isoDay(period.from - 1)}`;
    case 'not-observable':
      return 'no log at hand shows it; the advisory says why';
  }
}

function saidPeriod({ from, to }: Period): string {
  return to - from === 1 ? `on ${isoDay(from)}` : `from ${isoDay(from)} to ${isoDay(to - 1)}`;
}
