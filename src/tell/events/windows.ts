/**
 * The nested shape of Windows' own XML, in the JSON form that `evtx_dump` made common: attributes below
 * `#attributes`, `Data` elements by their name, numbers as numbers, an element without content as null, unnamed
 * `Data` as a list below `#text`, a repeated name with `_1`, `_2` …
 *
 * Two choices differ from it on purpose, so that a dump, a finding and a rule read the same text: GUIDs keep the
 * braces that Windows prints, and NULs that pad a text at its end are left out.
 */
import type { ValueRef, XmlElement } from '../../read/events/index.ts';
import type { Parts } from '../parts/part.ts';

/** Prepares the program of one line for events below `root`. */
export function windowsLine(root: XmlElement, parts: Parts): number {
  const start = parts.begin();
  parts.text('{');
  parts.key(root.name);
  content(parts, root, root.name, root.attributes);
  parts.text('}\n');
  parts.end();
  return start;
}

type Attributes = XmlElement['attributes'];

/** The JSON value of an element; `field` is the name by which its text is masked or not. */
function content(parts: Parts, element: XmlElement, field: string, attributes: Attributes): void {
  if (element.children.length > 0) {
    parent(parts, element, field, attributes);
    return;
  }
  if (attributes.length === 0) {
    text(parts, element.text, field);
    return;
  }
  parts.open('{"#attributes":{');
  members(parts, attributes);
  if (element.text.length === 0) {
    parts.closeOr('}}', 'null');
    return;
  }
  // Attributes that are all absent leave the value alone.
  const alone = parts.close('},"#text":');
  text(parts, element.text, field);
  parts.text('}');
  const after = parts.jump();
  parts.land(alone);
  text(parts, element.text, field);
  parts.land(after);
}

function members(parts: Parts, attributes: Attributes): void {
  for (const { name, value } of attributes) parts.jsonMember(name, value);
}

/** An element with children: its attributes and text, if any, come first. */
function parent(parts: Parts, element: XmlElement, field: string, attributes: Attributes): void {
  parts.text('{');
  if (attributes.length > 0) {
    parts.open('"#attributes":{');
    members(parts, attributes);
    parts.closeOr('},', '');
  }
  if (element.text.length > 0) {
    parts.text('"#text":');
    text(parts, element.text, field);
    parts.text(',');
  }
  children(parts, element.children);
  parts.text('}');
}

/** Values of an element's text: one as it is, several as a list. */
function text(parts: Parts, refs: readonly ValueRef[], field: string): void {
  if (refs.length === 0) parts.text('null');
  else if (refs.length === 1) parts.jsonValue(refs[0]!, field);
  else list(parts, refs, ref => parts.jsonValue(ref, field));
}

function list<T>(parts: Parts, items: readonly T[], write: (item: T) => void): void {
  for (const [i, item] of items.entries()) {
    parts.text(i === 0 ? '[' : ',');
    write(item);
  }
  parts.text(']');
}

function children(parts: Parts, elements: readonly XmlElement[]): void {
  const unnamed = elements.filter(isUnnamedData);
  const used = new Map<string, number>();
  let isFirst = true;
  const member = (name: string): void => {
    if (!isFirst) parts.text(',');
    isFirst = false;
    parts.key(uniqueKey(used, name));
  };
  for (const element of elements) {
    if (isUnnamedData(element)) {
      if (element !== unnamed[0]) continue;
      member('Data');
      parts.text('{"#text":');
      if (unnamed.length === 1) text(parts, element.text, 'Data');
      else list(parts, unnamed, data => text(parts, data.text, 'Data'));
      parts.text('}');
      continue;
    }
    const name = dataName(element);
    member(name ?? element.name);
    const attributes =
      name === undefined
        ? element.attributes
        : element.attributes.filter(attribute => attribute.name !== 'Name');
    content(parts, element, name ?? element.name, attributes);
  }
}

function isUnnamedData(element: XmlElement): boolean {
  return element.name === 'Data' && element.attributes.length === 0 && element.children.length === 0;
}

/** The constant name of a `Data` element. */
function dataName(element: XmlElement): string | undefined {
  if (element.name !== 'Data') return undefined;
  const value = element.attributes.find(attribute => attribute.name === 'Name')?.value;
  return value?.kind === 'constant' && value.text !== '' ? value.text : undefined;
}

function uniqueKey(used: Map<string, number>, name: string): string {
  const before = used.get(name) ?? 0;
  used.set(name, before + 1);
  if (before === 0) return name;
  const key = `${name}_${before}`;
  // A field may really be called `name_1`.
  if (used.has(key)) return uniqueKey(used, key);
  used.set(key, 1);
  return key;
}
