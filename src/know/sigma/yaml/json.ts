/**
 * The JSON in YAML, read without the general reader: bundles of indicators are hundreds of kilobytes of it, and every hunt
 * reads one. The tree is the one that `parseYaml` makes of the same text; whatever is not plainly JSON is left to it, and
 * so is saying what is wrong. Cost: about 1 ms for 100 KB.
 */
import { limits } from '../limits.ts';
import type { YamlEntry, YamlMapping, YamlNode, YamlScalar, YamlSequence } from './nodes.ts';

const blanks = /[ \n\r]*/y;
/** Without characters that YAML knows other rules for; those are left to it. */
const simpleString =
  /"((?:[ !#-[\]-~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|\\["\\/bfnrt])*)"/y;
const literal = /null|true|false|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
/** YAML takes no longer keys. */
const longestKey = 1000;

/** Thrown where the text is left to the general reader; never leaves this module. */
class NotSimple extends Error {}

/** The tree of `text`, null where it is not simple JSON or beyond a bound; `start` is its offset in the file. */
export function parseJson(text: string, start: number): YamlNode | null {
  const first = text.charCodeAt(skip(text, 0));
  if (first !== 0x7b && first !== 0x5b) return null;
  try {
    return new JsonReader(text, start).read();
  } catch (error) {
    if (error instanceof NotSimple) return null;
    throw error;
  }
}

function skip(text: string, at: number): number {
  blanks.lastIndex = at;
  blanks.test(text);
  return blanks.lastIndex;
}

class JsonReader {
  readonly #text: string;
  readonly #start: number;
  #at = 0;
  #nodes = 0;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
  }

  read(): YamlNode {
    const node = this.#value(1);
    if (this.#next() !== '') throw new NotSimple();
    return node;
  }

  /** The character after blanks; empty at the end. */
  #next(): string {
    this.#at = skip(this.#text, this.#at);
    return this.#text.charAt(this.#at);
  }

  #take(sign: string): boolean {
    if (this.#next() !== sign) return false;
    this.#at++;
    return true;
  }

  #value(depth: number): YamlNode {
    if (++this.#nodes > limits.nodes || depth >= limits.depth) throw new NotSimple();
    switch (this.#next()) {
      case '{':
        return this.#mapping(depth);
      case '[':
        return this.#sequence(depth);
      case '"':
        return this.#string();
      default:
        return this.#literal();
    }
  }

  #mapping(depth: number): YamlMapping {
    const at = this.#start + this.#at++;
    const entries: YamlEntry[] = [];
    const seen = new Set<string>();
    if (this.#take('}')) return { kind: 'mapping', entries, at };
    do {
      if (this.#next() !== '"' || ++this.#nodes > limits.nodes) throw new NotSimple();
      const key = this.#string();
      if (key.text.length > longestKey || seen.has(key.text) || !this.#take(':')) throw new NotSimple();
      seen.add(key.text);
      entries.push({ key, value: this.#value(depth + 1) });
    } while (this.#take(','));
    if (!this.#take('}')) throw new NotSimple();
    return { kind: 'mapping', entries, at };
  }

  #sequence(depth: number): YamlSequence {
    const at = this.#start + this.#at++;
    const items: YamlNode[] = [];
    if (this.#take(']')) return { kind: 'sequence', items, at };
    do items.push(this.#value(depth + 1));
    while (this.#take(','));
    if (!this.#take(']')) throw new NotSimple();
    return { kind: 'sequence', items, at };
  }

  #string(): YamlScalar {
    simpleString.lastIndex = this.#at;
    const match = simpleString.exec(this.#text);
    if (match === null) throw new NotSimple();
    const at = this.#start + this.#at;
    const written = match[1]!;
    const hasEscapes = written.includes('\\');
    this.#at += match[0].length;
    return {
      kind: 'scalar',
      text: hasEscapes ? (JSON.parse(match[0]) as string) : written,
      type: 'text',
      at,
      inner: hasEscapes ? null : at + 1,
      plain: false,
    };
  }

  #literal(): YamlScalar {
    literal.lastIndex = this.#at;
    const text = literal.exec(this.#text)?.[0];
    if (text === undefined) throw new NotSimple();
    const at = this.#start + this.#at;
    this.#at += text.length;
    const type = text === 'null' ? 'null' : text === 'true' || text === 'false' ? 'boolean' : 'number';
    return { kind: 'scalar', text, type, at, inner: at, plain: true };
  }
}
