/**
 * In which logon somebody sat at a host at a moment: the latest that he had opened there, at the console or over remote
 * desktop. Of an account that is at one desk twice, by its owner and by who stole it, this tells whose doing something
 * was that names no logon: a remote session that went on from there, say.
 */
import type { FactView } from '../../read/entities/index.ts';
import { NO_TIME } from '../../read/events/index.ts';
import type { Item } from './item.ts';
import type { Names } from './names.ts';
import { HOUR, SECOND } from './time.ts';

/** Console, remote desktop, and both with credentials that were kept. An unlocked screen (7) goes on with what was there. */
const sittingTypes: ReadonlySet<number> = new Set([2, 10, 11, 12]);
/** A visit; who came earlier may have gone. */
const LASTS = 12 * HOUR;
/** An administrator's two logon ids are opened together. */
const TOGETHER = SECOND;
const MOST_PER_KEY = 4096;

type Opening = { readonly micros: number; readonly id: number };

export class Sittings {
  readonly #byKey = new Map<string, Opening[]>();
  #isSorted = true;

  /** Only of the hosts and accounts that are evidence. */
  constructor(items: readonly Item[]) {
    for (const { host, accountKey } of items) {
      if (accountKey !== null) this.#byKey.set(`${host}\n${accountKey}`, []);
    }
  }

  learn(view: FactView, host: string, names: Names): void {
    const id = view.number('logonId');
    if (id === undefined || view.micros === NO_TIME || !sittingTypes.has(view.number('logonType') ?? 0))
      return;
    const { key } = names.account(view.text('account'), view.text('sid'));
    const openings = this.#byKey.get(`${host}\n${key}`);
    if (openings === undefined || openings.length >= MOST_PER_KEY) return;
    openings.push({ micros: view.micros, id });
    this.#isSorted = false;
  }

  at(host: string, accountKey: string, micros: number): readonly number[] | null {
    this.#sort();
    const openings = this.#byKey.get(`${host}\n${accountKey}`) ?? [];
    let low = 0;
    let high = openings.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (openings[middle]!.micros <= micros) low = middle + 1;
      else high = middle;
    }
    const last = openings[low - 1];
    if (last === undefined || micros - last.micros > LASTS) return null;
    const ids: number[] = [];
    for (let at = low - 1; at >= 0 && last.micros - openings[at]!.micros <= TOGETHER; at--)
      ids.push(openings[at]!.id);
    return ids;
  }

  #sort(): void {
    if (this.#isSorted) return;
    for (const openings of this.#byKey.values()) openings.sort((a, b) => a.micros - b.micros || a.id - b.id);
    this.#isSorted = true;
  }
}
