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
  /** `Shipper`: what a program that passed the event on says, and the event does not. */
  readonly section: 'System' | 'EventData' | 'UserData' | 'Other' | 'Shipper';
  /** One entry per value in document order: a repeated name or unnamed `Data` has several. */
  readonly values: readonly ValueRef[];
};

/**
 * Which of two fields of one name answers a rule: System's, because rules that say `EventID`, `Level` or
 * `Computer` mean the header, and no provider may shadow it. The exception is `Channel`: routing has settled the
 * event's own channel before, so a rule that names it means the one the event speaks of (System 104, a log was
 * cleared). What stands outside System, EventData and UserData (`RenderingInfo` repeats half of System) comes last.
 */
function answers(challenger: ShapeField, holder: ShapeField): boolean {
  const rank = (field: ShapeField): number => {
    if (field.section === 'Other' || field.section === 'Shipper') return 2;
    return (field.section === 'System') === (field.name !== 'Channel') ? 0 : 1;
  };
  return rank(challenger) < rank(holder);
}

function byName(fields: readonly ShapeField[]): Map<string, ShapeField> {
  const map = new Map<string, ShapeField>();
  for (const field of fields) {
    const holder = map.get(field.name);
    if (holder === undefined || answers(field, holder)) map.set(field.name, field);
  }
  return map;
}

export class Shape {
  /** Dense number, unique within a `ReadContext`; usable as an array index. */
  readonly id: number;
  /** The `Event` element. */
  readonly root: XmlElement;
  /** In document order. A name may stand in two sections; rules ask `byName`, keywords and output see both. */
  readonly fields: readonly ShapeField[];
  /** The field that answers to a name in a rule; see `answers`. */
  readonly byName: ReadonlyMap<string, ShapeField>;
  readonly slotCount: number;

  constructor(id: number, root: XmlElement, fields: readonly ShapeField[], slotCount: number) {
    this.id = id;
    this.root = root;
    this.fields = fields;
    this.byName = byName(fields);
    this.slotCount = slotCount;
  }
}
