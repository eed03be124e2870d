/**
 * From structures to shapes. An event is a fragment whose values may be fragments themselves: nearly always the
 * header's template with one value that is EventData's. The way from a structure through (slot, structure inside)
 * is a path in a tree, and the shape lies at its end, so that it is found again without a key.
 *
 * The slots of a fragment inside are appended behind those before, so a value is one number in the event.
 */
import { type ReadContext, Shape, type ValueRef, type XmlElement } from '../../../events/index.ts';
import { fieldsOf, KindFinder, type Texts } from '../../windows/index.ts';
import { MAX_DEPTH, MAX_ELEMENTS } from './layout.ts';
import type { Node, Part, Structure } from './structure.ts';

/** What shapes need of their reader; `elements` counts down to bound memory. */
export type ShapeRoom = { readonly context: ReadContext; readonly texts: Texts; elements: number };

export function shapeRoom(context: ReadContext, texts: Texts): ShapeRoom {
  return { context, texts, elements: MAX_ELEMENTS };
}

export class ShapeNode {
  readonly structure: Structure;
  /** Slots of the event up to and with this fragment. */
  readonly slotCount: number;
  /** Finds the kinds of events that end here; null before the first one, and where `refusal` says why. */
  finder: KindFinder | null = null;
  /** Why events of this shape are not read; empty where they are. */
  refusal = '';
  readonly #room: ShapeRoom;
  readonly #parent: ShapeNode | null;
  /** Slot of the event that holds this fragment. */
  readonly #slot: number;
  readonly #next = new Map<number, ShapeNode>();
  #lastKey = -1;
  #last: ShapeNode | null = null;

  constructor(room: ShapeRoom, structure: Structure, parent: ShapeNode | null, slot: number) {
    this.structure = structure;
    this.slotCount = (parent === null ? 0 : parent.slotCount) + structure.slotCount;
    this.#room = room;
    this.#parent = parent;
    this.#slot = slot;
  }

  /** The node with `structure` in `slot` as well; null where there is no room for another. */
  inside(slot: number, structure: Structure): ShapeNode | null {
    const key = slot * 0x100_0000 + structure.id;
    if (key === this.#lastKey) return this.#last;
    let node = this.#next.get(key) ?? null;
    if (node === null) {
      if (this.#room.elements <= 0) return null;
      this.#room.elements--;
      node = new ShapeNode(this.#room, structure, this, slot);
      this.#next.set(key, node);
    }
    this.#lastKey = key;
    this.#last = node;
    return node;
  }

  /** Makes the shape, at the first event that ends here. False with `refusal` where that can't be. */
  settle(): boolean {
    if (this.finder !== null) return true;
    if (this.refusal !== '') return false;
    const inside = new Map<number, { readonly structure: Structure; readonly base: number }>();
    let top: ShapeNode = this;
    for (let node: ShapeNode = this; node.#parent !== null; node = node.#parent) {
      inside.set(node.#slot, { structure: node.structure, base: node.#parent.slotCount });
      top = node.#parent;
    }
    const roots = top.structure.roots;
    const assembly = new Assembly(this.#room, inside);
    const root = roots.length === 1 ? assembly.element(roots[0]!, 0, 1) : null;
    if (root === null) {
      this.refusal = roots.length === 1 ? assembly.refusal : 'the record has more than one root element';
      return false;
    }
    const shape = new Shape(this.#room.context.nextShapeId(), root, fieldsOf(root), this.slotCount);
    this.finder = new KindFinder(this.#room.context, this.#room.texts, shape, top.structure.hostSlot);
    return true;
  }
}

/** Puts the elements of all fragments of an event together. */
class Assembly {
  refusal = '';
  readonly #room: ShapeRoom;
  readonly #inside: ReadonlyMap<number, { readonly structure: Structure; readonly base: number }>;

  constructor(
    room: ShapeRoom,
    inside: ReadonlyMap<number, { readonly structure: Structure; readonly base: number }>,
  ) {
    this.#room = room;
    this.#inside = inside;
  }

  /** `node` with its slots counted from `base`; null with `refusal` where it is too deep or too much. */
  element(node: Node, base: number, depth: number): XmlElement | null {
    if (depth > MAX_DEPTH) this.refusal = `more than ${MAX_DEPTH} elements within one another`;
    else if (this.#room.elements-- <= 0) this.refusal = 'too many different structures of events';
    if (this.refusal !== '') return null;
    const children: XmlElement[] = [];
    const text: Part[] = [];
    for (const part of node.content) {
      if (typeof part === 'string') text.push(part);
      else if (typeof part === 'number') {
        const fragment = this.#inside.get(base + part);
        if (fragment === undefined) text.push(base + part);
        else if (!this.#elements(fragment.structure.roots, fragment.base, depth + 1, children)) return null;
      } else if (!this.#elements([part], base, depth + 1, children)) return null;
    }
    const blank = children.length > 0 && text.every(part => typeof part === 'string' && part.trim() === '');
    return {
      name: node.name,
      attributes: node.attributes.map(({ name, parts }) => ({
        name,
        value: reference(parts.map(part => (typeof part === 'number' ? base + part : part))),
      })),
      children,
      text: text.length === 0 || blank ? [] : [reference(text)],
    };
  }

  #elements(nodes: readonly Node[], base: number, depth: number, to: XmlElement[]): boolean {
    for (const node of nodes) {
      const element = this.element(node, base, depth);
      if (element === null) return false;
      to.push(element);
    }
    return true;
  }
}

function reference(parts: readonly Part[]): ValueRef {
  const first = parts[0];
  if (first === undefined) return { kind: 'constant', text: '' };
  if (parts.length > 1) return { kind: 'joined', parts };
  return typeof first === 'number' ? { kind: 'slot', slot: first } : { kind: 'constant', text: first };
}
