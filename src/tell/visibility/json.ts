/**
 * `visibility.json`: what was found, would have shown and could not be seen, for programs, written for every hunt. Days are
 * ISO dates, and `to` is the last day of a period, as people say it. Behaviours of a host that stand alike share one entry,
 * so that a host without logs costs a line. Schema: `schema/visibility.schema.json`.
 */
import type { Blind, Cell, Period, Sight, Visibility } from '../../judge/index.ts';
import { jsonText } from '../json-text.ts';

export type WrittenPeriod = { readonly from: string; readonly to: string };

/** Cells of one host that differ in their behaviour alone. */
export type WrittenCells = WrittenPeriod & {
  readonly host: string | null;
  readonly behaviours: readonly string[];
  readonly sight: Sight;
  readonly partial: boolean;
  /** Positions in `blinds`. */
  readonly blinds: readonly number[];
};

export type WrittenVisibility = {
  readonly version: 1;
  readonly said: readonly string[];
  readonly span: WrittenPeriod | null;
  readonly counts: Readonly<Record<Sight, number>>;
  readonly fixes: Visibility['fixes'];
  readonly hosts: readonly unknown[];
  readonly blinds: readonly unknown[];
  readonly cells: readonly WrittenCells[];
};

export function visibilityText(visibility: Visibility): string {
  const { said, span, counts, fixes, hosts, blinds, cells } = visibility;
  const written: WrittenVisibility = {
    version: 1,
    said,
    span: periodOrNull(span),
    counts,
    fixes,
    hosts: hosts.map(({ period, ...host }) => ({ ...host, period: periodOrNull(period) })),
    blinds: blinds.map(({ period, ...blind }: Blind) => ({ ...blind, ...datesOf(period) })),
    cells: groupedCells(cells),
  };
  return `${jsonText(written)}\n`;
}

function groupedCells(cells: readonly Cell[]): WrittenCells[] {
  const groups = new Map<string, WrittenCells & { readonly behaviours: string[] }>();
  for (const { behaviour, host, sight, period, isPartial, blinds } of cells) {
    const key = [host ?? '', sight, period.from, period.to, isPartial, blinds.join()].join('\0');
    const group = groups.get(key);
    if (group !== undefined) {
      group.behaviours.push(behaviour);
      continue;
    }
    const own = { host, behaviours: [behaviour], sight, ...datesOf(period), partial: isPartial, blinds };
    groups.set(key, own);
  }
  return [...groups.values()];
}

function periodOrNull(period: Period | null): WrittenPeriod | null {
  return period === null ? null : datesOf(period);
}

function datesOf({ from, to }: Period): WrittenPeriod {
  return { from: isoDate(from), to: isoDate(to - 1) };
}

function isoDate(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
