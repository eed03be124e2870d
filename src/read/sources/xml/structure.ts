/**
 * The structure of an event as tokens, and the elements that they stand for. A token is one number: what it says in its
 * low three bits, a text id (see `Texts`) above. A slot behind an attribute's token is the attribute's value, anywhere
 * else it is text of the element that is open.
 */
import type { ValueRef, XmlElement } from '../../events/index.ts';
import type { Texts } from '../windows/index.ts';

export const Op = {
  /** Id of the name. */
  Element: 1,
  Attribute: 2,
  /** Constant value of the attribute before it: id of the text. */
  Text: 3,
  Slot: 4,
  /** The element ends. */
  End: 5,
} as const;

export function token(op: number, id: number): number {
  return (id << 3) | op;
}

type Growing = {
  readonly name: string;
  readonly attributes: { readonly name: string; readonly value: ValueRef }[];
  readonly children: Growing[];
  readonly text: ValueRef[];
  /** Slots of its text. */
  readonly slots: number[];
};

const empty: ValueRef = { kind: 'constant', text: '' };

/** How many elements the tokens have. */
export function elementsOf(tokens: readonly number[]): number {
  let count = 0;
  for (const each of tokens) if ((each & 7) === Op.Element) count++;
  return count;
}

/** The root element; the tokens are those of one whole element. */
export function treeOf(tokens: readonly number[], texts: Texts): XmlElement {
  const open: Growing[] = [];
  let root: Growing | null = null;
  let attribute: string | null = null;
  let slot = 0;
  const value = (to: Growing, from: ValueRef): void => {
    if (attribute !== null) to.attributes.push({ name: attribute, value: from });
    attribute = null;
  };
  for (const each of tokens) {
    const last = open[open.length - 1];
    const op = each & 7;
    if (op === Op.Element) {
      const made: Growing = { name: texts.text(each >> 3), attributes: [], children: [], text: [], slots: [] };
      if (last === undefined) root = made;
      else last.children.push(made);
      open.push(made);
    } else if (op === Op.Attribute) {
      attribute = texts.text(each >> 3);
    } else if (op === Op.Text) {
      value(last!, { kind: 'constant', text: texts.text(each >> 3) });
    } else if (op === Op.Slot) {
      if (attribute !== null) value(last!, { kind: 'slot', slot });
      else last!.slots.push(slot);
      slot++;
    } else {
      const { slots, text } = open.pop()!;
      if (slots.length === 1) text.push({ kind: 'slot', slot: slots[0]! });
      else if (slots.length > 1) text.push({ kind: 'joined', parts: slots });
    }
  }
  return root ?? { name: '', attributes: [], children: [], text: [empty] };
}
