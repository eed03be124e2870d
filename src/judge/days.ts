/** Days since 1970 as text, for memory; and how many lie before one. */

/** Days of a text that are kept: eleven years of bits, which fit a name's length. */
const MOST_DAYS = 4_000;

/** `20301:0f80…`: the first day and a bit for each day from it on; empty for none. Beyond eleven years the earliest go. */
export function daysText(days: Iterable<number>): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const last = sorted.at(-1);
  if (last === undefined) return '';
  const kept = sorted.filter(day => day > last - MOST_DAYS);
  const first = kept[0]!;
  const bytes = Buffer.alloc(((last - first) >> 3) + 1);
  for (const day of kept) bytes[(day - first) >> 3]! |= 1 << ((day - first) & 7);
  return `${first}:${bytes.toString('hex')}`;
}

/** In order; null where it is no such text. */
export function daysIn(text: string): number[] | null {
  if (text === '') return [];
  const parts = /^(0|[1-9]\d{0,5}):((?:[0-9a-f]{2}){1,500})$/.exec(text);
  if (parts === null) return null;
  const first = Number(parts[1]);
  const days: number[] = [];
  for (const [at, byte] of Buffer.from(parts[2]!, 'hex').entries()) {
    for (let bit = 0; bit < 8; bit++) if ((byte & (1 << bit)) !== 0) days.push(first + at * 8 + bit);
  }
  return days;
}

/** How many of the numbers, which are in order, lie below `limit`. */
export function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
