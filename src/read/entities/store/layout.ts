/**
 * How the values of a row lie in a fact: 32-bit words, one role behind the other. Zero stands for absent everywhere, so
 * that a fact begins as zeros and only what is there is written.
 *
 * | kind | words |
 * |---|---|
 * | text | number of a text in the block, plus one |
 * | pair | the same twice: `DOMAIN\user` of domain and user, or the user alone |
 * | wide | 64 bits, low word first |
 * | code | 32 bits, plus one |
 * | guid | 16 bytes as the record holds them |
 */
import type { EffectiveReading, PlainReading, Reading } from '../readings/index.ts';
import { type FactRow, factRows } from '../rows/index.ts';
import type { FactRole, FactType } from '../types.ts';

export type SlotKind = 'text' | 'pair' | 'wide' | 'code' | 'guid';

export type Slot = { readonly role: FactRole; readonly kind: SlotKind; readonly at: number };

export type Layout = {
  readonly type: FactType;
  readonly slots: readonly Slot[];
  readonly byRole: ReadonlyMap<FactRole, Slot>;
  /** Words of a fact. */
  readonly width: number;
};

/** Words of each kind. */
export const widths: Readonly<Record<SlotKind, number>> = { text: 1, pair: 2, wide: 2, code: 1, guid: 4 };

const kinds: Readonly<Record<PlainReading['kind'], SlotKind>> = {
  text: 'text',
  sid: 'text',
  address: 'text',
  account: 'pair',
  guid: 'guid',
  constant: 'text',
  derived: 'text',
  'logon-id': 'wide',
  pid: 'code',
  code: 'code',
  'derived-pid': 'code',
};

function plainOf(reading: Reading): PlainReading {
  return reading.kind === 'effective' ? (reading as EffectiveReading).subject : reading;
}

function layoutOf({ type, roles }: FactRow): Layout {
  const slots: Slot[] = [];
  let width = 0;
  for (const [role, reading] of Object.entries(roles) as [FactRole, Reading][]) {
    const kind = kinds[plainOf(reading).kind];
    slots.push({ role, kind, at: width });
    width += widths[kind];
  }
  return { type, slots, byRole: new Map(slots.map(slot => [slot.role, slot])), width };
}

/** By index in `factRows`. */
export const layouts: readonly Layout[] = factRows.map(layoutOf);
