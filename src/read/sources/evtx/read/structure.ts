/**
 * A structure is what one BinXML fragment says apart from its values: the elements of a template definition, or
 * of a record written without one. It is kept as a flat program of tokens whose names and texts are interned, so
 * that two fragments of different chunks (where names and templates lie at other offsets) can be compared exactly.
 * Structures are found again by hash and verified token by token: a template's GUID says nothing that a crafted
 * file could not repeat.
 */

import type { Texts } from '../../windows/index.ts';
import { MAX_PROGRAM } from './layout.ts';
import type { ShapeNode } from './shape-node.ts';

/** Tokens of a program; `Element`, `Attribute`, `Text` and `Slot` are followed by one operand. */
export const Op = {
  /** Operand: text id of the name. */
  Element: 1,
  Attribute: 2,
  /** Operand: text id. */
  Text: 3,
  /** Operand: number of the slot. */
  Slot: 4,
  /** The attributes end, content follows. */
  Content: 5,
  End: 6,
} as const;

/** A part of a value or of content: constant text or a slot. */
export type Part = string | number;

/** An element of a structure, before slots are placed in an event. */
export type Node = {
  readonly name: string;
  readonly attributes: { readonly name: string; readonly parts: Part[] }[];
  readonly content: (Part | Node)[];
};

export class Structure {
  readonly id: number;
  readonly program: Int32Array;
  readonly hash: number;
  readonly roots: readonly Node[];
  /** Slots one fragment of this structure takes. */
  readonly slotCount: number;
  /**
   * The slot that holds System/Computer, where a template has it as constant text; else -1. It is kept out of the
   * structure, or a collector with ten thousand hosts would have ten thousand structures of each event.
   */
  readonly hostSlot: number;
  /** The shape of an event that is this fragment alone, and from there those with others inside. */
  node: ShapeNode | null = null;

  constructor(
    id: number,
    program: Int32Array,
    hash: number,
    slotCount: number,
    hostSlot: number,
    texts: Texts,
  ) {
    this.id = id;
    this.program = program;
    this.hash = hash;
    this.slotCount = slotCount;
    this.hostSlot = hostSlot;
    this.roots = tree(program, texts);
  }
}

/** Turns a program into elements; programs are balanced because the walker made them. */
function tree(program: Int32Array, texts: Texts): Node[] {
  const roots: Node[] = [];
  const open: Node[] = [];
  let parts: (Part | Node)[] = [];
  const push = (part: Part): void => {
    const last = parts[parts.length - 1];
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  };
  for (let i = 0; i < program.length; ) {
    const op = program[i++]!;
    if (op === Op.Element) {
      const node: Node = { name: texts.text(program[i++]!), attributes: [], content: [] };
      const parent = open[open.length - 1];
      if (parent === undefined) roots.push(node);
      else parent.content.push(node);
      open.push(node);
      parts = node.content;
    } else if (op === Op.Attribute) {
      const attribute = { name: texts.text(program[i++]!), parts: [] as Part[] };
      open[open.length - 1]!.attributes.push(attribute);
      parts = attribute.parts;
    } else if (op === Op.Text) {
      push(texts.text(program[i++]!));
    } else if (op === Op.Slot) {
      push(program[i++]!);
    } else if (op === Op.Content) {
      parts = open[open.length - 1]!.content;
    } else {
      open.pop();
      parts = open[open.length - 1]?.content ?? [];
    }
  }
  return roots;
}

/** What a walk says of a fragment: `program[0…length)`, its hash, its slots. */
export type Walk = {
  readonly program: Int32Array;
  readonly length: number;
  readonly hash: number;
  readonly slotCount: number;
  readonly hostSlot: number;
};

/** The hash of a program, token by token. */
export function mix(hash: number, token: number): number {
  const mixed = Math.imul(hash ^ token, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** All structures of a reader, by content. */
export class Structures {
  readonly #byHash = new Map<number, Structure[]>();
  readonly #texts: Texts;
  #count = 0;
  #tokens = 0;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** The structure that a walk found, made at first sight; null where there is no room for another. */
  find(walk: Walk): Structure | null {
    const { program, length, hash, slotCount, hostSlot } = walk;
    const candidates = this.#byHash.get(hash);
    if (candidates !== undefined) {
      for (const candidate of candidates) {
        if (
          candidate.slotCount === slotCount &&
          candidate.hostSlot === hostSlot &&
          same(candidate.program, program, length)
        ) {
          return candidate;
        }
      }
    }
    // Few collide by chance; a crafted log that makes more is refused before the search becomes its lever.
    if (this.#tokens + length > MAX_PROGRAM || (candidates?.length ?? 0) >= 64) return null;
    this.#tokens += length;
    const kept = program.slice(0, length);
    const structure = new Structure(this.#count++, kept, hash, slotCount, hostSlot, this.#texts);
    if (candidates === undefined) this.#byHash.set(hash, [structure]);
    else candidates.push(structure);
    return structure;
  }
}

function same(kept: Int32Array, program: Int32Array, length: number): boolean {
  if (kept.length !== length) return false;
  for (let i = 0; i < length; i++) if (kept[i] !== program[i]) return false;
  return true;
}
