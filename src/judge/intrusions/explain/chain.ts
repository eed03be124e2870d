/** The chain in one breath: what carries the verdict, in order of time, with where, by whom and how long after. */
import type { Exposure } from '../../../know/advisories/index.ts';
import { compareGravity, compareItems, type Item, isTheft } from '../item.ts';
import { sourcesOf } from '../sessions.ts';
import { saidDay, saidSpan, saidTime } from '../time.ts';
import type { Judged, Scene } from '../verdict.ts';
import { saidBy, sentence, titleOf } from './words.ts';

/** More clauses than that are no breath. */
const MOST_CLAUSES = 5;

/** Null where one piece of evidence, and not a chain, carries the verdict. */
export function saidChain(judged: Judged, scene: Scene): string | null {
  if (judged.steps.length === 0) return null;
  const clauses: string[] = [];
  let before: Item | null = null;
  for (const item of linksOf(judged, scene)) {
    clauses.push(saidClause(item, before, scene));
    before = item;
  }
  if (clauses.length < 2) return null;
  return sentence(`${clauses.slice(0, -1).join(', ')}, and ${clauses.at(-1)}`);
}

/**
 * One of each step that strong or grave evidence stands at, told in order of time: of a theft the one that exposes most, of
 * the others the first after it, for what was written before a theft packs nothing of it, and of returns the last, which took
 * longest. Where breath is left, the gravest of the rest.
 */
function linksOf({ carriers, steps }: Judged, { items }: Scene): Item[] {
  const firsts = new Map<string, Item>();
  for (const at of carriers) {
    const item = items[at]!;
    const key = `${titleOf(item)}\n${isReturn(item) ? item.accountKey : ''}`;
    if (!firsts.has(key)) firsts.set(key, item);
  }
  const all = [...firsts.values()];
  const order = new Map(all.map((item, at) => [item, at]));
  const theft = all.filter(isTheft).sort(compareThefts)[0];
  const chosen = new Set<Item>(theft === undefined ? [] : [theft]);
  // Those of the verdict come first: each of them is told, however many others there are.
  for (const step of new Set([...steps, ...all.flatMap(item => item.steps)])) {
    if (chosen.size >= MOST_CLAUSES) break;
    const own = all.filter(item => item.steps.includes(step));
    if (own.length === 0 || own.some(item => chosen.has(item))) continue;
    const after = own.filter(item => theft === undefined || order.get(item)! > order.get(theft)!);
    chosen.add((step === 'return' ? after.at(-1) : after[0]) ?? own[0]!);
  }
  for (const item of all.filter(each => each.gravity === 'grave')) {
    if (chosen.size < MOST_CLAUSES) chosen.add(item);
  }
  return [...chosen].sort((x, y) => order.get(x)! - order.get(y)!);
}

const exposing: readonly (Exposure | null)[] = ['domain', 'host', 'local', 'profile'];

/** What exposes most, then the earliest. */
function compareThefts(a: Item, b: Item): number {
  const rank = ({ behaviour }: Item): number => exposing.indexOf(behaviour?.exposes ?? null);
  return compareGravity(a.gravity, b.gravity) || rank(a) - rank(b) || compareItems(a, b);
}

const isReturn = ({ steps }: Item): boolean => steps.includes('return');

function saidClause(item: Item, before: Item | null, { context }: Scene): string {
  if (before !== null && isReturn(item)) {
    const [source] = sourcesOf(item, context);
    const from = source === undefined ? '' : ` from ${source}`;
    return `${item.account ?? 'an account'} came back on ${item.host} on ${saidDay(item.micros)}${from}`;
  }
  if (before === null) return `${titleOf(item)} on ${item.host}${saidBy(item)} at ${saidTime(item.micros)}`;
  const where = item.host === before.host ? ' there' : ` on ${item.host}`;
  const who = item.accountKey === before.accountKey ? '' : saidBy(item);
  const isTimed = item.micros !== 0 && before.micros !== 0;
  const when = isTimed ? ` ${saidSpan(item.micros - before.micros)} later` : '';
  return `${inMidst(titleOf(item))}${where}${who}${when}`;
}

/** A title inside a sentence: `Memory of LSASS dumped` loses its capital, `LSASS dumped` keeps it. */
function inMidst(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title[0]!.toLowerCase() + title.slice(1) : title;
}
