/** The three codes of sequences (RFC 8878, 3.1.1.3.2): literal lengths, offsets, match lengths. */
import { damaged } from './bits.ts';
import { buildFse, type FseTable, readFse, singleFse } from './fse.ts';

/** What the symbols of one code mean, and how its tables may be written. */
export type Code = {
  readonly maxLog: number;
  /** By symbol: the smallest value, and how many bits follow that are added to it. */
  readonly base: Int32Array;
  readonly extra: Uint8Array;
  /** The table where a block brings none. */
  readonly preset: FseTable;
};

function code(
  maxLog: number,
  first: number,
  extra: readonly number[],
  log: number,
  shares: readonly number[],
): Code {
  const base = new Int32Array(extra.length);
  let value = first;
  for (const [symbol, bits] of extra.entries()) {
    base[symbol] = value;
    value += 2 ** bits;
  }
  return { maxLog, base, extra: Uint8Array.from(extra), preset: buildFse(shares, log) };
}

/** `times` of `value`. */
const run = (times: number, value: number): number[] => new Array<number>(times).fill(value);

export const literalLengths: Code = code(
  9,
  0,
  [...run(16, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  6,
  [4, 3, ...run(6, 2), ...run(5, 2), ...run(3, 1), ...run(9, 2), 3, 2, ...run(5, 1), ...run(4, -1)],
);

export const matchLengths: Code = code(
  9,
  3,
  [...run(32, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  6,
  [1, 4, 3, ...run(6, 2), ...run(37, 1), ...run(7, -1)],
);

/** Up to offsets of 128 MiB, the largest window that is read; a larger offset leads out of any window. */
export const OFFSET_CODES = 28;

export const offsets: Code = code(
  8,
  1,
  Array.from({ length: OFFSET_CODES }, (_, symbol) => symbol),
  5,
  [...run(6, 1), ...run(3, 2), ...run(15, 1), ...run(5, -1)],
);

/** The table that a block uses: preset, of one symbol, written out, or that of the block before. */
export function readTable(
  bytes: Uint8Array,
  at: number,
  end: number,
  mode: number,
  { maxLog, base, preset }: Code,
  before: FseTable | null,
): { readonly table: FseTable; readonly end: number } {
  if (mode === 0) return { table: preset, end: at };
  if (mode === 1) return { table: checked(singleFse(bytes[at]!), base.length), end: at + 1 };
  if (mode === 2) {
    const read = readFse(bytes, at, end, maxLog, 64);
    return { table: checked(read.table, base.length), end: read.end };
  }
  if (before === null) throw damaged('a table from a block that is not there');
  return { table: before, end: at };
}

/** Refuses a table with symbols that mean nothing. */
function checked(table: FseTable, symbols: number): FseTable {
  for (const symbol of table.symbols) if (symbol >= symbols) throw damaged('a code that means nothing');
  return table;
}
