/** What would settle it: a neutral question to ask whom, a log to fetch, and how the innocent explanation would look. */

import type { Item } from '../item.ts';
import { saidTime } from '../time.ts';
import type { Judged, Scene } from '../verdict.ts';
import { oneOfEachBehaviour } from './pros.ts';
import { distinct, sentence, titleOf } from './words.ts';

const MOST = 6;

export function saidSettle(judged: Judged, { items }: Scene): string[] {
  const telling = oneOfEachBehaviour(judged.carriers.map(at => items[at]!));
  const asked = telling.flatMap(item => {
    const ask = item.behaviour!.ask;
    return ask === null ? [] : [sentence(`Ask ${filled(ask.whom, item)}: ${filled(ask.question, item)}`)];
  });
  const fetched = telling.flatMap(item => {
    const { fetch } = item.behaviour!;
    return fetch === null ? [] : [sentence(`Fetch ${filled(fetch, item)}`)];
  });
  const apart = telling.flatMap(item =>
    item
      .behaviour!.lookalikes.filter(({ apart }) => apart !== '')
      .slice(0, 1)
      .map(({ what, apart }) => sentence(`If it was ${what}, it shows by this: ${apart}`)),
  );
  const lines = distinct([...interleaved(asked, fetched), ...apart]).slice(0, MOST);
  if (lines.length > 0) return lines;
  const first = items[judged.carriers[0]!];
  return first === undefined ? [] : [askAnybody(first)];
}

/** The first question, the first log, the second question, and so on. */
function interleaved(a: readonly string[], b: readonly string[]): string[] {
  const both: string[] = [];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    if (a[at] !== undefined) both.push(a[at]!);
    if (b[at] !== undefined) both.push(b[at]!);
  }
  return both;
}

function filled(text: string, { host, account, micros }: Item): string {
  return text
    .replaceAll('{host}', () => host)
    .replaceAll('{account}', () => account ?? 'an account that these logs do not name')
    .replaceAll('{time}', () => saidTime(micros));
}

function askAnybody(item: Item): string {
  return `Ask whoever looks after ${item.host} whether “${titleOf(item)}” at ${saidTime(item.micros)} was theirs.`;
}
