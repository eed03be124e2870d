/** The chain in one breath: what carries the verdict, in order of time, with where, by whom and how long after. */
import { compareGravity, type Item } from '../item.ts';
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

/** One of each behaviour and account: those at the steps of the verdict first, then the gravest; told in order of time. */
function linksOf({ carriers, steps }: Judged, { items }: Scene): Item[] {
  const firsts = new Map<string, Item>();
  for (const at of carriers) {
    const item = items[at]!;
    const key = `${titleOf(item)}\n${isReturn(item) ? item.accountKey : ''}`;
    if (!firsts.has(key)) firsts.set(key, item);
  }
  const isStep = ({ steps: own }: Item): boolean => own.some(step => steps.includes(step));
  const ranked = [...firsts.values()].sort(
    (a, b) => Number(isStep(b)) - Number(isStep(a)) || compareGravity(a.gravity, b.gravity),
  );
  const chosen = ranked.slice(0, MOST_CLAUSES);
  // Each step of the verdict is told, however many grave things another one has.
  for (const step of steps) {
    if (chosen.some(({ steps: own }) => own.includes(step))) continue;
    const missing = ranked.find(({ steps: own }) => own.includes(step));
    if (missing !== undefined) chosen[chosen.length - 1] = missing;
  }
  const order = new Map([...firsts.values()].map((item, at) => [item, at]));
  return chosen.sort((a, b) => order.get(a)! - order.get(b)!);
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
