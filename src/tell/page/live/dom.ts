/**
 * The one way in which the script puts anything on the page: elements with attributes that we name and children that are elements
 * or text. Text from a log goes in as a text node, so there is nothing in it that a browser could read as markup.
 */

export type Child = Node | string | number | null | false;

/** True is an attribute without a value; false and null leave it out. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return furnish(document.createElement(tag), attributes, children);
}

export function draw<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return furnish(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

/** A name from a log: right-to-left letters in it turn nothing outside it. */
export function nameOf(text: string): HTMLElement {
  return make('bdi', { class: 'name' }, text);
}

export function button(label: string, attributes: Attributes, act: () => void): HTMLButtonElement {
  const made = make('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

/** Shows `text` where it is not shown yet, so that a reader hears a change once. */
export function say(place: Element, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}

function furnish<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) {
    if (child === null || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}
