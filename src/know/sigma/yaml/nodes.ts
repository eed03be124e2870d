/**
 * YAML as a small tree that knows where each node stands. Values keep their text: whether `0123` or `1.0` is
 * a number is asked only where it matters, because Sigma compares as text and a rule's author means what is
 * written. Built from js-yaml's events, so that values and places come from one parse.
 */
import {
  type AliasEvent,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';
import { RuleError } from '../errors.ts';
import { limits } from '../limits.ts';

export type YamlScalar = {
  readonly kind: 'scalar';
  readonly text: string;
  readonly type: 'text' | 'null' | 'boolean' | 'number';
  /** Offset in the file; a value that is not written takes the offset of its key. */
  readonly at: number;
  /** Offset of the text's first character where the text stands in the file as it is (no escapes, no folding), else null. */
  readonly inner: number | null;
  readonly plain: boolean;
};
export type YamlSequence = { readonly kind: 'sequence'; readonly items: YamlNode[]; readonly at: number };
export type YamlEntry = { readonly key: YamlScalar; readonly value: YamlNode };
export type YamlMapping = { readonly kind: 'mapping'; readonly entries: YamlEntry[]; readonly at: number };
export type YamlNode = YamlScalar | YamlSequence | YamlMapping;

/** Where character `index` of a scalar's text stands in the file; the scalar's own place where that is not known. */
export function placeIn(scalar: YamlScalar, index: number): number {
  return scalar.inner === null ? scalar.at : scalar.inner + index;
}

/** The value under `name`, or undefined. */
export function entry(mapping: YamlMapping, name: string): YamlEntry | undefined {
  return mapping.entries.find(candidate => candidate.key.text === name);
}

/** The tree of the one document that `text` holds; `start` is its offset in the file. Throws `RuleError`. */
export function parseYaml(text: string, start: number): YamlNode {
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: limits.depth });
  } catch (error) {
    throw yamlError(error, text, start);
  }
  return new TreeBuilder(text, start).build(events);
}

function yamlError(error: unknown, text: string, start: number): RuleError {
  const { reason, mark } = error as { reason?: string; mark?: { position?: number } };
  const at = start + Math.min(mark?.position ?? 0, text.length);
  if (reason === undefined) return new RuleError('yaml', 'the document cannot be read as YAML', at);
  if (reason.includes('axDepth')) {
    return new RuleError('too-large', `collections are nested more than ${limits.depth} deep`, at);
  }
  const remedy = reason.includes('tab')
    ? ': indent with spaces'
    : reason.includes('null byte')
      ? ': save the file as UTF-8 text'
      : '';
  return new RuleError('yaml', `not valid YAML: ${reason}${remedy}`, at);
}

type Frame =
  | { readonly kind: 'document'; node: YamlNode | null }
  | { readonly kind: 'sequence'; readonly node: YamlSequence; readonly anchor: string | null }
  | {
      readonly kind: 'mapping';
      readonly node: YamlMapping;
      readonly anchor: string | null;
      readonly seen: Set<string>;
      key: YamlScalar | null;
      merges: boolean;
    };

