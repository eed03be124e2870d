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

/** An element whose content is still to come. */
type Growing = {
  readonly name: string;
  readonly attributes: { readonly name: string; readonly value: ValueRef }[];
  readonly children: XmlElement[];
  readonly text: ValueRef[];
};

/** How many elements the tokens have. */
export function elementsOf(tokens: readonly number[]): number {
  let count = 0;
  for (const each of tokens) if ((each & 7) === Op.Element) count++;
  return count;
}

/** The root element; the tokens are those of one whole element. */
export function treeOf(tokens: readonly number[], texts: Texts): XmlElement {
  const document: Growing = { name: '', attributes: [], children: [], text: [] };
  const open: Growing[] = [document];
  /** Slots of the text of each open element. */
  const slots: number[][] = [[]];
  let attribute: string | null = null;
  let count = 0;
  const value = (ref: ValueRef): void => {
    open.at(-1)!.attributes.push({ name: attribute ?? '', value: ref });
    attribute = null;
  };
  for (const each of tokens) {
    const op = each & 7;
    if (op === Op.Element) {
      const made: Growing = { name: texts.text(each >> 3), attributes: [], children: [], text: [] };
      open.at(-1)!.children.push(made);
      open.push(made);
      slots.push([]);
    } else if (op === Op.Attribute) attribute = texts.text(each >> 3);
    else if (op === Op.Text) value({ kind: 'constant', text: texts.text(each >> 3) });
    else if (op === Op.Slot) {
      const slot = count++;
      if (attribute !== null) value({ kind: 'slot', slot });
      else slots.at(-1)!.push(slot);
    } else {
      const { text } = open.pop()!;
      const [first, ...others] = slots.pop()!;
      if (first === undefined) continue;
      text.push(
        others.length === 0 ? { kind: 'slot', slot: first } : { kind: 'joined', parts: [first, ...others] },
      );
    }
  }
  return document.children[0]!;
}
