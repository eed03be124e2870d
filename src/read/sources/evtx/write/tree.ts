/**
 * The XML of an event as a tree with numbered holes, and the values that fill them: what becomes a template and
 * its instance. Events of one structure give equal trees, so a tree is built once per structure and found again
 * by its key.
 */
import { createHash } from 'node:crypto';
import type { Encoded } from './values.ts';

/** Says that an element depends on no value. */
export const NO_DEPENDENCY = 0xffff;

export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'entity'; readonly name: string }
  | { readonly kind: 'charRef'; readonly code: number }
  | { readonly kind: 'cdata'; readonly text: string }
  /** `optional`: what surrounds it vanishes where the value is absent. */
  | { readonly kind: 'slot'; readonly slot: number; readonly type: number; readonly optional: boolean }
  | { readonly kind: 'element'; readonly element: TreeElement };

export type TreeAttribute = { readonly name: string; readonly content: readonly Content[] };

export type TreeElement = {
  readonly name: string;
  readonly attributes: readonly TreeAttribute[];
  readonly content: readonly Content[];
  /** Slot whose absence removes the element, else `NO_DEPENDENCY`. */
  readonly dependency: number;
};

export type Template = { readonly root: TreeElement; readonly guid: Buffer };

/** A template with the values of one event. `inner` is the fragment in its last slot, where it has one. */
export type Instance = {
  readonly template: Template;
  readonly values: readonly Encoded[];
  readonly inner: Instance | null;
};

export const text = (value: string): Content => ({ kind: 'text', text: value });

export function element(
  name: string,
  content: readonly Content[],
  attributes: readonly TreeAttribute[] = [],
  dependency: number = NO_DEPENDENCY,
): Content & { readonly kind: 'element' } {
  return { kind: 'element', element: { name, attributes, content, dependency } };
}

/** Collects the values of one event while its tree is built. */
export class Slots {
  readonly values: Encoded[] = [];

  /** A hole of this value; `declared` is the type the template names, which may differ from the value's. */
  add(value: Encoded, optional: boolean, declared: number = value.type): Content & { readonly kind: 'slot' } {
    this.values.push(value);
    return { kind: 'slot', slot: this.values.length - 1, type: declared, optional };
  }
}

/** Templates by structure. A template's GUID is made of its structure, so that files are reproducible. */
export class Templates {
  readonly #byKey = new Map<string, Template>();

  of(root: TreeElement): Template {
    const key = elementKey(root);
    let template = this.#byKey.get(key);
    if (template === undefined) {
      template = { root, guid: createHash('sha256').update(key).digest().subarray(0, 16) };
      this.#byKey.set(key, template);
    }
    return template;
  }
}

/** Text with its length before it, so that no two sequences of texts read the same. */
const framed = (value: string): string => `${value.length}:${value}`;

/** The structure as text: equal for equal trees and no others. By hand, as `JSON.stringify` takes five times as long. */
function elementKey(element: TreeElement): string {
  let key = `<${framed(element.name)}${element.dependency}`;
  for (const { name, content } of element.attributes) key += `@${framed(name)}${contentKey(content)}`;
  return `${key}>${contentKey(element.content)}/`;
}

function contentKey(content: readonly Content[]): string {
  let key = '';
  for (const part of content) {
    if (part.kind === 'element') key += elementKey(part.element);
    else if (part.kind === 'slot') key += `$${part.slot},${part.type}${part.optional ? '?' : '.'}`;
    else if (part.kind === 'text') key += `t${framed(part.text)}`;
    else if (part.kind === 'entity') key += `&${framed(part.name)}`;
    else if (part.kind === 'charRef') key += `#${part.code};`;
    else key += `c${framed(part.text)}`;
  }
  return key;
}