class TreeBuilder {
  readonly #text: string;
  readonly #start: number;
  readonly #anchors = new Map<string, YamlNode>();
  /** Weight of each anchored node: what its aliases add to the count. */
  readonly #weights = new Map<YamlNode, number>();
  readonly #frames: Frame[] = [];
  #nodes = 0;
  #aliases = 0;
  #last = 0;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
  }

  build(events: readonly Event[]): YamlNode {
    let root: YamlNode | null = null;
    for (const event of events) {
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          this.#frames.push({ kind: 'document', node: null });
          break;
        case EVENT_ID.SCALAR: {
          const node = this.#scalar(event);
          this.#remember(this.#anchor(event), node, 1);
          this.#add(node);
          break;
        }
        case EVENT_ID.SEQUENCE:
        case EVENT_ID.MAPPING:
          this.#open(event, event.type === EVENT_ID.SEQUENCE);
          break;
        case EVENT_ID.ALIAS:
          this.#alias(event);
          break;
        case EVENT_ID.POP: {
          const frame = this.#frames.pop()!;
          if (frame.kind === 'document') root = frame.node;
          else this.#close(frame);
          break;
        }
      }
    }
    return root ?? { kind: 'scalar', text: '', type: 'null', at: this.#start, inner: null, plain: true };
  }

  #open(event: SequenceEvent | MappingEvent, sequence: boolean): void {
    if (event.tagStart >= 0) {
      const tag = this.#text.slice(event.tagStart, event.tagEnd);
      if (tag !== '!!seq' && tag !== '!!map' && tag !== '!')
        this.#fail(`the tag ${tag} is not known`, event.tagStart);
    }
    const at = this.#start + event.start;
    const anchor = this.#anchor(event);
    this.#last = event.start;
    if (sequence) this.#frames.push({ kind: 'sequence', node: { kind: 'sequence', items: [], at }, anchor });
    else {
      const node: YamlMapping = { kind: 'mapping', entries: [], at };
      this.#frames.push({ kind: 'mapping', node, anchor, seen: new Set(), key: null, merges: false });
    }
  }

  #close(frame: Exclude<Frame, { kind: 'document' }>): void {
    if (frame.kind === 'mapping' && frame.merges) this.#merge(frame.node);
    if (frame.anchor !== null) this.#remember(frame.anchor, frame.node, weigh(frame.node));
    this.#add(frame.node);
  }

  #add(node: YamlNode): void {
    this.#count(1);
    const frame = this.#frames[this.#frames.length - 1]!;
    if (frame.kind === 'document') frame.node = node;
    else if (frame.kind === 'sequence') frame.node.items.push(node);
    else if (frame.key === null) {
      if (node.kind !== 'scalar') {
        throw new RuleError('yaml', 'a key must be plain text, not a list or a map', node.at);
      }
      if (frame.seen.has(node.text)) {
        throw new RuleError(
          'yaml',
          `the key '${node.text}' stands twice in one map: rename or merge one of them`,
          node.at,
        );
      }
      frame.seen.add(node.text);
      frame.key = node;
      if (node.text === '<<' && node.plain) frame.merges = true;
    } else {
      frame.node.entries.push({ key: frame.key, value: node });
      frame.key = null;
    }
  }

  #scalar(event: ScalarEvent): YamlScalar {
    const written = event.valueStart >= 0;
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const text = getScalarValue(this.#text, event);
    if (written) {
      const quote = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
      this.#last = quote ? event.valueStart - 1 : event.valueStart + Math.max(0, plain ? 0 : event.indent);
    }
    const tag = event.tagStart < 0 ? '' : this.#text.slice(event.tagStart, event.tagEnd);
    return {
      kind: 'scalar',
      text,
      type: tag === '' ? (plain ? plainType(text) : 'text') : this.#taggedType(tag, text, event.tagStart),
      at: this.#start + this.#last,
      inner: written && event.fast ? this.#start + event.valueStart : null,
      plain,
    };
  }

  #taggedType(tag: string, text: string, at: number): YamlScalar['type'] {
    if (tag === '!' || tag === '!!str') return 'text';
    const wanted = { '!!null': 'null', '!!bool': 'boolean', '!!int': 'number', '!!float': 'number' }[tag];
    if (wanted === undefined) this.#fail(`the tag ${tag} is not known`, at);
    const type = plainType(text);
    if (type !== wanted) this.#fail(`'${text}' is not what its tag ${tag} says`, at);
    return type;
  }

  #alias(event: AliasEvent): void {
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const target = this.#anchors.get(name);
    if (target === undefined) {
      this.#fail(
        `no anchor '&${name}' stands before '*${name}': quote a value that begins with '*'`,
        event.anchorStart - 1,
      );
    }
    if (++this.#aliases > limits.aliases) {
      throw new RuleError(
        'too-large',
        `more than ${limits.aliases} aliases`,
        this.#start + event.anchorStart,
      );
    }
    this.#count(this.#weights.get(target)!);
    this.#last = event.anchorStart;
    this.#add(target);
  }

  /** Puts the entries of `<<` below those that the map has itself. */
  #merge(node: YamlMapping): void {
    const own = node.entries.filter(each => each.key.text !== '<<');
    const names = new Set(own.map(each => each.key.text));
    for (const { key, value } of node.entries.filter(each => each.key.text === '<<')) {
      for (const source of value.kind === 'sequence' ? value.items : [value]) {
        if (source.kind !== 'mapping') {
          throw new RuleError('yaml', "'<<' merges maps only: quote it if it is a field name", key.at);
        }
        this.#count(source.entries.length);
        for (const each of source.entries) {
          if (names.has(each.key.text)) continue;
          names.add(each.key.text);
          own.push(each);
        }
      }
    }
    node.entries.splice(0, node.entries.length, ...own);
  }

  #anchor(event: { readonly anchorStart: number; readonly anchorEnd: number }): string | null {
    return event.anchorStart < 0 ? null : this.#text.slice(event.anchorStart, event.anchorEnd);
  }

  #remember(anchor: string | null, node: YamlNode, weight: number): void {
    if (anchor === null) return;
    this.#anchors.set(anchor, node);
    this.#weights.set(node, weight);
  }

  #count(nodes: number): void {
    this.#nodes += nodes;
    if (this.#nodes > limits.nodes) {
      throw new RuleError(
        'too-large',
        `more than ${limits.nodes} values in one document`,
        this.#start + this.#last,
      );
    }
  }

  #fail(message: string, at: number): never {
    throw new RuleError('yaml', message, this.#start + at);
  }
}

/** Nodes of a tree, shared ones as often as they are reached; bounded because their sum was. */
function weigh(node: YamlNode): number {
  if (node.kind === 'scalar') return 1;
  let sum = 1;
  if (node.kind === 'sequence') for (const item of node.items) sum += weigh(item);
  else for (const { value } of node.entries) sum += 1 + weigh(value);
  return Math.min(sum, limits.nodes);
}

const numberPattern =
  /^[-+]?(?:0x[0-9a-fA-F]+|0o[0-7]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)$/;

/** YAML 1.2 core schema: `yes`, dates and `1:30` are text. */
function plainType(text: string): YamlScalar['type'] {
  if (text.length > 40) return numberPattern.test(text) ? 'number' : 'text';
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return 'null';
    case 'true':
    case 'True':
    case 'TRUE':
    case 'false':
    case 'False':
    case 'FALSE':
      return 'boolean';
  }
  return numberPattern.test(text) ? 'number' : 'text';
}
