/** `winlog.event_data`: the fields of an event by the names that rules use, as text. */
import type { Shape, ShapeField, ValueRef } from '../../read/events/index.ts';
import type { Parts } from '../parts/part.ts';

/**
 * Writes the object. Values of one name are put together, wherever they stand, because a JSON object can hold a
 * name only once. What stands neither in EventData nor in UserData (an error of the event's provider, the text
 * a collector rendered) is written only where an event has nothing else to say; what its shipper says, never.
 */
export function eventData(parts: Parts, shape: Shape): void {
  const own = shape.fields.filter(
    ({ section, name }) => (section === 'EventData' || section === 'UserData') && !isNamespace(name),
  );
  const fields = own.length > 0 ? own : shape.fields.filter(field => field.section === 'Other');
  const byName = new Map<string, ValueRef[]>();
  for (const { name, values } of fields as readonly ShapeField[]) {
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [...values]);
    else known.push(...values);
  }
  parts.open('{');
  for (const [name, refs] of byName) parts.textMember(name, refs);
  parts.closeOr('}', '{}');
}

/** Declarations of XML that some readers list among the attributes. */
function isNamespace(name: string): boolean {
  return name === 'xmlns' || name.endsWith('_xmlns');
}
