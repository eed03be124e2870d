/**
 * Structures as paths. Between one value of an event and the next stands markup: `</EventID><Version>`,
 * `' Guid='`. Windows writes the same markup millions of times, so the way from value to value is a path through a tree:
 * a node is all that the structure says up to one value, and from it edges lead on, each with the exact units of markup
 * that were met. Reading an event is then comparing units with the edge that was taken last; only markup not met before
 * is taken apart (see `markup.ts`).
 *
 * Nodes are the structure itself: two ways to write the same thing (quotes, blanks, `<a/>` for `<a></a>`) are two edges to
 * one node, and every value has a node, even if it is empty, so that twenty fields that may be empty are twenty nodes
 * and not a million. Edges are a cache and stop growing; nodes are memory, and a file that invents structures is refused
 * more of them.
 */
import { type ReadContext, Shape } from '../../events/index.ts';
import { fieldsOf, KindFinder, type Texts } from '../windows/index.ts';
import {
  MAX_EDGES,
  MAX_ELEMENTS,
  MAX_ELEMENTS_PER_FILE,
  MAX_MARKUP_BYTES,
  MAX_NODES,
  MAX_NODES_PER_FILE,
  NAMESPACE,
} from './limits.ts';
import { elementsOf, treeOf } from './structure.ts';

/** What stands behind the markup that leads to a node. */
export const Follows = {
  /** Text that is more than blanks. */
  Text: 0,
  /** Text of a field that may be empty or blank. */
  Field: 1,
  /** The value of an attribute. */
  Attribute: 2,
  /** Nothing: the event has ended. */
  End: 3,
} as const;

/** Markup that was met behind a node's value. */
export type Edge = {
  /** Its units, among the `markup` of all. */
  start: number;
  size: number;
  target: PathNode;
  /** The unit that ends an attribute's value; 0 where the value is text. */
  delimiter: number;
};

export class PathNode {
  readonly parent: PathNode | null;
  /** Tokens behind the parent's. */
  readonly tokens: readonly number[];
  /** Tokens up to here. */
  readonly length: number;
  /** Slots of the event up to and with this value. */
  readonly slotCount: number;
  readonly follows: number;
  /** Elements that are open here, outermost first: text id of the name, and two flags below (see `markup.ts`). */
  readonly open: readonly number[];
  /** The one taken last comes first. */
  readonly edges: Edge[] = [];
  /** At the end of an event: finds its kind; null before the first one, and where `refusal` says why. */
  finder: KindFinder | null = null;
  refusal = '';
  #next: Map<string, PathNode> | null = null;

  constructor(parent: PathNode | null, tokens: readonly number[], follows: number, open: readonly number[]) {
    this.parent = parent;
    this.tokens = tokens;
    this.length = (parent === null ? 0 : parent.length) + tokens.length;
    this.slotCount =
      (parent === null ? 0 : parent.slotCount) + (parent === null || follows === Follows.End ? 0 : 1);
    this.follows = follows;
    this.open = open;
  }

  next(key: string): PathNode | undefined {
    return this.#next?.get(key);
  }

  add(key: string, node: PathNode): void {
    this.#next ??= new Map();
    this.#next.set(key, node);
  }

  /** All tokens from the root on. */
  path(): number[] {
    const parts: (readonly number[])[] = [];
    for (let node: PathNode | null = this; node !== null; node = node.parent) parts.push(node.tokens);
    return parts.reverse().flat();
  }
}

/** The tree and its bounds; one per reader. */
export class Paths {
  readonly root: PathNode = new PathNode(null, [], Follows.Text, []);
  readonly texts: Texts;
  /** The markup of all edges. */
  markup: DataView<ArrayBuffer> = new DataView(new ArrayBuffer(32 * 1024));
  readonly #context: ReadContext;
  #used = 0;
  #nodes = 0;
  #nodesLeft = MAX_NODES_PER_FILE;
  #elements = 0;
  #elementsLeft = MAX_ELEMENTS_PER_FILE;

  constructor(context: ReadContext, texts: Texts) {
    this.#context = context;
    this.texts = texts;
  }

  /** A file begins: it may add structures of its own. */
  begin(): void {
    this.#nodesLeft = Math.min(MAX_NODES_PER_FILE, MAX_NODES - this.#nodes);
    this.#elementsLeft = Math.min(MAX_ELEMENTS_PER_FILE, MAX_ELEMENTS - this.#elements);
  }

  /** The node behind `from` and these tokens, made at first sight; null where there is no room for another. */
  step(from: PathNode, tokens: readonly number[], follows: number, open: readonly number[]): PathNode | null {
    let key = '';
    for (const each of tokens) key += String.fromCharCode(each & 0xffff, each >>> 16);
    const known = from.next(key);
    if (known !== undefined) return known;
    // Real steps have a handful of tokens; long ones take the room of many.
    const cost = 1 + (tokens.length >> 4);
    if (cost > this.#nodesLeft) return null;
    this.#nodesLeft -= cost;
    this.#nodes += cost;
    const node = new PathNode(from, tokens.slice(), follows, open.slice());
    from.add(key, node);
    return node;
  }

  /** Keeps the markup from `start` to `end` of `units` as an edge, where there is room. */
  keep(from: PathNode, units: Uint16Array, start: number, end: number, found: Edge): void {
    const size = end - start;
    if (from.edges.length >= MAX_EDGES || (this.#used + size) * 2 > MAX_MARKUP_BYTES) return;
    const room = this.markup.byteLength / 2;
    if (this.#used + size > room) {
      const larger = new Uint16Array(Math.max(room * 2, this.#used + size));
      larger.set(new Uint16Array(this.markup.buffer));
      this.markup = new DataView(larger.buffer);
    }
    new Uint16Array(this.markup.buffer).set(units.subarray(start, end), this.#used);
    from.edges.unshift({ start: this.#used, size, target: found.target, delimiter: found.delimiter });
    this.#used += size;
  }

  /**
   * Makes the shape of the events that end at `node`, at the first of them. Null where they are none of Windows (the
   * node's `refusal` says so), and where this file may add no more: then the next one may.
   */
  settle(node: PathNode): KindFinder | null {
    if (node.finder !== null || node.refusal !== '') return node.finder;
    const tokens = node.path();
    const elements = elementsOf(tokens);
    if (elements > this.#elementsLeft) return null;
    const root = treeOf(tokens, this.texts);
    node.refusal = foreign(root);
    if (node.refusal !== '') return null;
    this.#elementsLeft -= elements;
    this.#elements += elements;
    const shape = new Shape(this.#context.nextShapeId(), root, fieldsOf(root), node.slotCount);
    node.finder = new KindFinder(this.#context, this.texts, shape, -1);
    return node.finder;
  }
}

/** Why an `Event` element is no event of Windows; empty where it is one. */
function foreign(root: ReturnType<typeof treeOf>): string {
  const namespace = root.attributes.find(attribute => attribute.name === 'xmlns')?.value;
  if (namespace?.kind === 'constant' && namespace.text !== NAMESPACE) {
    return 'an Event element of another namespace';
  }
  if (!root.children.some(child => child.name === 'System')) return 'an Event element without System';
  return '';
}
