/** Tables of finite state entropy coding (RFC 8878, 4.1): from a state come a symbol, a number of bits, a next state. */
import { bitsAt, damaged, highBit } from './bits.ts';

export type FseTable = {
  /** States are 0 to 2^log - 1. */
  readonly log: number;
  readonly symbols: Uint8Array;
  /** The next state is `next` plus the value of as many `bits`. */
  readonly bits: Uint8Array;
  readonly next: Uint16Array;
};

const MIN_LOG = 5;

/** Reads a table that stands at byte `at`; `symbols` is how many there may be. Also gives the first byte behind it. */
export function readFse(
  bytes: Uint8Array,
  at: number,
  end: number,
  maxLog: number,
  symbols: number,
): { readonly table: FseTable; readonly end: number } {
  const log = (bytes[at]! & 15) + MIN_LOG;
  if (log > maxLog) throw damaged('a table that is too fine');
  const shares = new Int16Array(symbols);
  let bit = at * 8 + 4;
  let left = 1 << log;
  let symbol = 0;
  while (left > 0) {
    if (symbol >= symbols || bit > end * 8) throw damaged('a table without end');
    // A share from -1 to `left`, in as few bits as tell it from all others.
    const width = highBit(left + 1) + 1;
    const short = (1 << (width - 1)) - 1;
    const spare = (1 << width) - 1 - (left + 1);
    let share = bitsAt(bytes, bit, width);
    bit += width;
    if ((share & short) < spare) {
      share &= short;
      bit--;
    } else if (share > short) share -= spare;
    share--;
    left -= Math.abs(share);
    shares[symbol++] = share;
    for (let more = share === 0 ? 3 : 0; more === 3; symbol += more) {
      more = bitsAt(bytes, bit, 2);
      bit += 2;
      if (symbol + more > symbols) throw damaged('a table without end');
    }
  }
  const after = (bit + 7) >> 3;
  if (left < 0 || after > end) throw damaged('a table that does not add up');
  return { table: buildFse(shares.subarray(0, symbol), log), end: after };
}

/** The table for symbols with these shares of its states; -1 stands for less than one. */
export function buildFse(shares: ArrayLike<number>, log: number): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const counts = new Uint16Array(shares.length);
  let high = size;
  for (let symbol = 0; symbol < shares.length; symbol++) {
    counts[symbol] = Math.abs(shares[symbol]!);
    if (shares[symbol] === -1) symbols[--high] = symbol;
  }
  const step = (size >> 1) + (size >> 3) + 3;
  let state = 0;
  for (let symbol = 0; symbol < shares.length; symbol++) {
    for (let i = 0; i < shares[symbol]!; i++) {
      symbols[state] = symbol;
      do state = (state + step) & (size - 1);
      while (state >= high);
    }
  }
  const bits = new Uint8Array(size);
  const next = new Uint16Array(size);
  for (let i = 0; i < size; i++) {
    const nth = counts[symbols[i]!]!++;
    bits[i] = log - highBit(nth);
    next[i] = (nth << bits[i]!) - size;
  }
  return { log, symbols, bits, next };
}

/** The table of one symbol that needs no bits. */
export function singleFse(symbol: number): FseTable {
  return { log: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), next: new Uint16Array(1) };
}
