/**
 * A map of a file, read key by key into typed values. What is wrong becomes a problem with its place and marks the section
 * as broken, so that whoever reads it leaves that one part out and goes on; a key that nobody knows is named with the one
 * that was most likely meant. Nothing here throws.
 */
import type { Place, YamlMapping, YamlNode, YamlScalar } from '../sigma/index.ts';
import { nearest } from './nearest.ts';
import { type Day, dayOf } from './scalars.ts';

export type FileProblem = {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly place: Place;
};

/** Problems kept; a file that is wrong throughout is not told line by line. */
const MOST_PROBLEMS = 500;

/** Collects problems; knows where offsets of the file that is being read stand. */
export class Problems {
  readonly all: FileProblem[] = [];
  #place: (at: number) => Place = () => ({ path: '', document: 0, line: 1, column: 1 });

  /** Says whose offsets come next. */
  enter(place: (at: number) => Place): void {
    this.#place = place;
  }

  placeOf(at: number): Place {
    return this.#place(at);
  }

  add(severity: FileProblem['severity'], message: string, place: Place): void {
    if (this.all.length < MOST_PROBLEMS) this.all.push({ severity, message, place });
  }
}

/** Letters of one text; what people read is far shorter. */
const MOST_TEXT = 8_000;
const MOST_ITEMS = 2_000;

export class Section {
  readonly problems: Problems;
  readonly node: YamlMapping;
  /** True once something in it was wrong that it can't be used without. */
  broken = false;
  readonly #what: string;
  readonly #asked = new Set<string>();

  /** `what` names it in messages: `the behaviour VT-CA-01`. */
  private constructor(problems: Problems, node: YamlMapping, what: string) {
    this.problems = problems;
    this.node = node;
    this.#what = what;
  }

  /** `node` as a section; null, and a problem, where it is no map. */
  static of(node: YamlNode, what: string, problems: Problems): Section | null {
    if (node.kind === 'mapping') return new Section(problems, node, what);
    problems.add('error', `${what} must be a map of keys and values`, problems.placeOf(node.at));
    return null;
  }

  get place(): Place {
    return this.problems.placeOf(this.node.at);
  }

  /** Where the key stands, else where the section begins. */
  placeOf(key: string): Place {
    return this.problems.placeOf(this.#entry(key)?.key.at ?? this.node.at);
  }

  has(key: string): boolean {
    const value = this.#value(key);
    return value !== null;
  }

  fail(message: string, at: number = this.node.at): void {
    this.broken = true;
    this.problems.add('error', message, this.problems.placeOf(at));
  }

  /** An error that does not make the section useless. */
  object(message: string, at: number = this.node.at): void {
    this.problems.add('error', message, this.problems.placeOf(at));
  }

  warn(message: string, at: number = this.node.at): void {
    this.problems.add('warning', message, this.problems.placeOf(at));
  }

  /** Text that must be there; empty where it is not. */
  text(key: string): string {
    const text = this.optionalText(key);
    if (text === null && !this.#isThere(key)) this.fail(`${this.#what} has no '${key}'`);
    return text ?? '';
  }

  /** The text under `key`; null where there is none. */
  optionalText(key: string): string | null {
    const node = this.#value(key);
    return node === null ? null : this.#textOf(node, key);
  }

  /** The day under `key`; empty where there is none or it is no day. */
  day(key: string): Day {
    const text = this.text(key);
    if (text === '') return '';
    const day = dayOf(text);
    if (day === null) this.fail(`'${key}' is '${clipped(text)}': write a day as 2026-11-24`, this.#at(key));
    return day ?? '';
  }

  /** One of `words`; null where there is none, or another. */
  word<T extends string>(key: string, words: readonly T[]): T | null {
    const text = this.optionalText(key);
    if (text === null) return null;
    const word = words.find(each => each === text);
    if (word !== undefined) return word;
    const remedy = nearest(text, words);
    const meant = remedy === null ? `it must be ${words.join(', ')}` : `did you mean '${remedy}'?`;
    this.fail(`'${key}' is '${clipped(text)}': ${meant}`, this.#at(key));
    return null;
  }

  /** One of `words`, which must be there. */
  requiredWord<T extends string>(key: string, words: readonly T[], fallback: T): T {
    if (!this.#isThere(key)) {
      this.#asked.add(key);
      this.fail(`${this.#what} has no '${key}': it must be ${words.join(', ')}`);
      return fallback;
    }
    return this.word(key, words) ?? fallback;
  }

  flag(key: string, fallback: boolean): boolean {
    const node = this.#value(key);
    if (node === null) return fallback;
    if (node.kind === 'scalar' && node.type === 'boolean') return node.text.toLowerCase() === 'true';
    this.fail(`'${key}' must be true or false`, node.at);
    return fallback;
  }

  /** The texts of the list under `key`, or of the one text there, with their offsets; empty where there is none. */
  texts(key: string): { readonly text: string; readonly at: number }[] {
    return this.#items(key).flatMap(node => {
      const text = this.#textOf(node, key);
      return text === null ? [] : [{ text, at: node.at }];
    });
  }

  /** The whole numbers of the list under `key`. */
  integers(key: string, most: number): number[] {
    return this.#items(key).flatMap(node => {
      const value = node.kind === 'scalar' && /^\d{1,12}$/.test(node.text) ? Number(node.text) : -1;
      if (value >= 0 && value <= most) return [value];
      this.fail(`'${key}' must be whole numbers from 0 to ${most}`, node.at);
      return [];
    });
  }

