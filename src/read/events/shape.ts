/**
 * A shape is what all events of one structure share: the element tree, the field names, the constants, and
 * the slot of each value. For EVTX it stands for a pair of templates, for JSON for a set of keys. Work done
 * once per shape (resolving names, binding rules, preparing output) is free per event.
 */

/** Where one value comes from in an event of this shape. */
export type ValueRef =
  | { readonly kind: 'slot'; readonly slot: number }
  | { readonly kind: 'constant'; readonly text: string }
  /** Text built of several parts, in order: a number is a slot, a string is text. */
  | { readonly kind: 'joined'; readonly parts: readonly (number | string)[] };

/** An element as Windows would render it; the order is the document's. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly value: ValueRef }[];
  readonly children: readonly XmlElement[];
  /** Values of the element's own text; empty where it has none. */
  readonly text: readonly ValueRef[];
};

/** A field by its Sigma name: `EventID`, `Provider_Name`, `Image`, `Data`. */
export type ShapeField = {
  /** Blanks removed; header attributes joined by an underscore. */
  readonly name: string;
  readonly section: 'System' | 'EventData' | 'UserData' | 'Other';
  /** One entry per value in document order: a repeated name or unnamed `Data` has several. */
  readonly values: readonly ValueRef[];
};

export class Shape {
  /** Dense number, unique within a `ReadContext`; usable as an array index. */
  readonly id: number;
  /** The `Event` element. */
  readonly root: XmlElement;
  readonly fields: readonly ShapeField[];
  readonly byName: ReadonlyMap<string, ShapeField>;
  readonly slotCount: number;

  constructor(id: number, root: XmlElement, fields: readonly ShapeField[], slotCount: number) {
    this.id = id;
    this.root = root;
    this.fields = fields;
    this.byName = new Map(fields.map(field => [field.name, field]));
    this.slotCount = slotCount;
  }
}
