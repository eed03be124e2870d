/**
 * The nested shape of Windows' own XML, in the JSON form that `evtx_dump` made common: attributes below
 * `#attributes`, `Data` elements by their name, numbers as numbers, an element without content as null, unnamed
 * `Data` as a list below `#text`, a repeated name with `_1`, `_2` …
 *
 * Two choices differ from it on purpose, so that a dump, a finding and a rule read the same text: GUIDs keep the
 * braces that Windows prints, and NULs that pad a text at its end are left out.
 */
import type { ValueRef, XmlElement } from '../../read/events/index.ts';
import { compile, json, object, type Part, type Write } from '../parts/part.ts';
import { isMasked, jsonMember, jsonValue, type Reveal } from '../parts/values.ts';

const COMMA = 0x2c;

/** Prepares the writer of one line for events below `root`. */
export function windowsLine(root: XmlElement, options: Reveal): Write {
  return compile([`{${json(root.name)}:`, ...content(root, root.name, root.attributes, options), '}\n']);
}

type Attributes = XmlElement['attributes'];

/** The JSON value of an element; `field` is the name by which its text is masked or not. */
function content(element: XmlElement, field: string, attributes: Attributes, options: Reveal): Part[] {
  const isMaskedField = isMasked(field, options);
  if (element.children.length > 0) return parent(element, field, attributes, options);
  const members = attributes.map(({ name, value }) => jsonMember(name, value, isMasked(name, options)));
  if (members.length === 0) return text(element.text, isMaskedField);
  const isConstant = attributes.some(attribute => attribute.value.kind === 'constant');
  if (element.text.length === 0) {
    return [object(members, { open: '{"#attributes":{', close: '}', empty: 'null' })];
  }
  const value = text(element.text, isMaskedField);
  const whole = [object(members, { open: '{"#attributes":{' }), ',"#text":', ...value, '}'];
  if (isConstant) return whole;
  // Attributes that are all absent leave the value alone.
  const [withAttributes, alone] = [compile(whole), compile(value)];
  const slots = attributes.flatMap(({ value: ref }) => (ref.kind === 'slot' ? [ref.slot] : []));
  return [
    (out, event) => {
      if (slots.length < attributes.length || slots.some(slot => event.types[slot] !== 0)) {
        withAttributes(out, event);
      } else {
        alone(out, event);
      }
    },
  ];
}

/** An element with children: its attributes and text, if any, come first. */
function parent(element: XmlElement, field: string, attributes: Attributes, options: Reveal): Part[] {
  const members = attributes.map(({ name, value }) => jsonMember(name, value, isMasked(name, options)));
  const parts: Part[] = ['{'];
  if (members.length > 0) {
    const some = object(members, { open: '"#attributes":{', empty: '' });
    parts.push((out, event) => {
      const before = out.length;
      some(out, event);
      if (out.length > before) out.byte(COMMA);
    });
  }
  if (element.text.length > 0) {
    parts.push('"#text":', ...text(element.text, isMasked(field, options)), ',');
  }
  for (const [i, { key, value }] of children(element.children, options).entries()) {
    parts.push(`${i === 0 ? '' : ','}${json(key)}:`, ...value);
  }
  parts.push('}');
  return parts;
}

/** Values of an element's text: one as it is, several as a list. */
function text(refs: readonly ValueRef[], isMaskedField: boolean): Part[] {
  if (refs.length === 0) return ['null'];
  if (refs.length === 1) return [jsonValue(refs[0]!, isMaskedField)];
  return list(refs.map(ref => [jsonValue(ref, isMaskedField)]));
}

function list(values: readonly Part[][]): Part[] {
  return ['[', ...values.flatMap((value, i) => (i === 0 ? value : [',', ...value])), ']'];
}

type Child = { readonly key: string; readonly value: Part[] };

function children(elements: readonly XmlElement[], options: Reveal): Child[] {
  const unnamed = elements.filter(isUnnamedData);
  const used = new Map<string, number>();
  const found: Child[] = [];
  for (const element of elements) {
    if (isUnnamedData(element)) {
      if (element !== unnamed[0]) continue;
      const values = unnamed.map(data => text(data.text, isMasked('Data', options)));
      const value = values.length === 1 ? values[0]! : list(values);
      found.push({ key: uniqueKey(used, 'Data'), value: ['{"#text":', ...value, '}'] });
      continue;
    }
    const name = dataName(element);
    const attributes =
      name === undefined
        ? element.attributes
        : element.attributes.filter(attribute => attribute.name !== 'Name');
    const key = uniqueKey(used, name ?? element.name);
    found.push({ key, value: content(element, name ?? element.name, attributes, options) });
  }
  return found;
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