  /** The map under `key`; null where there is none. */
  section(key: string, what: string): Section | null {
    const node = this.#value(key);
    if (node === null) return null;
    const section = Section.of(node, what, this.problems);
    if (section === null) this.broken = true;
    return section;
  }

  /** The maps of the list under `key`, without what is none; `what` names one by its number. */
  sections(key: string, what: (index: number) => string): Section[] {
    return this.#items(key, 'maps').flatMap((node, index) => {
      const section = Section.of(node, what(index + 1), this.problems);
      if (section === null) this.broken = true;
      return section === null ? [] : [section];
    });
  }

  /** The lists of the list under `key`. */
  lists(key: string): { readonly items: readonly YamlScalar[]; readonly at: number }[] {
    return this.#items(key, 'lists').flatMap(node => {
      if (node.kind === 'sequence') {
        const items = node.items.filter(item => item.kind === 'scalar');
        if (items.length === node.items.length) return [{ items, at: node.at }];
      }
      this.fail(`'${key}' must be a list of lists: [[take, pack], [take, return]]`, node.at);
      return [];
    });
  }

  /** Every key with the text under it, where keys are free. */
  pairs(): { readonly key: string; readonly text: string; readonly at: number }[] {
    return this.node.entries.flatMap(({ key, value }) => {
      const text = this.#textOf(value, key.text);
      return text === null ? [] : [{ key: key.text, text, at: key.at }];
    });
  }

  /** The value under `key` as it stands; null where there is none. */
  raw(key: string): YamlNode | null {
    return this.#value(key);
  }

  /** Names every key that nobody asked for. Call when all was read. */
  close(): void {
    for (const { key } of this.node.entries) {
      if (this.#asked.has(key.text)) continue;
      const remedy = nearest(key.text, this.#asked);
      const meant = remedy === null ? 'it is left out' : `did you mean '${remedy}'?`;
      this.warn(`${this.#what} has a key '${clipped(key.text)}' that is not known: ${meant}`, key.at);
    }
  }

  #entry(key: string): YamlMapping['entries'][number] | undefined {
    return this.node.entries.find(entry => entry.key.text === key);
  }

  #at(key: string): number {
    return this.#entry(key)?.value.at ?? this.node.at;
  }

  #isThere(key: string): boolean {
    const value = this.#entry(key)?.value;
    return value !== undefined && !isNull(value);
  }

  #value(key: string): YamlNode | null {
    this.#asked.add(key);
    const value = this.#entry(key)?.value;
    return value === undefined || isNull(value) ? null : value;
  }

  #items(key: string, of = 'texts'): readonly YamlNode[] {
    const node = this.#value(key);
    if (node === null) return [];
    if (node.kind === 'scalar' && of === 'texts') return [node];
    if (node.kind !== 'sequence') {
      this.fail(`'${key}' must be a list of ${of}`, node.at);
      return [];
    }
    if (node.items.length <= MOST_ITEMS) return node.items;
    this.fail(`'${key}' has more than ${MOST_ITEMS} entries`, node.at);
    return [];
  }

  #textOf(node: YamlNode, key: string): string | null {
    if (node.kind !== 'scalar') {
      this.fail(`'${key}' must be text`, node.at);
      return null;
    }
    const text = node.text.trim();
    if (text.length <= MOST_TEXT) return text === '' ? null : text;
    this.fail(`'${key}' is longer than ${MOST_TEXT} characters`, node.at);
    return null;
  }
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && (node.type === 'null' || node.text.trim() === '');
}

function clipped(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
