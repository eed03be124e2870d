/**
 * Same file: a path that both name, or a folder that one names and the other's file lies in. It is what ties an archive
 * to a theft: the archive's input is the theft's output. At most a week apart, because folders are used again by others;
 * by one account at any time, where one is more than weak and neither a habit. Whoever comes every few days leaves what he
 * took where it is.
 */
import type { Item } from '../item.ts';
import { foldersOf, isProgram, isSharedFolder } from '../paths.ts';
import { DAY, mayBeNear } from '../time.ts';
import { byKey, type Evidenced, type Joiner, neighbours, type Pair } from './join.ts';

/** Notes, "The chain": from theft to archive it is minutes to hours; a week leaves room for the patient. */
const FILE_LASTS = 7 * DAY + DAY / 24;
/** A tool is used by many for many things; only what was dropped and run at once is one act. */
const PROGRAM_LASTS = DAY;

export const joinFiles: Joiner = function* (evidenced) {
  const named = namedPaths(evidenced);
  yield* sameFile(evidenced, named);
  yield* withinFolder(evidenced, named);
};

/** Positions by host and path, for paths that mean something by themselves or are taken whole by an archiver. */
function namedPaths({ items, context }: Evidenced): Map<string, number[]> {
  return byKey(items, item =>
    context
      .paths(item)
      .filter(({ path }) => takesWhole(item) || !isSharedFolder(path))
      .map(({ host, path }) => `${host}\n${path}`),
  );
}

/** One account, and one of them more than weak: nobody else used the folder again. */
function areOneHands(a: Item, b: Item): boolean {
  if (a.accountKey === null || a.accountKey !== b.accountKey) return false;
  return a.gravity !== 'weak' || b.gravity !== 'weak';
}

/** Archiving is taking a folder with all that lies in it, even one that is everybody's. */
function takesWhole({ step, stage }: Item): boolean {
  return step === 'pack' || stage === 'staging' || stage === 'exfiltration';
}

function* sameFile({ items }: Evidenced, named: ReadonlyMap<string, readonly number[]>): Generator<Pair> {
  for (const { key, from, to } of neighbours(items, named)) {
    const path = key.slice(key.indexOf('\n') + 1);
    if (isSharedFolder(path)) continue;
    const lasts = isProgram(path) ? PROGRAM_LASTS : FILE_LASTS;
    const isNear = mayBeNear(items[from]!.micros, items[to]!.micros, lasts);
    if (!isNear && (isProgram(path) || !areOneHands(items[from]!, items[to]!))) continue;
    const reason = (): string => `both name ${path}`;
    yield isNear ? { from, to, join: 'file', reason } : { from, to, join: 'file', ifUnusual: true, reason };
  }
}

/** For each path the nearest folder above it that another item names, and the nearest such item in time. */
function* withinFolder(
  { items, context }: Evidenced,
  named: ReadonlyMap<string, readonly number[]>,
): Generator<Pair> {
  for (const [position, item] of items.entries()) {
    for (const { host, path } of context.paths(item)) {
      for (const folder of foldersOf(path)) {
        const whole = isSharedFolder(folder);
        const others = named.get(`${host}\n${folder}`);
        const other = others === undefined ? undefined : nearest(items, others, position, whole);
        if (other === undefined) continue;
        const reason = (): string => `${path} lies in ${folder}, which the other names`;
        const [from, to] = [Math.min(position, other), Math.max(position, other)];
        const isNear = mayBeNear(items[from]!.micros, items[to]!.micros, FILE_LASTS);
        yield isNear
          ? { from, to, join: 'file', reason }
          : { from, to, join: 'file', ifUnusual: true, reason };
        break;
      }
    }
  }
}

/** The item among `others` nearest to `position`; where the folder is everybody's, only one that came later took it. */
function nearest(
  items: readonly Item[],
  others: readonly number[],
  position: number,
  later: boolean,
): number | undefined {
  let low = 0;
  let high = others.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (others[middle]! < position) low = middle + 1;
    else high = middle;
  }
  const after = others[low] === position ? others[low + 1] : others[low];
  const before = later ? undefined : others[low - 1];
  const item = items[position]!;
  const at = item.micros;
  const fits = (other: number | undefined): other is number =>
    other !== undefined &&
    (mayBeNear(items[other]!.micros, at, FILE_LASTS) || areOneHands(items[other]!, item));
  if (!fits(after)) return fits(before) ? before : undefined;
  if (!fits(before)) return after;
  return at - items[before]!.micros <= items[after]!.micros - at ? before : after;
}
