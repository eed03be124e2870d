/** `visibility.json` of a hunt, by host, behaviour and day. */

export type ToldBlind = {
  readonly kind: string;
  /** Lower case; null = the site as a whole. */
  readonly host: string | null;
  readonly channel: string | null;
  readonly eventIds: readonly number[];
  readonly field: string | null;
  /** Days, both included. */
  readonly from: string;
  readonly to: string;
};

export type ToldCell = {
  readonly host: string | null;
  readonly behaviours: readonly string[];
  readonly sight: 'found' | 'would-have-shown' | 'could-not-see';
  readonly from: string;
  readonly to: string;
  readonly partial: boolean;
  /** Positions in `blinds`. */
  readonly blinds: readonly number[];
};

export type Told = { readonly blinds: readonly ToldBlind[]; readonly cells: readonly ToldCell[] };

/** Throws where the text is no visibility. */
export function parseTold(text: string): Told {
  const told: Partial<Told> | null = JSON.parse(text);
  if (!Array.isArray(told?.blinds) || !Array.isArray(told.cells))
    throw new Error('this is no visibility.json');
  return { blinds: told.blinds, cells: told.cells };
}

/** What was told of a behaviour on a host and day. */
export class ToldCells {
  readonly #cells = new Map<string | null, Map<string, ToldCell[]>>();

  constructor({ cells }: Told) {
    for (const cell of cells) {
      const own = this.#cells.get(cell.host) ?? new Map<string, ToldCell[]>();
      this.#cells.set(cell.host, own);
      for (const behaviour of cell.behaviours) {
        const list = own.get(behaviour);
        if (list === undefined) own.set(behaviour, [cell]);
        else list.push(cell);
      }
    }
  }

  get hosts(): readonly (string | null)[] {
    return [...this.#cells.keys()];
  }

  /** Undefined where nothing was told. `date`: `2026-10-01`. */
  at(host: string | null, behaviour: string, date: string): ToldCell | undefined {
    return this.#cells
      .get(host)
      ?.get(behaviour)
      ?.find(({ from, to }) => from <= date && date <= to);
  }
}
