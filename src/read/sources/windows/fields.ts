/**
 * From the elements of an event to the fields that rules name. The header's elements keep their names and their
 * attributes are joined to them by an underscore (`Provider_Name`); `Data` is called by its `Name`; anywhere else a
 * leaf is called by its element, whatever it stands in, because that is how rules name what UserData holds.
 */
import type { ShapeField, ValueRef, XmlElement } from '../../events/index.ts';

type Section = ShapeField['section'];

const sections: Readonly<Record<string, Section>> = {
  System: 'System',
  EventData: 'EventData',
  UserData: 'UserData',
  Shipper: 'Shipper',
};

const blank = /\s/;
const blanks = /\s+/g;
const empty: ValueRef = { kind: 'constant', text: '' };

/** The fields of an `Event` element in document order; values of one name in one section are one field. */
export function fieldsOf(root: XmlElement): ShapeField[] {
  const collector = new Collector();
  for (const child of root.children) {
    const section = sections[child.name] ?? 'Other';
    if (section === 'System') for (const part of child.children) collector.header(part);
    else collector.element(child, section, true);
  }
  for (const value of root.text) collector.add('Other', root.name, value);
  return collector.fields;
}

class Collector {
  readonly fields: ShapeField[] = [];
  readonly #values = new Map<Section, Map<string, ValueRef[]>>();

  add(section: Section, name: string, value: ValueRef): void {
    const short = fieldName(name);
    let named = this.#values.get(section);
    if (named === undefined) {
      named = new Map();
      this.#values.set(section, named);
    }
    const values = named.get(short);
    if (values !== undefined) {
      values.push(value);
      return;
    }
    const first = [value];
    named.set(short, first);
    this.fields.push({ name: short, section, values: first });
  }

  header(element: XmlElement): void {
    for (const { name, value } of element.attributes) {
      if (!name.startsWith('xmlns')) this.add('System', `${localName(element.name)}_${name}`, value);
    }
    for (const value of element.text) this.add('System', localName(element.name), value);
    for (const child of element.children) this.header(child);
  }

  /** `container` marks the element that opens a section: it is no field unless it has text itself. */
  element(element: XmlElement, section: Section, container: boolean): void {
    let name = localName(element.name);
    let attributes = 0;
    for (const attribute of element.attributes) {
      if (attribute.name.startsWith('xmlns')) continue;
      if (name === 'Data' && attribute.name === 'Name' && attribute.value.kind === 'constant') {
        name = attribute.value.text.trim() === '' ? 'Data' : attribute.value.text;
        continue;
      }
      attributes++;
      this.add(section, `${name}_${attribute.name}`, attribute.value);
    }
    for (const value of element.text) this.add(section, name, value);
    for (const child of element.children) this.element(child, section, false);
    const leaf = element.text.length === 0 && element.children.length === 0;
    if (leaf && !container && attributes === 0) this.add(section, name, empty);
  }
}

/** `auto-ns2:Name` is called `Name`. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function fieldName(name: string): string {
  return blank.test(name) ? name.replace(blanks, '') : name;
}
